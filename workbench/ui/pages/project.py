"""The project: what is in it, and how it came there."""

import streamlit as st

from workbench.project.door import Project


def page(project: Project) -> None:
    """Show the project."""
    st.write(len(project.history()))


def without_project() -> None:
    """Show how to open or make one."""
    st.write("none")

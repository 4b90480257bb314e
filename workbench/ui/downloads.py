"""Files that the browser gets: written by `project.outputs` when they are asked for."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from workbench.ui import session


def button(label: str, file_name: str, key: str, **what: Any) -> None:
    """Show a button that builds a file of the session's project, by its ending, and hands it over.

    `what` says which table (see `project.outputs.export`); a template is given as its bytes.
    """
    st.download_button(
        label,
        data=_built(file_name, what),
        file_name=file_name,
        key=key,
        on_click="ignore",
        width="stretch",
    )


def _built(file_name: str, what: dict[str, Any]) -> Callable[[], bytes]:
    """Return what builds the file; it runs without the page, with a connection of its own."""
    place, who = session.place(session.key()), session.who()

    def build() -> bytes:
        from workbench.project import door

        with tempfile.TemporaryDirectory() as folder:
            path, options = Path(folder) / file_name, dict(what)
            if options.get("template") is not None:
                given = Path(folder) / "given.docx"
                given.write_bytes(options["template"])
                options["template"] = given
            with door.open_project(place or "", who=who) as project:
                project.export(path, **options)
            return path.read_bytes()

    return build

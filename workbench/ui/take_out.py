"""A table of the chart as a file: made only when somebody asks for it."""

import streamlit as st

from workbench.ui import downloads
from workbench.ui.words import _


def buttons(framework: str, values: str, category: str | None, by: str) -> None:
    """Offer the chart as it is chosen here as an Excel workbook and as csv."""
    with st.popover(_("Save as"), width="stretch"):
        st.caption(
            _("The workbook has the chart, the words behind it, and all that was built on it.")
            if by == "case" and values != "states"
            else _("The table as it is chosen here.")
        )
        for ending, label in ((".xlsx", _("Excel")), (".csv", _("csv"))):
            downloads.button(
                label,
                f"{framework.replace('@', '-')}-{values}{ending}",
                f"take-out{ending}",
                framework=framework,
                by=by,
                values=values,
                category=category,
                safe_for_excel=True,
            )

"""A table of the chart as a file: made only when somebody asks for it."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from workbench.project import door, outputs
from workbench.ui import session
from workbench.ui.words import _

_KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
}


def buttons(framework: str, values: str, category: str | None, by: str) -> None:
    """Offer the chart as it is chosen here as an Excel workbook and as csv."""
    with st.popover(_("Save as"), width="stretch"):
        st.caption(
            _("The workbook has the chart, the words behind it, and all that was built on it.")
            if by == "case" and values != "states"
            else _("The table as it is chosen here.")
        )
        for ending, label in ((".xlsx", _("Excel")), (".csv", _("csv"))):
            name = f"{framework.replace('@', '-')}-{values}{ending}"
            st.download_button(
                label,
                data=_maker(ending, framework, values, category, by),
                file_name=name,
                mime=_KINDS[ending],
                key=f"take-out{ending}",
                on_click="ignore",
                width="stretch",
            )


def _maker(
    ending: str, framework: str, values: str, category: str | None, by: str
) -> Callable[[], bytes]:
    """Return what makes the file; it is called outside of any run of the page."""
    place, who = session.place(session.key()) or "", session.who()

    def made() -> bytes:
        with (
            tempfile.TemporaryDirectory() as folder,
            door.open_project(place, who=who) as project,
        ):
            path = Path(folder) / f"chart{ending}"
            outputs.export(
                project,
                path,
                framework=framework,
                by=by,
                values=values,  # type: ignore[arg-type]  # one of the page's list
                category=category,
                safe_for_excel=True,
            )
            return path.read_bytes()

    return made

"""Files that the browser gets: written by `project.outputs` when they are asked for."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from workbench.ui import session
from workbench.ui.words import _

if TYPE_CHECKING:
    import pandas as pd

    from workbench.project.agreement_page import Comparison
    from workbench.project.door import Project
    from workbench.project.ladder_pictures import Picture
    from workbench.project.rating import Level, Ratings


def button(label: str, file_name: str, key: str, **what: Any) -> None:
    """Show a button that builds a file of the session's project, by its ending, and hands it over.

    `what` says which table (see `project.outputs.export`); a template is given as its bytes. A
    file that has no place for its manifest comes with it in a zip.
    """

    def build(project: "Project", folder: Path) -> Path:
        path, options = folder / f"file{Path(file_name).suffix}", dict(what)
        if options.get("template") is not None:
            given = folder / "given.docx"
            given.write_bytes(options["template"])
            options["template"] = given
        project.export(path, **options)
        return path

    _shown(label, file_name, key, build)


def table_button(
    label: str, frame: "pd.DataFrame", name: str, ending: str, framework: str | None
) -> None:
    """Show a button that hands over a table as it is shown; `framework` is what it is of."""

    def build(project: "Project", folder: Path) -> Path:
        from workbench.project import table_files

        path = folder / f"file{ending}"
        table_files.write(project, frame, path, name, framework)
        return path

    _shown(label, name + ending, f"download {name} {ending}", build)


def agreement_button(label: str, of: "Comparison", file_name: str) -> None:
    """Show a button that hands over what is compared, as a workbook or as csv."""

    def build(project: "Project", folder: Path) -> Path:
        from workbench.project import agreement_files

        path = folder / f"file{Path(file_name).suffix}"
        agreement_files.write(project, path, of, safe_for_excel=True)
        return path

    _shown(label, file_name, f"save {file_name}", build)


def ratings_button(label: str, held: "Ratings", level: "Level", order: Sequence[str]) -> None:
    """Show a button that hands over how far raters agree, as a workbook."""

    def build(_project: "Project", folder: Path) -> Path:
        from workbench.project import rating_file

        path = folder / "file.xlsx"
        rating_file.write(path, held, level, order)
        return path

    _shown(label, f"{Path(held.source).stem}-agreement-{level}.xlsx", "save ratings", build)


def figure_button(label: str, figure: "Picture", name: str, framework: str | None) -> None:
    """Show a button that hands over a figure with its table, likewise."""

    def build(project: "Project", folder: Path) -> Path:
        from workbench.project import table_files

        path = folder / "file.html"
        table_files.write_figure(project, figure, path, name, framework)
        return path

    _shown(label, f"{name}.html", f"download {name}", build)


def _shown(label: str, file_name: str, key: str, build: "Callable[[Project, Path], Path]") -> None:
    from workbench.project import manifests

    file_name = file_name.replace("/", "-")
    handed_over = manifests.handed_over(file_name)
    st.download_button(
        label,
        data=_built(file_name, build),
        file_name=handed_over,
        key=key,
        on_click="ignore",
        width="stretch",
        help=None
        if handed_over == file_name
        else _("A zip: the file, and beside it a small one that says where it came from."),
    )


def _built(file_name: str, build: "Callable[[Project, Path], Path]") -> Callable[[], bytes]:
    """Return what builds the file; it runs without the page, with a connection of its own."""
    place, who = session.place(session.key()), session.who()

    def built() -> bytes:
        from workbench.project import door, manifests

        with (
            tempfile.TemporaryDirectory(prefix="workbench-") as folder,
            door.open_project(place or "", who=who) as project,
        ):
            return manifests.whole(build(project, Path(folder)), file_name)

    return built

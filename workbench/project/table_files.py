"""One table or figure as a file, for a page that hands it out."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from workbench.errors import BadValue
from workbench.formats import csvfile, xlsx
from workbench.formats.files import replacing
from workbench.model.manifest import Manifest
from workbench.project import manifests
from workbench.project.opening import Project

if TYPE_CHECKING:
    from workbench.project.ladder_pictures import Picture

ENDINGS = (".xlsx", ".csv")


def write(
    project: Project,
    frame: pd.DataFrame,
    path: Path,
    called: str = "Table",
    framework: str | None = None,
) -> None:
    """Write a frame as an Excel workbook of one sheet, or as comma-separated values.

    Its manifest says that it is what it is `called`, of a framework version where one is given.

    Raises:
        BadValue: it ends in neither .xlsx nor .csv.
        CannotWrite: the file cannot be written.
    """
    if path.suffix not in ENDINGS:
        raise BadValue("The ending of a table's file", path.suffix, ", ".join(ENDINGS))
    manifest = _manifest(project, called, framework)
    if path.suffix == ".csv":
        csvfile.write(frame, path)
        manifests.write_beside(manifest, path)
    else:
        manifest = manifests.hashed(manifest, manifests.of_frame(frame))
        xlsx.write_table(frame, path, called, properties=manifest.properties())


def write_figure(
    project: Project, figure: "Picture", path: Path, called: str, framework: str | None = None
) -> None:
    """Write a figure with its table as a page; its manifest, likewise, is of the table.

    Raises:
        CannotWrite: the file cannot be written.
    """
    manifest = _manifest(project, called, framework)
    manifest = manifests.hashed(manifest, manifests.of_frame(figure.table))
    with replacing(path) as beside:
        beside.write_bytes(figure.as_html(called, json.dumps(manifest.as_dict())))


def _manifest(project: Project, called: str, framework: str | None) -> Manifest:
    named = framework is not None
    return manifests.manifest(project, called, framework=framework, of_framework=named)

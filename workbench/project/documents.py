"""Word documents out: reports, set in the styles of a template."""

import dataclasses
import tempfile
from pathlib import Path
from typing import cast

from workbench.model.document import Document, Heading, Quotation, Table, cell
from workbench.model.manifest import Manifest
from workbench.model.report import counted
from workbench.project import manifests, mapping, reports
from workbench.project.opening import Project


def word(
    project: Project,
    path: Path,
    what: str,
    framework: str | None = None,
    of: str | None = None,
    template: Path | str | None = None,
) -> str:
    """Write a report as a Word document and return a sentence about it.

    “chart”, what is exported where nothing is said, is the report of the analysis.

    Raises:
        BadValue: the template is no Word document.
        CannotWrite: the file cannot be written.
    """
    from workbench.formats import word as word_format  # with python-docx

    if what == "template":
        word_format.write_template(path)
        return f"{path}: a template with the styles of reports, to change in Word."
    name = cast(reports.Report, "analysis" if what == "chart" else what)
    document = reports.report(project, name, framework, of)
    manifest = manifests.manifest(project, name, framework=framework, filters={"of": of})
    manifest = manifests.hashed(manifest, manifests.of_data(document))
    word_format.write(
        with_manifest(document, manifest),
        path,
        template=None if template is None else Path(template),
        properties=manifest.properties(),
    )
    quotations = sum(isinstance(block, Quotation) for block in document.blocks)
    return f"{path}: {document.title}, {counted(quotations, 'quotations')}."


def check_template(content: bytes, name: str) -> None:
    """Check that a file can be the template of a report.

    Raises:
        BadValue: it cannot.
    """
    from workbench.formats import word as word_format

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "template.docx")
        path.write_bytes(content)
        word_format.opened(path)


def nodes(project: Project) -> dict[str, str]:
    """Return the nodes that a report can be of, the highest first: id → level and label."""
    with project.reading() as connection:
        ladders = mapping.every_ladder(connection)
    found = [
        (-int(level), f"{ladder.template.level_name(int(level))}: {node}", str(node_id))
        for ladder in ladders
        for node_id, node, level in zip(
            ladder.nodes["node_id"], ladder.nodes["node"], ladder.nodes["level"], strict=True
        )
        if level == level  # a free concept has none
    ]
    found.sort(key=lambda n: n[0])
    return {node_id: said for _, said, node_id in found}


def with_manifest(document: Document, manifest: Manifest) -> Document:
    """Return a document with what its manifest says as its last part."""
    rows = tuple((cell(name), cell(value)) for name, value in manifest.facts())
    about = (Heading("About this document", 1), Table("", ("What", "Is"), rows, (1, 2.4)))
    return dataclasses.replace(document, blocks=(*document.blocks, *about))

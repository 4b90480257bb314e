"""The list of codings as a file: row by row, without pandas."""

from pathlib import Path

from workbench.formats import csv_rows, xlsx
from workbench.model.report import counted
from workbench.project import lists, manifests
from workbench.project.opening import Project


def export_codings(
    project: Project, path: Path, framework: str | None = None, *, safe_for_excel: bool = False
) -> str:
    """Write the list of codings as csv or xlsx and return a sentence about it.

    Raises:
        CannotWrite: the file cannot be written.
    """
    heads, notes = list(lists.CODINGS), list[str]()
    manifest = manifests.manifest(
        project, "codings", framework=framework, of_framework=framework is not None
    )
    with project.reading() as connection:
        rows = lists.codings(connection, framework)
        if path.suffix.lower() == ".csv":
            many = csv_rows.write_rows(heads, rows, path, safe_for_excel=safe_for_excel)
            manifests.write_beside(manifest, path)
        else:
            hashed = manifests.Hashed(rows)
            book = xlsx.write_rows(
                heads,
                hashed,
                path,
                "codings",
                properties=lambda: manifests.hashed(manifest, hashed.sha256()).properties(),
            )
            many = sum(s.rows for s in book.sheets) - book.counts.get("continued rows", 0)
            notes += book.notes
            if many > lists.MANY:
                notes.append(lists.TOO_MANY)
    return " ".join([f"{path}: {counted(many, 'rows of codings')}.", *notes])

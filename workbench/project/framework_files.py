"""Framework versions from and to the files of `frameworks/`."""

from dataclasses import replace
from pathlib import Path

from workbench.errors import CannotWrite, Refused
from workbench.formats import codebook_table, framework_yaml
from workbench.formats.files import replacing, stands
from workbench.formats.framework_ids import slug
from workbench.model.framework import FrameworkVersion
from workbench.model.report import ImportReport, LeftOut


def read(path: Path, name: str | None = None) -> FrameworkVersion:
    """Return the framework version in a file, called `name` instead when that is given.

    Raises:
        InvalidFramework: the file does not keep to the format.
        ReleasedFrameworkChanged: it says it is released and its hash does not fit.
        Refused: a released version cannot take another name: its hash covers it.
    """
    version = framework_yaml.read(path)
    if name is None or name == version.framework:
        return version
    if version.state == "released":
        raise Refused(f"{version.reference} is released, so it cannot be added as “{name}”.")
    return replace(version, framework=name)


def read_codebook(
    path: Path, name: str | None = None, version: str | None = None
) -> FrameworkVersion:
    """Return the framework version in a table of codes, called after the file unless named.

    Raises:
        BadTable, BadFile: see `formats.codebook_table.read`.
    """
    return codebook_table.read(path, name or path.stem, version or "1")


def is_codebook(path: Path) -> bool:
    """Whether a file is a table, by its ending."""
    return path.suffix.lower() in codebook_table.ENDINGS


def is_refi_codebook(path: Path) -> bool:
    """Whether a file is a codebook of REFI-QDA, by its ending or by what it begins with."""
    from workbench.formats.refi import package  # with lxml, which other frameworks do without

    return path.suffix.lower() == ".qdc" or package.recognises(path) == "codebook"


def read_refi_codebook(
    path: Path, name: str | None = None, version: str | None = None
) -> tuple[FrameworkVersion, ImportReport]:
    """Return the draft that a codebook of REFI-QDA is, called after the file unless named.

    The report says what of it has no place here.

    Raises:
        UnknownFormat: it is no such codebook.
        BadFile: it cannot be read, or is made so that nobody should read it.
    """
    from workbench.formats.refi import codebook

    held = codebook.read(path)
    called = name or slug(path.stem) or "codebook"
    made, _ = codebook.framework(held.codes, called, version or "1", report=held.report)
    if held.sets:
        held.report.left_out.append(LeftOut("sets", "nothing here is like them", len(held.sets)))
    held.report.count("frameworks")
    held.report.count("codes", len(made.codes))
    return made, held.report


def text(version: FrameworkVersion, parent: FrameworkVersion | None = None) -> str:
    """Return a framework version as the text of a file, the parent's codes by their short ids."""
    return framework_yaml.dumps(version, parent)


def write_example(path: Path) -> None:
    """Write the commented example to start from.

    Raises:
        CannotWrite: something stands there already, or the system refuses.
    """
    if stands(path):
        raise CannotWrite(path, "it exists already")
    with replacing(path) as beside:
        beside.write_text(framework_yaml.example(), encoding="utf-8", newline="\n")

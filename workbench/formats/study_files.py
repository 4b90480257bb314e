"""The files of a study folder: what is where, and what has no meaning.

Nothing is followed out of the folder: a link that leads elsewhere is refused.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from workbench.errors import BadFile, MissingFile
from workbench.formats.tables import KINDS, Kind

MANIFEST = "manifest.json"
"""What a folder says of itself that a project was written to."""
MAX_FILES = 20_000
TABLE_ENDINGS = (".csv", ".tsv", ".xlsx")

_BESIDE = re.compile(r"(README|LICENSE|LICENCE|CHANGELOG|CITATION)(\.\w+)?", re.IGNORECASE)
"""Files that tell people about the folder, and the workbench nothing."""


def transcripts(home: Path, *, needed: bool = True) -> tuple[Path, ...]:
    """Return the transcripts by name.

    Raises:
        MissingFile: there is no folder `transcripts`, and it is needed.
        BadFile: it is empty and needed, or two files differ in their ending only.
    """
    folder = inside(home, home / "transcripts")
    if not folder.is_dir():
        if not needed:
            return ()
        raise MissingFile(folder)
    found = [inside(folder, file) for file in _sorted(folder) if _is_transcript(file)]
    first: dict[str, str] = {}
    for file in found:
        if first.setdefault(file.stem, file.name) != file.name:
            raise BadFile(
                file, f"{first[file.stem]} has the same name but for its ending.", "Rename one."
            )
    if needed and not found:
        raise BadFile(folder, "there are no transcripts in this folder.", "Put them there.")
    return tuple(found)


def imported(home: Path, said: str) -> Path:
    """Return the file of another tool that a study names by its path in the folder.

    Raises:
        MissingFile: there is none.
        BadFile: it lies outside the folder.
    """
    file = inside(home, home / said)
    if not file.is_file():
        raise MissingFile(file)
    return file


def tables(home: Path) -> dict[Kind, Path]:
    """Return kind → the file of its table; raises BadFile when there are two."""
    found = {kind: _only(home, kind) for kind in KINDS}
    return {kind: file for kind, file in found.items() if file}


def published(home: Path) -> tuple[Path, ...]:
    """Return the tables of printed cells by name; none where there is no folder for them."""
    folder = inside(home, home / "published")
    found = _sorted(folder) if folder.is_dir() else []
    return tuple(inside(folder, f) for f in found if f.suffix.lower() in TABLE_ENDINGS)


def register(home: Path) -> Path | None:
    """Return the file of the register; raises BadFile when there are two."""
    return _only(home, "register")


def _only(home: Path, name: str) -> Path | None:
    files = [f for e in TABLE_ENDINGS if (f := home / f"{name}{e}").exists()]
    if len(files) > 1:
        names = " and ".join(f.name for f in files)
        raise BadFile(home, f"{names} hold the same table.", "Keep one of them.")
    return inside(home, files[0]) if files else None


def framework(home: Path, reference: str) -> Path:
    """Return the file of name@version in the nearest folder `frameworks`, going up.

    Raises:
        MissingFile: no folder above has it.
    """
    name, _, version = reference.partition("@")
    here = home.resolve()
    for folder in (here, *here.parents):
        library = folder / "frameworks"
        file = library / name / f"{version}.yaml"
        if file.is_file():
            return inside(library, file)
    raise MissingFile(here / "frameworks" / name / f"{version}.yaml")


def unknown(
    home: Path, references: Iterable[str], imports: Collection[Path] = ()
) -> tuple[str, ...]:
    """Return what nothing here reads, relative to the folder; a folder for all in it.

    `references` are the framework versions (name@version) that the study reads, `imports`
    the files of other tools.
    """
    named = {"study.yaml", MANIFEST, "transcripts", "frameworks", "published"}
    named |= {f"{kind}{ending}" for kind in (*KINDS, "register") for ending in TABLE_ENDINGS}
    read = {"frameworks/" + r.replace("@", "/") + ".yaml" for r in references}
    brought = {file.resolve() for file in imports}
    found = [f for e in _sorted(home) if e.name not in named for f in _opened_for(brought, e)]
    if (home / "transcripts").is_dir():
        found += [e for e in _sorted(home / "transcripts") if not _is_transcript(e)]
    if (home / "published").is_dir():
        read_tables = published(home)
        found += [e for e in _sorted(home / "published") if e not in read_tables]
    found += [e for e in _below(home / "frameworks") if _relative(home, e) not in read]
    return tuple(
        _relative(home, e)
        for e in found
        if not _BESIDE.fullmatch(e.name) and e.resolve() not in brought
    )


def _opened_for(files: Collection[Path], entry: Path) -> Iterator[Path]:
    """Yield an entry, or what is in it when it holds one of the files."""
    here = entry.resolve()
    if not entry.is_symlink() and any(here in file.parents for file in files):
        for below in _sorted(entry):
            yield from _opened_for(files, below)
    else:
        yield entry


def _relative(home: Path, entry: Path) -> str:
    said = entry.relative_to(home).as_posix()
    return said + "/" if entry.is_dir() else said


def _below(library: Path) -> Iterator[Path]:
    """Yield the files two floors down, where versions stand, and all that is not there."""
    for entry in _sorted(library) if library.is_dir() else ():
        yield from _sorted(entry) if entry.is_dir() else (entry,)


def _is_transcript(file: Path) -> bool:
    """Tell a transcript from what systems and word processors leave beside it."""
    return file.is_file() and not is_beside(file.name)


def is_beside(name: str) -> bool:
    """Tell whether a file of that name is never taken for a transcript.

    >>> is_beside("README.txt"), is_beside("~$P01.docx"), is_beside("P01.docx")
    (True, True, False)
    """
    return name.startswith((".", "~$")) or _BESIDE.fullmatch(name) is not None


def _sorted(folder: Path) -> list[Path]:
    found: list[Path] = []
    try:
        for entry in folder.iterdir():
            found.append(entry)
            if len(found) > MAX_FILES:
                raise BadFile(folder, f"it holds more than {MAX_FILES:,} files.", "Split it.")
    except OSError as error:
        raise BadFile(folder, "the folder cannot be read.", f"({error.strerror})") from error
    return sorted(found, key=lambda p: p.name)


def inside(folder: Path, file: Path) -> Path:
    """Return a path of a folder, once no link leads from it to somewhere else."""
    try:
        leads_out = not file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError) as error:
        raise BadFile(file, "the name cannot be used.", f"({error})") from error
    if leads_out:
        raise BadFile(file, "it leads out of its folder.", "Put a copy of the file in its place.")
    return file

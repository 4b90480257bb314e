"""Files of other tools that a study names in study.yaml, under `imports`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.formats import study_files
from workbench.formats.strict_yaml import Document


@dataclass(frozen=True, slots=True)
class StudyImport:
    """One file of another tool; `series` and `labels` say how its counts are to be called."""

    file: Path
    series: str = ""
    labels: tuple[str, str] | None = None


def read(document: Document, home: Path) -> tuple[StudyImport, ...]:
    """Return the files in the order in which they are to come in.

    Raises:
        MissingFile: one is not there.
        BadFile: one lies outside the folder, or stands in the list twice.
    """
    return tuple(_each(document, home))


def _each(document: Document, home: Path) -> Iterator[StudyImport]:
    seen: set[Path] = set()
    for i, entry in enumerate(document.data.get("imports") or ()):
        said = {"file": entry} if isinstance(entry, str) else entry
        file = study_files.imported(home, said["file"])
        if file.resolve() in seen:
            raise document.refused(("imports", i), f"“{said['file']}” stands here a second time.")
        seen.add(file.resolve())
        labels = said.get("labels")
        called = (str(labels[0]), str(labels[1])) if labels else None
        yield StudyImport(file, said.get("series") or "", called)

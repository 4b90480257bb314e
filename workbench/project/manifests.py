"""Manifests of exported files, and the hashes of their content."""

import dataclasses
import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.formats.files import replacing
from workbench.formats.handed_over import BESIDE as BESIDE
from workbench.model.manifest import Manifest
from workbench.model.report import counted
from workbench.project import lists
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.runs import settled
from workbench.store import history, records

if TYPE_CHECKING:
    import pandas as pd

_NO_PLACE_INSIDE = (".csv", ".yaml")
_AT_ONCE = 1 << 20


def manifest(
    project: Project,
    what: str,
    *,
    framework: str | None = None,
    of_framework: bool = True,
    filters: Mapping[str, str | None] | None = None,
    left_out: Iterable[str] = (),
) -> Manifest:
    """Return the manifest of what is exported now; its hash is added with `hashed`.

    `of_framework` says whether the content is of one framework version; then it tells what of
    others is not in it. Filters that are not set are left out.
    """
    with project.reading() as connection:
        said = lists.settings(connection)
        gone = _withdrawn(connection)
        reference, sha256, runs = "", "", list[str]()
        others = list[str]()
        if of_framework:
            row = Names(connection).version(framework)
            reference, sha256 = str(row["reference"]), str(row["sha256"] or "")
            counting = settled(connection, row["id"])
            runs = [str(r["name"]) for r in counting]
            others = _not_of(connection, {str(r["id"]) for r in counting})
        return Manifest(
            workbench=import_module("workbench").__version__,
            project=said.get("title") or Path(project.where).stem,
            what=what,
            made=f"{datetime.datetime.now(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
            act=history.newest(connection),
            framework=reference,
            framework_sha256=sha256,
            runs=tuple(runs),
            filters={k: v for k, v in (filters or {}).items() if v},
            left_out=(*left_out, *others, *gone),
        )


def hashed(of: Manifest, sha256: str) -> Manifest:
    """Return a manifest with the hash of its content."""
    return dataclasses.replace(of, sha256=sha256)


def write_beside(of: Manifest, path: Path) -> None:
    """Write the manifest of a file beside it, with the hash of the file.

    Raises:
        CannotWrite: it cannot be written.
    """
    write(hashed(of, of_file(path)), path.with_name(path.name + BESIDE))


def write(of: Manifest, path: Path) -> None:
    """Write a manifest as a file of its own.

    Raises:
        CannotWrite: it cannot be written.
    """
    with replacing(path) as beside:
        beside.write_text(of.as_json() + "\n", encoding="utf-8", newline="\n")


def handed_over(file_name: str) -> str:
    """Return what a file is called that is handed over alone, with its manifest in it.

    >>> handed_over("cases.csv"), handed_over("cases.xlsx")
    ('cases.csv.zip', 'cases.xlsx')
    """
    return file_name + (".zip" if file_name.endswith(_NO_PLACE_INSIDE) else "")


def whole(path: Path, file_name: str) -> bytes:
    """Return what was written, with the manifest in it: of one that stands beside, as a zip.

    `file_name` is what the file is called in the zip.
    """
    beside = path.with_name(path.name + BESIDE)
    if not beside.exists():
        return path.read_bytes()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.write(path, file_name)
        package.write(beside, file_name + BESIDE)
    return held.getvalue()


def of_folder(folder: Path) -> str:
    """Return the SHA-256 of the files in a folder: their paths in it, and their hashes."""
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    return of_data([[f.relative_to(folder).as_posix(), of_file(f)] for f in files])


def of_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_AT_ONCE):
            digest.update(block)
    return digest.hexdigest()


def of_data(data: object) -> str:
    """Return the SHA-256 of plain data, as JSON without spaces.

    >>> of_data({"a": [1]}) == hashlib.sha256(b'{"a":[1]}').hexdigest()
    True
    """
    return hashlib.sha256(_json(data)).hexdigest()


def of_frame(frame: "pd.DataFrame") -> str:
    """Return the SHA-256 of a table: its columns by name, each value as text."""
    from workbench.formats.flat import flat, one_text

    table = flat(frame)
    columns = [
        [str(name), *map(one_text, table.iloc[:, n].tolist())]
        for n, name in enumerate(table.columns)
    ]
    return of_data(columns)


class Hashed:
    """Rows that go by while they are written, hashed one by one as JSON."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows, self._digest = rows, hashlib.sha256()

    def __iter__(self) -> Iterator[Any]:
        for row in self._rows:
            self._digest.update(_json(row) + b"\n")
            yield row

    def sha256(self) -> str:
        """Return the hash of the rows so far."""
        return self._digest.hexdigest()


def _json(data: object) -> bytes:
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return said.encode("utf-8", "surrogatepass")


def _plain(value: object) -> object:
    """Return what JSON does not know as plain data: blocks of documents, frames."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return [type(value).__name__, fields]
    if hasattr(value, "to_dict"):
        return value.to_dict("list")
    return str(value)


def _withdrawn(connection: Any) -> list[str]:
    gone = records.count_withdrawn(connection, "coding")
    return [f"{counted(gone, 'withdrawn codings')}."] if gone else []


def _not_of(connection: Any, counting: set[str]) -> list[str]:
    """Say what codings of other runs are not in a file of one framework version."""
    runs = [r for r in records.find(connection, "run") if r["id"] not in counting]
    many = sum(records.count(connection, "coding", run_id=r["id"]) for r in runs)
    if not many:
        return []
    names = ", ".join(f"“{r['name']}”" for r in runs)
    return [f"{counted(many, 'codings')} of runs that do not count here: {names}."]

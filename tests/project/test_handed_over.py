"""What a browser was given in a zip comes in again as it was given."""

import zipfile
from pathlib import Path

import builders
import pytest

from workbench.errors import BadFile
from workbench.project import imports, manifests
from workbench.project.door import create


def zipped(folder: Path, name: str, content: bytes) -> Path:
    (folder / "made").write_bytes(content)
    (folder / f"made{manifests.BESIDE}").write_text("{}")
    path = folder / manifests.handed_over(name)
    path.write_bytes(manifests.whole(folder / "made", name))
    return path


def test_a_table_in_a_zip_with_its_manifest_comes_in(tmp_path) -> None:
    path = zipped(tmp_path, "cases.csv", b"case,age\nKari,41\nOla,39\n")
    assert path.name == "cases.csv.zip"
    with create(tmp_path / "new.fwb", who="zoe") as project:
        report = imports.import_files(project, [path])
        assert report.counts["cases"] == 2
        assert sorted(builders.rows(project, "case", "label")) == [("Kari",), ("Ola",)]


def test_a_fault_in_it_is_told_of_the_file_and_of_no_other_folder(tmp_path) -> None:
    path = zipped(tmp_path, "cases.csv", b"colour,shape\nred,round\n")
    with create(tmp_path / "new.fwb", who="zoe") as project:
        with pytest.raises(BadFile) as told:
            imports.import_files(project, [path])
        assert str(told.value).startswith("cases.csv: line 1: the columns colour, shape fit no")
        assert builders.rows(project, "case", "label") == []


@pytest.mark.parametrize("extra", [["other.csv"], ["../up.csv"]])
def test_a_zip_of_anything_else_is_refused_as_before(tmp_path, extra) -> None:
    path = zipped(tmp_path, "cases.csv", b"case\nKari\n")
    with zipfile.ZipFile(path, "a") as archive:
        for name in extra:
            archive.writestr(name, "case\n")
    with create(tmp_path / "new.fwb", who="zoe") as project:
        with pytest.raises(BadFile):
            imports.import_files(project, [path])
        assert builders.rows(project, "case", "label") == []

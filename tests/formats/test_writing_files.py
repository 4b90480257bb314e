from pathlib import Path
from unittest import mock

import builders
import pytest
import xlsxwriter

from workbench.errors import CannotWrite
from workbench.formats import files


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def write_half(target: Path, error: Exception) -> None:
    with files.replacing(target) as beside:
        beside.write_text("half")
        raise error


def test_what_was_written_takes_the_name_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with files.replacing(target) as beside:
        beside.write_text("new")
        assert target.read_text() == "old"
        assert beside.parent == tmp_path
    assert (target.read_text(), names(tmp_path)) == ("new", ["a.txt"])


def test_a_failed_writing_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError):
        write_half(target, ZeroDivisionError())
    assert (target.read_text(), names(tmp_path)) == ("old", ["a.txt"])


def test_a_failed_first_writing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        write_half(tmp_path / "a.txt", ZeroDivisionError())
    assert names(tmp_path) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(CannotWrite, match="there is no folder"),
        files.replacing(tmp_path / "none" / "a.txt"),
    ):
        pass


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="this is a folder"), files.replacing(tmp_path):
        pass


@pytest.mark.parametrize("lock", [".~lock.a.xlsx#", "~$a.xlsx"])
def test_a_file_open_in_a_spreadsheet_is_left_alone(tmp_path: Path, lock: str) -> None:
    (tmp_path / "a.xlsx").write_text("old")
    (tmp_path / lock).write_text("")
    with (
        pytest.raises(CannotWrite, match="open in another program"),
        files.replacing(tmp_path / "a.xlsx"),
    ):
        pass
    assert (tmp_path / "a.xlsx").read_text() == "old"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            PermissionError(13, "Permission denied", ".writing-1"),
            "it is open in another program, or it belongs to somebody else",
        ),
        (
            OSError(28, "No space left on device", ".writing-1"),
            "the disk is full; make room there, or choose another folder",
        ),
        (OSError(5, "Input/output error", ".writing-1"), "Input/output error"),
        (OSError(), "the system refuses"),
    ],
)
def test_what_the_system_refuses_is_told_without_our_own_names(
    tmp_path: Path, error: OSError, said: str
) -> None:
    with pytest.raises(CannotWrite) as caught:
        write_half(tmp_path / "a", error)
    assert str(caught.value) == f"{tmp_path / 'a'} cannot be written: {said}."
    assert names(tmp_path) == []


PROTECTED = (
    "{file} cannot be written: the folder {folder} is protected; choose another folder, or ask "
    "for the right to write there."
)


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(13, "Permission denied", ".writing-1"),
        OSError(30, "Read-only file system", ".writing-1"),
        FileNotFoundError(2, "No such file or directory", ".writing-1"),
    ],
)
def test_a_protected_folder_is_told_before_anything_is_written(
    tmp_path: Path, error: OSError
) -> None:
    target, begun = tmp_path / "chart.xlsx", False
    with (
        mock.patch.object(Path, "touch", side_effect=error),
        pytest.raises(CannotWrite) as caught,
        files.replacing(target),
    ):
        begun = True
    assert str(caught.value) == PROTECTED.format(file=target, folder=tmp_path)
    assert not begun


def test_a_folder_that_hides_what_is_in_it_is_told(tmp_path: Path) -> None:
    target, hidden = tmp_path / "chart.xlsx", PermissionError(13, "Permission denied")
    with (
        mock.patch.object(Path, "is_dir", side_effect=hidden),
        pytest.raises(CannotWrite) as caught,
        files.replacing(target),
    ):
        pass
    assert str(caught.value) == PROTECTED.format(file=target, folder=tmp_path)


def test_a_file_may_be_made_or_the_folder_is_told_and_nothing_stays(tmp_path: Path) -> None:
    files.refuse_protected(tmp_path / "study.fwb")
    full = OSError(28, "No space left on device")
    with (
        mock.patch.object(Path, "touch", side_effect=full),
        pytest.raises(CannotWrite, match="the disk is full"),
    ):
        files.refuse_protected(tmp_path / "study.fwb")
    assert names(tmp_path) == []


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".parquet", ".graphml", ".html", ".yaml"])
def test_every_format_says_the_same_of_a_full_disk(tmp_path: Path, ending: str) -> None:
    """Each writer meets the error where it closes its file."""
    garden = builders.copy(tmp_path / "garden.fwb")
    target, full = tmp_path / f"out{ending}", OSError(28, "No space left", ".writing-1")
    with (
        garden.project,
        mock.patch.object(Path, "replace", side_effect=full),
        pytest.raises(CannotWrite) as caught,
    ):
        garden.project.export(target)
    assert str(caught.value) == (
        f"{target} cannot be written: the disk is full; make room there, or choose another folder."
    )
    assert names(tmp_path) == ["garden.fwb"]


def test_a_workbook_whose_zip_cannot_be_closed_is_told_by_its_own_name(tmp_path: Path) -> None:
    garden = builders.copy(tmp_path / "garden.fwb")
    target, store = tmp_path / "out.xlsx", xlsxwriter.Workbook._store_workbook

    def fills_the_disk(workbook: xlsxwriter.Workbook) -> None:
        store(workbook)
        raise OSError(28, "No space left", ".writing-1")

    with (
        garden.project,
        mock.patch.object(xlsxwriter.Workbook, "_store_workbook", fills_the_disk),
        pytest.raises(CannotWrite, match=r"out\.xlsx cannot be written: the disk is full"),
    ):
        garden.project.export(target)


@pytest.mark.parametrize("name", ["a\0b", "n" * 300])
def test_an_impossible_name_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotWrite), files.replacing(tmp_path / name) as beside:
        beside.write_text("x")
    assert names(tmp_path) == []


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    with files.replacing(tmp_path / "link.txt") as beside:
        beside.write_text("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_new_folder_takes_its_place_whole(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "new"
    with files.new_folder(home) as made:
        (made / "a.txt").write_text("a")
        assert not home.exists()
    assert names(home) == ["a.txt"]
    assert names(home.parent) == ["new"]


def test_a_new_folder_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with files.new_folder(tmp_path / "new") as made:
            (made / "a.txt").write_text("a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(tmp_path) == []


@pytest.mark.parametrize("there", ["file", "full"])
def test_a_new_folder_replaces_nothing_that_is_there(there: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(CannotWrite), files.new_folder(tmp_path / there):
        pass
    assert (tmp_path / "full" / "mine.txt").read_text() == (tmp_path / "file").read_text() == "mine"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with files.new_folder(tmp_path / "new") as made:
        (made / "a.txt").write_text("a")
    assert names(tmp_path / "new") == ["a.txt"]

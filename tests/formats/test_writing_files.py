from pathlib import Path

import pytest

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
        (PermissionError(13, "Permission denied"), "open in another program"),
        (OSError(28, "No space left on device"), "No space left on device"),
    ],
)
def test_what_the_system_refuses_is_told(tmp_path: Path, error: OSError, said: str) -> None:
    with pytest.raises(CannotWrite, match=said):
        write_half(tmp_path / "a", error)
    assert names(tmp_path) == []


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

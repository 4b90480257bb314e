"""The key opens with its passphrase and with no other, and tells nothing without it."""

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import BadFile, CannotWrite, MissingFile
from workbench.formats import keyfile, locked
from workbench.formats.keyfile import KeyRow

ROWS = [KeyRow("Kåre Ås", "person", "Person 1"), KeyRow("Bodø", "place", "Place 1")]


def test_a_key_holds_what_was_written_and_shows_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "names.key"
    keyfile.write(ROWS, path, "å, hemmelig")
    assert keyfile.read(path, "å, hemmelig") == ROWS
    seen = path.read_bytes()
    assert all(word.encode() not in seen for word in ("Kåre", "Person", "Bod", "hemmelig"))


def test_two_keys_of_the_same_names_are_not_alike(tmp_path: Path) -> None:
    said = []
    for name in ("a", "b"):
        keyfile.write(ROWS, tmp_path / name, "same")
        said.append(json.loads((tmp_path / name).read_text()))
    assert said[0]["scrypt"]["salt"] != said[1]["scrypt"]["salt"]
    assert said[0]["locked"] != said[1]["locked"]


def test_another_passphrase_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "names.key"
    keyfile.write(ROWS, path, "right")
    with pytest.raises(BadFile, match="the passphrase does not open it") as caught:
        keyfile.read(path, "wrong")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held.update(what="a letter"),
        lambda held: held.update(version=2),
        lambda held: held["scrypt"].update(cost=2**30),
        lambda held: held["scrypt"].update(cost=1000),
        lambda held: held["scrypt"].update(cost="64"),
        lambda held: held["scrypt"].update(salt="?"),
        lambda held: held.update(scrypt=None),
        lambda held: held.update(locked="abc"),
        lambda held: held.pop("locked"),
    ],
)
def test_a_file_that_is_no_sound_key_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    path = tmp_path / "names.key"
    keyfile.write(ROWS, path, "right")
    held = json.loads(path.read_text())
    change(held)
    path.write_text(json.dumps(held))
    with pytest.raises(BadFile):
        keyfile.read(path, "right")


@pytest.mark.parametrize("content", [b"", b"[]", b"name,replacement\n", b"\xff\xfe", b"[" * 10**5])
def test_another_file_is_no_key(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "names.key"
    path.write_bytes(content)
    with pytest.raises(BadFile):
        keyfile.read(path, "right")


def test_a_missing_key_and_a_folder_that_is_none_are_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        keyfile.read(tmp_path / "none.key", "right")
    with pytest.raises(CannotWrite):
        keyfile.write(ROWS, tmp_path / "none" / "names.key", "right")


def test_to_try_a_passphrase_costs_what_it_should(tmp_path):
    real = runpy.run_path(locked.__file__)
    real["write"]("a thing", b"Kari", tmp_path / "a.key", "hemmelig")
    held = json.loads((tmp_path / "a.key").read_text())
    assert held["scrypt"]["cost"] == 131_072
    assert locked.read("a thing", tmp_path / "a.key", "hemmelig", 10_000) == b"Kari"

"""Sealed texts come back to who knows the passphrase, as files that every system takes."""

from pathlib import Path

import pytest

from workbench.errors import BadFile, CannotWrite
from workbench.formats import keyfile, sealed_texts
from workbench.formats.keyfile import KeyRow
from workbench.formats.sealed_texts import SealedText

KARI = SealedText("Kari/Åse", "a1", 1, False, "imported", "kari.docx", "Ja.\n🙂", b"PK\x00\xff")
NEXT = SealedText("KARI_ÅSE", "b2", 1, False, "", "", "Nei.", b"")
NOW = SealedText("now", "c3", 4, True, "", "x.vtt", "Her.", b"WEBVTT")


def test_texts_and_files_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "texts.sealed"
    sealed_texts.write([KARI, NEXT, NOW], path, "å")
    assert sealed_texts.read(path, "å") == [KARI, NEXT, NOW]
    assert b"Kari" not in path.read_bytes()
    with pytest.raises(BadFile, match="the passphrase does not open it"):
        sealed_texts.read(path, "a")


def test_each_has_a_name_of_its_own_in_the_folder_that_it_is_written_to(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    written = sealed_texts.write_out([KARI, NEXT, NOW], folder)
    assert {p.name: p.read_bytes() for p in written} == {
        "Kari_Åse version 1.txt": "Ja.\n🙂".encode(),
        "Kari_Åse version 1 original.docx": b"PK\x00\xff",
        "KARI_ÅSE version 1 (2).txt": b"Nei.",
        "now version 4 original.vtt": b"WEBVTT",
    }
    assert sorted(written) == sorted(folder.iterdir())


def test_nothing_leaves_the_folder_and_nothing_in_it_is_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    out = KARI._replace(transcript="../../up", source_name="../x.txt/../..")
    (up,) = {p.parent for p in sealed_texts.write_out([out], folder)}
    assert up == folder
    with pytest.raises(CannotWrite, match="something is in the folder"):
        sealed_texts.write_out([out], folder)
    with pytest.raises(CannotWrite):
        sealed_texts.write_out([out], tmp_path / "none" / "out")


def test_a_key_is_no_sealed_file_and_the_other_way_round(tmp_path: Path) -> None:
    keyfile.write([KeyRow("Kari", "", "Liv")], tmp_path / "key", "å")
    sealed_texts.write([KARI], tmp_path / "sealed", "å")
    with pytest.raises(BadFile, match="a file of another kind"):
        sealed_texts.read(tmp_path / "key", "å")
    with pytest.raises(BadFile, match="a file of another kind"):
        keyfile.read(tmp_path / "sealed", "å")

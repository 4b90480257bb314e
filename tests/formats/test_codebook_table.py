"""Codebooks in tables become framework versions."""

from pathlib import Path

import pytest

from workbench.errors import BadTable
from workbench.formats.codebook_table import read
from workbench.model.framework import stable_id


def codebook(folder: Path, text: str) -> Path:
    path = folder / "book.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_codes_stand_by_name_and_keep_their_ids_with_their_names(tmp_path: Path) -> None:
    text = 'tag,description,number\nWay out,"Doors, gates",7\n’n <b>Ås</b>,,9\nat home,,1\n'
    held = read(codebook(tmp_path, text), "book", "3")
    assert (held.reference, held.state, held.categories) == ("book@3", "draft", ())
    assert [(c.number, c.name, c.definition) for c in held.codes] == [
        ("1", "at home", ""),
        ("2", "Way out", "Doors, gates"),
        ("3", "’n <b>Ås</b>", ""),
    ]
    assert held.codes[1].code_id == stable_id("book", "code", "way-out")
    assert {c.origin for c in held.codes} == {"inductive"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "a codebook has the names of codes in a column code, tag, name"),
        ("code\nRain\nrain\n", "the code “rain” stands twice"),
        ("code,memo\n,Lost\n", "the code has no name"),
    ],
)
def test_a_table_that_is_no_codebook_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadTable, match=said):
        read(codebook(tmp_path, text), "book", "1")

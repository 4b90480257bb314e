"""What is said of a study's columns and fields is said of those that the readers know."""

import json
from importlib import resources

import pytest

from workbench.formats import study_example, study_words, table_rows, tables
from workbench.formats.published import CELL_COLUMNS, ENTRY_COLUMNS


def test_every_column_of_every_table_is_told_and_no_other() -> None:
    told = {kind: set(says) for kind, says in study_words.SAYS.items()}
    assert told == {kind: set(columns.known) for kind, columns in tables.COLUMNS.items()}
    assert set(study_words.TABLES) == set(tables.KINDS)


def test_every_column_of_what_is_printed_is_told_and_no_other() -> None:
    assert set(study_words.PRINTED["printed cells"]) == set(CELL_COLUMNS.known)
    assert set(study_words.PRINTED["the register"]) == set(ENTRY_COLUMNS.known)
    assert set(study_words.PRINTED_TABLES) == set(study_words.PRINTED)


def _schema() -> dict:
    text = resources.files("workbench.formats").joinpath("study.schema.json").read_text("utf-8")
    return json.loads(text)["properties"]


def test_every_field_of_study_yaml_is_told_and_shown_in_the_example_and_no_other() -> None:
    assert set(study_words.FIELDS) == set(_schema())
    assert {"title", *study_example.fields()} == set(_schema())


@pytest.mark.parametrize(
    "field", [f for f, s in _schema().items() if {"object", "array"} & set(s.get("type", ()))]
)
def test_the_fields_inside_a_field_are_told(field: str) -> None:
    said = _schema()[field]
    inside = said.get("items", said).get("properties", {})
    missing = [name for name in inside if name not in study_words.FIELDS[field]]
    assert missing == []


def test_every_anchor_that_is_told_is_one_that_memos_take() -> None:
    shown = study_words.SAYS["memos"]["anchor"]
    told = {word.partition(":")[0] for word in shown.replace(",", " ").split() if ":" in word[:-1]}
    assert told <= set(table_rows.ANCHOR_NAMES)
    assert {"case", "code", "coding", "statement", "node", "link"} <= told

"""Agreement over time: round by round, and of one coder with the own earlier coding."""

import pandas as pd
import pytest
from builders import VERSION, Garden

from workbench.errors import Refused, UnknownName
from workbench.project import edits, views

RAIN = "Rain keeps me away."
GATE = "The gate is locked after six, and nobody has a key."
QUICK = {"resamples": 0}


def code(garden: Garden, run: str, coder: str, *said: tuple[str, str]) -> None:
    for quote, name in said:
        where = "gardener" if quote in (RAIN, GATE) else "group"
        edits.code_quote(garden.project, where, quote, name, run=run, coder=coder)


@pytest.fixture
def rounds(garden: Garden) -> Garden:
    """Two rounds on one transcript: first of four turns one alike of two, then both alike."""
    p = garden.project
    edits.plan_round(p, "one", ["anna", "bo"], VERSION, transcripts=["gardener"])
    code(garden, "one, anna", "anna", (RAIN, "1.2"))
    code(garden, "one, bo", "bo", (RAIN, "1.1"))
    edits.plan_round(p, "two", ["anna", "bo"], VERSION, transcripts=["gardener"])
    code(garden, "two, anna", "anna", (RAIN, "1.1"))
    code(garden, "two, bo", "bo", (RAIN, "1.1"))
    for coder in ("anna", "bo"):
        for name in ("one", "two"):
            edits.finish(p, f"{name}, {coder}", ["gardener"])
    return garden


def row(table: pd.DataFrame, name: str, **where: str) -> pd.Series:
    found = table.loc[table["name"] == name]
    for column, value in where.items():
        found = found.loc[found[column] == value]
    assert len(found) == 1
    return found.iloc[0]


def test_each_round_has_its_own_rows_with_its_framework_version(rounds: Garden):
    table = views.agreement_by_round(rounds.project, **QUICK)
    assert table.columns[:2].tolist() == ["round", "framework"]
    assert set(zip(table["round"], table["framework"], strict=True)) == {
        ("one", VERSION),
        ("two", VERSION),
    }
    first, then = (row(table, "Reasons to come", round=name) for name in ("one", "two"))
    assert (first["units"], first["by_side"], first["percent"]) == (4, (0, 1), 0.75)
    assert (then["units"], then["by_side"], then["percent"]) == (4, (1, 1), 1.0)
    assert first["kappa"] == 0
    assert then["kappa"] == 1
    own = views.agreement(rounds.project, ["one, anna", "one, bo"], **QUICK)
    part = table.loc[table["round"] == "one"].drop(columns=["round", "framework"])
    pd.testing.assert_frame_equal(part.reset_index(drop=True), own, check_like=True)
    assert table.attrs["left_out"] == {}
    assert "drift" not in table.attrs


def test_a_round_counts_its_own_transcripts_alone(rounds: Garden):
    edits.code_quote(
        rounds.project, "group", "Rain helps us.", "1.1", run="one, anna", coder="anna"
    )
    edits.finish(rounds.project, "one, bo", ["group"])
    table = views.agreement_by_round(rounds.project, **QUICK)
    assert row(table, "Reasons to come", round="one")["units"] == 4


def test_rounds_that_cannot_be_compared_yet_are_told_with_the_reason(rounds: Garden):
    p = rounds.project
    edits.plan_round(p, "three", ["anna", "bo"], VERSION, transcripts=["group"])
    edits.plan_round(p, "four", ["anna", "bo"], VERSION, transcripts=["group"], blind=False)
    table = views.agreement_by_round(p, **QUICK)
    assert set(table["round"]) == {"one", "two"}
    told = table.attrs["left_out"]
    assert told["three"] == "it is blind and not open yet"
    assert told["four"].startswith("No two of the sides looked at the same transcript")
    assert set(told) == {"three", "four"}


def test_without_a_round_that_is_open_there_is_nothing_to_compare(garden: Garden):
    edits.plan_round(garden.project, "one", ["anna", "bo"], number=1)
    with pytest.raises(Refused, match="There is no round to compare"):
        views.agreement_by_round(garden.project, **QUICK)


def test_one_coder_against_the_own_earlier_coding_is_told_as_drift(rounds: Garden):
    table = views.agreement(rounds.project, ["one, anna", "two, anna"], **QUICK)
    assert table.attrs["drift"] == "anna"
    assert row(table, "Reasons to come")["by_side"] == (0, 1)
    both = views.agreement(rounds.project, ["one, anna", "one, bo"], **QUICK)
    assert both.attrs["drift"] == ""


def test_the_drift_of_a_coder_is_of_each_two_own_runs_earlier_first(rounds: Garden):
    table = views.drift(rounds.project, "anna", **QUICK)
    assert table.columns[:2].tolist() == ["earlier", "later"]
    assert set(zip(table["earlier"], table["later"], strict=True)) == {("one, anna", "two, anna")}
    assert row(table, "Barriers")["by_side"] == (1, 0)
    assert table.attrs["drift"] == "anna"
    same = views.drift(rounds.project, "bo", VERSION, **QUICK)
    assert row(same, "Reasons to come")["percent"] == 1


def test_there_is_no_drift_without_two_runs_on_the_same_words(rounds: Garden):
    p = rounds.project
    edits.start_run(p, "cato", VERSION, kind="independent", coder="cato")
    code(rounds, "cato", "cato", (RAIN, "1.1"))
    edits.start_run(p, "cato again", VERSION, kind="independent", coder="cato")
    edits.finish(p, "cato again", ["group"])
    with pytest.raises(Refused, match="“cato” has no two runs that looked at the same"):
        views.drift(p, "cato", **QUICK)
    with pytest.raises(UnknownName):
        views.drift(p, "nobody", **QUICK)

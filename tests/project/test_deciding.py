"""Differences of two readings are decided in a run of consensus, and both readings stay."""

from pathlib import Path

import pytest
from two_readings import BED, GATE, LIST, RAIN, VERSION, read_twice

from workbench import views
from workbench.errors import ChangedMeanwhile, Refused
from workbench.project import agreement_page, deciding, edits
from workbench.project.agreement_page import Comparison
from workbench.project.deciding import Difference, Other
from workbench.project.door import Project

RUN = "together"
SIDES = ["anna alone", "bo alone"]


@pytest.fixture
def twice(tmp_path: Path):
    with read_twice(tmp_path / "study.fwb") as project:
        edits.start_run(project, RUN, VERSION, kind="consensus")
        yield project


def listed(p: Project) -> list[Difference]:
    of = Comparison(framework=VERSION)
    return deciding.listed(agreement_page.differences(p, of, SIDES, SIDES))


def agreed(p: Project) -> list[tuple[str, str]]:
    """Return quote and code of each coding of the run of consensus."""
    held = views.codings(p, VERSION)
    held = held[held["run"] == RUN].sort_values(["transcript", "start", "stop"])
    return list(zip(held["quote"], held["code"], strict=True))


def became(p: Project, one: Difference) -> list[list[str]]:
    """Return for each side what became of its codings."""
    return [
        [place.decision.outcome if place.decision else "open" for place in side]
        for side in deciding.shown(p, one).sides
    ]


def test_the_list_has_each_kind_of_difference_by_place(twice: Project) -> None:
    told = [(d.kind, d.codes, d.words) for d in listed(twice)]
    assert told == [
        ("borders", ("Barriers", "Barriers"), RAIN),
        ("other code", ("Barriers", "Shared work"), GATE),
        ("one-sided", ("Shared work", ""), LIST),
        ("one-sided", ("", "Shared work"), BED),
    ]
    assert len({d.key for d in listed(twice)}) == 4


def test_a_difference_is_shown_with_words_around_it(twice: Project) -> None:
    gate = listed(twice)[1]
    held = deciding.shown(twice, gate, around=6)
    assert held.text == f"away. {GATE}\n"
    assert held.text[gate.start - held.start :].startswith(GATE)
    assert [[p.run for p in side] for side in held.sides] == [[SIDES[0]], [SIDES[1]]]
    assert became(twice, gate) == [["open"], ["open"]]


@pytest.mark.parametrize(
    ("number", "verdict", "stands", "outcomes"),
    [
        (0, "first", [(RAIN, "Barriers")], [["kept"], ["dropped"]]),
        (0, "second", [("Rain keeps me", "Barriers")], [["dropped"], ["kept"]]),
        (1, "first", [(GATE, "Barriers")], [["kept"], ["dropped"]]),
        (1, "both", [(GATE, "Barriers"), (GATE, "Shared work")], [["kept"], ["kept"]]),
        (1, "neither", [], [["dropped"], ["dropped"]]),
        (2, "first", [(LIST, "Shared work")], [["kept"], []]),
        (3, "neither", [], [[], ["dropped"]]),
    ],
)
def test_what_stands_is_coded_and_both_readings_stay(
    twice: Project, number: int, verdict: str, stands, outcomes
) -> None:
    one, before = listed(twice)[number], len(views.codings(twice, VERSION))
    deciding.settle(twice, RUN, one, verdict, " It is so. ")
    assert sorted(agreed(twice)) == sorted(stands)
    assert became(twice, one) == outcomes
    results = [p.decision.result_id for side in deciding.shown(twice, one).sides for p in side]
    assert [r is not None for r in results] == [o == "kept" for side in outcomes for o in side]
    assert {d.reason for d in deciding.shown(twice, one).decisions} == {"It is so."}
    assert len(views.codings(twice, VERSION)) == before + len(stands)
    assert [d.decided for d in listed(twice)] == [n == number for n in range(4)]


def test_something_else_may_stand(twice: Project) -> None:
    one = listed(twice)[1]
    code = next(d.code_ids[0] for d in listed(twice) if d.codes[0] == "Shared work")
    other = Other(code, one.start, one.start + len("The gate is locked"))
    deciding.settle(twice, RUN, one, "other", "The lock alone.", other)
    assert agreed(twice) == [("The gate is locked", "Shared work")]
    assert became(twice, one) == [["changed"], ["changed"]]
    (outcome,) = [told for told in deciding.told(twice, listed(twice)) if told[0]]
    assert outcome == ("first side: changed; other side: changed", "The lock alone.")


def test_a_decision_is_changed_and_what_stood_before_goes(twice: Project) -> None:
    one = listed(twice)[0]
    deciding.settle(twice, RUN, one, "first", "Whole sentences.")
    deciding.settle(twice, RUN, one, "second", "The words alone.")
    assert agreed(twice) == [("Rain keeps me", "Barriers")]
    assert became(twice, one) == [["dropped"], ["kept"]]
    assert [d.reason for d in deciding.shown(twice, one).decisions] == ["The words alone."] * 2


def test_what_two_decisions_lead_to_stays_when_one_is_changed(twice: Project) -> None:
    first, second = listed(twice)[:2]
    other = Other(first.code_ids[0], first.start, second.stop)
    deciding.settle(twice, RUN, first, "other", "One stretch.", other)
    deciding.settle(twice, RUN, second, "other", "One stretch.", other)
    deciding.settle(twice, RUN, first, "neither", "The rain is no barrier.")
    assert agreed(twice) == [(f"{RAIN} {GATE}", "Barriers")]


def test_a_decision_needs_a_reason_and_something_that_stands(twice: Project) -> None:
    one, acts = listed(twice)[1], len(twice.history())
    with pytest.raises(Refused, match="Write a reason"):
        deciding.settle(twice, RUN, one, "first", " \n")
    with pytest.raises(Refused, match="Choose the code and the words"):
        deciding.settle(twice, RUN, one, "other", "Because.")
    assert len(twice.history()) == acts


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(twice: Project) -> None:
    one = listed(twice)[3]
    read = deciding.shown(twice, one)
    deciding.settle(twice, RUN, one, "neither", "Said first.")
    with pytest.raises(ChangedMeanwhile):
        deciding.settle(twice, RUN, one, "neither", "Said second.", read=read)
    assert [d.reason for d in deciding.shown(twice, one).decisions] == ["Said first."]


def test_undo_takes_a_decision_back(twice: Project) -> None:
    one, acts = listed(twice)[1], len(twice.history())
    deciding.settle(twice, RUN, one, "first", "Because.")
    assert len(twice.history()) == acts + 1
    twice.undo()
    assert became(twice, one) == [["open"], ["open"]]
    assert agreed(twice) == []

"""The differences between two versions, in words, whatever the versions are to each other."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.model import frames
from workbench.model.framework import Category, Code, FrameworkVersion, Step
from workbench.stages.framework import diff

ACCESS = Category("access", "1", "Access", "Coming there.")
MONEY = Category("money", "2", "Money", "Paying.")
TRAVEL = Code("travel", "1.1", "Travel", "The way there.", category_id="access")
MACHINES = Code("machines", "1.2", "Machines", "How many.", category_id="access")
HOURS = Code("hours", "1.3", "Hours", "When it is open.", category_id="access")
FEES = Code("fees", "2.1", "Fees", "What it costs.", category_id="money")
OLD = FrameworkVersion("w", "1", (ACCESS, MONEY), (TRAVEL, MACHINES, HOURS, FEES), objective="Why?")


def new(*codes: Code, steps: tuple[Step, ...] = (), **more: Any) -> FrameworkVersion:
    made = FrameworkVersion("w", "2", (ACCESS, MONEY), codes, parent="w@1", steps=steps)
    return (
        replace(made, objective="Why?", **more)
        if "objective" not in more
        else replace(made, **more)
    )


def step(kind: Any, before: str, after: str, reason: str = "") -> Step:
    return Step(kind, "code", tuple(before.split()), tuple(after.split()), reason=reason)


def said(*versions: FrameworkVersion) -> list[tuple[str, ...]]:
    """Return kind, sentence, before, after and reason of what a chain of versions changed."""
    steps = versions[1].steps if len(versions) == 2 else ()
    frame = diff.differences(versions[0], versions[-1], diff.by_steps(versions), steps)
    frames.require(frame, frames.FRAMEWORK_DIFF, "the diff")
    columns = (frame[c] for c in ("kind", "difference", "before", "after", "reason"))
    return list(zip(*columns, strict=True))


def test_a_version_does_not_differ_from_itself() -> None:
    assert said(OLD, OLD) == []


def test_each_kind_of_change_is_a_sentence_with_what_was_and_what_is() -> None:
    child = new(
        replace(MACHINES, number="1.1", name="Devices", definition="Which.", use_when="Named."),
        replace(TRAVEL, number="1.2"),
        replace(HOURS, number="2.1", category_id="money"),
        Code("late", "2.2", "Late", "It comes late.", category_id="money"),
        steps=(
            step("rename", "machines", "machines", "Newer."),
            step("redefine", "machines", "machines", "Wider."),
            step("reorder", "machines", "machines", "First."),
            step("move", "hours", "hours"),
            step("add", "", "late", "Six waited."),
            step("retire", "fees", "", "Free now."),
        ),
        objective="Who?",
    )
    which = "The definition of “Devices” is another"
    assert sorted(said(OLD, child)) == sorted(
        [
            ("objective", "The objective is another", "Why?", "Who?", ""),
            ("renamed", "Renamed “Machines” to “Devices”", "Machines", "Devices", "Newer."),
            ("redefined", which, "How many.", "Which.", "Wider."),
            ("redefined", "The use when of “Devices” is another", "", "Named.", "Wider."),
            ("reordered", "“Devices” has another place or number", "1.2", "1.1", "First."),
            ("moved", "Moved “Hours” from “Access” to “Money”", "Access", "Money", ""),
            ("added", "Added the code “Late”", "", "It comes late.", "Six waited."),
            ("retired", "Retired the code “Fees”", "What it costs.", "", "Free now."),
        ]
    )


MERGED = new(
    replace(TRAVEL, name="Reach", definition="All of it."),
    replace(FEES),
    steps=(step("merge", "travel machines hours", "travel", "Alike."),),
)


def test_a_merge_names_all_that_went_into_it_and_is_a_split_seen_from_the_other_side() -> None:
    texts = "Travel: The way there.\nMachines: How many.\nHours: When it is open."
    (row,) = said(OLD, MERGED)
    what = "Merged “Travel”, “Machines” and “Hours” into “Reach”"
    assert row == ("merged", what, texts, "All of it.", "Alike.")
    back = diff.differences(MERGED, OLD, diff.turned(diff.by_steps([OLD, MERGED])))
    (row,) = zip(*(back[c] for c in ("kind", "difference", "before", "after")), strict=True)
    what = "Split “Reach” into “Travel”, “Machines” and “Hours”"
    assert row == ("split", what, "All of it.", texts)


def test_a_part_without_a_definition_is_only_named() -> None:
    parts = (HOURS, Code("late", "1.4", "Late", category_id="access"))
    child = new(TRAVEL, MACHINES, *parts, FEES, steps=(step("split", "hours", "hours late"),))
    (row,) = said(OLD, child)
    assert row[2:4] == ("When it is open.", "Hours: When it is open.\nLate")


def test_over_versions_between_it_is_told_what_became_of_what_in_the_end() -> None:
    parts = tuple(replace(TRAVEL, code_id=i, name=i.title()) for i in ("near", "far"))
    middle = new(*parts, MACHINES, HOURS, FEES, steps=(step("split", "travel", "near far"),))
    last = replace(
        new(parts[0], replace(parts[1], name="Reach"), FEES),
        version="3",
        parent="w@2",
        steps=(step("merge", "machines far", "far"), step("retire", "hours", "")),
    )
    assert [row[:2] for row in said(OLD, middle, last)] == [
        ("retired", "Retired the code “Hours”"),
        (
            "mixed",
            "Went over into one another: “Travel” and “Machines” became “Near” and “Reach”",
        ),
    ]


def test_without_steps_what_has_the_same_id_is_the_same() -> None:
    child = new(TRAVEL, replace(HOURS, name="Open"), FEES)
    assert [row[:2] for row in said(OLD, child)] == [
        ("retired", "Retired the code “Machines”"),
        ("renamed", "Renamed “Hours” to “Open”"),
    ]


def test_by_names_what_is_called_alike_is_the_same_where_that_is_clear() -> None:
    codes = (
        Code("a", "1", "fees", "What it costs.", category_id="x"),
        Code("b", "2", "Other", category_id="x"),
        Code("c", "3", "Other"),
    )
    one = FrameworkVersion(
        "v", "1", (Category("x", "1", "MONEY", "Paying."),), codes, objective="Why?"
    )
    other = replace(
        OLD,
        codes=(*OLD.codes, Code("o", "2.2", "Other", category_id="money"), Code("p", "9", "Else")),
    )
    pairs = diff.by_names(other, one)
    assert pairs == {"category": {("money", "x")}, "code": {("fees", "a")}}
    twice = replace(other, codes=(*other.codes, Code("q", "1.9", "Other", category_id="access")))
    assert diff.by_names(twice, one)["code"] == {("fees", "a"), ("o", "b")}
    assert diff.by_ids(other, one) == {"category": set(), "code": set()}


def test_ids_that_mean_something_else_in_the_other_version_are_not_taken_for_the_same() -> None:
    one = replace(OLD, codes=(replace(TRAVEL, name="Fees"), replace(FEES, name="Travel")))
    frame = diff.differences(OLD, one, diff.by_names(OLD, one))
    assert [d for d in frame["difference"] if "Travel" in d] == [
        "The definition of “Travel” is another",
        "Moved “Travel” from “Access” to “Money”",
    ]


@settings(max_examples=60)
@given(st.data())
def test_each_id_that_is_not_in_the_other_version_is_in_a_row(data: st.DataObject) -> None:
    def version() -> FrameworkVersion:
        ids = data.draw(st.lists(st.sampled_from("abcdef"), unique=True))
        names = data.draw(st.permutations(["A", "B", "C", "D", "E", "F"]))
        return FrameworkVersion(
            "w", "1", (), tuple(Code(i, str(n), names[n]) for n, i in enumerate(ids))
        )

    old, young = version(), version()
    frame = diff.differences(old, young, diff.by_ids(old, young))
    mine, yours = {c.code_id for c in old.codes}, {c.code_id for c in young.codes}
    told = {k: set(frame.loc[frame["kind"] == k, c].explode()) for k, c in _ENDS.items()}
    assert told == {"retired": mine - yours, "added": yours - mine}


_ENDS = {"retired": "before_ids", "added": "after_ids"}

"""What becomes of the codings of one version under another, whatever the versions are."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workbench.model.framework import Code, FrameworkVersion, Step
from workbench.stages.framework import diff
from workbench.stages.framework.migrating import Fate, fates, hops

TRAVEL = Code("travel", "1", "Travel", "The way there.")
MACHINES = Code("machines", "2", "Machines", "How many.")
HOURS = Code("hours", "3", "Hours", "When it is open.")
FEES = Code("fees", "4", "Fees", "What it costs.")
OLD = FrameworkVersion("w", "1", (), (TRAVEL, MACHINES, HOURS, FEES))


def child(number: str, codes: tuple[Code, ...], *steps: Step) -> FrameworkVersion:
    return FrameworkVersion("w", number, (), codes, parent="w@1", steps=steps)


def step(kind: Any, before: str, after: str) -> Step:
    return Step(kind, "code", tuple(before.split()), tuple(after.split()))


REACH = Code("reach", "1", "Reach", "All of it.")
BUS, CAR = Code("bus", "3.1", "Bus"), Code("car", "3.2", "Car")
CHANGED = child(
    "2",
    (REACH, replace(HOURS, definition="Opening hours only."), CAR, BUS),
    step("merge", "travel machines", "reach"),
    step("redefine", "hours", "hours"),
    step("split", "fees", "bus car"),
)


def test_merged_codes_are_carried_redefined_ones_looked_at_again_and_split_ones_asked() -> None:
    assert fates(hops([OLD], [OLD, CHANGED])) == {
        "travel": Fate("carried", ("reach",), merged=True),
        "machines": Fate("carried", ("reach",), merged=True),
        "hours": Fate("carried", ("hours",), redefined=True),
        "fees": Fate("choose", ("car", "bus")),
    }


def test_backwards_a_merge_is_asked_and_a_split_is_carried() -> None:
    assert fates(hops([OLD, CHANGED], [OLD])) == {
        "reach": Fate("choose", ("travel", "machines")),
        "hours": Fate("carried", ("hours",), redefined=True),
        "car": Fate("carried", ("fees",), merged=True),
        "bus": Fate("carried", ("fees",), merged=True),
    }


def test_what_is_retired_leads_nowhere_and_so_does_backwards_what_was_added() -> None:
    late = Code("late", "1", "Late")
    made = child("2", (late, MACHINES, HOURS), step("retire", "travel fees", ""))
    there = fates(hops([OLD], [OLD, made]))
    assert {one for one, fate in there.items() if fate == Fate("gone", ())} == {"travel", "fees"}
    assert fates(hops([OLD, made], [OLD]))["late"] == Fate("gone", ())


def test_a_new_name_number_place_example_or_colour_is_no_reason_to_look_again() -> None:
    other = replace(FEES, number="1", name="Costs", example="Two euros.", colour="#00aa00")
    made = child("2", (other, TRAVEL, MACHINES, HOURS), step("rename", "fees", "fees"))
    assert fates(hops([OLD], [OLD, made]))["fees"] == Fate("carried", ("fees",))


def test_another_use_when_or_not_when_is_one() -> None:
    codes = (TRAVEL, MACHINES, replace(HOURS, use_when="Named."), replace(FEES, not_when="Tips."))
    found = fates(hops([OLD], [OLD, child("2", codes)]))
    assert [one for one, fate in found.items() if fate.redefined] == ["hours", "fees"]


def test_a_code_that_was_redefined_and_then_merged_is_looked_at_again() -> None:
    wider = child("2", (replace(TRAVEL, definition="Any way."), MACHINES, HOURS, FEES))
    joined = child("3", (REACH, HOURS, FEES), step("merge", "travel machines", "reach"))
    found = fates(hops([OLD], [OLD, wider, joined]))
    assert found["travel"] == Fate("carried", ("reach",), redefined=True, merged=True)
    assert found["machines"] == Fate("carried", ("reach",), merged=True)


def test_a_definition_that_two_versions_changed_alike_is_the_same_between_them() -> None:
    alike = tuple(replace(c, definition="Alike.") if c is HOURS else c for c in OLD.codes)
    found = fates(hops([OLD, child("2", alike)], [OLD, child("3", alike)]))
    assert found["hours"] == Fate("carried", ("hours",))


def test_over_the_version_that_both_come_from_merged_on_one_way_is_asked_on_the_other() -> None:
    merged = child("2", (REACH, HOURS, FEES), step("merge", "travel machines", "reach"))
    split = child("3", (TRAVEL, MACHINES, HOURS, BUS, CAR), step("split", "fees", "bus car"))
    assert fates(hops([OLD, merged], [OLD, split])) == {
        "reach": Fate("choose", ("travel", "machines")),
        "hours": Fate("carried", ("hours",)),
        "fees": Fate("choose", ("bus", "car")),
    }


@st.composite
def chains(draw: Any) -> list[FrameworkVersion]:
    """Draw versions, each made from the one before by merges, splits, adds and retirements."""
    chain = [OLD]
    for number in range(draw(st.integers(0, 3))):
        held, steps, codes = list(chain[-1].codes), [], list[Code]()
        while held:
            code = held.pop(0)
            kind = draw(st.sampled_from(["keep", "redefine", "merge", "split", "retire", "add"]))
            fresh = [Code(f"{code.code_id}{number}{n}", "", f"{number}{n}") for n in "ab"]
            if kind == "merge" and held:
                steps.append(
                    Step("merge", "code", (code.code_id, held.pop(0).code_id), (fresh[0].code_id,))
                )
                codes.append(fresh[0])
            elif kind == "split":
                steps.append(
                    Step("split", "code", (code.code_id,), tuple(c.code_id for c in fresh))
                )
                codes += fresh
            elif kind == "retire":
                steps.append(Step("retire", "code", (code.code_id,)))
            else:
                codes.append(replace(code, definition=f"{number}") if kind == "redefine" else code)
                codes += fresh[:1] if kind == "add" else []
        chain.append(child(str(number + 2), tuple(codes), *steps))
    return chain


@given(chains(), chains())
def test_every_code_has_a_fate_and_it_leads_where_the_steps_lead(
    up: list[FrameworkVersion], down: list[FrameworkVersion]
) -> None:
    way = hops(up, down)
    if not way:
        return
    found = fates(way)
    assert list(found) == [c.code_id for c in up[-1].codes]
    pairs = {(one, to) for one, fate in found.items() for to in fate.to}
    assert pairs == diff.over_ancestor(up, down)["code"]
    for fate in found.values():
        assert fate.kind == ("carried" if len(fate.to) == 1 else "choose" if fate.to else "gone")


@given(chains())
def test_what_is_carried_alone_is_carried_back(chain: list[FrameworkVersion]) -> None:
    if len(chain) == 1:
        return
    there, back = fates(hops(chain[:1], chain)), fates(hops(chain, chain[:1]))
    alone = {
        one: fate.to[0] for one, fate in there.items() if fate.kind == "carried" and not fate.merged
    }
    for one, to in alone.items():
        assert back[to] == Fate("carried", (one,), redefined=there[one].redefined)

"""Steps applied to the parent give exactly the child (law 3), and nothing else does."""

import uuid
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workbench.model import frames
from workbench.model.framework import Category, Code, FrameworkVersion, Step
from workbench.stages.framework.step_list import rows
from workbench.stages.framework.steps import apply, lineage

TRAVEL = Code("travel", "1.1", "Travel", "The way there.", category_id="access")
MACHINES = Code("machines", "1.2", "Machines", "How many there are.", category_id="access")
HOURS = Code("hours", "1.3", "Hours", "When it is open.", category_id="access")
FEES = Code("fees", "2.1", "Fees", "What it costs.", category_id="money")
BUS = Code("bus", "1.1.1", "Bus", "By bus.", category_id="access", parent_id="travel")
ACCESS = Category("access", "1", "Access", "Coming there.")
MONEY = Category("money", "2", "Money", "Paying.")
OLD = FrameworkVersion("w", "1", (ACCESS, MONEY), (TRAVEL, BUS, MACHINES, HOURS, FEES))


def new(*codes: Code, categories: tuple[Category, ...] = (ACCESS, MONEY)) -> FrameworkVersion:
    return FrameworkVersion("w", "2", categories, codes, parent="w@1")


def step(kind: Any, before: str = "", after: str | None = None, thing: Any = "code") -> Step:
    """Return a step between ids given as words; what stays has the same on both sides."""
    came = before if after is None else after
    return Step(kind, thing, tuple(before.split()), tuple(came.split()), reason="So.")


SAME = (TRAVEL, BUS, MACHINES, HOURS, FEES)


def changed(code: Code, **fields: Any) -> FrameworkVersion:
    """Return the old version with one code changed in its place."""
    return new(*(replace(code, **fields) if c is code else c for c in SAME))


def test_a_version_that_is_its_parent_needs_no_steps() -> None:
    assert apply(OLD, [], new(*SAME)) == []


# --- each kind: what it explains, and what stands there without it -------------------------

WAITING = Code("waiting", "1.4", "Waiting", category_id="access")
REACH = Code("reach", "1.1", "Reach", "All about it.", category_id="access")
LOWER = {"number": "1.2"}
EXPLAINED = {
    "add": (step("add", "", "waiting"), new(*SAME, WAITING)),
    "retire": (step("retire", "hours", ""), new(TRAVEL, BUS, MACHINES, FEES)),
    "rename": (step("rename", "fees"), changed(FEES, name="Prices")),
    "redefine definition": (step("redefine", "fees"), changed(FEES, definition="All costs.")),
    "redefine use when": (step("redefine", "fees"), changed(FEES, use_when="Money.")),
    "redefine not when": (step("redefine", "fees"), changed(FEES, not_when="Time.")),
    "redefine example": (step("redefine", "fees"), changed(FEES, example="Forty.")),
    "redefine origin": (step("redefine", "fees"), changed(FEES, origin="inductive")),
    "move": (
        step("move", "hours"),
        new(TRAVEL, BUS, MACHINES, FEES, replace(HOURS, category_id="money", number="2.2")),
    ),
    "move below a code": (
        step("move", "hours"),
        new(TRAVEL, BUS, replace(HOURS, parent_id="travel"), MACHINES, FEES),
    ),
    "reorder": (step("reorder", "hours"), new(TRAVEL, BUS, HOURS, MACHINES, FEES)),
    "reorder by number": (step("reorder", "hours"), changed(HOURS, number="1.9")),
    "merge into a new one": (
        step("merge", "machines hours", "reach"),
        new(TRAVEL, BUS, replace(REACH, number="1.2"), FEES),
    ),
    "merge into one of them": (
        step("merge", "machines hours", "hours"),
        new(TRAVEL, BUS, replace(HOURS, name="Capacity", definition="Both.", **LOWER), FEES),
    ),
    "split into new ones": (
        step("split", "hours", "day night"),
        new(
            TRAVEL,
            BUS,
            MACHINES,
            Code("day", "1.3", "Day", category_id="access"),
            Code("night", "1.4", "Night", category_id="access"),
            FEES,
        ),
    ),
    "split and keep": (
        step("split", "hours", "hours night"),
        new(
            TRAVEL,
            BUS,
            MACHINES,
            replace(HOURS, name="Day"),
            Code("night", "1.4", "Night", category_id="access"),
            FEES,
        ),
    ),
    "another id": (
        step("merge", "fees", "prices"),
        new(TRAVEL, BUS, MACHINES, HOURS, replace(FEES, code_id="prices")),
    ),
    "rename a category": (
        step("rename", "money", thing="category"),
        new(*SAME, categories=(ACCESS, replace(MONEY, name="Costs"))),
    ),
    "redefine a category": (
        step("redefine", "money", thing="category"),
        new(*SAME, categories=(ACCESS, replace(MONEY, definition="Costs."))),
    ),
    "move a category": (
        step("move", "money", thing="category"),
        new(*SAME, categories=(ACCESS, replace(MONEY, parent_id="access"))),
    ),
    "reorder categories": (
        step("reorder", "money", thing="category"),
        new(*SAME, categories=(replace(MONEY, number="1"), replace(ACCESS, number="2"))),
    ),
    "add a category": (
        step("add", "", "time", "category"),
        new(*SAME, categories=(ACCESS, MONEY, Category("time", "3", "Time"))),
    ),
}


@pytest.mark.parametrize("name", EXPLAINED)
def test_each_kind_of_step_explains_its_change_and_is_missed_without(name: str) -> None:
    told, child = EXPLAINED[name]
    assert apply(OLD, [told], child) == []
    assert apply(OLD, [], child) != []
    assert apply(OLD, [told], new(*SAME)) != []


MISSED = {
    "add": "The code “1.4 Waiting” of w@2 is new, and no add, merge or split says where from.",
    "retire": "The code “1.3 Hours” of w@1 is gone, and no merge, split or retire says where to.",
    "rename": "The code “2.1 Prices” was “Fees” in w@1, and no rename says so.",
    "redefine use when": "The code “2.1 Fees” has another use when, and no redefine says so.",
    "move": "The code “2.2 Hours” stands under another heading, and no move says so.",
    "reorder": "The code “1.3 Hours” stands before “1.2 Machines” now, and no reorder says so.",
    "reorder by number": "The code “1.9 Hours” had the number “1.3”, and no reorder says so.",
    "rename a category": "The category “2 Costs” was “Money” in w@1, and no rename says so.",
}


@pytest.mark.parametrize("name", MISSED)
def test_what_no_step_tells_is_said_in_a_sentence(name: str) -> None:
    assert apply(OLD, [], EXPLAINED[name][1]) == [MISSED[name]]


def test_a_code_that_changes_in_every_way_needs_a_step_for_each() -> None:
    other = replace(HOURS, name="Open", definition="Now.", category_id="money", number="2.1")
    child = new(TRAVEL, BUS, MACHINES, other, FEES)
    told = [step(kind, "hours") for kind in ("rename", "redefine", "move")]
    assert apply(OLD, told, child) == []
    for n in range(3):
        assert len(apply(OLD, told[:n] + told[n + 1 :], child)) == 1


# --- what needs no step ------------------------------------------------------------------


def test_a_colour_changes_freely() -> None:
    assert apply(OLD, [], changed(FEES, colour="#ff0000")) == []


def test_numbers_that_change_because_others_went_came_or_moved_need_no_step() -> None:
    up = (replace(MACHINES, number="1.1"), replace(HOURS, number="1.2"), FEES)
    assert apply(OLD, [step("retire", "travel bus", "")], new(*up)) == []
    categories = (replace(MONEY, number="1"),)
    alone = new(replace(FEES, number="1.1"), categories=categories)
    gone = [
        step("retire", "travel bus machines hours", ""),
        step("retire", "access", "", "category"),
    ]
    assert apply(OLD, gone, alone) == []


def test_the_renumbering_of_neighbours_is_told_by_the_reorder_of_one() -> None:
    turned = new(TRAVEL, BUS, replace(HOURS, number="1.2"), replace(MACHINES, number="1.3"), FEES)
    assert apply(OLD, [step("reorder", "hours")], turned) == []
    assert apply(OLD, [step("reorder", "machines")], turned) == []
    assert apply(OLD, [step("reorder", "hours machines")], turned) == [
        "Step 1 (reorder): the code “1.3 Machines” has not changed places with those that stay "
        "beside it, as the other steps tell it, so this does nothing."
    ]


def test_codes_follow_a_category_that_is_merged_and_stay_where_one_is_split() -> None:
    one = (Category("all", "1", "All"),)
    codes = [replace(c, category_id="all") for c in SAME]
    merged = new(*codes, categories=one)
    told = [step("merge", "access money", "all", "category")]
    assert apply(OLD, told, merged) == []
    assert apply(OLD, [*told, step("move", "fees")], merged) == [
        "Step 2 (move): the code “2.1 Fees” stands under the same heading in both versions, "
        "so this does nothing."
    ]
    two = (ACCESS, MONEY, Category("time", "3", "Time"))
    parted = new(TRAVEL, BUS, MACHINES, FEES, replace(HOURS, category_id="time"), categories=two)
    assert apply(OLD, [step("split", "access", "access time", "category")], parted) == []


def test_codes_of_a_category_that_was_retired_have_to_move() -> None:
    child = new(*(replace(c, category_id="access") for c in SAME), categories=(ACCESS,))
    told = [step("retire", "money", "", "category")]
    assert apply(OLD, told, child) == [
        "The code “2.1 Fees” stands under another heading, and no move says so."
    ]
    assert apply(OLD, [*told, step("move", "fees")], child) == []


def test_a_code_goes_along_with_the_code_above_it() -> None:
    away = (replace(TRAVEL, category_id="money"), replace(BUS, category_id="money"))
    assert apply(OLD, [step("move", "travel")], new(MACHINES, HOURS, FEES, *away)) == []
    merged = new(replace(MACHINES, name="Reach"), replace(BUS, parent_id="machines"), HOURS, FEES)
    assert apply(OLD, [step("merge", "travel machines", "machines")], merged) == []


# --- steps that say what is not so ---------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (step("rename", "nobody"), "the code with the id nobody is not in w@1."),
        (step("merge", "travel nobody", "bus"), "the code with the id nobody is not in w@1."),
        (
            step("add", "", "travel"),
            "Step 1 (add): the code “1.1 Travel” was in w@1 already.",
        ),
        (step("retire", "fees", ""), "Step 1 (retire): the code “2.1 Fees” is still in w@2."),
        (
            step("split", "fees", "fees hours"),
            "Step 1 (split): the code “1.3 Hours” was in w@1 already.",
        ),
        (
            step("merge", "fees", "fees"),
            "Step 1 (merge): it makes one code of others.",
        ),
        (step("split", "fees", "fees"), "Step 1 (split): it makes several of one code."),
        (
            step("rename", "fees", "hours"),
            "Step 1 (rename): it names what stays, under the same id.",
        ),
        (step("move", ""), "Step 1 (move): it names what stays, under the same id."),
        (step("add", "fees", "fees"), "Step 1 (add): it names what comes, and nothing of the p…"),
        (step("retire", "fees"), "Step 1 (retire): it names what goes, and nothing that comes."),
        (step("rename", "fees fees"), "Step 1 (rename): the code “2.1 Fees” stands there twice."),
        (
            step("rename", "fees"),
            "Step 1 (rename): the code “2.1 Fees” has the same name in both versions, so this "
            "does nothing.",
        ),
        (step("rename", "fees", thing="category"), "the category with the id fees is not in w@1."),
        (Step("forget"), "Step 1: “forget” is not one of add, rename, …"),  # type: ignore[arg-type]  # what a database may hold
        (Step("add", "theme"), "Step 1: “theme” is neither code nor category."),  # type: ignore[arg-type]  # as above
    ],
)
def test_a_step_that_is_wrong_in_itself_is_named(wrong: Step, said: str) -> None:
    assert any(said.strip("…") in found for found in apply(OLD, [wrong], new(*SAME)))


def test_an_id_of_the_wrong_side_is_told_from_one_that_nobody_knows() -> None:
    child = new(TRAVEL, BUS, MACHINES, FEES)
    found = apply(OLD, [step("retire", "hours")], child)
    assert found == [
        "Step 1 (retire): it names what goes, and nothing that comes.",
        "Step 1 (retire): the code “1.3 Hours” is not in w@2 (it is one of the other version).",
    ]


def test_a_code_leaves_and_comes_by_one_step() -> None:
    child = new(TRAVEL, BUS, replace(REACH, number="1.2"), FEES)
    merged = step("merge", "machines hours", "reach")
    assert apply(OLD, [merged, step("retire", "hours", "")], child) == [
        "The code “1.3 Hours” leaves by several steps (1, 2)."
    ]
    assert apply(OLD, [merged, step("add", "", "reach")], child) == [
        "The code “1.2 Reach” comes by several steps (1, 2)."
    ]


def test_what_comes_by_a_merge_is_told_by_no_other_step() -> None:
    told, child = EXPLAINED["merge into one of them"]
    assert apply(OLD, [told, step("rename", "hours")], child) == [
        "Step 2 (rename): the code “1.2 Capacity” comes by step 1, which tells all of it."
    ]


def test_the_same_change_is_told_once() -> None:
    child = changed(FEES, name="Prices")
    assert apply(OLD, [step("rename", "fees"), step("rename", "fees")], child) == [
        "The code “2.1 Prices” has more than one rename (1, 2)."
    ]


# --- lineage and rows ----------------------------------------------------------------------


def test_lineage_leads_from_each_id_to_what_it_became() -> None:
    told = [
        step("merge", "a b", "b"),
        step("split", "c", "d e"),
        step("retire", "f", ""),
        step("rename", "g"),
        step("add", "", "h"),
        step("retire", "k", "", "category"),
    ]
    assert lineage(told) == {"a": ("b",), "b": ("b",), "c": ("d", "e"), "f": (), "g": ("g",)}
    assert lineage(told, "category") == {"k": ()}


def test_rows_name_codes_by_number_and_name_of_their_own_version() -> None:
    told = replace(EXPLAINED["merge into one of them"][0], author="tora", date="2022-03")
    child = replace(EXPLAINED["merge into one of them"][1], steps=(told,))
    frame = rows(OLD, child)
    assert frame.dtypes.astype(str).to_dict() == frames.STEPS
    assert frame.to_dict("records") == [
        {
            "step": 1,
            "kind": "merge",
            "thing": "code",
            "before": ("1.2 Machines", "1.3 Hours"),
            "after": ("1.2 Capacity",),
            "author": "tora",
            "date": "2022-03",
            "reason": "So.",
            "before_ids": ("machines", "hours"),
            "after_ids": ("hours",),
        }
    ]
    assert list(rows(None, child)["before"]) == [("machines", "hours")]
    assert rows(OLD, new()).empty


# --- the property: what a team does, told step by step, and any one thing told otherwise ----


class Work:
    """A version under the hands of a team: each change is done, and written down as a step.

    Things are kept as lists under their headings: a category holds the ids of its codes.
    """

    def __init__(self, shelves: dict[str, list[str]]) -> None:
        self.shelves = {k: list(v) for k, v in shelves.items()}
        self.said: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.steps: list[Step] = []
        self.fresh = 0

    def new_id(self, kind: str) -> str:
        self.fresh += 1
        return f"{kind}{self.fresh}"

    def holder(self, code: str) -> str:
        return next(k for k, codes in self.shelves.items() if code in codes)

    def tell(self, kind: Any, before: list[str], after: list[str], thing: Any = "code") -> None:
        self.steps.append(Step(kind, thing, tuple(before), tuple(after), reason="So."))

    def version(self, number: str) -> FrameworkVersion:
        """Return what stands there, numbered by place."""
        categories = tuple(
            Category(k, str(n), self.names.get(k, f"Category {k}"), self.said.get(k, ""))
            for n, k in enumerate(self.shelves, 1)
        )
        codes = tuple(
            Code(
                c,
                f"{n}.{m}",
                self.names.get(c, f"Code {c}"),
                self.said.get(c, ""),
                category_id=k,
            )
            for n, (k, held) in enumerate(self.shelves.items(), 1)
            for m, c in enumerate(held, 1)
        )
        return FrameworkVersion("w", number, categories, codes, steps=tuple(self.steps))


ACTS = ("stay", "rename", "redefine", "move", "both", "retire", "merge", "split", "keep a part")
STAYS = ("stay", "rename", "redefine", "both", "move")


@st.composite
def histories(draw: Any) -> tuple[FrameworkVersion, FrameworkVersion]:
    """Draw a parent, and the child that a team makes of it, step by step."""
    sizes = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
    shelves = {f"k{n}": [f"c{n}{m}" for m in range(size)] for n, size in enumerate(sizes)}
    work = Work(shelves)
    parent = work.version("1")
    home = {c: k for k, held in shelves.items() for c in held}
    fates = {c: draw(st.sampled_from(ACTS)) for c in home}
    act = draw(st.sampled_from(["none", "rename", "merge", "add", "split", "reorder", "retire"]))
    apart = "k0" if act in ("split", "retire") else ""
    merged = [c for c in home if fates[c] == "merge"]
    if len(merged) % 3 == 1:
        fates[merged[-1]] = "rename"
    if len(shelves) - (act in ("merge", "retire")) < 2:
        fates = {c: fate.replace("move", "rename") for c, fate in fates.items()}
    in_place = [c for c in home if fates[c] in STAYS and fates[c] != "move" and home[c] != apart]
    _reorder_some(draw, work, in_place)
    became = _categories(draw, work, act)
    for code, fate in fates.items():
        _change(draw, work, code, fate, became.get(home[code], [home[code]]))
    _merge(draw, work, [c for c in home if fates[c] == "merge"])
    for _ in range(draw(st.integers(0, 2))):
        added = work.new_id("a")
        held = work.shelves[draw(st.sampled_from(sorted(work.shelves)))]
        held.insert(draw(st.integers(0, len(held))), added)
        work.tell("add", [], [added])
    return parent, work.version("2")


def _reorder_some(draw: Any, work: Work, in_place: list[str]) -> None:
    """Give one code a shelf another place among those that stay beside it."""
    for held in work.shelves.values():
        still = [c for c in held if c in in_place]
        if len(still) > 1 and draw(st.booleans()):
            one = draw(st.sampled_from(still))
            others = [c for c in still if c != one]
            at = draw(st.integers(0, len(others)))
            turned = [*others[:at], one, *others[at:]]
            if turned != still:
                places = [n for n, c in enumerate(held) if c in in_place]
                for n, c in zip(places, turned, strict=True):
                    held[n] = c
                work.tell("reorder", [one], [one])


def _change(draw: Any, work: Work, code: str, fate: str, home: list[str]) -> None:
    """Do one thing with a code whose shelf became these; none means that it has to leave."""
    held = work.shelves[work.holder(code)]
    if fate in ("rename", "both"):
        work.names[code] = f"Renamed {code}"
        work.tell("rename", [code], [code])
    if fate in ("redefine", "both"):
        work.said[code] = f"Redefined {code}"
        work.tell("redefine", [code], [code])
    if fate == "retire":
        held.remove(code)
        work.tell("retire", [code], [])
    elsewhere = sorted(set(work.shelves) - set(home))
    if (fate == "move" and elsewhere) or (not home and fate in STAYS):
        held.remove(code)
        other = work.shelves[draw(st.sampled_from(elsewhere))]
        other.insert(draw(st.integers(0, len(other))), code)
        work.tell("move", [code], [code])
    if fate in ("split", "keep a part"):
        made = [work.new_id("s"), code if fate == "keep a part" else work.new_id("s")]
        held[held.index(code) : held.index(code) + 1] = made
        work.tell("split", [code], made)


def _merge(draw: Any, work: Work, codes: list[str]) -> None:
    """Merge what is to be merged, two or three at a time, into a new one or one of them."""
    while len(codes) > 1:
        some, codes = codes[:3], codes[3:]
        target = draw(st.sampled_from([*some, work.new_id("m")]))
        for code in some:
            work.shelves[work.holder(code)].remove(code)
        work.shelves[draw(st.sampled_from(sorted(work.shelves)))].append(target)
        work.names[target] = "Merged"
        work.tell("merge", some, [target])


def _categories(draw: Any, work: Work, act: str) -> dict[str, list[str]]:
    """Change the categories themselves, codes going along; return what the changed became."""
    first, *others = work.shelves
    if act == "rename":
        work.names[first] = "Renamed"
        work.tell("rename", [first], [first], "category")
    if act == "add":
        work.shelves["new"] = []
        work.tell("add", [], ["new"], "category")
    if act == "merge" and others:
        target = draw(st.sampled_from([first, "new"]))
        both = [*work.shelves.pop(others[0]), *work.shelves.pop(first)]
        work.shelves = {target: both, **work.shelves}
        work.tell("merge", [first, others[0]], [target], "category")
        return {first: [target], others[0]: [target]}
    if act == "split":
        held = work.shelves[first]
        work.shelves["new"] = held[1:]
        work.shelves[first] = held[:1]
        work.tell("split", [first], [first, "new"], "category")
        return {first: [first, "new"]}
    if act == "reorder" and others:
        work.shelves[first] = work.shelves.pop(first)
        work.tell("reorder", [first], [first], "category")
    if act == "retire" and others:
        work.shelves[others[0]] += work.shelves.pop(first)
        work.tell("retire", [first], [], "category")
        return {first: []}
    return {}


@given(histories())
def test_steps_written_down_as_they_were_done_give_exactly_the_child(history: Any) -> None:
    parent, child = history
    assert apply(parent, child.steps, child) == []


@given(histories(), st.data())
def test_steps_in_any_order_give_the_same_child(history: Any, data: Any) -> None:
    parent, child = history
    assert apply(parent, data.draw(st.permutations(child.steps)), child) == []


@given(histories(), st.data())
def test_one_step_left_out_is_found(history: Any, data: Any) -> None:
    parent, child = history
    assume(child.steps)
    gone = data.draw(st.integers(0, len(child.steps) - 1))
    assert apply(parent, child.steps[:gone] + child.steps[gone + 1 :], child) != []


@given(histories(), st.data())
def test_one_step_more_is_found(history: Any, data: Any) -> None:
    parent, child = history
    assume(child.steps)
    again = data.draw(st.sampled_from(child.steps))
    assert apply(parent, (*child.steps, again), child) != []


@given(histories(), st.data())
def test_one_step_altered_is_found(history: Any, data: Any) -> None:
    """But for a reorder of the neighbour with whom places were changed, which says the same."""
    parent, child = history
    assume(child.steps)
    at = data.draw(st.integers(0, len(child.steps) - 1))
    told = child.steps[at]
    altered = data.draw(_alterations(told, parent, child))
    assume(
        (altered.kind, altered.thing) != (told.kind, told.thing)
        or set(altered.before) != set(told.before)
        or set(altered.after) != set(told.after)
    )
    assert apply(parent, (*child.steps[:at], altered, *child.steps[at + 1 :]), child) != []


def _alterations(
    told: Step, parent: FrameworkVersion, child: FrameworkVersion
) -> st.SearchStrategy[Step]:
    """Return a step of another kind, about another thing, or with another id on a side."""
    kinds = ["add", "rename", "redefine", "merge", "split", "move", "retire", "reorder"]
    other = {"code": "category", "category": "code"}[told.thing]
    ways = [
        st.sampled_from([replace(told, kind=k) for k in kinds if k != told.kind]),
        st.just(replace(told, thing=other)),
        st.just(replace(told, before=(*told.before, str(uuid.UUID(int=0))))),
    ]
    if told.kind != "reorder":
        sides = {"before": _ids(parent, told.thing), "after": _ids(child, told.thing)}
        for side, ids in sides.items():
            held = getattr(told, side)
            ways += [
                st.just(replace(told, **{side: (*held[:n], one, *held[n + 1 :])}))
                for n in range(len(held))
                for one in ids
                if one not in held
            ]
            ways += [st.just(replace(told, **{side: held[1:]}))] if held else []
    return st.one_of(ways)


def _ids(version: FrameworkVersion, thing: str) -> list[str]:
    if thing == "code":
        return [c.code_id for c in version.codes]
    return [c.category_id for c in version.categories]

"""Whatever is done with a draft, its steps lead from its parent to it exactly (law 3)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import Refused
from workbench.model.framework import Category, Code, FrameworkVersion, Step
from workbench.stages.framework import drafting, numbers
from workbench.stages.framework.drafting import Draft
from workbench.stages.framework.retelling import By
from workbench.stages.framework.steps import apply

ACCESS = Category("access", "1", "Access", "Coming there.")
MONEY = Category("money", "2", "Money", "Paying.")
TRAVEL = Code("travel", "1.1", "Travel", "The way there.", category_id="access")
MACHINES = Code("machines", "1.2", "Machines", "How many there are.", category_id="access")
HOURS = Code("hours", "1.3", "Hours", "When it is open.", category_id="access")
FEES = Code("fees", "2.1", "Fees", "What it costs.", category_id="money")
BUS = Code("bus", "1.1.1", "Bus", "By bus.", category_id="access", parent_id="travel")
OLD = FrameworkVersion("w", "1", (ACCESS, MONEY), (TRAVEL, BUS, MACHINES, HOURS, FEES))

ANNA = By("anna", "2024-05-01", "So.")
BO = By("bo", "2024-06-01", "Thus.")
SILENT = By("cato", "2024-07-01")


def draft(of: FrameworkVersion = OLD) -> Draft:
    """Return a draft that begins as a copy of its parent."""
    return Draft(of, replace(of, version="2", parent=of.reference, steps=()))


def holds(made: Draft) -> list[str]:
    assert made.parent is not None
    return apply(made.parent, made.version.steps, made.version)


def told(made: Draft) -> list[tuple[str, ...]]:
    """Return the steps in few words: kind, before, after and author."""
    assert holds(made) == []
    return [(s.kind, " ".join(s.before), " ".join(s.after), s.author) for s in made.version.steps]


def shown(made: Draft) -> list[str]:
    return [f"{c.number} {c.name}" for c in made.version.codes]


def new(one: str, name: str = "", **more: Any) -> Code:
    return Code(one, more.pop("number", ""), name or one.title(), **more)


# --- adding -----------------------------------------------------------------------------------


def test_what_is_added_then_renamed_and_moved_is_one_add() -> None:
    made = drafting.add(draft(), new("food", category_id="access"), 2, ANNA)
    assert shown(made)[:3] == ["1.1 Travel", "1.1.1 Bus", "1.2 Food"]
    made = drafting.change(made, "code", "food", {"name": "Meals"}, BO)
    made = drafting.move_code(made, "food", "money", None, 1, BO)
    assert told(made) == [("add", "", "food", "anna")]
    assert shown(made)[-2:] == ["2.1 Meals", "2.2 Fees"]


def test_what_is_added_and_retired_leaves_no_step() -> None:
    made = drafting.add(draft(), new("food", category_id="access"), None, ANNA)
    assert drafting.retire_code(made, "food", BO).version == draft().version


def test_a_category_comes_with_codes_that_move_into_it() -> None:
    made = drafting.add(draft(), Category("time", "", "Time"), 1, ANNA)
    made = drafting.move_code(made, "hours", "time", None, None, BO)
    assert told(made) == [("add", "", "time", "anna"), ("move", "hours", "hours", "bo")]
    assert [c.number for c in made.version.categories] == ["1", "2", "3"]
    assert shown(made) == ["1.1 Hours", "2.1 Travel", "2.1.1 Bus", "2.2 Machines", "3.1 Fees"]


@pytest.mark.parametrize("name", ["hours", "HOURS"])
def test_two_of_one_name_under_one_heading_are_refused(name: str) -> None:
    with pytest.raises(Refused, match=f"two of the name “{name}” under one heading of w@2"):
        drafting.add(draft(), new("more", name, category_id="access"), 1, ANNA)
    made = drafting.add(draft(), new("more", name, category_id="money"), None, ANNA)
    with pytest.raises(Refused, match="under one heading"):
        drafting.move_code(made, "more", "access", None, None, ANNA)


# --- changing ---------------------------------------------------------------------------------


def test_renaming_back_takes_the_rename_away_and_leaves_other_steps() -> None:
    made = drafting.change(draft(), "code", "fees", {"name": "Costs", "definition": "All."}, ANNA)
    assert told(made) == [("rename", "fees", "fees", "anna"), ("redefine", "fees", "fees", "anna")]
    made = drafting.change(made, "code", "fees", {"name": "Fees"}, BO)
    assert told(made) == [("redefine", "fees", "fees", "anna")]


def test_a_later_reason_is_told_in_place_of_an_earlier_one_and_no_reason_is_not() -> None:
    made = drafting.change(draft(), "code", "fees", {"name": "Costs"}, ANNA)
    made = drafting.change(made, "code", "fees", {"name": "Prices"}, SILENT)
    assert made.version.steps == (
        Step("rename", "code", ("fees",), ("fees",), "anna", "2024-05-01", "So."),
    )
    made = drafting.change(made, "code", "fees", {"name": "Price"}, BO)
    assert made.version.steps == (
        Step("rename", "code", ("fees",), ("fees",), "bo", "2024-06-01", "Thus."),
    )


def test_a_step_of_several_keeps_the_others_when_one_is_changed_again() -> None:
    both = Step("rename", "code", ("hours", "fees"), ("hours", "fees"), "eva", reason="Old.")
    codes = (*OLD.codes[:3], replace(HOURS, name="Open"), replace(FEES, name="Costs"))
    first = replace(draft().version, codes=codes, steps=(both,))
    made = drafting.change(Draft(OLD, first), "code", "fees", {"name": "Price"}, ANNA)
    assert told(made) == [("rename", "hours", "hours", "eva"), ("rename", "fees", "fees", "anna")]


def test_a_reason_alone_is_that_of_the_steps_that_are_there() -> None:
    both = Step("rename", "code", ("hours", "fees"), ("hours", "fees"), "eva", reason="Old.")
    codes = (*OLD.codes[:3], replace(HOURS, name="Open"), replace(FEES, name="Costs"))
    made = Draft(OLD, replace(draft().version, codes=codes, steps=(both,)))
    made = drafting.add(made, new("x", category_id="money"), None, ANNA)
    made = drafting.change(made, "code", "fees", {"name": "Costs"}, BO)
    made = drafting.change(made, "code", "x", {}, BO)
    assert [(s.kind, s.after, s.reason) for s in made.version.steps] == [
        ("rename", ("hours",), "Old."),
        ("add", ("x",), "Thus."),
        ("rename", ("fees",), "Thus."),
    ]
    assert drafting.change(made, "code", "travel", {}, ANNA).version.steps == made.version.steps


def test_a_colour_needs_no_step() -> None:
    assert told(drafting.change(draft(), "code", "fees", {"colour": "#00aa00"}, ANNA)) == []


def test_what_the_file_of_a_draft_left_untold_is_told_by_nobody() -> None:
    codes = (TRAVEL, BUS, MACHINES, replace(FEES, name="Costs"), new("x", category_id="money"))
    made = Draft(OLD, replace(draft().version, codes=codes))
    made = drafting.change(made, "category", "money", {"name": "Cost"}, ANNA)
    assert told(made) == [
        ("add", "", "x", ""),
        ("retire", "hours", "", ""),
        ("rename", "fees", "fees", ""),
        ("rename", "money", "money", "anna"),
    ]


def test_of_an_order_that_nobody_told_as_few_as_can_be_are_told_to_have_changed_places() -> None:
    codes = (HOURS, TRAVEL, BUS, MACHINES, FEES)
    made = Draft(OLD, replace(draft().version, codes=codes))
    made = drafting.change(made, "code", "fees", {"colour": "#00aa00"}, ANNA)
    assert told(made) == [("reorder", "hours", "hours", "")]


def test_the_first_version_of_a_framework_has_no_steps() -> None:
    first = Draft(None, FrameworkVersion("w", "1", (ACCESS,), (TRAVEL, HOURS)))
    made = drafting.change(first, "code", "hours", {"name": "Open"}, ANNA)
    made, one = drafting.merge(made, ["travel", "hours"], "fresh", {"name": "Both"}, ANNA)
    made = drafting.split(made, one, {}, [new("other", category_id="access")], ANNA)
    assert (one, made.version.steps) == ("fresh", ())
    assert shown(made) == ["1.1 Both", "1.2 Other"]
    assert shown(drafting.retire_code(made, "other", ANNA)) == ["1.1 Both"]


# --- moving -----------------------------------------------------------------------------------


def test_a_move_and_its_way_back_leave_no_step() -> None:
    made = drafting.move_code(draft(), "travel", "money", None, 1, ANNA)
    assert told(made) == [("move", "travel", "travel", "anna")]
    assert shown(made)[2:] == ["2.1 Travel", "2.1.1 Bus", "2.2 Fees"]
    assert drafting.move_code(made, "travel", "access", None, 1, BO).version == draft().version


def test_the_one_that_is_moved_among_its_siblings_is_told_to_be_reordered() -> None:
    made = drafting.move_code(draft(), "travel", "access", None, 3, ANNA)
    assert told(made) == [("reorder", "travel", "travel", "anna")]
    assert shown(made)[:4] == ["1.1 Machines", "1.2 Hours", "1.3 Travel", "1.3.1 Bus"]
    made = drafting.move_category(made, "money", None, 1, BO)
    assert told(made)[1:] == [("reorder", "money", "money", "bo")]
    back = drafting.move_category(made, "money", None, 2, BO)
    assert drafting.move_code(back, "travel", "access", None, 1, BO).version == draft().version


@pytest.mark.parametrize("below", ["travel", "bus"])
def test_nothing_stands_below_itself(below: str) -> None:
    with pytest.raises(Refused, match="“Travel” cannot stand below itself"):
        drafting.move_code(draft(), "travel", "access", below, None, ANNA)


def test_no_category_stands_below_itself() -> None:
    made = drafting.move_category(draft(), "money", "access", None, ANNA)
    assert [c.number for c in made.version.categories] == ["1", "1.4"]
    with pytest.raises(Refused, match="“Access” cannot stand below itself"):
        drafting.move_category(made, "access", "money", None, ANNA)


# --- merging ----------------------------------------------------------------------------------


def test_a_merge_into_one_of_them_keeps_its_words_and_its_place() -> None:
    made, one = drafting.merge(draft(), ["travel", "hours"], "hours", {}, ANNA)
    assert one == "hours"
    assert made.became == {"travel": "hours"}
    assert told(made) == [("merge", "travel hours", "hours", "anna")]
    assert shown(made) == ["1.1 Machines", "1.2 Hours", "1.2.1 Bus", "2.1 Fees"]


def test_a_merge_into_a_new_one_begins_without_a_definition() -> None:
    made, one = drafting.merge(draft(), ["hours", "fees"], "fresh", {"name": "Both"}, ANNA)
    assert told(made) == [("merge", "hours fees", "fresh", "anna")]
    assert made.node("code", one) == Code("fresh", "1.3", "Both", category_id="access")


def test_merges_of_merges_are_one_merge_with_the_reason_that_was_given() -> None:
    made, _ = drafting.merge(draft(), ["machines", "hours"], "hours", {}, ANNA)
    made, _ = drafting.merge(made, ["hours", "fees"], "fees", {}, SILENT)
    assert told(made) == [("merge", "machines hours fees", "fees", "anna")]


def test_what_was_added_and_goes_into_one_of_the_parent_changes_that_one() -> None:
    made = drafting.add(draft(), new("food", category_id="access"), None, ANNA)
    made, one = drafting.merge(made, ["fees", "food"], "food", {}, BO)
    assert (one, dict(made.became)) == ("fees", {"food": "fees"})
    assert set(told(made)) == {
        ("rename", "fees", "fees", "bo"),
        ("redefine", "fees", "fees", "bo"),
        ("move", "fees", "fees", "bo"),
    }
    assert shown(made)[-1] == "1.4 Food"


def test_several_that_were_added_become_one_that_was_added() -> None:
    made = drafting.add(draft(), new("food", category_id="access"), None, ANNA)
    made = drafting.add(made, new("drink", category_id="access"), None, BO)
    first, one = drafting.merge(made, ["food", "drink"], "drink", {}, SILENT)
    assert (one, told(first)) == ("drink", [("add", "", "drink", "bo")])
    other, one = drafting.merge(made, ["food", "drink"], "fresh", {"name": "Meals"}, SILENT)
    assert (one, told(other)) == ("fresh", [("add", "", "fresh", "cato")])


def test_codes_below_those_merged_go_along_to_the_category_of_the_one() -> None:
    made, _ = drafting.merge(draft(), ["travel", "fees"], "fees", {}, ANNA)
    assert shown(made) == ["1.1 Machines", "1.2 Hours", "2.1 Fees", "2.1.1 Bus"]
    assert made.node("code", "bus").category_id == "money"
    assert told(made) == [("merge", "travel fees", "fees", "anna")]


def test_a_code_merged_into_one_below_it_gives_it_its_place() -> None:
    made, one = drafting.merge(draft(), ["travel", "bus"], "bus", {}, ANNA)
    assert one == "bus"
    assert shown(made)[:2] == ["1.1 Bus", "1.2 Machines"]
    assert told(made) == [("merge", "travel bus", "bus", "anna")]


# --- splitting --------------------------------------------------------------------------------

NIGHT = new("night", category_id="access")
DAY = new("day", category_id="access")


def test_the_first_part_of_a_split_keeps_the_id_and_the_others_follow_it() -> None:
    made = drafting.split(draft(), "machines", {"name": "Few"}, [DAY, NIGHT], ANNA)
    assert told(made) == [("split", "machines", "machines day night", "anna")]
    assert shown(made)[2:6] == ["1.2 Few", "1.3 Day", "1.4 Night", "1.5 Hours"]
    made = drafting.split(made, "day", {}, [new("noon", category_id="access")], SILENT)
    assert told(made) == [("split", "machines", "machines day noon night", "anna")]


def test_a_split_whose_parts_are_merged_again_was_none() -> None:
    made = drafting.split(draft(), "hours", {"name": "Early"}, [NIGHT, DAY], ANNA)
    made, one = drafting.merge(made, ["day", "night"], "night", {}, BO)
    assert told(made) == [("split", "hours", "hours night", "anna")]
    made, one = drafting.merge(made, ["hours", "night"], "night", {}, BO)
    assert (one, dict(made.became)) == ("hours", {"night": "hours"})
    assert set(told(made)) == {
        ("rename", "hours", "hours", "bo"),
        ("redefine", "hours", "hours", "bo"),
    }


def test_what_was_added_is_split_into_things_that_were_added() -> None:
    made = drafting.split(
        drafting.add(draft(), DAY, None, ANNA), "day", {"name": "Noon"}, [NIGHT], BO
    )
    assert told(made) == [("add", "", "day", "anna"), ("add", "", "night", "bo")]


def test_the_part_that_is_left_of_a_split_is_what_was_split() -> None:
    made = drafting.split(draft(), "hours", {}, [NIGHT], ANNA)
    assert told(drafting.retire_code(made, "night", BO)) == []
    made = drafting.retire_code(made, "hours", BO)
    assert dict(made.became) == {"night": "hours"}
    assert set(told(made)) == {
        ("rename", "hours", "hours", "bo"),
        ("redefine", "hours", "hours", "bo"),
    }


def test_a_part_of_a_split_does_not_go_into_others() -> None:
    made = drafting.split(draft(), "hours", {"name": "Day"}, [NIGHT], ANNA)
    with pytest.raises(Refused) as refused:
        drafting.merge(made, ["night", "fees"], "fees", {}, ANNA)
    assert str(refused.value) == (
        "“Night” is a part of “Hours”, which was split in this version, and cannot go into "
        "others in it as well. Begin another version from this one, or undo the split first."
    )
    whole, _ = drafting.merge(made, ["night", "fees", "hours"], "fees", {}, ANNA)
    assert told(whole) == [("merge", "hours fees", "fees", "anna")]


def test_what_was_merged_is_not_split() -> None:
    made, _ = drafting.merge(draft(), ["hours", "fees"], "fees", {"name": "Both"}, ANNA)
    with pytest.raises(Refused) as refused:
        drafting.split(made, "fees", {}, [NIGHT], ANNA)
    assert str(refused.value) == (
        "“Both” was merged from “Hours” and “Fees” in this version, so that its parts cannot "
        "be told from theirs. Begin another version from this one, or undo the merge first."
    )


# --- retiring ---------------------------------------------------------------------------------


def test_all_that_was_merged_is_retired() -> None:
    made, _ = drafting.merge(draft(), ["hours", "fees"], "fresh", {"name": "Both"}, ANNA)
    assert told(drafting.retire_code(made, "fresh", BO)) == [("retire", "hours fees", "", "bo")]


def test_a_code_with_codes_below_it_is_not_retired() -> None:
    with pytest.raises(Refused, match=r"Below “Travel” stands 1 code \(“Bus”\)\. Move or retire"):
        drafting.retire_code(draft(), "travel", ANNA)


def test_a_category_is_retired_when_it_is_empty_or_with_all_below_it() -> None:
    with pytest.raises(Refused, match=r"Under “Access” stand 4 codes\. Move them elsewhere first"):
        drafting.retire_category(draft(), "access", ANNA)
    made = drafting.retire_category(draft(), "access", ANNA, with_codes=True)
    assert told(made)[-1] == ("retire", "access", "", "anna")
    assert {t[1] for t in told(made)} == {"travel", "bus", "machines", "hours", "access"}
    assert shown(made) == ["1.1 Fees"]
    empty = drafting.move_code(draft(), "fees", "access", None, None, ANNA)
    assert ("retire", "money", "", "bo") in told(drafting.retire_category(empty, "money", BO))


def test_both_parts_of_a_split_go_with_their_category() -> None:
    made = drafting.split(draft(), "hours", {}, [NIGHT], ANNA)
    made = drafting.retire_category(made, "access", BO, with_codes=True)
    assert ("retire", "hours", "", "bo") in told(made)
    assert dict(made.became) == {}


# --- numbers ----------------------------------------------------------------------------------

ODD = replace(OLD, codes=(*OLD.codes[:3], replace(HOURS, number="1.7"), FEES))


def test_numbers_that_do_not_follow_places_are_left_alone() -> None:
    made = drafting.add(draft(ODD), new("food", category_id="access"), 1, ANNA)
    assert shown(made)[:2] == ["1.8 Food", "1.1 Travel"]
    made = drafting.retire_code(made, "machines", ANNA)
    assert shown(made) == ["1.8 Food", "1.1 Travel", "1.1.1 Bus", "1.7 Hours", "2.1 Fees"]
    made = drafting.retire_code(made, "hours", ANNA)
    made = drafting.add(made, new("rest", category_id="access"), None, ANNA)
    assert shown(made)[3] == "1.9 Rest"
    assert holds(made) == []


def test_a_number_that_the_parent_gave_is_not_given_again() -> None:
    made = drafting.retire_code(draft(ODD), "hours", ANNA)
    made = drafting.change(made, "code", "machines", {"number": "1.6"}, ANNA)
    made = drafting.add(made, new("food", category_id="access"), None, ANNA)
    assert shown(made)[3] == "1.8 Food"


def test_a_number_that_is_given_stays_and_is_told_as_a_reorder() -> None:
    made = drafting.change(draft(), "code", "hours", {"number": "1.9"}, ANNA)
    assert told(made) == [("reorder", "hours", "hours", "anna")]
    with pytest.raises(Refused, match=r"The number “1\.2” is that of another code of w@2 already"):
        drafting.change(made, "code", "hours", {"number": "1.2"}, ANNA)


def test_where_nothing_has_a_number_what_is_new_has_none() -> None:
    bare = replace(OLD, categories=(), codes=(Code("a", "", "A"), Code("b", "", "B")))
    assert shown(drafting.add(draft(bare), new("c"), None, ANNA)) == [" A", " B", " C"]


# --- the property -----------------------------------------------------------------------------


@st.composite
def parents(draw: Any) -> FrameworkVersion:
    """Draw a version: categories, some below others, and codes, some below others."""
    categories: list[Category] = []
    for n in range(draw(st.integers(0, 3))):
        above = draw(st.sampled_from([None, *[c.category_id for c in categories]]))
        categories.append(Category(f"k{n}", "", f"Category {n}", parent_id=above))
    codes: list[Code] = []
    for n in range(draw(st.integers(1, 6))):
        above = draw(st.sampled_from([None, *codes]))
        home = draw(st.sampled_from([None, *[c.category_id for c in categories]]))
        home = above.category_id if above else home
        below = above.code_id if above else None
        codes.append(Code(f"c{n}", "", f"Code {n}", category_id=home, parent_id=below))
    made = FrameworkVersion("w", "1", tuple(categories), tuple(codes))
    made = numbers.by_place(drafting.tree.in_order(made))
    if draw(st.booleans()):
        first, *others = made.codes
        made = replace(made, codes=(replace(first, number="odd"), *others))
    return made


class Team:
    """Somebody who does something with a draft, drawn at random; what is refused is not done."""

    def __init__(self, made: Draft, data: st.DataObject) -> None:
        self.made, self.data, self.fresh = made, data, 0

    def of(self, *choices: Any) -> Any:
        return self.data.draw(st.sampled_from(choices))

    def new_id(self) -> str:
        self.fresh += 1
        return f"n{self.fresh}"

    def code(self) -> str:
        return self.of(*[c.code_id for c in self.made.version.codes])

    def category(self, *more: None) -> Any:
        return self.of(*more, *[c.category_id for c in self.made.version.categories])

    def heading(self) -> dict[str, Any]:
        """Return a category and a code to stand under, which go together."""
        below = self.of(None, *self.made.version.codes)
        if below is not None:
            return {"category_id": below.category_id, "parent_id": below.code_id}
        return {"category_id": self.category(None), "parent_id": None}

    def place(self) -> int | None:
        return self.data.draw(st.none() | st.integers(1, 4))

    def act(self, by: By) -> Draft:
        made, kind = self.made, self.of(*KINDS)
        if kind == "add":
            node = Code(self.new_id(), "", self.of("X", "Y", "Code 1"), **self.heading())
            return drafting.add(made, node, self.place(), by)
        if kind == "add category":
            one = Category(self.new_id(), "", self.of("X", "Y"), parent_id=self.category(None))
            return drafting.add(made, one, self.place(), by)
        if kind == "change":
            fields = self.of(
                {"name": "X"}, {"name": "Code 1"}, {"definition": "All."}, {"definition": ""}
            )
            fields |= self.of({}, {}, {"number": "9"})
            return drafting.change(made, "code", self.code(), fields, by)
        if kind == "change category":
            return drafting.change(made, "category", self.category(), {"name": "Z"}, by)
        if kind == "move":
            to = self.heading()
            where = to["category_id"], to["parent_id"], self.place()
            return drafting.move_code(made, self.code(), *where, by)
        if kind == "reorder":
            node = self.of(*made.version.codes)
            where = node.category_id, node.parent_id, self.place()
            return drafting.move_code(made, node.code_id, *where, by)
        if kind == "move category":
            one, to = self.category(), self.category(None)
            return drafting.move_category(made, one, to, self.place(), by)
        if kind == "merge":
            ids = [c.code_id for c in made.version.codes]
            some = self.data.draw(
                st.lists(st.sampled_from(ids), min_size=min(2, len(ids)), unique=True)
            )
            if len(some) < 2:
                return made
            target = self.of(*some, self.new_id())
            fields = {} if target in some else {"name": self.of("M", "N")}
            return drafting.merge(made, some, target, fields, by)[0]
        if kind == "split":
            node = self.of(*made.version.codes)
            parts = [
                replace(node, code_id=self.new_id(), name=f"Part {self.fresh}", number="")
                for _ in range(self.of(1, 2))
            ]
            return drafting.split(made, node.code_id, {"name": self.of("P", node.name)}, parts, by)
        if kind == "retire":
            return drafting.retire_code(made, self.code(), by)
        return drafting.retire_category(made, self.category(), by, with_codes=self.of(True, False))


KINDS = (
    *("add", "add category", "change", "change category", "move", "reorder"),
    *("move category", "merge", "split", "retire", "retire category"),
)


@settings(max_examples=100)
@given(parents(), st.data())
def test_any_changes_of_a_draft_leave_steps_that_give_exactly_the_draft(
    parent: FrameworkVersion, data: st.DataObject
) -> None:
    team = Team(draft(parent), data)
    for n in range(data.draw(st.integers(1, 12))):
        by = By(f"p{n}", "2024", data.draw(st.sampled_from(["", "Because."])))
        version = team.made.version
        if not version.codes or not version.categories:
            return
        try:
            made = team.act(by)
        except Refused:
            continue
        assert holds(made) == []
        _tells_where_all_went(team.made, made)
        if numbers.follow_places(version) and not any(c.number == "9" for c in made.version.codes):
            assert numbers.follow_places(made.version)
        team.made = made


def _tells_where_all_went(before: Draft, after: Draft) -> None:
    """What is gone is told to be in something that is there, or was retired; the rest stays."""
    here = {c.code_id for c in after.version.codes}
    assert set(after.became.values()) <= here
    assert not set(after.became) & here
    assert drafting.tree.in_order(after.version) == after.version
    assert [c for c in after.version.codes if c.parent_id and c.parent_id not in here] == []

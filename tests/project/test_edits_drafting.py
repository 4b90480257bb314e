"""Drafts are begun, changed and built on; what is released is not."""

import datetime

import builders
import pytest
from builders import BO, VERSION, Garden

from workbench import errors
from workbench.formats import framework_yaml
from workbench.project import edits, views
from workbench.project.door import open_project
from workbench.project.edits import draft_work
from workbench.store import schema

DRAFT = "garden@2"


@pytest.fixture
def begun(garden: Garden) -> Garden:
    """The garden with garden@2, a draft that is a copy of garden@1."""
    assert edits.begin_draft(garden.project, VERSION, "2") == DRAFT
    return garden


def tree(g: Garden, reference: str = DRAFT) -> list[str]:
    return [line.strip() for line in views.framework_tree(views.framework(g.project, reference))]


def steps(g: Garden, reference: str = DRAFT) -> list[tuple[object, ...]]:
    frame = views.framework_steps(g.project, reference)
    columns = (frame[c] for c in ("kind", "before", "after", "author", "reason"))
    return list(zip(*columns, strict=True))


def healthy(g: Garden) -> None:
    assert [f.sentence() for f in g.project.check() if f.severity == "broken"] == []


def row(g: Garden, table: str, **wanted: object) -> dict[str, object]:
    (found,) = (r for r in g.live()[table] if all(r[k] == v for k, v in wanted.items()))
    return found


def draft_codings(g: Garden) -> list[tuple[str, str]]:
    """Return quote and code of all codings of the draft."""
    frame = views.codings(g.project, DRAFT)
    return sorted(zip(frame["quote"], frame["code"], strict=True))


# --- beginning --------------------------------------------------------------------------------


def test_a_framework_begins_with_an_empty_draft_and_grows(garden: Garden) -> None:
    p = garden.project
    assert edits.begin_framework(p, "sheds", objective="Who uses them?") == "sheds@1"
    edits.add_category(p, "sheds@1", "Room", definition="How much there is.")
    edits.add_code(p, "sheds@1", "Full", category="Room")
    edits.add_code(p, "sheds@1", "Very full", below="Full", definition="No more.")
    edits.add_code(p, "sheds@1", "Empty", category="1", place=1)
    assert tree(garden, "sheds@1") == ["1 Room", "· 1.1 Empty", "· 1.2 Full", "· 1.2.1 Very full"]
    made = views.framework(p, "sheds@1")
    assert (made.objective, made.state, made.steps) == ("Who uses them?", "draft", ())
    healthy(garden)


@pytest.mark.parametrize(
    ("name", "version", "said"),
    [
        ("garden", "9", "There is a framework “garden” already. Begin a draft"),
        ("my garden", "1", "The name of a framework cannot be 'my garden'"),
        ("sheds", "v 1", "A version cannot be 'v 1'"),
        ("sheds", ".1", "A version cannot be '.1'"),
    ],
)
def test_a_framework_needs_a_name_of_its_own(
    garden: Garden, name: str, version: str, said: str
) -> None:
    with pytest.raises(errors.WorkbenchError, match=said):
        edits.begin_framework(garden.project, name, version)


def test_a_draft_begins_as_its_parent_with_no_steps(begun: Garden) -> None:
    old, new = (views.framework(begun.project, r) for r in (VERSION, DRAFT))
    assert (new.categories, new.codes, new.steps) == (old.categories, old.codes, ())
    assert (new.parent, new.state, new.sha256) == (VERSION, "draft", "")
    with pytest.raises(errors.Refused, match="garden@2 is there already"):
        edits.begin_draft(begun.project, VERSION, "2")
    healthy(begun)


def test_a_draft_may_begin_another_framework_with_another_objective(garden: Garden) -> None:
    made = edits.begin_draft(garden.project, VERSION, "1", framework="beds", objective="Soil?")
    edits.change_code(garden.project, made, "Tools", name="Spades")
    assert views.framework(garden.project, "beds@1").objective == "Soil?"
    assert steps(garden, "beds@1") == [("rename", ("2.2 Tools",), ("2.2 Spades",), "anna", "")]
    assert tree(garden, VERSION)[-1] == "· 2.2 Tools"
    healthy(garden)


# --- what is not changed ----------------------------------------------------------------------


def test_a_released_version_is_not_changed(begun: Garden) -> None:
    with pytest.raises(errors.Refused) as refused:
        edits.change_code(begun.project, VERSION, "Tools", name="Things")
    assert str(refused.value) == (
        "garden@1 is released and stays as it is. Begin a new draft from it, and change that."
    )


def test_a_draft_that_another_was_made_from_is_not_changed(begun: Garden) -> None:
    edits.begin_draft(begun.project, DRAFT, "3")
    with pytest.raises(errors.Refused, match="garden@3 was made from garden@2, which stays"):
        edits.add_code(begun.project, DRAFT, "Beds", category="2")
    edits.add_code(begun.project, "garden@3", "Beds", category="2")
    assert steps(begun, "garden@3") == [("add", (), ("2.3 Beds",), "anna", "")]
    healthy(begun)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "The name of a code cannot be ' '"),
        ({"origin": "guessed"}, "The origin of a code cannot be 'guessed'"),
        ({"colour": "green"}, "The colour of a code cannot be 'green'"),
        ({"name": "shared WORK"}, "two of the name “shared WORK”"),
        ({"number": "2.1"}, "The number “2.1” is that of another code"),
    ],
)
def test_a_code_is_not_changed_to_what_no_file_could_hold(
    begun: Garden, fields: dict[str, str], said: str
) -> None:
    with pytest.raises(errors.WorkbenchError, match=said):
        edits.change_code(begun.project, DRAFT, "Tools", **fields)
    assert tree(begun) == tree(begun, VERSION)


def test_a_place_is_counted_from_one(begun: Garden) -> None:
    with pytest.raises(errors.BadValue, match="A place cannot be 0"):
        edits.move_code(begun.project, DRAFT, "Tools", place=0)


# --- changing ---------------------------------------------------------------------------------


def test_each_change_is_told_with_who_when_and_why(begun: Garden) -> None:
    p = begun.project
    today = datetime.datetime.now(datetime.UTC).date()
    edits.change_code(p, DRAFT, "Tools", name="Things", definition="All.", reason=" They lend. ")
    edits.move_code(p, DRAFT, "Things", category="Coming", place=1)
    edits.change_category(p, DRAFT, "Sharing", name="Together")
    edits.move_category(p, DRAFT, "Together", place=1)
    assert steps(begun) == [
        ("rename", ("2.2 Tools",), ("2.1 Things",), "anna", "They lend."),
        ("redefine", ("2.2 Tools",), ("2.1 Things",), "anna", "They lend."),
        ("move", ("2.2 Tools",), ("2.1 Things",), "anna", ""),
        ("rename", ("2 Sharing",), ("1 Together",), "anna", ""),
        ("reorder", ("2 Sharing",), ("1 Together",), "anna", ""),
    ]
    dates = {s.date for s in views.framework(p, DRAFT).steps}
    assert dates <= {(today + datetime.timedelta(n)).isoformat() for n in (0, 1)}
    healthy(begun)


def test_a_code_goes_below_another_and_to_the_top(begun: Garden) -> None:
    edits.move_code(begun.project, DRAFT, "Tools", below="Barriers")
    assert tree(begun)[2:4] == ["· 1.2 Barriers", "· 1.2.1 Tools"]
    edits.move_code(begun.project, DRAFT, "Tools", category="")
    assert tree(begun)[0] == "· 3 Tools"
    edits.move_category(begun.project, DRAFT, "Sharing", under="Coming")
    edits.move_category(begun.project, DRAFT, "Sharing", under="")
    assert tree(begun)[-2:] == ["2 Sharing", "· 2.1 Shared work"]
    healthy(begun)


def test_somebody_who_read_an_older_state_changes_nothing(begun: Garden) -> None:
    read = row(begun, "code_version", name="Tools", framework_version_id=_draft_id(begun))
    with open_project(begun.project.where, who="bo") as bo:
        edits.change_code(bo, DRAFT, "Tools", definition="Bo's.", row_version=1)
    assert read["definition"] != "Bo's."
    for do in (
        lambda: edits.change_code(begun.project, DRAFT, "Tools", name="X", row_version=1),
        lambda: edits.move_code(begun.project, DRAFT, "Tools", category="1", row_version=1),
        lambda: edits.split_code(begun.project, DRAFT, "Tools", ["A", "B"], row_version=1),
        lambda: edits.change_category(begun.project, DRAFT, "1", name="X", row_version=9),
        lambda: edits.move_category(begun.project, DRAFT, "1", place=2, row_version=9),
    ):
        with pytest.raises(errors.ChangedMeanwhile):
            do()


def _draft_id(g: Garden) -> object:
    return row(g, "framework_version", version="2")["id"]


def test_a_draft_can_be_written_as_a_file_whether_or_not_reasons_were_given(begun: Garden) -> None:
    edits.change_code(begun.project, DRAFT, "Tools", name="Things")
    edits.add_code(begun.project, DRAFT, "Beds", category="2", reason="Asked for.")
    made = views.framework(begun.project, DRAFT)
    text = framework_yaml.dumps(made, views.framework(begun.project, VERSION))
    assert framework_yaml.loads(text) == made


def test_a_change_that_changes_nothing_is_no_act(begun: Garden) -> None:
    acts = begun.acts()
    edits.change_code(begun.project, DRAFT, "Tools", name="Tools")
    edits.move_code(begun.project, DRAFT, "Tools", place=2)
    edits.move_code(begun.project, DRAFT, "Tools", category="Sharing")
    assert begun.acts() == acts


# --- merging what was coded and charted --------------------------------------------------------

QUIET = "The quiet. On a bad day I come here 🌱 and it helps."
RAIN = "Rain keeps me away."


@pytest.fixture
def worked(begun: Garden) -> Garden:
    """The draft, coded and charted: the quiet as both reason and barrier, the rain as one."""
    p = begun.project
    for quote, code in ((QUIET, "1.1"), (QUIET, "1.2"), (RAIN, "1.2")):
        edits.code_quote(p, "gardener", quote, code, framework=DRAFT)
    edits.write_statement(p, "gardener", "1.1", "It helps.", framework=DRAFT)
    edits.write_statement(p, "gardener", "1.2", "It helps, but rain.", framework=DRAFT)
    edits.mark_cell(p, BO, "1.1", "not asked", framework=DRAFT)
    edits.mark_cell(p, BO, "1.2", "not asked", framework=DRAFT)
    edits.mark_cell(p, builders.ANNA, "1.2", "not asked", framework=DRAFT)
    return begun


def test_a_merge_takes_codings_and_statements_along_and_undo_brings_them_back(
    worked: Garden,
) -> None:
    p, before = worked.project, worked.live()
    one = edits.merge_codes(p, DRAFT, ["1.1", "1.2"], "Coming or not", definition="Both.")
    after = worked.live()
    assert draft_codings(worked) == [(RAIN, "Coming or not"), (QUIET, "Coming or not")]
    cell = row(worked, "cell", code_id=one, case_id=_case(worked, "gardener"))
    said = [(s["position"], s["text"]) for s in after["statement"] if s["cell_id"] == cell["id"]]
    assert sorted(said) == [(1, "It helps."), (2, "It helps, but rain.")]
    quiet = row(worked, "coding", quote=QUIET, code_id=one)["id"]
    rain = row(worked, "coding", quote=RAIN, code_id=one)["id"]
    ids = {s["id"]: s["text"] for s in after["statement"] if s["cell_id"] == cell["id"]}
    cited = sorted(
        (ids[e["statement_id"]], e["coding_id"])
        for e in after["statement_evidence"]
        if e["statement_id"] in ids
    )
    assert cited == sorted(
        [("It helps.", quiet), ("It helps, but rain.", quiet), ("It helps, but rain.", rain)]
    )
    assert p.did.endswith("in garden@2, with 3 codings")
    healthy(worked)
    p.undo()
    assert worked.live() == before
    p.redo()
    assert worked.live() == after
    healthy(worked)


def _case(g: Garden, label: str) -> object:
    return row(g, "case", label=label)["id"]


def test_whatever_cites_a_coding_cites_the_one_that_stays_of_two() -> None:
    citing = {
        (name, key.parent.name)
        for name, table in schema.ROWS.items()
        for key in table.foreign_keys
        if key.column.table is schema.coding
    }
    assert {(table, column) for table, column, _ in draft_work.CITING} == citing | {
        ("memo", "anchor_id")
    }


def test_a_cell_that_only_changed_hands_is_not_stale_for_that(begun: Garden) -> None:
    p = begun.project
    for name, code in (("Beds", "2.1"), ("Soil", "2.2")):
        edits.change_code(p, DRAFT, code, name=name, definition="Of earth.")
    edits.code_quote(p, "gardener", RAIN, "Soil", framework=DRAFT)
    edits.write_statement(p, "gardener", "Soil", "Wet.", framework=DRAFT)
    edits.merge_codes(p, DRAFT, ["Beds", "Soil"], "Beds")
    frame = views.states(p, DRAFT).set_index(["case", "code"])
    assert frame.loc[("gardener", "Beds"), "state"] == "charted"


def test_a_mark_stays_where_all_that_are_merged_had_it(worked: Garden) -> None:
    edits.merge_codes(worked.project, DRAFT, ["1.1", "1.2"], "1.1")
    version = _draft_id(worked)
    cells = [c for c in worked.live()["cell"] if c["framework_version_id"] == version]
    marks = {c["case_id"]: c["mark"] for c in cells}
    assert marks == {
        _case(worked, "gardener"): "",
        _case(worked, BO): "not asked",
        _case(worked, builders.ANNA): "",
    }


def test_what_was_written_from_another_definition_is_stale_after_a_merge(worked: Garden) -> None:
    def states() -> dict[tuple[str, str], str]:
        frame = views.states(worked.project, DRAFT)
        return dict(
            zip(zip(frame["case"], frame["code"], strict=True), frame["state"], strict=True)
        )

    assert states()["gardener", "Reasons to come"] == "charted"
    edits.merge_codes(worked.project, DRAFT, ["1.1", "1.2"], "1.1")
    assert states()["gardener", "Reasons to come"] == "stale"


def test_codings_of_other_versions_stay_where_they_are(worked: Garden) -> None:
    before = views.codings(worked.project, VERSION)
    edits.merge_codes(worked.project, DRAFT, ["1.1", "1.2"], "1.1")
    assert views.codings(worked.project, VERSION).equals(before)


def test_the_parts_of_a_split_begin_empty_but_for_the_first(worked: Garden) -> None:
    first, second = edits.split_code(worked.project, DRAFT, "1.2", ["Rain", "Locks"], reason="So.")
    assert tree(worked)[2:4] == ["· 1.2 Rain", "· 1.3 Locks"]
    assert [c for c in draft_codings(worked) if c[1] != "Reasons to come"] == [
        (RAIN, "Rain"),
        (QUIET, "Rain"),
    ]
    codes = {c.code_id: c for c in views.framework(worked.project, DRAFT).codes}
    assert codes[first].definition == "What people say about barriers."
    assert (codes[second].definition, codes[second].name) == ("", "Locks")
    assert steps(worked) == [("split", ("1.2 Barriers",), ("1.2 Rain", "1.3 Locks"), "anna", "So.")]
    with pytest.raises(errors.Refused, match="Name the parts"):
        edits.split_code(worked.project, DRAFT, "Rain", ["Drizzle"])
    with pytest.raises(errors.UnknownName, match="field of a part “rule”"):
        edits.split_code(worked.project, DRAFT, "Rain", ["Drizzle", {"rule": "x"}])
    healthy(worked)


def test_a_merge_needs_two(worked: Garden) -> None:
    for codes, into in ((["1.1"], "1.1"), (["1.1", "Reasons to come"], "New")):
        with pytest.raises(errors.Refused, match="two or more"):
            edits.merge_codes(worked.project, DRAFT, codes, into)
    one = edits.merge_codes(worked.project, DRAFT, ["1.1"], "Barriers")
    assert views.framework(worked.project, DRAFT).codes[0].code_id == one


# --- retiring ---------------------------------------------------------------------------------


def test_a_code_that_is_in_use_is_not_retired(worked: Garden) -> None:
    with pytest.raises(errors.Refused) as refused:
        edits.retire_code(worked.project, DRAFT, "1.2")
    assert str(refused.value) == (
        "“Barriers” has 2 codings and 1 statement in garden@2. Merge it with another code, "
        "which takes them over, or withdraw them first."
    )
    with pytest.raises(errors.Refused, match="“Reasons to come” has 1 coding and 1 statement"):
        edits.retire_category(worked.project, DRAFT, "Coming", with_codes=True)


def test_the_marks_of_a_code_go_with_it(worked: Garden) -> None:
    edits.mark_cell(worked.project, BO, "Tools", "not asked", framework=DRAFT)
    tools = row(worked, "code_version", name="Tools", framework_version_id=_draft_id(worked))
    edits.retire_code(worked.project, DRAFT, "Tools", reason="Rare.")
    cells = [c for c in worked.live()["cell"] if c["framework_version_id"] == _draft_id(worked)]
    assert tools["code_id"] not in {c["code_id"] for c in cells}
    assert steps(worked) == [("retire", ("2.2 Tools",), (), "anna", "Rare.")]
    healthy(worked)


def test_codings_of_a_part_go_on_with_what_was_split(worked: Garden) -> None:
    _, second = edits.split_code(worked.project, DRAFT, "Tools", ["Spades", "Rakes"])
    edits.code(worked.project, "group", 0, 20, "Rakes", framework=DRAFT)
    edits.retire_code(worked.project, DRAFT, "Spades")
    assert second not in {c["code_id"] for c in worked.live()["coding"]}
    assert [c for _, c in draft_codings(worked)].count("Rakes") == 1
    assert steps(worked)[0] == ("rename", ("2.2 Tools",), ("2.2 Rakes",), "anna", "")
    healthy(worked)


# --- undo, where others worked on -------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "why"),
    [
        ("change", "the draft was changed after it"),
        ("retire", "the draft was changed after it"),
        ("release", "the draft was released after it"),
        ("begin", "another version was begun from the draft after it"),
    ],
)
def test_a_change_that_others_have_built_on_is_not_undone(
    begun: Garden, later: str, why: str
) -> None:
    edits.add_code(begun.project, DRAFT, "Beds", category="2", definition="Of earth.")
    edits.change_code(begun.project, DRAFT, "1.1", name="Why")
    with open_project(begun.project.where, who="bo") as bo:
        if later == "change":
            edits.change_code(bo, DRAFT, "Tools", name="Things")
        elif later == "retire":
            edits.retire_code(bo, DRAFT, "Beds")
        elif later == "release":
            edits.release(bo, DRAFT)
        else:
            edits.begin_draft(bo, DRAFT, "3")
        with pytest.raises(errors.UndoBlocked, match=why):
            begun.project.undo(only_mine=True)
        bo.undo(only_mine=True)
        begun.project.undo(only_mine=True)
    assert tree(begun)[1] == "· 1.1 Reasons to come"
    healthy(begun)


def test_what_would_take_the_code_of_a_coding_away_is_not_done_again(begun: Garden) -> None:
    edits.retire_code(begun.project, DRAFT, "Tools")
    begun.project.undo()
    with open_project(begun.project.where, who="bo") as bo:
        edits.code(bo, "group", 0, 20, "Tools", framework=DRAFT)
    with pytest.raises(errors.UndoBlocked, match="a coding or cell of later has its code"):
        begun.project.redo(only_mine=True)
    healthy(begun)

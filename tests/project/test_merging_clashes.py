"""What two copies did that does not fit together is a question with both sides shown."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import builders
import pytest
import sqlalchemy as sa
import two_versions
from builders import ANNA, BO, VERSION, Garden, live

from workbench import views
from workbench.errors import BadValue, Unanswered
from workbench.project import edits, merging
from workbench.project.door import Project, create
from workbench.project.merging import Choices
from workbench.project.merging.bundles import collisions
from workbench.store import records, schema

MINE, THEIRS = Choices(prefer="mine"), Choices(prefer="theirs")
Question = dict[str, str]


@pytest.fixture
def copied(garden: Garden, tmp_path: Path) -> Iterator[Project]:
    """A copy of the garden, in which Bo works."""
    with builders.twin(garden.project, tmp_path / "theirs.fwb") as other:
        yield other


def asked(here: Project, there: Project) -> Question:
    """Return the one question that a merge asks; without an answer nothing is stored."""
    before = live(here)
    (question,) = merging.preview(here, there).questions
    assert live(here) == before
    with pytest.raises(Unanswered, match="1 question waits"):
        edits.merge(here, there)
    assert live(here) == before
    return question


def joined(here: Project, there: Project, question: Question, answer: str) -> None:
    """Merge with an answer; the laws hold, a second merge brings nothing, and undo leads back."""
    before = live(here)
    choices = Choices({question["question"]: answer})
    edits.merge(here, there, choices)
    after = live(here)
    assert [f.sentence() for f in here.check()] == []
    assert edits.merge(here, there, choices).acts == 0
    here.undo()
    assert live(here) == before
    here.redo()
    assert live(here) == after


def found(project: Project, table: str, column: str, **values: object) -> list[str]:
    rows = [r for r in live(project)[table] if all(r[n] == v for n, v in values.items())]
    return sorted(str(r[column]) for r in rows)


SIDES = pytest.mark.parametrize("answer", ["mine", "theirs"])


@SIDES
def test_a_type_that_does_not_fit_the_values_of_the_other_side_is_asked(garden, copied, answer):
    edits.change_attribute_type(garden.project, "plot", "text")
    edits.merge(copied, garden.project)
    edits.change_attribute_type(garden.project, "plot", "integer")
    edits.set_attribute(garden.project, BO, "plot", "7")
    edits.set_attribute(copied, "gardener", "plot", "about 12")
    edits.set_attribute(copied, ANNA, "plot", "4")
    question = asked(garden.project, copied)
    assert question["thing"] == "attribute “plot”"
    assert question["mine"] == "type: integer\n“gardener”: 12"
    assert question["theirs"] == "type: text\n“gardener”: about 12"
    joined(garden.project, copied, question, answer)
    values = found(garden.project, "attribute_value", "value")
    theirs = answer == "theirs"
    assert values == ["4", "7", "about 12", "yes"] if theirs else ["12", "4", "7", "yes"]
    assert found(garden.project, "attribute", "type", name="plot") == [
        "text" if theirs else "integer"
    ]


@SIDES
def test_a_link_that_would_lose_its_last_evidence_is_asked(garden, copied, answer):
    edits.uncite_link(garden.project, garden.link, [garden.codings["rain"]])
    edits.uncite_link(copied, garden.link, [garden.codings["gate"]])
    question = asked(garden.project, copied)
    assert question["thing"] == "link “Locked out” → “Use of the garden”"
    assert question["mine"].startswith("cites “The gate is locked")
    assert question["theirs"].startswith("cites “Rain keeps me away.”")
    joined(garden.project, copied, question, answer)
    kept = "gate" if answer == "mine" else "rain"
    evidence = found(garden.project, "link_evidence", "coding_id", stance="for")
    assert evidence == [garden.codings[kept]]


def new_link(project: Project, garden: Garden) -> None:
    edits.add_link(project, "Lists", "Locked out", "+", evidence=[garden.codings["tools"]])


def new_finding(project: Project, garden: Garden) -> None:
    finding = edits.add_finding(project, "Tools are late")
    edits.cite_for_finding(project, finding, [garden.codings["tools"]])


def new_statement(project: Project, garden: Garden) -> None:
    edits.write_statement(project, BO, "2.2", "Late.", evidence=[garden.codings["tools"]])


@SIDES
@pytest.mark.parametrize(
    ("build", "table"),
    [(new_link, "link"), (new_finding, "finding"), (new_statement, "statement")],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_rests_on_a_coding_that_was_withdrawn_goes_too_or_the_coding_stays(
    garden, copied, build: Callable[[Project, Garden], None], table, answer, turned
):
    here, there = (copied, garden.project) if turned else (garden.project, copied)
    edits.withdraw_coding(here, garden.codings["tools"])
    build(there, garden)
    before = len(live(here)[table])
    question = asked(here, there)
    assert question["mine"] == "not there"
    assert "cites “Tools are lent and come back late.” (“Tools”)" in question["theirs"]
    joined(here, there, question, answer)
    stays = answer == "theirs"
    assert len(live(here)[table]) == before + stays
    assert (garden.codings["tools"] in found(here, "coding", "id")) == stays


@SIDES
@pytest.mark.parametrize("later", ["cite", "change"])
def test_what_was_left_out_and_is_worked_on_there_is_asked_about_anew(
    garden, copied, answer, later
):
    edits.withdraw_coding(garden.project, garden.codings["tools"])
    new_link(copied, garden)
    edits.merge(garden.project, copied, MINE)
    (link,) = [i["id"] for i in live(copied)["link"] if i["sign"] == "+"]
    if later == "cite":
        edits.cite_for_link(copied, link, [garden.codings["rain"]])
    else:
        edits.change_link(copied, link, sign="~")
    (question,) = merging.preview(garden.project, copied).questions
    assert question["about"] == "withdrawn on one side, changed or used on the other"
    assert (question["thing"], question["mine"]) == ("link “Lists” → “Locked out”", "withdrawn")
    before = live(garden.project)
    edits.merge(garden.project, copied, Choices(prefer=answer))
    cited = {garden.codings["tools"]} | ({garden.codings["rain"]} if later == "cite" else set())
    evidence = found(garden.project, "link_evidence", "coding_id", link_id=link)
    assert set(evidence) == (cited if answer == "theirs" else set())
    assert (link in found(garden.project, "link", "id")) == (answer == "theirs")
    assert [f.sentence() for f in garden.project.check()] == []
    if answer == "mine":
        assert live(garden.project) == before
    garden.project.undo()
    assert live(garden.project) == before


@SIDES
def test_codings_that_were_withdrawn_one_on_each_side_are_asked_about(garden, copied, answer):
    edits.withdraw_coding(garden.project, garden.codings["rain"])
    edits.withdraw_coding(copied, garden.codings["gate"])
    report = merging.preview(garden.project, copied)
    assert {q["thing"].partition(" ")[0] for q in report.questions} == {"link", "statement"}
    edits.merge(garden.project, copied, Choices(prefer=answer))
    kept = {garden.codings["gate" if answer == "mine" else "rain"]}
    both = {garden.codings["rain"], garden.codings["gate"]}
    assert both & set(found(garden.project, "coding", "id")) == kept


@SIDES
def test_levels_that_do_not_fit_the_edges_of_the_other_side_are_asked(garden, copied, answer):
    edits.change_node(garden.project, "Lists", level=4)
    edits.connect(copied, "Lists", "Weather and locks")
    edits.rename_node(copied, "Lists", "Lists on sheds")
    question = asked(garden.project, copied)
    assert question["thing"] == "ladder “findings”"
    assert question["mine"] == "“Lists”: level 4"
    assert question["theirs"].splitlines() == [
        "“Lists” stands under “Weather and locks”",
        "“Lists on sheds”: level 2",
    ]
    joined(garden.project, copied, question, answer)
    label = found(garden.project, "node", "level", label="Lists on sheds")
    assert label == ["4" if answer == "mine" else "2"]


@SIDES
def test_names_of_types_that_were_given_twice_are_asked(garden, copied, answer):
    types = {"Often here": {"often": "yes"}, "Rare": {"often": "no"}}
    edits.change_typology(garden.project, "ways", types=types, renamed={"Regular": "Often here"})
    more = {"Regular": {"often": "yes"}, "Rare": {"often": "no"}}
    edits.change_typology(copied, "ways", types={**more, "Often here": {"often": "yes"}})
    edits.place_case(copied, "ways", ANNA, "Often here")
    question = asked(garden.project, copied)
    assert question["thing"] == "typology “ways”"
    assert "type “Often here”: often = yes" in question["mine"].splitlines()
    assert f"“{ANNA}” stands in “Often here”" in question["theirs"].splitlines()
    joined(garden.project, copied, question, answer)
    names = found(garden.project, "case_type", "name")
    assert names == (["Often here", "Rare"] + ["Regular"] * (answer == "theirs"))
    assert len(live(garden.project)["placement"]) == 1 + (answer == "theirs")


@SIDES
@pytest.mark.parametrize("both", [False, True])
def test_a_version_that_was_released_with_two_contents_is_asked(garden, copied, answer, both):
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge(copied, garden.project)
    for project in (garden.project, copied):
        edits.change_code(project, "garden@2", "2.2", definition=f"As {project.who} says.")
    edits.add_code(garden.project, "garden@2", "Beds", category="Sharing", definition="Earth.")
    edits.code_quote(garden.project, "gardener", "The quiet.", "Beds", framework="garden@2")
    edits.release(copied, "garden@2")
    if both:
        edits.release(garden.project, "garden@2")
    question = asked(garden.project, copied)
    assert question["thing"] == "framework version “garden@2”"
    if both and answer == "theirs":
        assert question["choices"] == "mine"
        before = live(garden.project)
        with pytest.raises(Unanswered):
            edits.merge(garden.project, copied, THEIRS)
        with pytest.raises(BadValue, match="mine"):
            joined(garden.project, copied, question, answer)
        assert live(garden.project) == before
        return
    assert question["choices"] == ("mine" if both else "mine or theirs")
    assert "“2.2 Tools”: As anna says." in question["mine"].splitlines()
    assert "“garden@2”: released" in question["theirs"].splitlines()
    joined(garden.project, copied, question, answer)
    (version,) = [v for v in live(garden.project)["framework_version"] if v["version"] == "2"]
    mine = answer == "mine"
    assert version["state"] == ("draft" if mine and not both else "released")
    said = "As anna says." if mine else "As bo says."
    assert said in found(garden.project, "code_version", "definition")
    assert ("The quiet." in found(garden.project, "coding", "quote")) == mine


CHANGES = {
    "move a category": lambda p: edits.move_category(p, "garden@2", "Sharing", place=1),
    "move a code": lambda p: edits.move_code(p, "garden@2", "2.2", place=1),
    "change a code": lambda p: edits.change_code(p, "garden@2", "2.2", definition="So."),
    "add a code": lambda p: edits.add_code(
        p, "garden@2", "Beds", category="Sharing", definition="Earth."
    ),
}


def in_words(project: Project) -> list[tuple[object, ...]]:
    version = views.framework(project, "garden@2")
    return [(c.name, c.definition, c.category_id) for c in version.codes]


@pytest.mark.parametrize("change", CHANGES)
def test_a_draft_that_was_changed_there_after_it_was_released_here_is_told(garden, copied, change):
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge(copied, garden.project)
    CHANGES[change](garden.project)
    edits.release(copied, "garden@2")
    question = asked(copied, garden.project)
    assert question["thing"] == "framework version “garden@2”"
    assert question["about"].startswith("released here, so that it never changes")
    assert question["choices"] == "mine"
    before = in_words(copied)
    joined(copied, garden.project, question, "mine")
    assert in_words(copied) == before


@SIDES
@pytest.mark.parametrize("change", CHANGES)
def test_a_draft_that_was_changed_here_after_it_was_released_there_is_asked(
    garden, copied, change, answer
):
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge(copied, garden.project)
    CHANGES[change](garden.project)
    edits.release(copied, "garden@2")
    wanted = in_words(garden.project if answer == "mine" else copied)
    question = asked(garden.project, copied)
    assert question["choices"] == "mine or theirs"
    joined(garden.project, copied, question, answer)
    assert in_words(garden.project) == wanted
    state = "draft" if answer == "mine" else "released"
    assert views.framework(garden.project, "garden@2").state == state


@SIDES
def test_a_value_that_was_taken_out_and_given_anew_here_and_changed_there_is_asked(
    garden, copied, answer
):
    edits.set_attribute(garden.project, "gardener", "plot", "")
    edits.set_attribute(garden.project, "gardener", "plot", "1")
    edits.set_attribute(copied, "gardener", "plot", "2")
    report = merging.preview(garden.project, copied, THEIRS)
    assert report.questions
    edits.merge(garden.project, copied, Choices(prefer=answer))
    values = found(garden.project, "attribute_value", "value")
    assert values == ["1" if answer == "mine" else "2", "3", "yes"]
    assert not [f for f in garden.project.check() if f.severity == "broken"]


@SIDES
def test_a_verbatim_that_was_changed_here_and_cited_anew_there_is_asked(garden, copied, answer):
    statement = garden.statements["rain"]
    edits.change_statement(garden.project, statement, text="Rain keeps")
    edits.change_statement(
        copied, statement, text="The gate is locked", evidence=[garden.codings["gate"]]
    )
    questions = merging.preview(garden.project, copied).questions
    assert questions
    edits.merge(garden.project, copied, Choices(prefer=answer))
    said = "Rain keeps" if answer == "mine" else "The gate is locked"
    assert found(garden.project, "statement", "text", id=statement) == [said]
    assert not [f for f in garden.project.check() if f.severity == "broken"]


# --- the other copy is read whole ----------------------------------------------------------

UNREAD = {
    "act_made": "how many rows each act made, which the rows say themselves",
    "act_report": "reports of imports, which stay with the copy in which they were made",
    "act_seal": "the seals of the other history, of which the acts are kept and not their rows",
    "anchor": "the last seal of the other history",
    "current_act": "the switch of the triggers",
    "delivery": "what browsers delivered there",
}
"""Tables of the other copy that a merge leaves, and what is in them."""


def test_a_merge_reads_every_table_of_the_other_copy_but_those_that_are_told(garden, copied):
    edits.add_cases(copied, {"Kari": {}})
    said: list[str] = []
    with copied.reading() as connection:
        engine = connection.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    edits.merge(garden.project, copied)
    read = {t for t in schema.metadata.tables if any(_reads(s, t) for s in said)}
    assert set(schema.metadata.tables) - read == set(UNREAD)
    assert not [s for s in said if s.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]


def _reads(statement: str, table: str) -> bool:
    return re.search(rf'FROM "?{table}"?(\s|$|,)', statement) is not None


def test_every_row_of_the_other_copy_comes_with_all_it_says(tmp_path: Path):
    with create(tmp_path / "mine.fwb", who="anna") as mine:
        edits.change_setting(mine, "title", "Begun")
        with builders.twin(mine, tmp_path / "theirs.fwb") as theirs:
            more(builders.fill(theirs))
            edits.merge(mine, theirs)
            here, there = live(mine), live(theirs)
            empty = {table for table, rows in there.items() if not rows}
            assert empty == {"quotation", "tally"}  # they come in by tables only
            apart = ("written_in", "reviewed_in")  # acts, which have other numbers here
            for table, rows in there.items():
                said = [{n: v for n, v in row.items() if n not in apart} for row in rows]
                assert [
                    {n: v for n, v in row.items() if n not in apart} for row in here[table]
                ] == said, table
            assert [bool(c["reviewed_in"]) for c in here["cell"]] == [
                bool(c["reviewed_in"]) for c in there["cell"]
            ]


def more(garden: Garden) -> None:
    """Do what the garden has none of."""
    p, rain = garden.project, garden.codings["rain"]
    edits.begin_draft(p, VERSION, "2")
    edits.change_code(p, "garden@2", "2.2", name="Spades")
    edits.add_framework(p, builders.version(number="3"))
    edits.adopt_steps(p, VERSION, "garden@3")
    edits.plan_round(p, "pilot", ["anna", "bo"], VERSION, share=0.5)
    edits.start_run(p, "talked", VERSION, kind="consensus")
    edits.decide(p, "talked", rain, "kept", "Yes")
    edits.cite_for_finding(p, edits.add_finding(p, "Rain"), [rain])
    edits.verify(p, rain)
    two_versions.written(garden)
    edits.decide_cell(p, two_versions.ROUND, *two_versions.CELL, "A", "Longer.")
    part = {"kind": "set", "guid": "x", "content": b"", "sha256": hashlib.sha256(b"").hexdigest()}
    with p.acting("keep a part") as act:
        records.insert(act, "kept_part", [part])


# --- blind runs ----------------------------------------------------------------------------


def test_a_question_shows_nothing_of_what_another_coded_in_a_blind_run(garden, tmp_path):
    p = garden.project
    edits.add_framework(p, builders.version(number="2"))
    edits.plan_round(p, "pilot", ["anna", "bo"], "garden@2", transcripts=["group"])
    theirs = {"run": "pilot, bo", "coder": "bo"}
    made = edits.code_quote(p, "group", "Rain helps us.", "1.1", **theirs)
    gone = edits.code_quote(p, "group", "It works well.", "2.1", **theirs)
    with builders.twin(p, tmp_path / "theirs.fwb") as other:
        edits.change_coding(p, made.coding_id, code="1.2")
        edits.change_coding(other, made.coding_id, code="2.2")
        edits.withdraw_coding(p, gone.coding_id)
        edits.change_coding(other, gone.coding_id, uncertain=True)
        edits.add_link(other, "Lists", "Locked out", "+", evidence=[gone.coding_id])
        asked = merging.preview(p, other)
        told = str(asked.as_dict()) + str(asked.lines())
        for words in ("Rain helps", "works well", "Barriers", "Tools", "Shared work"):
            assert words not in told
        said = {(q["mine"], q["theirs"]) for q in asked.questions}
        hidden = "a coding in a blind run, not shown"
        assert (hidden, hidden) in said
        p.who = "bo"
        told = str(merging.preview(p, other).questions)
        for words in ("Rain helps", "works well", "Barriers", "Tools"):
            assert words in told


def test_a_question_shows_nothing_of_what_stands_at_a_coding_in_a_blind_run(garden, tmp_path):
    p = garden.project
    edits.add_framework(p, builders.version(number="2"))
    edits.plan_round(p, "pilot", ["anna", "bo"], "garden@2", transcripts=["group"])
    p.who = "bo"
    made = edits.code_quote(p, "group", "Rain helps us.", "1.1", run="pilot, bo", coder="bo")
    memo = edits.add_memo(p, "At first", anchor="coding", anchor_id=made.coding_id)
    edits.verify(p, made.coding_id, note="At first")
    with builders.twin(p, tmp_path / "theirs.fwb") as other:
        for copy, said in ((p, "A wet year"), (other, "A dry year")):
            copy.who = "bo"
            edits.change_memo(copy, memo, text=said)
            edits.verify(copy, made.coding_id, note=said)
        p.who = "anna"
        asked = merging.preview(p, other)
        told = str(asked.as_dict()) + str(asked.lines())
        for words in ("wet year", "dry year", "Rain helps", "Barriers"):
            assert words not in told
        assert [(q["thing"], q["mine"], q["theirs"]) for q in asked.questions] == [
            (hidden, hidden, hidden)
            for hidden in (
                "a memo at a coding in a blind run, not shown",
                "what goes with a coding in a blind run, not shown",
            )
        ]
        p.who = "bo"
        told = str(merging.preview(p, other).questions)
        for words in ("wet year", "dry year"):
            assert words in told


def test_a_question_shows_nothing_of_what_another_writes_in_a_blind_round(garden, tmp_path):
    p = garden.project
    two_versions.plan(p)
    hers = two_versions.write(garden, "anna", "At first", "rain")
    his = two_versions.write(garden, "bo", "At first", "gate")
    with builders.twin(p, tmp_path / "theirs.fwb") as other:
        for copy, said in ((p, "A wet year"), (other, "A dry year")):
            for who, statement in (("anna", hers), ("bo", his)):
                copy.who = who
                edits.change_own_statement(copy, statement, text=f"{said} of {who}")
        hidden = "a statement in an own cell of a blind round, not shown"
        for who, unseen in (("anna", "bo"), ("bo", "anna")):
            p.who = who
            asked = merging.preview(p, other)
            assert sorted((q["mine"], q["theirs"]) for q in asked.questions) == [
                (f"A wet year of {who}", f"A dry year of {who}"),
                (hidden, hidden),
            ]
            assert f"year of {unseen}" not in str(asked.as_dict()) + str(asked.lines())


def test_a_row_of_which_only_the_place_is_known_clashes_with_nothing():
    moved = {"id": "a", "typology_id": "t", "position": 2}
    other = {"id": "b", "typology_id": "t", "name": "Rare", "withdrawn": False, "position": 1}
    assert list(collisions({"case_type": {"a": moved, "b": other}})) == []
    twin = {**other, "id": "c"}
    (trouble,) = collisions({"case_type": {"a": moved, "b": other, "c": twin}})
    assert (trouble.kind, trouble.row_id) == ("typology", "t")


@SIDES
def test_a_shared_database_asks_the_same(garden_on_server, tmp_path, answer):
    here = garden_on_server.project
    edits.begin_draft(here, VERSION, "2")
    edits.change_attribute_type(here, "plot", "text")
    with builders.twin(here, tmp_path / "theirs.fwb") as there:
        for project, kind in ((here, "integer"), (there, "text")):
            edits.change_attribute_type(project, "plot", kind)
            edits.change_code(project, "garden@2", "2.2", definition=f"As {project.who} says.")
        edits.release(there, "garden@2")
        edits.set_attribute(there, "gardener", "plot", "about 12")
        before = live(here)
        assert len(merging.preview(here, there).questions) == 2
        assert live(here) == before
        edits.merge(here, there, Choices(prefer=answer))
        assert here.check() == []
        theirs = answer == "theirs"
        assert ("about 12" in found(here, "attribute_value", "value")) == theirs
        said = "As bo says." if theirs else "As anna says."
        assert said in found(here, "code_version", "definition")
        here.undo()
        assert live(here) == before

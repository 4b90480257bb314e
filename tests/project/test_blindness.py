"""What somebody codes in a blind run of a round shows in no door until the round is open."""

import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import builders
import pytest
import two_versions
from builders import GROUP, Garden
from hypothesis import given
from hypothesis import strategies as st
from trying import often

from workbench.errors import Refused, UnknownName
from workbench.project import (
    case_words,
    cell_page,
    charting_rounds,
    code_list,
    edits,
    finding_page,
    findings,
    interpreting,
    ladder_board,
    link_page,
    mapping,
    migration,
    name_places,
    notes,
    outputs,
    overview,
    progress,
    quotations,
    quoted,
    refi_out,
    removal,
    study_out,
    tidy,
    trace,
    transcript_page,
    verifications,
    views,
)
from workbench.project.blindness import UNTOLD_CHARTING
from workbench.project.opening import Project
from workbench.project.rests_on import rests_on

NEW = "garden@2"
MINE, THEIRS = "pilot, anna", "pilot, bo"

DOORS: MappingProxyType[str, Callable[[Project], object]] = MappingProxyType(
    {
        "codings": lambda p: views.codings(p).to_json(),
        "chart": lambda p: views.chart(p, NEW, values="counts").to_json(),
        "evidence": lambda p: str(views.chart(p, NEW, values="counts").attrs),
        "states": lambda p: views.states(p, NEW).to_json(),
        "frequencies": lambda p: views.frequencies(p, NEW).to_json(),
        "co-occurrence": lambda p: views.co_occurrence(p, NEW).to_json(),
        "transcripts": lambda p: views.transcripts(p).to_json(),
        "coverage": lambda p: [f.to_json() for f in views.coverage(p, NEW).values()],
        "framework nodes": lambda p: views.framework_nodes(p, NEW).to_json(),
        "look again": lambda p: views.look_again(p, NEW).to_json(),
        "carried runs": lambda p: migration.carried_runs(p, NEW),
        "unplaced": lambda p: views.unplaced(p).to_json(),
        "progress": lambda p: progress.by_transcript(p, NEW),
        "list of codes": lambda p: code_list.listed_codes(p, NEW),
        "steps": overview.steps,
        "marks": lambda p: transcript_page.marks(p, "group", [MINE, THEIRS]),
        "visible runs": lambda p: transcript_page.visible_runs(p, NEW),
        "quotations": lambda p: quotations.quotations(p).to_json(),
        "tidy tables": lambda p: {n: f.to_json() for n, f in tidy.tables(p).items() if n != "runs"},
        "rounds": lambda p: views.rounds(p).to_json(),
        "runs": lambda p: views.runs(p).to_json(),
        "contents": overview.contents,
        "findings": lambda p: findings.findings(p).to_json(),
        "finding evidence": lambda p: findings.finding_evidence(p).to_json(),
        "a finding": lambda p: finding_page.finding(p, findings.findings(p)["finding_id"][0]),
        "links": lambda p: interpreting.links(p).to_json(),
        "network": lambda p: [f.to_json() for f in interpreting.frames_of_network(p)],
        "a link": lambda p: link_page.links_of_pair(p, *_ends(p)),
        "ladder": lambda p: mapping.ladder_tables(p).to_json(),
        "support": lambda p: mapping.ladder_support(p).to_json(),
        "board": lambda p: ladder_board.board(p, "findings"),
        "words below": lambda p: ladder_board.said_below(p, "findings", "Locked out"),
        "verifications": lambda p: verifications.verification_list(p).to_json(),
        "a cell": lambda p: _unmoved(cell_page.cell_page(p, NEW, "gardener", "1.2")),
        "statements": lambda p: views.statements(p, NEW).to_json(),
        "trace of a link": lambda p: _said(trace.trace(p, _link(p))),
        "trace of a finding": lambda p: _said(trace.trace(p, "Rain keeps people out")),
        "trace of a theme": lambda p: _said(trace.trace(p, "Access")),
        "trace of a cell": lambda p: _said(trace.trace(p, "gardener × 1.2", framework=NEW)),
        "memos": lambda p: [m["text"] for m in notes.memos(p)],
    }
)


def _link(project: Project) -> str:
    ((link,),) = builders.rows(project, "link", "id")
    return str(link)


def _ends(project: Project) -> tuple[str, str]:
    ends = link_page.ends_of(project, _link(project))
    assert ends is not None
    return ends


def _unmoved(page: cell_page.CellPage) -> object:
    """Return a cell without when its statements were last worked at."""
    return page._replace(
        row_version=0,
        statements=tuple(s._replace(who="", at="", row_version=0) for s in page.statements),
    )


def _said(step: trace.Step) -> list[tuple[str, str, str]]:
    return [(one.what, one.id, one.text) for one in step.walk()]


def _document(project: Project) -> list[str]:
    """Return the parts of the report of the whole analysis, without times and numbers of acts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "analysis.docx"
        outputs.export(project, path, what="analysis", framework=builders.VERSION)
        with zipfile.ZipFile(path) as file:
            text = file.read("word/document.xml").decode()
            return [re.sub(r"<w:t[^>]*>(20\d\d-[^<]*Z|\d+|[0-9a-f-]{36})</w:t>", "", text)]


@pytest.fixture
def blind(garden: Garden) -> Garden:
    """The garden with a blind round under a version that has no other run."""
    p = garden.project
    edits.add_framework(p, builders.version(number="2"))
    edits.plan_round(p, "pilot", ["anna", "bo"], NEW, transcripts=["group", "gardener"])
    edits.code_quote(p, "gardener", "Rain keeps me away.", "1.2", run=MINE)
    return garden


def seen(project: Project) -> dict[str, str]:
    return {name: str(door(project)) for name, door in DOORS.items()}


STAYING = frozenset({"support", "ladder", "board", "words below", "trace of a theme"}) | {
    "co-occurrence",
    "unplaced",
    "look again",
    "carried runs",
    "coverage",
}
"""Doors that need not change when the round opens: nothing that they show need rest on it."""


def cite(garden: Garden, data: st.DataObject, made: list[str], statement: str) -> None:
    """Let Bo cite codings of his own, the last also in a cell, for what is there already."""
    p, shut = (
        garden.project,
        data.draw(st.lists(st.sampled_from(made[-2:]), min_size=1, unique=True)),
    )
    p.who = "bo"
    edits.change_statement(p, statement, evidence=made[-1:])
    edits.cite_for_link(p, garden.link, against=shut)
    edits.cite_for_finding(p, "Rain keeps people out", shut, note="It rains.")
    edits.quote_in_report(p, shut[0], number=1, report="Out", node="Locked out")
    edits.verify(p, shut[0], finding="Rain keeps people out")
    edits.add_memo(p, "A word of it.", anchor="coding", anchor_id=shut[0])
    p.who = "anna"


@often(5)
@given(data=st.data())
def test_what_another_codes_in_a_blind_round_changes_nothing_that_i_see(data, tmp_path_factory):
    garden = builders.copy(tmp_path_factory.mktemp("blind") / "garden.fwb")
    with garden.project as p:
        edits.add_framework(p, builders.version(number="2"))
        builders.bring(p, ("third", "I: Why?\nP1: Rain it is.\n"))
        edits.plan_round(p, "pilot", ["anna", "bo"], NEW, share=1)
        mine = edits.code_quote(p, "gardener", "Rain keeps me away.", "1.2", run=MINE).coding_id
        said = {"framework": NEW, "evidence": [mine]}
        written = edits.write_statement(p, "gardener", "1.2", "Rain matters.", **said)
        edits.add_finding(p, "Rain keeps people out", node="Locked out")
        edits.cite_for_finding(p, "Rain keeps people out", [garden.codings["rain"]])
        before = seen(p)
        stop, theirs = st.integers(1, len(GROUP)), {"run": THEIRS, "coder": "bo"}
        codes = st.sampled_from(["1.1", "1.2", "2.1", "2.2"])
        wanted = data.draw(st.sets(st.tuples(stop, codes), min_size=1, max_size=6))
        made = [
            edits.code(p, "group", 0, end, code, **theirs).coding_id for end, code in sorted(wanted)
        ]
        made += [edits.code_quote(p, "third", "Rain it is.", "1.1", **theirs).coding_id]
        made += [edits.code_quote(p, "gardener", "nobody has a key", "1.2", **theirs).coding_id]
        assert seen(p) == before
        cite(garden, data, made, written)
        now = seen(p)
        assert {name: now[name] for name in DOORS} == before
        assert not [one for one in made if one in str(p.history())]
        edits.finish(p, THEIRS, ["group", "gardener", "third"])
        edits.finish(p, MINE, ["group", "gardener", "third"])
        assert set(made) <= set(views.codings(p)["coding_id"])
        after = seen(p)
        still = {name for name in DOORS if after[name] == before[name]}
        assert still <= STAYING


def test_a_report_quotes_nothing_that_is_shut(blind: Garden):
    p = blind.project
    before = _document(p)
    theirs = edits.code_quote(p, "group", "Rain helps us.", "1.1", run=THEIRS, coder="bo")
    p.who = "bo"
    edits.cite_for_link(p, blind.link, against=[theirs.coding_id])
    edits.quote_in_report(p, theirs.coding_id, number=1, report="Out", node="Locked out")
    said = _document(p)
    p.who = "anna"
    assert _document(p) == before
    assert said != before


def test_the_history_says_nothing_of_what_was_coded_in_a_shut_run(blind: Garden):
    p = blind.project
    made = edits.code_quote(p, "group", "Rain helps us.", "1.1", run=THEIRS, coder="bo")
    edits.change_coding(p, made.coding_id, uncertain=True)
    edits.withdraw_coding(p, made.coding_id)
    assert {a["summary"] for a in p.history(3)} == {"Worked in a blind run"}
    assert p.history(4)[3]["summary"] == "Coded “Rain keeps me away.” as 1.2"
    p.who = "bo"
    assert p.history(3)[2]["summary"] == "Coded “Rain helps us.” as 1.1"
    assert p.history(4)[3]["summary"] == "Worked in a blind run"


def test_codings_that_are_shut_are_not_counted(blind: Garden):
    p = blind.project
    assert overview.contents(p)["coding"] == 8
    edits.code_quote(p, "group", "Rain helps us.", "1.1", run=THEIRS, coder="bo")
    many = views.runs(p).set_index("run")["codings"]
    assert [many["first"], many[MINE]] == [7, 1]
    assert many.isna().loc[THEIRS]
    assert overview.contents(p)["coding"] == 8
    p.who = "bo"
    assert views.runs(p).set_index("run")["codings"][THEIRS] == 1
    assert overview.contents(p)["coding"] == 8


def test_a_change_of_a_statement_keeps_what_it_cites_and_is_shut(blind: Garden):
    p = blind.project
    mine, theirs = (
        edits.code_quote(p, "gardener", q, "1.2", run=run, coder=who).coding_id
        for q, run, who in (("The gate", MINE, "anna"), ("nobody has a key", THEIRS, "bo"))
    )
    p.who = "bo"
    said = edits.write_statement(
        p, "gardener", "1.2", "Locked out.", framework=NEW, evidence=[theirs]
    )
    p.who = "anna"
    (shown,) = cell_page.cell_page(p, NEW, "gardener", "1.2").statements
    assert shown.evidence == ()
    edits.change_statement(p, said, text="Locks.", evidence=[mine])
    assert cell_page.cell_page(p, NEW, "gardener", "1.2").statements[0].evidence == (mine,)
    held = [e["coding_id"] for e in blind.live()["statement_evidence"] if e["statement_id"] == said]
    assert set(held) == {mine, theirs}


def test_all_codings_of_a_cell_are_those_that_i_may_see(blind: Garden):
    p = blind.project
    edits.code_quote(p, "gardener", "nobody has a key", "1.2", run=THEIRS, coder="bo")
    said = edits.write_statement(p, "gardener", "1.2", "Rain.", framework=NEW, evidence=["all"])
    cited = [e for e in blind.live()["statement_evidence"] if e["statement_id"] == said]
    assert len(cited) == 1
    for run in (MINE, THEIRS):
        edits.finish(p, run, ["group", "gardener"])
    assert views.states(p, NEW).set_index(["case", "code"])["state"]["gardener", "Barriers"] == (
        "stale"
    )


def test_taking_back_what_was_done_in_a_shut_run_does_not_say_what(blind: Garden):
    p = blind.project
    edits.code_quote(p, "group", "Rain helps us.", "1.1", run=THEIRS, coder="bo")
    assert [p.undo(), p.redo()] == ["Worked in a blind run"] * 2
    p.who = "bo"
    assert p.undo() == "Coded “Rain helps us.” as 1.1"


def test_a_coding_in_a_shut_run_is_not_traced(blind: Garden):
    p = blind.project
    made = edits.code_quote(p, "group", "Rain helps us.", "1.1", run=THEIRS, coder="bo")
    with pytest.raises(UnknownName):
        trace.trace(p, made.coding_id)
    p.who = "bo"
    assert trace.trace(p, made.coding_id).text == "Rain helps us."


def test_a_file_of_another_tool_goes_out_without_shut_runs_and_says_so(blind: Garden, tmp_path):
    p = blind.project
    edits.code_quote(p, "group", "Rain helps us.", "1.1", run=THEIRS, coder="bo")
    report = refi_out.export(p, tmp_path / "out.qdpx", framework=NEW)
    told = [(o.count, o.why) for o in report.left_out if o.what == "runs"]
    assert (1, "they are blind and somebody else's") in told
    with zipfile.ZipFile(tmp_path / "out.qdpx") as file:
        assert THEIRS not in str([file.read(n) for n in file.namelist()])
    with pytest.raises(Refused, match="“pilot, bo” is blind and somebody else's"):
        refi_out.export(p, tmp_path / "two.qdpx", framework=NEW, runs=[THEIRS])
    edits.start_run(p, "talked", NEW, kind="consensus")
    refi_out.export(p, tmp_path / "three.qdpx", framework=NEW, runs=[THEIRS])


def test_a_study_goes_out_without_shut_runs_and_says_so(blind: Garden, tmp_path: Path):
    p = blind.project
    edits.code_quote(p, "group", "Rain helps us.", "1.1", run=THEIRS, coder="bo")
    report = study_out.export(p, tmp_path / "out")
    told = [(o.count, o.why, o.where) for o in report.left_out if o.what == "runs"]
    assert told == [(1, "they are blind and somebody else's", (THEIRS,))]
    assert THEIRS not in "".join(f.read_text() for f in (tmp_path / "out").glob("*.csv"))
    assert THEIRS not in (tmp_path / "out" / "study.yaml").read_text()


def test_the_check_and_a_merge_look_at_all_runs(blind: Garden, tmp_path: Path):
    p = blind.project
    made = edits.code_quote(p, "group", "Rain helps us.", "1.1", run=THEIRS, coder="bo")
    assert p.check() == []
    with builders.twin(p, tmp_path / "twin.fwb", who="bo") as other:
        again = edits.code_quote(other, "group", "It works well.", "2.1", run=THEIRS, coder="bo")
        edits.merge(p, other)
    ids = {c["id"] for c in blind.live()["coding"]}
    assert {made.coding_id, again.coding_id} <= ids
    assert again.coding_id not in set(views.codings(p)["coding_id"])
    assert p.history(1)[0]["summary"] == "Worked in a blind run"
    assert "It works well" not in json.dumps(p.history())
    assert again.coding_id not in quoted.codings_saying(p, "works well")


def test_words_of_a_case_do_not_show_shut_codings(blind: Garden):
    p = blind.project
    made = edits.code_quote(p, "group", "Rain helps us.", "1.1", run=THEIRS, coder="bo")
    shown = case_words.case_words(p, NEW, builders.ANNA, "1.1")
    assert shown is not None
    assert shown.transcript == "group"
    assert made.coding_id not in str(shown)


def test_what_waits_for_a_place_in_a_corrected_text_is_shut_too(blind: Garden):
    p = blind.project
    edits.code_quote(p, "gardener", "nobody has a key", "1.2", run=THEIRS, coder="bo")
    text = builders.GARDENER.replace("nobody has a key", "there is no key")
    edits.correct_transcript(p, "gardener", builders.incoming("gardener", text))
    assert THEIRS not in set(views.unplaced(p)["run"])
    p.who = "bo"
    assert THEIRS in set(views.unplaced(p)["run"])


def test_what_was_carried_from_a_shut_run_is_asked_of_its_coder_alone(blind: Garden):
    p = blind.project
    edits.code_quote(p, "group", "Rain helps us.", "1.2", run=THEIRS, coder="bo")
    edits.code_quote(p, "group", "It works well.", "2.2", run=THEIRS, coder="bo")
    edits.begin_draft(p, NEW, "3")
    edits.split_code(p, "garden@3", "Barriers", ["Weather", "Locks"])
    edits.change_code(p, "garden@3", "Tools", definition="Lent ones.")
    edits.migrate(p, THEIRS, "garden@3", name="later")
    with pytest.raises(Refused, match="“later” is blind and somebody else's"):
        views.questions(p, "later")
    assert migration.carried_runs(p, "garden@3") == {}
    assert len(views.look_again(p, "garden@3")) == 0
    p.who = "bo"
    assert views.questions(p, "later")["quote"].tolist() == ["Rain helps us."]
    assert migration.carried_runs(p, "garden@3") == {"later": 1}
    assert views.look_again(p, "garden@3")["quote"].tolist() == ["It works well."]


def test_the_check_sees_what_came_to_a_marked_cell_in_a_shut_run(blind: Garden):
    p = blind.project
    edits.mark_cell(p, builders.ANNA, "1.1", "nothing said", framework=NEW)
    edits.code_quote(p, "group", "Rain helps us.", "1.1", run=THEIRS, coder="bo")
    assert [f.problem for f in p.check()] == [
        "is marked “nothing said” and codings came to it since"
    ]


def test_the_own_blind_run_goes_out_in_a_study_of_any_team(blind: Garden, tmp_path):
    p = blind.project
    edits.code_quote(p, "group", "Rain helps us.", "1.1", run=THEIRS, coder="bo")
    p.who = "bo"
    report = study_out.export(p, tmp_path / "out")
    assert [o.where for o in report.left_out if o.what == "runs"] == [(MINE,)]
    assert not [o for o in report.left_out if o.what == "codings"]


# --- charting by two -----------------------------------------------------------------

OF_BO = "Otto has the key"
CHARTING_DOORS: MappingProxyType[str, Callable[[Project, Path], object]] = MappingProxyType(
    {
        **{name: lambda p, _, door=door: door(p) for name, door in DOORS.items()},
        "chart of statements": lambda p, _: views.chart(p, builders.VERSION).to_json(),
        "statements": lambda p, _: views.statements(p, builders.VERSION).to_json(),
        "charting rounds": lambda p, _: views.charting_rounds(p).to_json(),
        "charting differences": lambda p, _: views.charting_differences(p, "double").to_json(),
        "cells of two": lambda p, _: charting_rounds.cells_of_two(p, "double"),
        "statements of two": lambda p, _: charting_rounds.statements_of_two(
            p, "double", *two_versions.CELL
        ),
        "what rests on words": lambda p, _: [rests_on(p, i) for i in _ids_of_codings(p)],
        "names in what was written": lambda p, _: _written(p),
        "what would stay": lambda p, _: _staying(p),
        "history": lambda p, _: sorted({a["summary"] for a in p.history()} - {UNTOLD_CHARTING}),
        "study": lambda p, folder: _study(p, folder / "study"),
        "other tools": lambda p, folder: _refi(p, folder / "out.qdpx"),
    }
)


def _ids_of_codings(p: Project) -> list[str]:
    return sorted(views.codings(p, builders.VERSION)["coding_id"])


def _written(p: Project) -> list[str]:
    with p.reading() as connection:
        return [held.text for held in name_places.written(connection)]


def _staying(p: Project) -> list[tuple[str, str]]:
    with p.reading() as connection:
        left = removal.going(connection, ["key"]).left
    return [(hit.before, hit.after) for hit in left if hit.of != "own statement"] + [
        (hit.before, hit.after) for hit in left if hit.of == "own statement" and hit.before
    ]


def _study(p: Project, folder: Path) -> list[object]:
    report = study_out.export(p, folder)
    shutil.rmtree(folder)
    return [(o.what, o.count, o.why) for o in report.left_out]


def _refi(p: Project, file: Path) -> list[object]:
    report = refi_out.export(p, file, framework=builders.VERSION)
    return [(o.what, o.count, o.why) for o in report.left_out]


def test_what_another_charts_in_a_blind_round_changes_nothing_that_i_see(garden, tmp_path):
    p = garden.project
    edits.add_framework(p, builders.version(number="2"))
    edits.add_finding(p, "Rain keeps people out", node="Locked out")
    edits.cite_for_finding(p, "Rain keeps people out", [garden.codings["rain"]])
    two_versions.plan(p)
    two_versions.write(garden, "anna", two_versions.LOCKED, "rain")
    two_versions.finish(garden, "anna", *two_versions.CELL)
    edits.change_setting(p, "title", "Another garden")
    doors = {name: str(door(p, tmp_path)) for name, door in CHARTING_DOORS.items()}
    made = two_versions.write(garden, "bo", OF_BO, "gate")
    two_versions.write(garden, "bo", "He sighs.", kind="comment")
    for name, door in CHARTING_DOORS.items():
        said = str(door(p, tmp_path))
        assert OF_BO not in said, name
        assert made not in said, name
        assert said == doors[name], name
    assert [a["summary"] for a in p.history(2)] == [UNTOLD_CHARTING] * 2
    assert p.undo() == UNTOLD_CHARTING
    p.who = "bo"
    assert OF_BO in str(charting_rounds.cells_of_two(p, "double"))
    assert OF_BO in str(p.history())
    p.who = "anna"
    for who in ("anna", "bo"):
        two_versions.finish(garden, who)
    open_now = {name: str(door(p, tmp_path)) for name, door in CHARTING_DOORS.items()}
    told = {name for name, said in open_now.items() if OF_BO in said}
    assert told == {
        "charting differences",
        "cells of two",
        "statements of two",
        "what rests on words",
        "names in what was written",
        "history",
    }

"""What the floors below say is said in Norwegian on a Norwegian page, whatever its names are."""

import json
import re
from pathlib import Path

import builders
import pytest
from builders import ANNA, BO, VERSION
from hypothesis import example, given
from hypothesis import strategies as st
from parts_given import parts
from streamlit.testing.v1 import AppTest
from trying import some

import workbench
from workbench import errors
from workbench.errors import WorkbenchError
from workbench.model.report import ImportReport, counted
from workbench.project import edits, views
from workbench.ui import sentences, words
from workbench.ui.sentences import in_language

ENGLISH = re.compile(
    r"\b(the|is|are|was|not|and|this|that|which|with|has|have|cannot|give|name|there|of|to)\b", re.I
)
QUOTED = re.compile(r"[“«][^”»]*[”»]|'[^']*'|\([^)]*\)|/\S+|\b\w+@\d\b")


@pytest.fixture
def garden(tmp_path):
    made = builders.build(tmp_path / "garden.fwb")
    yield made
    made.project.close()


def in_norwegian(text: str) -> str:
    """Return the Norwegian of a sentence, all of which must have been recognised."""
    said = sentences.read("nb", text)
    assert said is not None, text
    assert not said.unsaid, (text, said)
    assert not ENGLISH.search(QUOTED.sub("", said.text)), (text, said)
    return said.text


# --- single sentences, by hand ------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "norwegian"),
    [
        (
            "There is no code “Acess” in this project. Did you mean “Access” or “Axes”?",
            "Det finnes ikke noe som heter «Acess» (kode) i dette prosjektet. "
            "Mente du “Access” eller “Axes”?",
        ),
        (
            "/a/b c.csv: line 3: the columns of codings lack “code”. Columns here: code, node.",
            "/a/b c.csv: linje 3: kolonnene i kodinger mangler “code”. Kolonner her: code, node.",
        ),
        (
            "The attribute “plot” of “group: Bo” cannot be 'four'; give a number.",
            "Egenskapen «plot» ved «group: Bo» kan ikke være 'four'; oppgi et tall.",
        ),
        (
            "“Started the run “first”” cannot be undone: a coding of later rests on its run. "
            "Undo the later act first.",
            "«Begynte gjennomgangen «first»» kan ikke angres: noe senere (koding) bygger på dette "
            "(gjennomgang). Angre den senere handlingen først.",
        ),
        ("Added 1 case", "La til 1 kasus"),
        ("Finished 1,200 transcripts in 1 run", "Avsluttet 1,200 intervjutekster i 1 gjennomgang"),
        (
            "1 coding it was written from is gone; 2 new codings since",
            "1 koding den ble skrevet ut fra, er borte; 2 nye kodinger siden da",
        ),
        ("Set 3 values, added 1 case", "Satte 3 verdier, la til 1 kasus"),
        (
            "the name ends in .txt, but the content is a PDF",
            "navnet slutter på .txt, men innholdet er en PDF",
        ),
    ],
)
def test_a_sentence_is_said_with_its_parts(english, norwegian):
    assert in_language("nb", english) == norwegian
    assert in_language("en", english) == english


def test_what_users_wrote_is_not_translated():
    said = in_language("nb", "There is no case “code” in this project. Did you mean “coding”?")
    assert "«code»" in said
    assert "«coding»" in said
    assert in_language("nb", "Coded “the case” as code") == "Kodet «the case» som code"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nobody here says so.",
        "database disk image is malformed",
        "{0} {name} %s",
        "The odd thing",
    ],
)
def test_what_is_not_known_stays_as_it_came(text):
    assert in_language("nb", text) == text


def test_a_sentence_that_can_be_read_in_two_ways_stays_as_it_came():
    odd = "“a” is not in “b” is not in “c”. Nothing like it is there; check the transcript."
    assert in_language("nb", odd) == odd


NAMES = st.text(st.sampled_from("ab {}“”«»'\"\\.?*+()[]|^$%\n:;,×æ")) | st.text()
"""Names as odd as they come."""


@given(name=NAMES, other=NAMES)
@example(name="The ", other="")
@example(name="The garden interview.txt", other="")
def test_names_are_literally_in_what_is_said(name, other):
    refused = (
        errors.UnknownName("code", name),
        errors.AmbiguousName("case", name, [other]),
        errors.BadValue("The name of a case", name, "a name"),
        errors.Refused(f"There is a case called “{name}” already. Choose another name."),
        errors.UndoBlocked(f"Renamed “{name}” to “{other}”", "it was changed after it"),
        errors.MissingFile(name),
    )
    for error in refused:
        said = in_language("nb", str(error))
        assert (repr(name) if name and isinstance(error, errors.BadValue) else name) in said
    assert other in in_language("nb", f"Linked “{name}” to “{other}” (+)")


# --- the public doors with wrong input ----------------------------------------------------

WRONG = {
    "unknown code": lambda p, g: edits.code(p, "group", 0, 4, "Tulips"),
    "unknown transcript": lambda p, g: edits.code(p, "nowhere", 0, 4, "Tools"),
    "outside the text": lambda p, g: edits.code(p, "group", 4, 99999, "Tools"),
    "quote not found": lambda p, g: edits.code_quote(p, "group", "zebras in the sky", "Tools"),
    "quote nearly found": lambda p, g: edits.code_quote(p, "gardener", "The gat is", "Tools"),
    "quote not unique": lambda p, g: edits.code_quote(p, "group", "the", "Tools"),
    "coded already": lambda p, g: [edits.code(p, "group", 0, 4, "Tools") for _ in "ab"],
    "unknown framework": lambda p, g: edits.start_run(p, "x", "nowhere@7"),
    "run of that name": lambda p, g: edits.start_run(p, "first", VERSION),
    "empty name": lambda p, g: edits.rename_case(p, BO, "  "),
    "case of that name": lambda p, g: edits.rename_case(p, BO, ANNA),
    "unknown case": lambda p, g: edits.rename_case(p, "Nobody", "x"),
    "case in use": lambda p, g: edits.withdraw_case(p, ANNA),
    "bad attribute": lambda p, g: edits.set_attribute(p, BO, "plot", "many"),
    "bad type": lambda p, g: edits.change_attribute_type(p, "plot", "colour"),
    "unknown attribute": lambda p, g: edits.rename_attribute(p, "shoe", "boot"),
    "released": lambda p, g: edits.add_code(p, VERSION, "Beds", category="Sharing"),
    "released twice": lambda p, g: edits.release(p, VERSION),
    "framework there": lambda p, g: edits.begin_framework(p, VERSION.split("@")[0]),
    "draft there": lambda p, g: edits.begin_draft(p, VERSION, "1"),
    "odd version": lambda p, g: edits.begin_draft(p, VERSION, "a b"),
    "statement without words": lambda p, g: edits.write_statement(p, ANNA, "1.1", " "),
    "statement without codings": lambda p, g: edits.write_statement(p, BO, "1.2", "Rain."),
    "odd verbatim": lambda p, g: edits.write_statement(
        p, ANNA, "1.1", "never said", kind="verbatim"
    ),
    "marked though charted": lambda p, g: edits.mark_cell(p, ANNA, "1.1", "not asked"),
    "odd mark": lambda p, g: edits.mark_cell(p, BO, "1.2", "maybe"),
    "nothing to review": lambda p, g: edits.review_cell(p, BO, "1.2"),
    "ladder there": lambda p, g: edits.add_ladder(p, "findings"),
    "odd ladder": lambda p, g: edits.add_ladder(p, "x", template="grounded"),
    "odd level": lambda p, g: edits.add_node(p, "Help", 9, ladder="findings"),
    "unknown node": lambda p, g: edits.rename_node(p, "Nothing", "x"),
    "ladder in use": lambda p, g: edits.withdraw_ladder(p, "findings"),
    "node in use": lambda p, g: edits.withdraw_node(p, "Locked out"),
    "loop": lambda p, g: edits.add_link(p, "Lists", "Lists", "+", basis=["authors"]),
    "link without words": lambda p, g: edits.add_link(p, "Lists", "Access", "+"),
    "odd sign": lambda p, g: edits.add_link(p, "Lists", "Access", "++", basis=["authors"]),
    "odd basis": lambda p, g: edits.add_link(p, "Lists", "Access", "+", basis=["dreams"]),
    "in the team": lambda p, g: [edits.add_person(p, "cato") for _ in "ab"],
    "odd role": lambda p, g: edits.add_person(p, "dag", role="boss"),
    "unknown setting": lambda p, g: edits.change_setting(p, "colour", "blue"),
    "odd outcome": lambda p, g: edits.decide(p, "first", g.codings["tools"], "lost", "why"),
    "empty memo": lambda p, g: edits.add_memo(p, " "),
    "odd anchor": lambda p, g: edits.add_memo(p, "x", anchor="moon", anchor_id="1"),
    "odd minutes": lambda p, g: edits.change_header(p, "group", "duration_minutes", "long"),
    "unknown header": lambda p, g: edits.change_header(p, "group", "weather", "rain"),
    "unknown speaker": lambda p, g: edits.set_speaker_role(p, "group", "Zoe", "participant"),
    "changed meanwhile": lambda p, g: [
        edits.change_coding(p, g.codings["tools"], uncertain=u, row_version=1)
        for u in (True, False)
    ],
    "unknown thing": lambda p, g: p.trace("Martians"),
    "unknown chart": lambda p, g: p.chart("nowhere@3"),
    "search of nothing": lambda p, g: p.search(" "),
    "odd expression": lambda p, g: p.search("(", regex=True),
    "nothing to redo": lambda p, g: p.redo(),
    "undo blocked": lambda p, g: _blocked(p),
    "no such file": lambda p, g: p.import_files("missing.txt"),
}


def _blocked(p):
    edits.start_run(p, "late", VERSION)
    p.who = "bo"
    edits.code(p, "group", 0, 4, "Tools", run="late", coder="bo")
    p.who = "anna"
    p.undo(only_mine=True)


@pytest.mark.parametrize("wrong", some([*WRONG]))
def test_refusals_are_wholly_norwegian(garden, wrong):
    with pytest.raises(WorkbenchError) as refused:
        WRONG[wrong](garden.project, garden)
    in_norwegian(str(refused.value))


FILES = {
    "empty.txt": b"",
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "wrong.docx": b"I: Hello.\nA: Hello.\n",
    "broken.docx": b"PK\x03\x04 and no more",
    "notes.xyz": b"Some words.",
    "cases.csv": b"case,plot\nAnna,3\nAnna,4\n",
    "codings.csv": b"transcript,code\ngroup,Tools\n",
    "cells.csv": b"case,code,mark\nNobody,Tools,not asked\n",
    "odd.csv": b'a,b\n"open,1\n',
    "what.csv": b"shoe,hat\n1,2\n",
    "broken.yaml": b"framework: [a\n",
    "bare.yaml": b"framework: x\n",
    "links.csv": b"source,target,sign\nLists,Nowhere,+\n",
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_cannot_be_brought_in_are_refused_in_norwegian(garden, tmp_path, name):
    (tmp_path / name).write_bytes(FILES[name])
    try:
        report = garden.project.rehearse_import(tmp_path / name)
    except WorkbenchError as refused:
        in_norwegian(str(refused))
    else:
        _in_norwegian(report)


def _in_norwegian(report: ImportReport) -> None:
    told = [
        *(counted(number, what) for what, number in report.counts.items()),
        *(text for o in report.left_out for text in (counted(o.count, o.what), o.why)),
        *(text for g in report.guesses for text in (g.what, g.because, g.confidence) if text),
        *report.notes,
        *report.failed,
    ]
    assert told
    for text in told:
        in_norwegian(text)


def test_reports_of_odd_transcripts_are_norwegian(garden, tmp_path):
    texts = {
        "latin.txt": "I: Går det bra?\nKari: Jo, på en måte.\nI: Ja?\nKari: Ja.\n".encode("cp1252"),
        "bare.txt": b"Only words here.\n\nAnd more of them.\n",
        "zoom.vtt": b"WEBVTT\n\nNOTE odd\n\n1\n00:00:01.000 --> 00:00:02.000\nA: Hello.\n\n"
        b"2\n00:00:00.500 --> 00:00:01.000\nB: There.\n",
        "three.txt": b"I: So?\nA: Yes.\nB: No.\nC: Perhaps.\nI: Why?\nA: So.\nB: Not.\nC: Well.\n",
        "group.txt": b"I: So?\nA: Yes.\n",
    }
    for name, content in texts.items():
        (tmp_path / name).write_bytes(content)
    _in_norwegian(garden.project.import_files(*(tmp_path / name for name in texts)))


def test_the_history_is_norwegian(garden):
    p, g = garden.project, garden
    edits.set_attribute(p, BO, "since", "2001-02-03", kind="date")
    edits.add_person(p, "cato")
    edits.begin_draft(p, VERSION, "2")
    draft = VERSION.split("@")[0] + "@2"
    edits.add_category(p, draft, "Places")
    edits.split_code(p, draft, "Tools", ["Spades", "Rakes"])
    edits.change_coding(p, g.codings["tools"], uncertain=True)
    edits.decide(p, "first", g.codings["rain"], "dropped", "x")
    edits.add_memo(p, "x", title="y")
    edits.withdraw_link(p, g.link)
    p.undo()
    p.redo()
    summaries = [act["summary"] for act in p.history()]
    assert len(summaries) > 20
    for summary in summaries:
        in_norwegian(summary)


def test_differences_between_framework_versions_are_norwegian(garden):
    p = garden.project
    edits.begin_draft(p, VERSION, "2", objective="Another one.")
    edits.split_code(p, "garden@2", "2.2", ["Spades", "Rakes"])
    edits.merge_codes(p, "garden@2", ["1.1", "1.2"], "1.1")
    given = {"use_when": "u", "not_when": "n", "example": "e", "origin": "inductive"}
    edits.change_code(p, "garden@2", "2.1", name="Talking", definition="d", **given)
    edits.move_code(p, "garden@2", "2.1", category="Coming")
    edits.add_category(p, "garden@2", "Places")
    edits.add_code(p, "garden@2", "Sheds", category="Places")
    edits.begin_draft(p, "garden@2", "3")
    edits.retire_code(p, "garden@3", "Sheds")
    edits.retire_category(p, "garden@3", "Places")
    edits.begin_draft(p, VERSION, "4")
    found = [
        views.framework_diff(p, a, b)
        for a, b in ((VERSION, "garden@2"), ("garden@2", "garden@3"), ("garden@3", "garden@4"))
    ]
    assert {kind for diff in found for kind in diff["kind"]} >= {
        *("objective", "split", "merged", "redefined", "renamed", "moved", "added", "retired"),
    }
    for diff in found:
        in_norwegian(diff.attrs["note"])
        for said in diff["difference"]:
            in_norwegian(said)


def test_answers_of_a_migration_are_norwegian(garden):
    p = garden.project
    edits.code_quote(p, "gardener", "nobody has a key", "1.2")
    edits.begin_draft(p, VERSION, "2")
    edits.split_code(p, "garden@2", "1.2", ["Rules", "Weather"])
    edits.migrate(p, VERSION, "garden@2")
    run = views.runs(p).set_index("framework")["run"]["garden@2"]
    one, *others = views.questions(p, run)["coding_id"]
    edits.answer_migration(p, run, [one], "Weather", "It rains.")
    edits.answer_migration(p, run, others, None, "")
    said = [in_norwegian(act["summary"]) for act in p.history(2)]
    assert len(others) == 2
    assert said[0] == "Svarte for garden@2 at 2 kodinger ikke er noe der"
    assert said[1].startswith("Svarte for garden@2 at «")
    assert said[1].endswith("» er Weather: It rains.")


# --- the pages ----------------------------------------------------------------------------


def test_a_page_says_what_goes_wrong_in_its_language(page, study: Path):
    with workbench.open(study, who="ingrid") as project:
        edits.change_setting(project, "title", "New")
    at = page("project", study, view="history")
    at.session_state["language"] = "nb"
    at.run()
    listed = parts(at)["listing_nb"]
    assert listed["rows"][0][3] == "Satte tittel"
    next(b for b in at.button if b.label == "Gjør om igjen mitt siste").click().run()
    assert not at.exception
    assert at.error[0].value.startswith("Det er ingenting å gjøre om igjen")


def test_a_refused_operation_of_the_browser_is_answered_in_its_language(study: Path):
    script = f"""
import streamlit as st
from workbench.ui import outbox, session
session.enter({str(study)!r})
wanted = {{"number": 1, "name": "redo", "project": session.key(), "given": {{}}}}
st.session_state["language"] = "nb"
st.session_state["bus"] = {{"outbox": {{"client": "c", "answered": 0, "operations": [wanted]}}}}
outbox.receive()
st.text(outbox.told()["answers"][0]["says"])
session.close_projects()
"""
    at = AppTest.from_string(script, default_timeout=60).run()
    assert not at.exception
    assert at.text[0].value == (
        "Det er ingenting å gjøre om igjen: den siste handlingen var ikke en angring."
    )


def test_what_is_refused_is_not_said_to_be_stored(study: Path):
    script = f"""
import streamlit as st
from workbench.ui import outbox, session
session.enter({str(study)!r})
project = session.key()
wanted = [
    {{"number": 1, "name": "undo", "project": project, "given": {{}}}},
    {{"number": 2, "name": "nothing of that name", "project": project, "given": {{}}}},
    {{"number": 3, "name": "undo", "project": project, "given": {{}}}},
]
st.session_state["bus"] = {{"outbox": {{"client": "c", "answered": 0, "operations": wanted}}}}
outbox.receive()
st.json([[a["done"] for a in outbox.told()["answers"]], outbox.told()["number"], outbox.stored()])
session.close_projects()
"""
    at = AppTest.from_string(script, default_timeout=60).run()
    assert not at.exception
    done, number, stored = json.loads(at.json[0].value)
    assert (done, number) == ([True, False, True], 3)
    assert stored == {"client": "c", "number": 1}


def test_an_unknown_address_is_told_in_the_language_that_is_chosen(page, study: Path, monkeypatch):
    monkeypatch.setattr(words, "language", lambda: "nb")
    at = page("charting", study, case="Nobody")
    assert at.error[0].value.replace("\\", "") == (
        "Det finnes ikke noe som heter «Nobody» (kasus) i dette prosjektet."
    )

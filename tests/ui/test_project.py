"""The page of the project, and what shows where none is open."""

import json
import re
import shutil
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import workbench
from workbench.errors import ChangedMeanwhile
from workbench.project import backups, case_list, edits, overview, samples, studies, team
from workbench.ui import jobs, session
from workbench.ui.panels.project import grid
from workbench.ui.panels.project.grid import Changes


def part(at, key_part):
    """Return what a part was given, by a word of its component's name and its columns."""
    held = [json.loads(one.proto.json or "{}") for one in at.get("bidi_component")]
    return next(one for one in held if key_part in one.get("label", ""))


def texts(at):
    return " ".join([m.value for m in at.markdown] + [c.value for c in at.caption])


def button(at, label):
    return next(b for b in at.button if b.label == label)


def alone(script_tail, **query):
    at = AppTest.from_string(
        f"from workbench.ui import shell\nshell.run_alone('project', [{script_tail}])",
        default_timeout=60,
    )
    for name, value in query.items():
        at.query_params[name] = value
    return at


# --- without a project ---


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """The page without a project, in a folder of its own; nothing is open in the server."""
    from workbench.ui import session

    monkeypatch.setattr(session, "_OPENED", {})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBENCH_USER", "ingrid")
    at = alone("").run()
    assert not at.exception
    return at


def test_without_a_project_one_is_begun_under_the_name_that_is_typed(nowhere, tmp_path):
    at = nowhere
    at.text_input(key="make place").set_value("my study")
    button(at, "Begin it").click().run()
    assert not at.exception
    assert (tmp_path / "my study.fwb").is_file()
    assert "Nothing is in this project yet" in texts(at)


def test_a_name_that_is_taken_and_a_file_that_is_none_are_told_in_one_sentence(nowhere, tmp_path):
    (tmp_path / "old.fwb").write_text("no database")
    at = nowhere
    at.text_input(key="make place").set_value("old")
    button(at, "Begin it").click().run()
    assert [e.value for e in at.error] != []
    at.text_input(key="open place").set_value("nothing.fwb")
    button(at, "Open it").click().run()
    assert "no such file" in at.error[0].value
    assert at.text_input(key="open place").value == "nothing.fwb"


@pytest.mark.parametrize(
    ("study", "title", "transcripts"),
    [
        ("open-library", "Open without staff", 4),
        ("return-letters", "Return letters (two", 4),
        ("low-value-imaging", "Pictures nobody needed", 27),
    ],
)
def test_each_sample_is_told_built_and_open(nowhere, study, title, transcripts):
    at = nowhere
    assert "Everything in the samples is invented" in texts(at)
    at.button(key=f"sample {study}").click().run()
    assert not at.exception
    (place,) = [p for p in session.opened() if study in p]
    with workbench.open(place) as project:
        assert overview.settings(project)["title"].value.startswith(title)
        assert overview.contents(project)["transcript"] == transcripts
    assert "Everything in the samples" not in texts(at)


def test_what_is_being_built_is_said_as_it_comes(tmp_path):
    said = []
    with workbench.create(tmp_path / "a.fwb", who="ingrid") as project:
        studies.build(project, samples.study("open-library"), at=said.append)
    assert said == [
        "transcripts", "cases", "codings", "statements", "cells", "ladder", "links", "facets",
        "placements", "memos", "readings",
    ]  # fmt: skip


def test_every_sample_is_offered(nowhere):
    offered = [b.key.removeprefix("sample ") for b in nowhere.button if "sample" in str(b.key)]
    assert tuple(offered) == samples.STUDIES
    assert {p.parent.name for p in samples.samples().parent.glob("*/study.yaml")} == set(offered)


def test_files_in_the_folder_are_offered_and_open(nowhere, tmp_path, study):
    study.rename(tmp_path / "here.fwb")
    at = nowhere.run()
    assert any(b.label == "here\\.fwb" for b in at.button)
    next(b for b in at.button if b.label == "here\\.fwb").click().run()
    assert not at.exception
    assert "Familiarisation" in texts(at)


# --- overview ---


def test_the_overview_counts_and_says_what_is_open(page, study):
    at = page("project", study)
    metrics = {m.label: m.value for m in at.metric}
    assert (metrics["transcripts"], metrics["cases"], metrics["codings"]) == ("4", "6", "91")
    said = texts(at)
    assert "21 without a code" in said
    assert "2 indexed\\, not charted" in said


# --- import ---


def looked(at):
    """Run the page until the look, or the import, is over."""
    for _ in range(200):
        if any(b.label in ("Bring in", "Bring more in") for b in at.button):
            return at
        time.sleep(0.05)
        at.run()
    pytest.fail("the import did not come to an end")


def dropped(at, *files):
    sent = [(name, text.encode(), "text/plain") for name, text in files]
    at.file_uploader[0].set_value(sent).run()
    assert not at.exception
    return looked(at)


def test_files_show_their_report_before_anything_is_stored(page, empty):
    at = page("project", empty, view="import")
    dropped(at, ("kari.txt", "I: Well?\nKari: The beans grew.\n"), ("broken.docx", "no"))
    assert any("1 transcript" in s.value for s in at.success)
    assert any("broken" in e.value for e in at.error)
    assert all("/" not in e.value for e in at.error)
    with workbench.open(empty) as project:
        assert project.history() == []
    button(at, "Bring in").click().run()
    looked(at)
    with workbench.open(empty) as project:
        assert overview.contents(project)["transcript"] == 1
    button(at, "Bring more in").click().run()
    assert at.file_uploader


def test_what_is_left_is_not_stored_and_other_options_are_looked_at_anew(page, empty):
    at = page("project", empty, view="import")
    dropped(at, ("talk.txt", "Ola: Well?\nKari: Beans.\nDag: Peas.\n"))
    at.radio(key="import cases").set_value("none").run()
    looked(at)
    assert all("case" not in s.value for s in at.success)
    button(at, "Leave it").click().run()
    assert at.file_uploader
    with workbench.open(empty) as project:
        assert project.history() == []


def test_columns_of_answers_can_be_said_after_the_guess_was_seen(page, empty):
    at = page("project", empty, view="import")
    dropped(at, ("who.csv", "who,town,why\nr1,Vik,I like it.\nr2,Os,My friends are there.\n"))
    assert any("fit no table known here" in e.value for e in at.error)
    at.text_input(key="import texts").set_value("why; town").run()
    looked(at)
    assert any("4 transcripts" in s.value for s in at.success)
    assert any("rows are told apart by the column “who”" in m.value for m in at.markdown)
    at.text_input(key="import texts").set_value("why").run()
    looked(at)
    at.text_input(key="import key").set_value("town").run()
    looked(at)
    assert any("2 transcripts" in s.value for s in at.success)
    button(at, "Bring in").click().run()
    looked(at)
    with workbench.open(empty) as project:
        assert overview.contents(project)["transcript"] == 2


def test_a_table_that_cannot_be_taken_is_told_by_its_name_alone_and_brings_nothing(page, empty):
    at = page("project", empty, view="import")
    dropped(at, ("odd.csv", "colour,taste\nred,sweet\n"))
    (told,) = [e.value for e in at.error]
    assert told.startswith("odd\\.csv")
    assert button(at, "Bring in").disabled


# --- cases ---


def test_the_grid_tells_what_was_changed_added_and_renamed(study):
    with workbench.open(study) as project:
        held = case_list.grid(project)
    frame, columns = grid.frame(held)
    assert [name for name, _ in columns.values()][1:] == [a.name for a in held.attributes]
    assert grid.difference(held, frame).number == 0
    name = held.attributes[0].name
    edited = frame.copy()
    edited.loc[0, "case"] = "Another"
    edited.loc[1, "a0"] = " new "
    edited.loc[len(edited)] = ["Fresh", "x", *([None] * (len(columns) - 2))]
    edited.loc[len(edited)] = [None] * len(columns)
    first, second = held.cases[0], held.cases[1]
    assert grid.difference(held, edited) == Changes(
        {second.label: {name: "new"}, "Fresh": {name: "x"}},
        ("Fresh",),
        {first.label: "Another"},
        {second.label: {name: second.values.get(name, "")}},
    )


def test_changes_can_leave_cells_out_or_be_over_what_stands_now():
    held = Changes({"A": {"x": "1", "y": "2"}}, read={"A": {"x": "0", "y": "0"}})
    assert held.without([("A", "x")]).cells == {"A": {"y": "2"}}
    assert held.reading({"A": {"x": "9"}}).read == {"A": {"x": "9", "y": ""}}


def test_the_words_of_a_case_are_taken_away_and_given_back(page, study):
    at = page("project", study, view="cases", case="Solveig")
    with workbench.open(study) as project:
        edits.add_cases(project, {"Nobody": {}})
    at.run()
    assert "1 case has no words yet" in texts(at)
    at.selectbox(key="choose:case").set_value("Nobody").run()
    button(at, "Give it to this case").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        (span,) = case_list.spans(project, "Nobody")
        assert (span.transcript, span.whole) == ("caretaker", True)
    button(at, "Take away").click().run()
    with workbench.open(study) as project:
        assert case_list.spans(project, "Nobody") == []


def test_a_new_attribute_and_a_bad_name_for_one(page, study):
    at = page("project", study, view="cases")
    at.text_input(key="new attribute name").set_value("case")
    button(at, "Add it").click().run()
    assert any("every table of cases has it" in e.value for e in at.error)
    at.text_input(key="new attribute name").set_value("visits")
    at.selectbox(key="new kind").set_value("integer")
    button(at, "Add it").click().run()
    with workbench.open(study) as project:
        assert ("visits", "integer") in [
            (a.name, a.type) for a in case_list.grid(project).attributes
        ]


# --- people, settings: forms ---


def test_a_profile_is_stored_in_one_act(page, study):
    at = page("project", study, view="people", person="ingrid")
    at.text_input(key="profile ingrid:occupation").set_value("nurse")
    at.selectbox(key="profile ingrid:role").set_value("reader")
    button(at, "Store the profile").click().run()
    with workbench.open(study) as project:
        (person,) = [p for p in team.people(project) if p.handle == "ingrid"]
        assert (person.occupation, person.role) == ("nurse", "reader")
        assert project.history(1)[0]["verb"] == "change profile"


def test_somebody_new_needs_a_handle_that_is_free(page, study):
    at = page("project", study, view="people")
    at.text_input(key="new person:handle").set_value("ingrid")
    button(at, "Add to the team").click().run()
    assert "in the team already" in at.error[0].value
    assert at.text_input(key="new person:handle").value == "ingrid"
    at.text_input(key="new person:handle").set_value("kari")
    button(at, "Add to the team").click().run()
    with workbench.open(study) as project:
        assert "kari" in {p.handle for p in team.people(project)}


def test_settings_that_somebody_changed_meanwhile_are_shown_and_chosen(page, study):
    at = page("project", study, view="settings")
    with workbench.open(study, who="sunniva") as project:
        edits.change_setting(project, "title", "Theirs")
    at.text_input(key="settings:title").set_value("Mine")
    button(at, "Store the settings").click().run()
    assert any("Theirs" in t.value for t in at.text)
    assert at.text_input(key="settings:title").value == "Mine"
    with workbench.open(study) as project:
        assert overview.settings(project)["title"].value == "Theirs"
    button(at, "Keep what I typed").click().run()
    button(at, "Store the settings").click().run()
    with workbench.open(study) as project:
        assert overview.settings(project)["title"].value == "Mine"


def test_the_template_of_the_steps_is_a_setting(page, study):
    at = page("project", study, view="settings")
    at.selectbox(key="settings:stages").set_value("gale-2013")
    button(at, "Store the settings").click().run()
    with workbench.open(study) as project:
        assert overview.settings(project)["stages"].value == "gale-2013"
    assert "Applying the analytical framework" in texts(at)


def test_own_names_of_the_levels_are_a_setting(page, study):
    at = page("project", study, view="settings")
    assert at.selectbox(key="settings:template").value == "framework"
    at.selectbox(key="settings:template").set_value("own").run()
    for level, name in ((2, "finding"), (3, "pattern"), (4, "domain"), (5, "message")):
        at.text_input(key=f"settings:level {level}").set_value(name)
    button(at, "Store the settings").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        held = overview.settings(project)["method"].value
    assert held == "finding / pattern / domain / message"
    assert at.text_input(key="settings:level 4").value == "domain"


def test_the_colours_of_the_categories_are_a_setting(page, study):
    at = page("project", study, view="settings")
    at.selectbox(key="settings:colours").set_value("colour-blind").run()
    assert "Machado" in texts(at)
    assert "#0072b2" in at.get("html")[0].proto.body
    button(at, "Store the settings").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert overview.settings(project)["colours"].value == "colour-blind"


# --- history ---


def test_the_history_shows_what_is_undone_and_undoes_more(page, study):
    with workbench.open(study, who="ingrid") as project:
        edits.change_setting(project, "title", "New")
    at = page("project", study, view="history")
    button(at, "Undo my newest").click().run()
    assert not at.exception
    listed = part(at, "History")
    assert listed["rows"][0][3].startswith("undo: Set title")
    assert listed["off"] == [1]
    button(at, "Redo mine").click().run()
    assert part(at, "History")["off"] == []


# --- bring together ---


@pytest.fixture
def apart(study: Path) -> Path:
    """Another copy, in which Sunniva set the title and added a case; Ingrid set it too."""
    other = Path(shutil.copy(study, study.with_name("hers.fwb")))
    with workbench.open(other, who="sunniva") as project:
        edits.change_setting(project, "title", "*Hers*")
        edits.add_cases(project, {"Somebody new": {}})
    with workbench.open(study, who="ingrid") as project:
        edits.change_setting(project, "title", "Mine")
    return other


def test_another_copy_is_looked_at_its_questions_answered_and_the_two_joined(page, study, apart):
    at = page("project", study, view="together")
    at.text_input(key="copy place").input("hers")
    button(at, "Look at it").click().run()
    assert not at.exception
    assert any("2 acts since the two went apart" in m.value for m in at.markdown)
    assert part(at, "What")["rows"] == [["cases", "1", "0", "0"]]
    assert [t.value for t in at.text][:2] == ["Mine", "*Hers*"]
    assert button(at, "Join them").disabled
    at.radio[0].set_value("theirs").run()
    assert not at.exception
    button(at, "Join them").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert project.history(1)[0]["verb"] == "merge project"
        assert "Somebody new" in {c.label for c in case_list.grid(project).cases}
        assert overview.settings(project)["title"].value == "*Hers*"
    at = page("project", study, view="history")
    rows = part(at, "History")["rows"]
    assert [row[0] for row in rows[1:3]] == ["", ""]
    assert rows[1][2:] == ["sunniva", "↳ Added 1 case"]


def test_another_copy_may_be_sent_and_its_file_goes_when_they_are_joined(page, study, apart):
    aside = Path(jobs.aside().name)
    before = set(aside.glob("*/hers.fwb"))
    at = page("project", study, view="together")
    sent = ("hers.fwb", apart.read_bytes(), "application/octet-stream")
    at.file_uploader[0].set_value(sent).run()
    assert not at.exception
    assert "hers.fwb: 2 acts since the two went apart" in re.sub(r"[*\\]", "", texts(at))
    (held,) = set(aside.glob("*/hers.fwb")) - before
    at.radio[0].set_value("mine").run()
    button(at, "Join them").click().run()
    assert not at.exception
    assert not held.exists()
    with workbench.open(study) as project:
        assert project.history(1)[0]["verb"] == "merge project"
        assert overview.settings(project)["title"].value == "Mine"


def test_a_sent_file_that_is_no_project_is_refused_by_its_name(page, study):
    at = page("project", study, view="together")
    at.file_uploader[0].set_value(("hers.fwb", b"no project", "application/octet-stream")).run()
    assert not at.exception
    (said,) = [e.value.replace("\\", "") for e in at.error]
    assert said.startswith("hers.fwb is not a project of this workbench")


def test_what_does_not_fit_together_is_asked_with_the_lines_of_both_sides(page, study, apart):
    with workbench.open(study, who="ingrid") as project:
        edits.change_attribute_type(project, "years", "float")
    with workbench.open(apart, who="sunniva") as project:
        edits.change_attribute_type(project, "years", "text")
        edits.set_attribute(project, "Manager", "years", "about 6")
    at = page("project", study, view="together")
    at.session_state["language"] = "nb"
    at.run()
    at.text_input(key="copy place").input("hers")
    button(at, "Se på den").click().run()
    assert not at.exception
    assert "**1. egenskap “years”**" in [m.value for m in at.markdown]
    assert [t.value for t in at.text][:2] == [
        "type: desimaltall\n“Manager”: 6",
        "type: tekst\n“Manager”: about 6",
    ]
    button(at, "Alle åpne: slik det er der").click().run()
    button(at, "Slå dem sammen").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        held = next(c for c in case_list.grid(project).cases if c.label == "Manager")
        assert held.values["years"] == "about 6"


def test_all_open_questions_are_answered_at_once_in_the_language_of_the_page(page, study, apart):
    for file, who in ((study, "ingrid"), (apart, "sunniva")):
        with workbench.open(file, who=who) as project:
            edits.rename_case(project, case_list.grid(project).cases[0].label, f"A case of {who}")
    at = page("project", study, view="together")
    at.session_state["language"] = "nb"
    at.run()
    at.text_input(key="copy place").input("hers")
    button(at, "Se på den").click().run()
    assert not at.exception
    said = [m.value for m in at.markdown]
    assert "**1. kasus “A case of ingrid”**" in said or "**2. kasus “A case of ingrid”**" in said
    assert "navn\\: endret på begge sider" in [c.value for c in at.caption]
    button(at, "Alle åpne: slik det er der").click().run()
    assert not at.exception
    button(at, "Slå dem sammen").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert "A case of sunniva" in {c.label for c in case_list.grid(project).cases}
        assert overview.settings(project)["title"].value == "*Hers*"


def test_a_copy_that_brings_nothing_or_is_none_is_told(page, study, empty):
    shutil.copy(study, study.with_name("same.fwb"))
    at = page("project", study, view="together")
    at.text_input(key="copy place").input("same.fwb")
    button(at, "Look at it").click().run()
    assert at.success[0].value == "same\\.fwb: nothing that is not here already."
    with workbench.open(empty) as project:
        edits.add_cases(project, {"Kari": {}})
    at.text_input(key="copy place").input("empty.fwb")
    button(at, "Look at it").click().run()
    assert "no act in common" in at.error[0].value


def test_the_check_says_that_the_laws_hold_and_backups_are_made(page, study):
    at = page("project", study, view="history")
    button(at, "Check the project").click().run()
    assert at.success[0].value == "All ten laws hold."
    button(at, "Make a backup now").click().run()
    with workbench.open(study) as project:
        assert len(backups.held(project)) == 1
    assert button(at, "Open it")


def test_cells_that_somebody_changed_are_not_overwritten(study):
    with workbench.open(study, who="ingrid") as project:
        held = case_list.grid(project)
        case, name = held.cases[0], held.attributes[0].name
        edits.change_cases(project, {case.label: {name: "theirs"}})
        with pytest.raises(ChangedMeanwhile):
            edits.change_cases(
                project,
                {case.label: {name: "mine"}},
                read={case.label: {name: case.values.get(name, "")}},
            )

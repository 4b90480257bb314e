"""The page of indexing."""

from parts_given import parts

import workbench
from workbench import edits, views


def test_an_empty_project_is_told_what_comes_first(page, empty):
    at = page("indexing", empty)
    assert any("No transcripts yet" in m.value for m in at.markdown)


def test_the_page_gives_the_parts_the_text_its_codings_and_the_codes(page, study):
    with workbench.open(study) as project:
        held = views.codings(project)
    at = page("indexing", study, transcript="caretaker")
    given = parts(at)
    assert given["transcript"]["transcript"] == "caretaker"
    assert {m[0] for m in given["marks"]["marks"]} == set(
        held.loc[held["transcript"] == "caretaker", "coding_id"]
    )
    assert [c["name"] for c in given["palette"]["codes"]][:2] == [
        "Reasons for opening",
        "Those who come",
    ]


def test_only_the_chosen_codes_are_shown_but_progress_counts_all(page, study):
    at = page("indexing", study, transcript="caretaker")
    before = at.get("progress")[0].proto.text
    box = at.multiselect(key="shown codes")
    code = box.options[0]
    box.select(code).run()
    assert not at.exception
    shown = {m[3] for m in parts(at)["marks"]["marks"]}
    assert len(shown) == 1
    assert at.get("progress")[0].proto.text == before


def test_a_blind_run_of_another_coder_is_not_shown_until_both_are_done(page, study):
    with workbench.open(study) as project:
        for who in ("ingrid", "mateusz"):
            edits.start_run(
                project, f"{who} alone", "open-library@1", kind="independent", blind=True, coder=who
            )
    at = page("indexing", study, transcript="caretaker")
    runs = next(s for s in at.selectbox if s.label == "Run")
    assert [name.partition(" (")[0] for name in runs.options] == [
        "first reading",
        "ingrid alone",
        "mateusz alone",
    ]  # a final run is there, so that nothing is blind any more


def test_a_run_is_started_from_its_form_and_chosen(page, study):
    at = page("indexing", study, transcript="caretaker")
    at.text_input(key="new run name").input("second look")
    next(b for b in at.button if b.label == "Start it").click()
    at.run()
    assert not at.exception
    assert next(s for s in at.selectbox if s.label == "Run").value == "second look"
    with workbench.open(study) as project:
        assert list(views.runs(project)["run"]) == ["first reading", "second look"]


def test_a_transcript_is_finished_in_the_run_that_is_open(page, study):
    with workbench.open(study) as project:
        edits.start_run(project, "second look", "open-library@1")
    at = page("indexing", study, transcript="caretaker", run="second look")
    next(b for b in at.button if b.label == "I have read it to the end").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        runs = views.runs(project).set_index("run")["finished"].to_dict()
    assert runs["second look"] == 1


def test_hits_that_are_ticked_are_coded_in_one_act(page, study):
    at = page("indexing", study, transcript="caretaker")
    at.text_input(key="hits words").input("door").run()
    assert not at.exception
    button = next(b for b in at.button if b.label == "Code 0 hits")
    assert button.disabled

"""The page of indexing."""

from parts_given import parts

import workbench
from workbench import edits, views
from workbench.model.framework import Code, FrameworkVersion
from workbench.project import imports, transcript_page
from workbench.project.waiting import unplaced, unplaced_memos


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
    with workbench.open(study) as project:
        held = len(transcript_page.marks(project, "caretaker", ["first reading"]))
    number = len(parts(at)["marks"]["marks"])
    assert number < held
    assert f"Shown only: {number} of {held} codings" in [c.value for c in at.caption]


def test_it_is_said_which_runs_are_shown_where_others_are_chosen(page, study):
    with workbench.open(study) as project:
        edits.start_run(project, "*second* look", "open-library@1")
    at = page("indexing", study, transcript="caretaker", run="first reading")
    assert not [c for c in at.caption if c.value.startswith("Shown only")]
    at.multiselect(key="shown runs").select("*second* look").run()
    assert not at.exception
    assert "Shown only: the runs \\*second\\* look" in [c.value for c in at.caption]


def test_a_blind_run_that_would_be_seen_at_once_is_told(page, study):
    told = "There is such a run already: a blind one would be seen at once."
    at = page("indexing", study, transcript="caretaker")
    assert told in [c.value for c in at.caption]
    with workbench.open(study) as project:
        other = FrameworkVersion("other", "1", (), (Code("c", "1", "A"),))
        edits.add_framework(project, other)
        edits.start_run(project, "alone", "other@1", kind="independent", coder="ingrid")
    at = page("indexing", study, transcript="caretaker", framework="other@1")
    assert told not in [c.value for c in at.caption]


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


# --- what waits ----------------------------------------------------------------------------


def corrected(study, number=3):
    """Break the first words of some codings of the caretaker; return what waits."""
    with workbench.open(study, who="mateusz") as project:
        codings = views.codings(project)
        held = codings.loc[codings["transcript"] == "caretaker"]
        text = transcript_page.whole_text(project, "caretaker")
        for quote in list(dict.fromkeys(held["quote"]))[:number]:
            text = text.replace(quote, quote.replace(" ", " <i>um</i> ", 1), 1)
        imports.correct_text(project, "caretaker", text)
        return unplaced(project)


def button(at, label):
    return next(b for b in at.button if b.label == label)


def test_codings_that_wait_are_shown_with_the_words_of_then_and_now_and_placed(page, study):
    waiting = corrected(study)
    at = page("indexing", study, transcript="caretaker")
    assert f"{len(waiting)} codings wait for a place" in [e.label for e in at.expander]
    said = [m.value for m in at.markdown]
    assert any(":green-background[**\\<i\\>um\\<\\/i\\>**]" in m for m in said)
    for one in waiting[:2]:
        at.checkbox(key=f"waiting {one.coding_id}").check()
    at.run()
    button(at, "Place 2 on the words of now").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        left = {w.coding_id for w in unplaced(project)}
        held = views.codings(project).set_index("coding_id")["quote"]
        assert left == {w.coding_id for w in waiting[2:]}
        assert [held[w.coding_id] for w in waiting[:2]] == [w.now for w in waiting[:2]]
        assert "Placed 2 codings" in project.history()[0]["summary"]


def test_all_that_wait_are_ticked_at_once_and_what_is_gone_goes_on_waiting(page, study):
    with workbench.open(study, who="mateusz") as project:
        text = transcript_page.whole_text(project, "caretaker")
        codings = views.codings(project)
        held = codings.loc[codings["transcript"] == "caretaker"].sort_values("start")
        changed, gone = held["quote"].iloc[0], held["quote"].iloc[-1]
        text = text.replace(changed, changed.replace(" ", " um ", 1), 1).replace(gone, "", 1)
        imports.correct_text(project, "caretaker", text)
        waiting = unplaced(project)
    lost = {w.coding_id for w in waiting if w.fate == "gone"}
    number = len(waiting) - len(lost)
    assert lost
    assert number
    at = page("indexing", study, transcript="caretaker")
    assert "first reading" in [c.value for c in at.caption]
    next(c for c in at.checkbox if c.label == "All of them").check().run()
    button(at, f"Place {number} on the words of now").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert {w.coding_id for w in unplaced(project)} == lost
    assert not any(c.value for c in at.checkbox if (c.key or "").startswith("waiting all"))


def test_a_coding_that_waits_is_placed_on_other_words_or_withdrawn(page, study):
    waiting = corrected(study)
    at = page("indexing", study, transcript="caretaker")
    at.checkbox(key=f"waiting {waiting[0].coding_id}").check().run()
    field = at.text_input(key=f"waiting words {waiting[0].coding_id}")
    field.input("words that nobody said")
    button(at, "Place it on these").click().run()
    assert not at.exception
    assert ["is not in" in e.value for e in at.error] == [True]
    part = waiting[0].now.split("<i>um</i> ")[1]
    at.text_input(key=f"waiting words {waiting[0].coding_id}").input(part)
    button(at, "Place it on these").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert views.codings(project).set_index("coding_id")["quote"][waiting[0].coding_id] == part
    at.checkbox(key=f"waiting {waiting[1].coding_id}").check().run()
    button(at, "Withdraw 1").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert [w.coding_id for w in unplaced(project)] == [w.coding_id for w in waiting[2:]]
        assert waiting[1].coding_id not in set(views.codings(project)["coding_id"])


def test_memos_that_wait_are_listed_with_the_codings_and_placed(page, study):
    with workbench.open(study, who="ingrid") as project:
        text = transcript_page.shown_text(project, "caretaker")
        turn = text.turns[1]
        of = {"anchor": "transcript_version", "anchor_id": text.version_id}
        memo = edits.add_memo(
            project, "*Who*?", start=turn.start, stop=turn.start + len(turn.words), **of
        )
        whole = transcript_page.whole_text(project, "caretaker")
        new = turn.words.replace(" ", " um ", 1)
        imports.correct_text(project, "caretaker", whole.replace(turn.words, new, 1))
    at = page("indexing", study, transcript="caretaker")
    assert any("1 memo waits for a place" in e.label for e in at.expander)
    at.checkbox(key=f"waiting {memo}").check().run()
    button(at, "Place the memo beside the words of now").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert unplaced_memos(project) == []


def test_another_transcript_in_which_something_waits_is_named(page, study):
    corrected(study)
    at = page("indexing", study, transcript="librarian")
    assert "Something waits for a place in: caretaker" in [c.value for c in at.caption]
    assert not [e for e in at.expander if "wait" in e.label]


def test_a_blind_run_of_somebody_else_does_not_show_what_waits(page, study):
    with workbench.open(study, who="mateusz") as project:
        edits.add_framework(project, FrameworkVersion("other", "1", (), (Code("c", "1", "A"),)))
        edits.start_run(
            project, "alone", "other@1", kind="independent", blind=True, coder="mateusz"
        )
        text = transcript_page.whole_text(project, "caretaker")
        edits.code(project, "caretaker", len(text) - 40, len(text) - 2, "A", run="alone")
        imports.correct_text(project, "caretaker", f"{text[:-20]}um {text[-20:]}")
        mine = [w for w in unplaced(project) if w.run == "alone"]
    assert len(mine) == 1
    at = page("indexing", study, transcript="caretaker")
    assert not [c for c in at.checkbox if c.key == f"waiting {mine[0].coding_id}"]


def test_carried_codings_are_looked_at_again_and_confirmed_several_at_once(page, study):
    with workbench.open(study) as project:
        codings = views.codings(project)
        here = codings.loc[codings["transcript"] == "caretaker"]
        code = here["code"].value_counts().index[0]
        edits.begin_draft(project, "open-library@1", "2")
        edits.change_code(project, "open-library@2", code, definition="<b>Other</b>.")
        edits.migrate(project, "open-library@1", "open-library@2")
        looks = views.look_again(project, "open-library@2")
    ids = list(looks.loc[looks["transcript"] == "caretaker", "coding_id"])
    assert len(ids) > 2
    at = page("indexing", study, transcript="caretaker", framework="open-library@2")
    assert f"{len(ids)} codings to look at again" in [e.label for e in at.expander]
    for one in ids[:2]:
        at.checkbox(key=f"looked at {one}").check()
    at.run()
    button(at, "2 still hold").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        after = views.look_again(project, "open-library@2")
    assert set(ids) - set(after["coding_id"]) == set(ids[:2])
    assert len(after) == len(looks) - 2

"""The page of familiarisation."""

import json

import workbench
from workbench.project import (
    edits,
    imports,
    notes,
    transcript_header,
    transcript_page,
    views,
    word_search,
)
from workbench.project.waiting import unplaced


def given(at):
    """Return what each part was given, by the name of its component; listings by their label."""
    held = {}
    for one in at.get("bidi_component"):
        data = json.loads(one.proto.json or "{}")
        name = one.proto.component_name.removeprefix("workbench_")
        held[data["label"] if name == "listing" else name] = data
    return held


def texts(at):
    return " ".join([m.value for m in at.markdown] + [c.value for c in at.caption])


def button(at, label):
    return next(b for b in at.button if b.label == label)


def test_an_empty_project_is_told_what_comes_first(page, empty):
    assert "No transcripts yet" in texts(page("familiarisation", empty))


def test_a_transcript_is_read_with_its_memos(page, study):
    with workbench.open(study) as project:
        (memo,) = notes.memos(project, "librarian")
    held = given(page("familiarisation", study, transcript="librarian"))
    assert held["transcript"]["transcript"] == "librarian"
    assert held["transcript"]["may"] == {"memo": True}
    assert [m[0] for m in held["marks"]["memos"]] == [memo["memo_id"]]
    assert [m[3] for m in held["notes"]["memos"]] == ["I have stood at that counter"]


def test_an_address_opens_a_place(page, study):
    at = page("familiarisation", study, transcript="librarian", start="40", stop="52")
    focus = given(at)["marks"]["focus"]
    assert (focus["start"], focus["stop"]) == (40, 52)
    at.run()
    assert given(at)["marks"]["focus"] == focus
    at.selectbox(key="choose:transcript").set_value("caretaker").run()
    assert "start" not in at.query_params


def test_an_address_that_names_no_place_is_passed_over(page, study):
    for start, stop in (("x", "9"), ("3", "y"), ("99999999", "999999999")):
        at = page("familiarisation", study, transcript="librarian", start=start, stop=stop)
        assert given(at)["marks"]["focus"] is None


def test_a_search_shows_hits_of_all_transcripts_and_paints_those_of_this_one(page, study):
    with workbench.open(study) as project:
        found = word_search.found(project, "lock*")
        here = word_search.places(project, "caretaker", "lock*")
    at = page("familiarisation", study, transcript="caretaker", view="search")
    at.text_input(key="search words").set_value("lock*").run()
    assert not at.exception
    held = given(at)
    assert [g["head"] for g in held["ways"]["groups"]] == [
        f"{name} ({n})" for name, n in found.counts.items()
    ]
    assert held["ways"]["groups"][0]["rows"][0]["pieces"][1] == found.hits[0].match
    assert here
    assert held["marks"]["hits"] == [list(place) for place in here]
    assert at.query_params["words"] == "lock*"


def test_a_search_that_is_none_is_told_in_a_sentence_and_stays(page, study):
    at = page("familiarisation", study, transcript="caretaker", view="search")
    at.checkbox(key="search regex").check()
    at.text_input(key="search words").set_value("(").run()
    assert not at.exception
    assert len(at.error) == 1
    assert at.text_input(key="search words").value == "("
    assert given(at)["marks"]["hits"] == []


def test_only_the_first_hits_are_shown_until_more_are_asked_for(page, study):
    at = page("familiarisation", study, transcript="caretaker", view="search", words="the")
    rows = sum(len(g["rows"]) for g in given(at)["ways"]["groups"])
    assert rows == 100
    next(b for b in at.button if b.label.startswith("Show more")).click().run()
    assert sum(len(g["rows"]) for g in given(at)["ways"]["groups"]) > 100


def test_the_header_is_stored_in_one_act_and_a_bad_date_is_told(page, study):
    at = page("familiarisation", study, transcript="caretaker", view="about")
    at.text_input(key="header caretaker:date").set_value("last May")
    at.text_input(key="header caretaker:mode").set_value("by video")
    button(at, "Store it").click().run()
    assert "a date like" in at.error[0].value
    assert at.text_input(key="header caretaker:mode").value == "by video"
    at.text_input(key="header caretaker:date").set_value("2024-05-06")
    button(at, "Store it").click().run()
    with workbench.open(study) as project:
        fields = transcript_header.header(project, "caretaker").fields
        assert (fields["date"], fields["mode"]) == ("2024-05-06", "by video")
        assert project.history(1)[0]["verb"] == "describe transcript"


def test_a_speaker_gets_another_role(page, study):
    at = page("familiarisation", study, transcript="caretaker", view="about")
    box = next(s for s in at.selectbox if s.label == "Role of Caretaker")
    box.set_value("unknown").run()
    assert not at.exception
    with workbench.open(study) as project:
        held = transcript_header.header(project, "caretaker").speakers
        assert {s.label: s.role for s in held}["Caretaker"] == "unknown"


def test_the_reading_log_takes_an_entry_and_says_what_is_unread(page, study):
    with workbench.open(study, who="ingrid") as project:
        for entry in notes.readings(project):
            edits.withdraw_reading(project, entry["reading_id"])
    at = page("familiarisation", study, transcript="caretaker", view="log")
    assert "4 nobody has read" in texts(at)
    assert [row[0]["text"] for row in given(at)["What you have not read"]["rows"]] == [
        "caretaker",
        "librarian",
        "manager",
        "volunteers",
    ]
    button(at, "Write it into the log").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        (entry,) = notes.readings(project, "caretaker")
        assert (entry["person"], entry["how"]) == ("ingrid", "read")
    assert "3 nobody has read" in texts(at)
    button(at, "Take back").click().run()
    assert "4 nobody has read" in texts(at)


def test_words_and_time_stand_by_speaker(page, study):
    at = page("familiarisation", study, transcript="volunteers", view="talk")
    rows = given(at)["Who speaks here"]["rows"]
    assert rows[1] == ["Solveig", "participant", "13", "246", "28%", "0:01:44"]


def test_topics_lead_to_where_they_were_noted(page, study):
    at = page("familiarisation", study, transcript="caretaker", view="topics")
    groups = {g["head"]: g["rows"] for g in given(at)["ways"]["groups"]}
    assert next(iter(groups)) == "Eleven seconds · 1 memo, 1 transcript"
    assert groups["Eleven seconds · 1 memo, 1 transcript"][0]["go"] == {"transcript": "volunteers"}
    assert groups["Two loops · 1 memo, 0 transcripts"][0]["go"] is None


# --- a text is put right -------------------------------------------------------------------


def correction(page, study):
    at = page("familiarisation", study, transcript="caretaker", view="correct")
    return at, at.text_area[0]


def of_text(at, label):
    return next(t for t in at.text_input if t.label == label)


def test_a_text_is_corrected_in_the_editor_and_it_is_told_what_became_of_codings(page, study):
    with workbench.open(study) as project:
        codings = views.codings(project)
        first = codings.loc[codings["transcript"] == "caretaker"].iloc[0]
        text = transcript_page.whole_text(project, "caretaker")
    at, words = correction(page, study)
    assert words.value == text
    broken = first["quote"][:9] + "*" + first["quote"][9:]
    words.input(text.replace(first["quote"], broken, 1))
    of_text(at, "Why").input("heard again")
    button(at, "See what becomes of codings").click().run()
    assert not at.exception
    assert "Nothing of this is stored yet." in texts(at)
    assert any("→" in m.value and "green-background[**" in m.value for m in at.markdown)
    assert "See what waits" not in texts(at)
    with workbench.open(study) as project:
        assert transcript_page.shown_text(project, "caretaker").number == 1
    button(at, "Correct").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert transcript_page.shown_text(project, "caretaker").number == 2
        waiting = unplaced(project)
    assert [w.quote for w in waiting if w.coding_id == first["coding_id"]] == [first["quote"]]
    along = (codings["transcript"] == "caretaker").sum() - len(waiting)
    wait = "1 coding waits" if len(waiting) == 1 else f"{len(waiting)} codings wait"
    assert f"{along} codings go along · {wait} for a place" in texts(at)
    assert [s.value for s in at.success] == ["Version 2 is stored."]
    assert "See what waits" in texts(at)


def test_a_text_that_somebody_else_corrected_meanwhile_is_not_overwritten_unasked(page, study):
    at, words = correction(page, study)
    text = words.value
    words.input("Mine.\n" + text)
    with workbench.open(study, who="mateusz") as project:
        imports.correct_text(project, "caretaker", "Theirs.\n" + text)
    button(at, "Correct").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert transcript_page.whole_text(project, "caretaker") == "Theirs.\n" + text
    assert at.text_area[0].value == "Mine.\n" + text
    assert [w.value for w in at.warning] == [
        "Somebody else corrected this text after you opened it."
    ]
    button(at, "Keep what I typed").click().run()
    button(at, "Correct").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert transcript_page.whole_text(project, "caretaker") == "Mine.\n" + text


def test_a_text_without_words_is_refused_in_a_sentence(page, study):
    at, words = correction(page, study)
    words.input(" \n")
    button(at, "Correct").click().run()
    assert not at.exception
    assert len(at.error) == 1
    with workbench.open(study) as project:
        assert transcript_page.shown_text(project, "caretaker").number == 1

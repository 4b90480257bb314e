"""What the pages on the project and on familiarisation read, by hand on the garden."""

import pytest
from builders import ANNA, BO, GARDENER, GROUP

from workbench import errors
from workbench.project import (
    case_list,
    edits,
    memo_list,
    overview,
    reading_log,
    transcript_header,
    word_search,
)
from workbench.project.case_list import HeldSpan
from workbench.project.transcript_page import meets, united


def version_id(garden, name):
    (transcript,) = [t["id"] for t in garden.live()["transcript"] if t["name"] == name]
    (row,) = [
        v["id"] for v in garden.live()["transcript_version"] if v["transcript_id"] == transcript
    ]
    return row


# --- how far it has come ---


def test_the_contents_count_what_is_live(garden):
    assert overview.contents(garden.project) == {
        "transcript": 2,
        "case": 3,
        "framework_version": 1,
        "coding": 7,
        "statement": 6,
        "node": 5,
        "link": 1,
        "memo": 1,
        "person": 2,
    }
    edits.withdraw_coding(garden.project, garden.codings["july"])
    assert overview.contents(garden.project)["coding"] == 6


def test_the_progress_says_what_is_done_of_each_step(garden):
    told = overview.progress(garden.project)
    assert (told.transcripts, told.read, told.versions, told.released) == (2, 1, 1, 1)
    (worked,) = told.worked
    assert (worked.framework, worked.turns, worked.indexed) == ("garden@1", 6, 6)
    assert sum(worked.states.values()) == 3 * 4
    assert (worked.states["reviewed"], worked.states["not asked"]) == (1, 1)
    assert (told.statements, told.links, told.cited) == (5, 1, 1)
    for one in ("quiet",):
        edits.withdraw_coding(garden.project, garden.codings[one])
    assert overview.progress(garden.project).worked[0].indexed == 5


def test_a_transcript_that_two_have_read_is_one_that_is_read(garden):
    edits.log_reading(garden.project, "gardener", person="bo")
    assert overview.progress(garden.project).read == 1
    edits.log_reading(garden.project, "group", how="listened")
    assert overview.progress(garden.project).read == 2


def test_stretches_that_touch_are_one_and_a_turn_beside_them_is_not_met():
    assert united([(8, 9), (0, 2), (1, 4), (4, 6)]) == [(0, 6), (8, 9)]
    held = [(0, 6), (8, 9)]
    assert [meets(turn, held) for turn in ((6, 8), (5, 7), (7, 9), (9, 12))] == [
        False,
        True,
        True,
        False,
    ]
    assert not meets((0, 5), [])


# --- search ---


def test_a_search_shows_the_first_hits_and_counts_all(garden):
    found = word_search.found(garden.project, "rain*", most=1, context=9)
    assert found.counts == {"gardener": 1, "group": 1}
    assert found.total == 2
    start = GARDENER.index("Rain")
    (hit,) = found.hits
    assert hit == ("gardener", 4, "P1", start, start + 4, "way?\nP1: ", "Rain", " keeps me")


def test_a_search_tells_capitals_and_parts_of_words_apart_when_asked(garden):
    p = garden.project
    assert word_search.found(p, "list").counts == {"group": 2}
    assert word_search.found(p, "The", match_case=True).counts == {"gardener": 2, "group": 1}
    assert word_search.found(p, "ock", whole_words=False).counts == {"gardener": 1}
    assert word_search.found(p, "ock").counts == {}
    assert word_search.found(p, r"Bo:|Anna:", regex=True, within="group").total == 4
    with pytest.raises(errors.BadValue):
        word_search.found(p, "(", regex=True)


def test_the_places_in_one_transcript_are_where_the_words_stand(garden):
    first = GROUP.index("list")
    second = GROUP.index("list", first + 1)
    assert word_search.places(garden.project, "group", "list") == [
        (first, first + 4),
        (second, second + 4),
    ]
    assert word_search.places(garden.project, "gardener", "list") == []


# --- memos, readings, headers ---


def test_memos_of_a_transcript_come_by_place_and_topics_by_title(garden):
    p, group, gardener = garden.project, version_id(garden, "group"), version_id(garden, "gardener")
    at = {"anchor": "transcript_version", "anchor_id": group}
    late = edits.add_memo(p, "Late.", title="Rules", start=20, stop=30, **at)
    early = edits.add_memo(p, "Early.", title=" rules ", start=3, stop=9, **at)
    whole = edits.add_memo(p, "All of it.", **at)
    there = {"anchor": "transcript_version", "anchor_id": gardener}
    edits.add_memo(p, "Again.", title="Rules", **there)
    edits.add_memo(p, "Beside.", title="Team", kind="method")
    assert [m.memo_id for m in memo_list.memos(p, group)] == [whole, early, late]
    assert memo_list.memos(p, group)[1] == (early, 3, 9, " rules ", "Early.", "analytic", "anna", 1)
    rules, team = memo_list.topics(p)
    assert (rules.title, rules.transcripts) == ("Rules", 2)
    assert [(n.transcript, n.start) for n in rules.places] == [
        ("group", 20),
        ("group", 3),
        ("gardener", None),
    ]
    assert (team.title, team.transcripts, team.places[0].transcript) == ("Team", 0, "")


def test_the_reading_log_says_who_read_and_what_is_unread(garden):
    p = garden.project
    edits.log_reading(p, "gardener", person="bo", how="listened", date="2024-06-01", note="Wind")
    first, second = reading_log.entries(p)
    assert first[1:] == ("gardener", "bo", "listened", "2024-06-01", "Wind")
    assert second[1:] == ("gardener", "anna", "read", "2024-05-06", "")
    assert reading_log.unread(p) == ["group"]
    assert reading_log.unread(p, "cato") == ["gardener", "group"]


def test_a_header_comes_as_text_with_its_speakers_and_goes_back_at_once(garden):
    p = garden.project
    held = transcript_header.header(p, "group")
    assert set(held.fields.values()) == {""}
    assert [(s.label, s.role) for s in held.speakers] == [
        ("I", "interviewer"),
        ("Anna", "participant"),
        ("Bo", "participant"),
    ]
    said = {"duration_minutes": "61.5", "order_number": "2", "mode": "by video"}
    edits.describe_transcript(p, "group", said, row_version=held.row_version)
    after = transcript_header.header(p, "group")
    assert {f: after.fields[f] for f in said} == said
    edits.describe_transcript(p, "group", {"duration_minutes": " ", "order_number": ""})
    assert transcript_header.header(p, "group").fields["duration_minutes"] == ""
    with pytest.raises(errors.ChangedMeanwhile):
        edits.describe_transcript(p, "group", {"mode": "x"}, row_version=held.row_version)
    with pytest.raises(errors.UnknownName):
        edits.describe_transcript(p, "group", {"mode": "x", "colour": "red"})
    assert transcript_header.header(p, "group").fields["mode"] == "by video"


# --- people and settings ---


def test_a_profile_and_settings_are_changed_whole_or_not_at_all(garden):
    p, before = garden.project, garden.live()
    with pytest.raises(errors.BadValue):
        edits.change_profile(p, "bo", {"name": "Bo Ås", "role": "boss"})
    with pytest.raises(errors.UnknownName):
        edits.change_settings(p, {"title": "Another", "colour": "red"})
    with pytest.raises(errors.ChangedMeanwhile):
        edits.change_settings(p, {"language": "nb", "title": "A"}, row_versions={"title": 7})
    assert garden.live() == before
    edits.change_profile(p, "bo", {"name": "Bo Ås", "role": "reader"}, row_version=1)
    (bo,) = [r for r in garden.live()["person"] if r["handle"] == "bo"]
    assert (bo["name"], bo["role"]) == ("Bo Ås", "reader")
    with pytest.raises(errors.ChangedMeanwhile):
        edits.change_profile(p, "bo", {"name": "B"}, row_version=1)


# --- cases ---


def test_the_grid_has_every_case_with_its_attributes_in_order(garden):
    held = case_list.grid(garden.project)
    assert [(a.name, a.type) for a in held.attributes] == [
        ("plot", "integer"),
        ("member", "boolean"),
    ]
    assert [(c.label, c.values) for c in held.cases] == [
        ("gardener", {"plot": "12", "member": "yes"}),
        (ANNA, {"plot": "3"}),
        (BO, {}),
    ]


def test_the_spans_of_a_case_say_which_words_are_its(garden):
    (whole,) = case_list.spans(garden.project, "gardener")
    assert whole[:5] == ("gardener", 0, len(GARDENER), None, "")
    assert whole.whole
    start = GROUP.index("Bo: The list")
    stop = GROUP.index("\nAnna: That")
    first, _ = case_list.spans(garden.project, BO)
    assert first == HeldSpan("group", start, stop, 3, "Bo", GROUP[start:stop], False)
    assert case_list.wordless(garden.project) == []
    edits.add_cases(garden.project, {"Nobody yet": {}})
    assert case_list.wordless(garden.project) == ["Nobody yet"]

"""What the pages on the project and on familiarisation read, by hand on the garden."""

import pytest
from builders import ANNA, BO, GARDENER, GROUP

from workbench import errors
from workbench.project import (
    case_list,
    edits,
    familiarity,
    overview,
    transcript_header,
    views,
    word_search,
)
from workbench.project.case_list import HeldSpan


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
    told = overview.steps(garden.project)
    assert (told.transcripts, told.read, told.versions, told.released) == (2, 1, 1, 1)
    (worked,) = told.worked
    assert (worked.framework, worked.turns, worked.indexed) == ("garden@1", 6, 6)
    assert sum(worked.states.values()) == 3 * 4
    assert (worked.states["reviewed"], worked.states["not asked"]) == (1, 1)
    assert (told.statements, told.links, told.cited) == (5, 1, 1)
    for one in ("quiet",):
        edits.withdraw_coding(garden.project, garden.codings[one])
    assert overview.steps(garden.project).worked[0].indexed == 5


def test_a_transcript_that_two_have_read_is_one_that_is_read(garden):
    edits.log_reading(garden.project, "gardener", person="bo")
    assert overview.steps(garden.project).read == 1
    edits.log_reading(garden.project, "group", how="listened")
    assert overview.steps(garden.project).read == 2


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


def test_topics_are_titles_of_memos_however_they_are_written(garden):
    p, group, gardener = garden.project, version_id(garden, "group"), version_id(garden, "gardener")
    at = {"anchor": "transcript_version", "anchor_id": group}
    late = edits.add_memo(p, "Late.", title="Rules", start=20, stop=30, **at)
    early = edits.add_memo(p, "Early.", title=" rules ", start=3, stop=9, **at)
    whole = edits.add_memo(p, "All of it.", **at)
    there = {"anchor": "transcript_version", "anchor_id": gardener}
    edits.add_memo(p, "Again.", title="Rules", **there)
    edits.add_memo(p, "Beside.", title="Team", kind="method")
    assert {late, early, whole} <= {m["id"] for m in garden.live()["memo"]}
    rules, team = familiarity.topics(p)
    assert (rules.title, rules.transcripts) == ("Rules", 2)
    assert [(n.transcript, n.start) for n in rules.places] == [
        ("group", 20),
        ("group", 3),
        ("gardener", None),
    ]
    assert (team.title, team.transcripts, team.places[0].transcript) == ("Team", 0, "")


def test_unread_is_what_nobody_or_not_one_person_has_read(garden):
    p = garden.project
    assert familiarity.unread(p) == ["group"]
    assert familiarity.unread(p, "cato") == ["gardener", "group"]
    edits.log_reading(p, "group", person="cato", how="listened")
    assert familiarity.unread(p) == []
    assert familiarity.unread(p, "cato") == ["gardener"]


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


def test_a_grid_is_changed_whole_or_not_at_all_and_never_over_what_was_not_seen(garden):
    p = garden.project
    edits.change_cases(
        p,
        {BO: {"plot": "4"}, "gardener": {"member": ""}, "Kari ": {"plot": "7"}},
        added=["Kari "],
        labels={BO: "Bo"},
        read={BO: {"plot": ""}, "gardener": {"member": "yes"}},
    )
    assert p.did == "Set 3 values, added 1 case, renamed 1 case"
    assert [(c.label, c.values) for c in case_list.grid(p).cases] == [
        ("gardener", {"plot": "12"}),
        (ANNA, {"plot": "3"}),
        ("Bo", {"plot": "4"}),
        ("Kari", {"plot": "7"}),
    ]
    before = garden.live()
    with pytest.raises(errors.ChangedMeanwhile, match="“plot” of “gardener”"):
        edits.change_cases(p, {"gardener": {"plot": "1"}}, read={"gardener": {"plot": "11"}})
    with pytest.raises(errors.Refused, match="“Bo” already"):
        edits.change_cases(p, {"Bo": {"plot": "9"}}, added=["Bo"])
    with pytest.raises(errors.Refused, match="“Kari” already"):
        edits.change_cases(p, {"gardener": {"plot": "9"}}, labels={"gardener": "Kari"})
    with pytest.raises(errors.BadValue, match="“plot” of “gardener”"):
        edits.change_cases(p, {"gardener": {"plot": "many"}, "Bo": {"plot": "5"}})
    assert garden.live() == before


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_of_cases_that_was_written_here_comes_in_again(garden, tmp_path, ending):
    path = tmp_path / f"cases.{ending}"
    garden.project.export(path, what="cases")
    before = views.cases(garden.project).to_dict("records")
    report = garden.project.import_files(path)
    (left,) = report.left_out
    assert (left.what, left.where) == ("column case_id", (path.name,))
    assert views.cases(garden.project).to_dict("records") == before

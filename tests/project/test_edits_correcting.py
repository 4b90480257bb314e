"""A transcript is corrected: its codings go along, or wait for a person to place them."""

import builders
import pytest
from builders import ANNA, BO, GARDENER, GROUP, Garden

from workbench.errors import (
    BadValue,
    ChangedMeanwhile,
    EmptyFile,
    OutsideText,
    QuoteNotFound,
    Refused,
    UndoBlocked,
    UnknownName,
)
from workbench.formats import transcripts
from workbench.model.report import ImportReport
from workbench.project import edits, imports, transcript_page, views
from workbench.project.edits.transcripts import Incoming
from workbench.project.waiting import unplaced, unplaced_memos
from workbench.store.history import as_of


def correct(g: Garden, name: str, text: str, **more: str) -> ImportReport:
    return edits.correct_transcript(g.project, name, builders.incoming(name, text), **more)


def coding(g: Garden, name: str) -> dict[str, object]:
    return next(c for c in g.live()["coding"] if c["id"] == g.codings[name])


def versions(g: Garden) -> list[tuple[int, str, str]]:
    """Return number, reason and text of each version of the gardener's transcript."""
    rows = g.live()
    of = next(t["id"] for t in rows["transcript"] if t["name"] == "gardener")
    held = [v for v in rows["transcript_version"] if v["transcript_id"] == of]
    return sorted((v["number"], v["reason"], v["text"]) for v in held)


def version_id(g: Garden, number: int, text: str) -> str:
    found = [
        v for v in g.live()["transcript_version"] if (v["number"], v["text"]) == (number, text)
    ]
    return str(found[0]["id"])


RETOLD = GARDENER.replace("The quiet. On", "Well, the quiet. On").replace(
    "after six", "after seven"
)


def test_a_correction_is_a_version_of_its_own_and_keeps_the_old_one(garden: Garden) -> None:
    correct(garden, "gardener", RETOLD, reason="heard again")
    assert versions(garden) == [(1, "imported", GARDENER), (2, "heard again", RETOLD)]
    rows = garden.live()["transcript_version"]
    second = next(v for v in rows if v["text"] == RETOLD)
    assert second["parent_id"] == version_id(garden, 1, GARDENER)
    assert [f for f in garden.project.check() if f.severity == "broken"] == []


def test_codings_with_the_same_words_go_along_and_the_others_wait(garden: Garden) -> None:
    report = correct(garden, "gardener", RETOLD)
    assert report.counts == {
        "corrected transcripts": 1,
        "moved codings": 1,
        "changed codings": 2,
    }
    new, old = version_id(garden, 2, RETOLD), version_id(garden, 1, GARDENER)
    rain = coding(garden, "rain")
    place = RETOLD.index("Rain keeps")
    assert (rain["transcript_version_id"], rain["start"], rain["stop"], rain["quote"]) == (
        new,
        place,
        place + 19,
        "Rain keeps me away.",
    )
    assert coding(garden, "gate")["transcript_version_id"] == old
    said = [(w.coding_id, w.fate, w.quote, w.now) for w in unplaced(garden.project)]
    quiet = "The quiet. On a bad day I come here 🌱 and it helps."
    assert said == [
        (
            garden.codings["quiet"],
            "changed",
            quiet,
            "Well, the quiet. On a bad day I come here 🌱 and it helps.",
        ),
        (
            garden.codings["gate"],
            "changed",
            "The gate is locked after six, and nobody has a key.",
            "The gate is locked after seven, and nobody has a key.",
        ),
    ]
    assert unplaced(garden.project, "group") == []


def test_open_questions_are_told_by_check_and_break_no_law(garden: Garden) -> None:
    correct(garden, "gardener", RETOLD)
    found = garden.project.check()
    assert [(f.law, f.thing, f.severity) for f in found] == [
        (2, garden.codings["quiet"], "open"),
        (2, garden.codings["gate"], "open"),
    ]
    assert "place or withdraw it" in found[0].sentence()


def test_cells_written_from_words_that_moved_are_not_stale(garden: Garden) -> None:
    before = views.chart(garden.project, values="states").to_dict()
    correct(garden, "gardener", "Note: typed anew.\n" + GARDENER)
    assert views.chart(garden.project, values="states").to_dict() == before
    assert unplaced(garden.project) == []


def test_cells_are_stale_when_new_words_were_placed(garden: Garden) -> None:
    correct(garden, "gardener", RETOLD)
    edits.place_coding(garden.project, garden.codings["gate"])
    states = views.chart(garden.project, values="states")
    assert "stale" in str(states.loc["gardener", "Barriers"])


def test_undo_and_redo_bring_the_codings_back_and_forth(garden: Garden) -> None:
    before = garden.live()
    correct(garden, "gardener", RETOLD)
    after = garden.live()
    garden.project.undo()
    assert garden.live() == before
    assert unplaced(garden.project) == []
    garden.project.redo()
    assert garden.live() == after
    with garden.project.reading() as connection:
        made = as_of(connection, "coding", garden.codings["rain"], garden.acts() - 3)
    assert made is not None
    assert made["start"] == GARDENER.index("Rain keeps")


def test_words_added_to_a_turn_are_of_its_case(garden: Garden) -> None:
    new = GROUP.replace("late.", "late, I think.").replace("It works well.", "It works.")
    correct(garden, "group", new)
    rows = garden.live()
    ids = {c["id"]: c["label"] for c in rows["case"]}
    of = version_id(garden, 2, new)
    spans = [
        (ids[s["case_id"]], new[s["start"] : s["stop"]])
        for s in sorted(rows["case_span"], key=lambda s: s["start"])
        if s["transcript_version_id"] == of
    ]
    lines = new.splitlines()
    assert spans == [
        (ANNA, lines[1]),
        (BO, lines[2]),
        (ANNA, lines[3]),
        (BO, lines[5]),
    ]


def test_words_that_are_now_of_another_case_are_not_carried(garden: Garden) -> None:
    """Who spoke was put right: the statement about Bo rests on what he did not say."""
    new = GROUP.replace("Bo: The list is never", "Anna: The list is never")
    merged = new.replace("shed. It works well.\nAnna: The", "shed. It works well. The")
    correct(garden, "group", merged)
    (waits,) = unplaced(garden.project)
    assert (waits.coding_id, waits.now) == (
        garden.codings["stale list"],
        "The list is never up to date.",
    )
    assert [f for f in garden.project.check() if f.severity == "broken"] == []


def test_a_coding_that_waits_is_placed_where_it_is_suggested(garden: Garden) -> None:
    correct(garden, "gardener", RETOLD)
    edits.place_coding(garden.project, garden.codings["gate"])
    gate = coding(garden, "gate")
    assert gate["quote"] == "The gate is locked after seven, and nobody has a key."
    assert gate["transcript_version_id"] == version_id(garden, 2, RETOLD)
    assert [w.coding_id for w in unplaced(garden.project)] == [garden.codings["quiet"]]
    garden.project.undo()
    assert coding(garden, "gate")["quote"].startswith("The gate is locked after six")


def test_a_coding_that_waits_is_placed_where_a_person_says(garden: Garden) -> None:
    correct(garden, "gardener", RETOLD)
    start = RETOLD.index("nobody has a key")
    edits.place_coding(garden.project, garden.codings["gate"], start, start + 16)
    assert coding(garden, "gate")["quote"] == "nobody has a key"


def test_words_that_are_gone_need_a_place_or_are_withdrawn(garden: Garden) -> None:
    correct(
        garden,
        "gardener",
        GARDENER.replace(" The gate is locked after six, and nobody has a key.", ""),
    )
    with pytest.raises(Refused, match="gone from “gardener”"):
        edits.place_coding(garden.project, garden.codings["gate"])
    edits.withdraw_coding(garden.project, garden.codings["gate"])
    assert unplaced(garden.project) == []
    assert [f for f in garden.project.check() if f.severity == "broken"] == []


def test_a_verbatim_statement_keeps_its_words(garden: Garden) -> None:
    correct(garden, "gardener", GARDENER.replace("keeps me away", "kept me away"))
    before = garden.live()
    with pytest.raises(Refused, match="letter by letter"):
        edits.place_coding(garden.project, garden.codings["rain"])
    assert garden.live() == before


def test_a_coding_on_the_current_text_waits_for_nothing(garden: Garden) -> None:
    with pytest.raises(Refused, match="waits for no place"):
        edits.place_coding(garden.project, garden.codings["gate"])


def test_a_place_outside_the_text_or_as_another_coding_is_refused(garden: Garden) -> None:
    correct(garden, "gardener", RETOLD)
    with pytest.raises(OutsideText):
        edits.place_coding(garden.project, garden.codings["gate"], 5, 50_000)
    rain = RETOLD.index("Rain keeps")
    with pytest.raises(Refused, match="has that code already"):
        edits.place_coding(garden.project, garden.codings["gate"], rain, rain + 19)
    with pytest.raises(ChangedMeanwhile):
        edits.place_coding(garden.project, garden.codings["gate"], row_version=7)


def test_what_is_no_correction_is_refused_and_nothing_is_stored(garden: Garden) -> None:
    before = garden.live()
    with pytest.raises(Refused, match="that very text already"):
        correct(garden, "gardener", GARDENER.replace("\n", "\r\n"))
    with pytest.raises(UnknownName):
        correct(garden, "nobody", RETOLD)
    with pytest.raises(BadValue):
        correct(garden, "gardener", RETOLD, reason="a\0b")
    assert garden.live() == before


def test_finished_transcripts_stay_finished(garden: Garden) -> None:
    correct(garden, "gardener", RETOLD)
    runs = views.runs(garden.project)
    assert list(runs["finished"]) == [2]
    states = views.chart(garden.project, values="states")
    assert states.loc["gardener", "Shared work"] == "nothing said"


def test_a_transcript_finished_after_its_correction_is_finished(garden: Garden) -> None:
    """The spans of the version before are no open end, though the run never finished that."""
    version = builders.version(number="2", parent="garden@1")
    edits.add_framework(garden.project, version)
    edits.start_run(garden.project, "second", "garden@2")
    correct(garden, "gardener", GARDENER.replace("six", "ten"))
    edits.finish(garden.project, "second", ["gardener"])
    runs = views.runs(garden.project)
    assert dict(zip(runs["run"], runs["finished"], strict=True))["second"] == 1
    states = views.chart(garden.project, "garden@2", values="states")
    assert states.loc["gardener", "Shared work"] == "nothing said"


def test_a_corrected_transcript_is_one_transcript(garden: Garden) -> None:
    """One coding of “Barriers” went along, one waits: both are in the one interview."""
    correct(garden, "gardener", RETOLD)
    frequencies = views.frequencies(garden.project).set_index("code")
    assert frequencies.loc["Barriers", ["codings", "transcripts", "cases"]].to_list() == [2, 1, 1]


def test_memos_with_a_place_go_along_where_their_words_do(garden: Garden) -> None:
    text = version_id(garden, 1, GARDENER)
    rain, six = GARDENER.index("Rain"), GARDENER.index("after six")
    of = {"anchor": "transcript_version", "anchor_id": text}
    goes = edits.add_memo(garden.project, "Weather?", start=rain, stop=rain + 4, **of)
    stays = edits.add_memo(garden.project, "When?", start=six, stop=six + 9, **of)
    whole = edits.add_memo(garden.project, "A calm talk.", **of)
    report = correct(garden, "gardener", RETOLD)
    memos = {m["id"]: m for m in garden.live()["memo"]}
    new = version_id(garden, 2, RETOLD)
    assert [memos[m]["anchor_id"] for m in (goes, stays, whole)] == [new, text, new]
    assert memos[goes]["start"] == RETOLD.index("Rain")
    assert [(o.what, o.count) for o in report.left_out] == [("memos", 1)]


def test_memos_whose_words_changed_are_listed_and_placed(garden: Garden) -> None:
    text, six = version_id(garden, 1, GARDENER), GARDENER.index("after six")
    of = {"anchor": "transcript_version", "anchor_id": text}
    memo = edits.add_memo(garden.project, "When?", start=six, stop=six + 9, **of)
    whole = edits.add_memo(garden.project, "A calm talk.", **of)
    with pytest.raises(Refused, match="it stands in the current text"):
        edits.place_memo(garden.project, memo)
    correct(garden, "gardener", RETOLD)
    (waits,) = unplaced_memos(garden.project)
    at = RETOLD.index("after seven")
    assert waits[:10] == (
        *(memo, "gardener", "", "When?", "anna", "changed"),
        *("after six", "after seven", at, at + 11),
    )
    assert unplaced_memos(garden.project, "group") == []
    with pytest.raises(Refused, match="has no place in a text"):
        edits.place_memo(garden.project, whole)
    with pytest.raises(ChangedMeanwhile):
        edits.place_memo(garden.project, memo, row_version=waits.row_version + 1)
    with pytest.raises(OutsideText):
        edits.place_memo(garden.project, memo, 3, 9_000)
    edits.place_memo(garden.project, memo)
    assert unplaced_memos(garden.project) == []
    held = next(m for m in garden.live()["memo"] if m["id"] == memo)
    assert (held["anchor_id"], held["start"], held["stop"]) == (
        version_id(garden, 2, RETOLD),
        at,
        at + 11,
    )


def test_of_several_places_the_one_nearest_to_the_old_is_taken(garden: Garden) -> None:
    correct(garden, "gardener", RETOLD)
    with pytest.raises(QuoteNotFound):
        edits.place_coding(garden.project, garden.codings["gate"], words="a door")
    with pytest.raises(QuoteNotFound):
        edits.place_coding(garden.project, garden.codings["gate"], words=" ")
    edits.place_coding(garden.project, garden.codings["gate"], words="e g")
    assert coding(garden, "gate")["start"] == RETOLD.index("The gate") + 2
    assert RETOLD.index("e g") < RETOLD.index("The gate")


def test_a_memo_whose_words_are_gone_wants_a_place_from_a_person(garden: Garden) -> None:
    text, rain = version_id(garden, 1, GARDENER), GARDENER.index("Rain keeps me away. ")
    of = {"anchor": "transcript_version", "anchor_id": text}
    memo = edits.add_memo(garden.project, "Why?", start=rain, stop=rain + 19, **of)
    correct(garden, "gardener", GARDENER.replace("Rain keeps me away. ", ""))
    assert [w.fate for w in unplaced_memos(garden.project)] == ["gone"]
    with pytest.raises(Refused, match="are gone from “gardener”"):
        edits.place_memo(garden.project, memo)
    edits.place_memo(garden.project, memo, 0, 2)
    assert unplaced_memos(garden.project) == []


def test_a_text_that_was_typed_is_read_anew_and_refused_over_a_newer_one(garden: Garden) -> None:
    first = version_id(garden, 1, GARDENER)
    imports.correct_text(garden.project, "gardener", RETOLD, reason="typed", version_id=first)
    assert versions(garden) == [(1, "imported", GARDENER), (2, "typed", RETOLD)]
    shown = transcript_page.shown_text(garden.project, "gardener")
    assert [(t.speaker, t.role) for t in shown.turns] == [
        ("I", "interviewer"),
        ("P1", "participant"),
        ("I", "interviewer"),
        ("P1", "participant"),
    ]
    acts = garden.acts()
    with pytest.raises(ChangedMeanwhile, match="text of “gardener”"):
        imports.correct_text(garden.project, "gardener", "I: Else?", version_id=first)
    with pytest.raises(EmptyFile):
        imports.correct_text(garden.project, "gardener", " \n")
    assert garden.acts() == acts


def test_turns_keep_their_times_where_the_corrected_text_has_none(garden: Garden) -> None:
    said = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Yes we do.</v>\n\n"
    said += "00:03.000 --> 00:05.000\n<v Bo>No we do not.</v>\n"
    content = said.encode()
    read = transcripts.read(content, "talk.vtt")
    edits.import_transcripts(
        garden.project, [Incoming("talk", read, content, "talk.vtt")], ImportReport("talk.vtt")
    )
    text = "Ann: Yes we really do.\nMia: Hm.\nBo: No we do not."
    imports.correct_text(garden.project, "talk", text)
    turns = transcript_page.shown_text(garden.project, "talk").turns
    assert [(t.speaker, t.begin_ms) for t in turns] == [("Ann", 1000), ("Mia", None), ("Bo", 3000)]


def test_a_second_correction_takes_along_what_was_placed(garden: Garden) -> None:
    correct(garden, "gardener", RETOLD)
    edits.place_coding(garden.project, garden.codings["gate"])
    third = "At home.\n" + RETOLD
    correct(garden, "gardener", third)
    assert [n for n, *_ in versions(garden)] == [1, 2, 3]
    assert coding(garden, "gate")["start"] == third.index("The gate")
    assert [w.coding_id for w in unplaced(garden.project)] == [garden.codings["quiet"]]
    edits.place_coding(garden.project, garden.codings["quiet"])
    assert unplaced(garden.project) == []
    assert [f for f in garden.project.check() if f.severity == "broken"] == []


def test_new_speakers_and_words_of_no_case_are_told(garden: Garden) -> None:
    report = correct(garden, "group", GROUP + "Cara: I never come.\n")
    labels = {s["label"] for s in garden.live()["speaker"]}
    assert "Cara" in labels
    assert any("1 turn of “group” in no case" in note for note in report.notes)


def test_a_placing_that_others_rest_on_is_not_undone_alone(garden: Garden) -> None:
    """The new words are as long as the old, so that only they tell of the difference."""
    correct(garden, "gardener", GARDENER.replace("after six", "after ten"))
    edits.place_coding(garden.project, garden.codings["gate"])
    garden.project.who = "bo"
    words, gate = "The gate is locked after ten", garden.codings["gate"]
    edits.write_statement(
        garden.project, "gardener", "1.2", words, kind="verbatim", evidence=[gate]
    )
    garden.project.who = "anna"
    with pytest.raises(UndoBlocked, match="rests on the words of its coding"):
        garden.project.undo(only_mine=True)


def test_several_that_wait_are_placed_in_one_act_or_none_is(garden: Garden) -> None:
    correct(garden, "gardener", RETOLD)
    both, acts = [garden.codings["quiet"], garden.codings["gate"]], garden.acts()
    with pytest.raises(Refused, match="waits for no place"):
        edits.place_codings(garden.project, [*both, garden.codings["rain"]])
    assert len(unplaced(garden.project)) == 2
    assert edits.place_codings(garden.project, both) == 2
    assert (unplaced(garden.project), garden.acts()) == ([], acts + 1)
    assert str(coding(garden, "quiet")["quote"]).startswith("Well, the quiet.")

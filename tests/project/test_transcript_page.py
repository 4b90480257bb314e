"""What a page shows of one transcript: all its text, and only what a coder may see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench
from workbench import edits
from workbench.project import code_list, progress, transcript_page
from workbench.project.transcript_page import ShownText, ShownTurn

TEXT = (
    "Title: Harbour (invented)\n\nInterviewer: Where do they go?\n\n"
    "Ana: Down to the quay. 🙂 Always.\n\n(a pause)\n\nInterviewer: Why?\n\nAna: It is near.\n"
)
CODES = """
framework: harbour
version: "1"
categories:
  - {id: k, number: "1", name: Places, definition: Where., codes: [
      {id: a, number: "1.1", name: Near, definition: Near the water.},
      {id: b, number: "1.2", name: Far, definition: Far away.}]}
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "harbour.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "codes.yaml").write_text(CODES, encoding="utf-8")
    with workbench.create(tmp_path / "study.fwb", who="ana") as made:
        made.import_files(tmp_path / "harbour.txt", tmp_path / "codes.yaml")
        yield made


def test_the_turns_and_what_stands_between_them_are_the_whole_text(project):
    text = transcript_page.shown_text(project, "harbour")
    for turn in text.turns:
        assert turn.words == TEXT[turn.start : turn.stop]
    said = [(t.number, t.role, t.words.strip()) for t in text.turns]
    assert said == [
        (0, "aside", "Title: Harbour (invented)"),
        (1, "interviewer", "Where do they go?"),
        (2, "participant", "Down to the quay. 🙂 Always.\n\n(a pause)"),
        (3, "interviewer", "Why?"),
        (4, "participant", "It is near."),
    ]


def test_a_blind_run_is_seen_by_its_coder_alone_until_consensus_begins(project):
    for who in ("ana", "ben"):
        edits.start_run(project, who, "harbour@1", kind="independent", blind=True, coder=who)
    edits.start_run(project, "open", "harbour@1", kind="independent", coder="ben")

    def seen():
        return [r["name"] for r in transcript_page.visible_runs(project, "harbour@1")]

    assert seen() == ["ana", "open"]
    edits.start_run(project, "together", "harbour@1", kind="consensus")
    assert seen() == ["ana", "ben", "open", "together"]


def test_marks_are_the_live_codings_of_the_runs_that_are_asked_for(project):
    edits.start_run(project, "one", "harbour@1")
    edits.start_run(project, "two", "harbour@1")
    start = TEXT.index("Down")
    edits.code(project, "harbour", start, start + 16, "1.1", run="one", uncertain=True)
    gone = edits.code(project, "harbour", start, start + 4, "1.2", run="one")
    edits.withdraw_coding(project, gone.coding_id)
    edits.code(project, "harbour", start, start + 7, "1.2", run="two")
    (mark,) = transcript_page.marks(project, "harbour", ["one"])
    assert TEXT[mark.start : mark.stop] == "Down to the quay"
    assert (mark.coder, mark.run, mark.uncertain) == ("ana", "one", True)
    assert len(transcript_page.marks(project, "harbour", ["one", "two"])) == 2
    assert transcript_page.marks(project, "harbour", []) == []


def test_codes_are_listed_in_order_with_a_colour_and_how_often_they_were_used(project):
    start = TEXT.index("near")
    edits.code(project, "harbour", start, start + 4, "1.1")
    listed = code_list.listed_codes(project, "harbour@1")
    assert [(c.number, c.name, c.category, c.codings) for c in listed] == [
        ("1.1", "Near", "1 Places", 1),
        ("1.2", "Far", "1 Places", 0),
    ]
    assert len({c.colour for c in listed}) == 1  # the category's


def test_progress_counts_the_turns_of_participants_that_a_coding_meets(project):
    start = TEXT.index("near")
    edits.code(project, "harbour", start, start + 4, "1.1")
    edits.code(project, "harbour", 0, 5, "1.2")
    (row,) = progress.by_transcript(project, "harbour@1")
    assert row == ("harbour", 2, 1, 2, ())
    edits.finish(project, "indexing harbour@1", ["harbour"])
    (row,) = progress.by_transcript(project, "harbour@1")
    assert row.finished_in == ("indexing harbour@1",)
    text = transcript_page.shown_text(project, "harbour")
    held = transcript_page.marks(project, "harbour", ["indexing harbour@1"])
    assert transcript_page.uncoded_turns(text, held) == [2]


@given(st.lists(st.text(alphabet="ab \n🌱", max_size=40), max_size=8), st.integers(1, 12))
def test_parts_have_every_word_once_in_order_and_are_no_longer_than_they_may_be(said, most):
    turns, at = [], 0
    for number, words in enumerate(said, 1):
        turns.append(ShownTurn(number, "Ana", "participant", None, at, at + len(words), words))
        at += len(words) + 1
    text = ShownText("harbour", "t", "v", 1, max(at, most + 1), tuple(turns))
    parts = transcript_page.in_parts(text, most)
    pieces = [turn for part in parts for turn in part.turns]
    assert all(part.turns for part in parts) or not turns
    assert all(sum(len(t.words) for t in part.turns) <= most for part in parts)
    assert all(t.stop - t.start == len(t.words) for t in pieces)
    for turn in turns:
        own = [p for p in pieces if p.number == turn.number]
        assert "".join(p.words for p in own) == turn.words
        assert [p.start for p in own[1:]] == [p.stop for p in own[:-1]]
        assert (own[0].start, own[-1].stop) == (turn.start, turn.stop)
    assert [p.number for p in pieces] == sorted(p.number for p in pieces)


def test_a_text_that_is_not_long_is_one_part(project):
    text = transcript_page.shown_text(project, "harbour")
    assert transcript_page.in_parts(text) == [text]


pieces = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=12)


@given(pieces, st.lists(st.integers(1, 9), max_size=8))
def test_a_stretch_counts_as_met_when_any_of_the_others_shares_a_character(drawn, lengths):
    by = sorted((start, start + length) for start, length in drawn)
    stretches, at = [], 0
    for length in lengths:
        stretches.append((at, at + length))
        at += length + 1
    expected = sum(any(a < stop and b > start for a, b in by) for start, stop in stretches)
    assert progress.count_met(stretches, by) == expected

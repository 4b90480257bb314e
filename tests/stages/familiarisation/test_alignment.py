"""What becomes of segments when a text is corrected, known by how the correction was made."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.model.transcript import with_lf
from workbench.stages.familiarisation.alignment import Block, Carried, align, shares


def carried(old: str, new: str, quote: str) -> Carried:
    """Return what became of the only place of a quote."""
    assert old.count(quote) == 1
    start = old.index(quote)
    (one,) = align(old, new).carry([(start, start + len(quote))])
    return one


def told(old: str, new: str, quote: str) -> tuple[str, str]:
    """Return what became of a quote, and the words at its place."""
    one = carried(old, new, quote)
    return one.fate, new[one.start : one.stop]


OLD = "I come for the quiet. Rain keeps me away. The gate is locked after six."


@pytest.mark.parametrize(
    ("new", "quote", "fate", "words"),
    [
        (OLD, "Rain keeps me away", "moved", "Rain keeps me away"),
        ("Well, " + OLD, "Rain keeps me away", "moved", "Rain keeps me away"),
        (OLD.replace("away", "out"), "Rain keeps me away", "changed", "Rain keeps me out"),
        (OLD.replace("Rain", "Snow"), "Rain keeps me away", "changed", "Snow keeps me away"),
        (OLD.replace("keeps", "often keeps"), "Rain keeps", "changed", "Rain often keeps"),
        (OLD.replace("Rain keeps me away. ", ""), "Rain keeps me away.", "gone", ""),
        (OLD.replace("Rain keeps me ", ""), "Rain keeps me", "gone", ""),
        (OLD.replace("Rain keeps me away", "It is far"), "keeps", "changed", "is"),
        ("", "Rain", "gone", ""),
        ("Nothing", "Rain", "changed", "Nothing"),
    ],
)
def test_a_segment_is_moved_changed_or_gone(new: str, quote: str, fate: str, words: str) -> None:
    assert told(OLD, new, quote) == (fate, words)


@pytest.mark.parametrize(
    "new",
    [
        OLD.replace("Rain", "The Rain"),
        OLD.replace("quiet. Rain", "noise! Rain"),
        OLD.replace("quiet. ", "quiet.\n\n"),
        OLD.replace("away.", "away often."),
        OLD.replace("away.", "away!"),
        OLD.replace(" Rain", "Rain"),
        OLD.replace("away. The gate is locked", "away"),
        OLD.replace("I come for the quiet. ", ""),
    ],
)
def test_an_edit_at_the_very_border_lies_outside(new: str) -> None:
    assert told(OLD, new, "Rain keeps me away") == ("moved", "Rain keeps me away")


def test_words_that_recur_where_they_might_have_gone_are_a_question() -> None:
    old = "One two three. Yes. It was so that day in May."
    new = "One two three. Yes, no, Yes! It was so that day in May."
    fate, _ = told(old.replace("Yes.", "Oh Yes then."), new, "Yes")
    assert fate == "changed"
    assert told(old, new.replace(", no, Yes", ", no"), "Yes") == ("moved", "Yes")


def test_overlapping_segments_are_classed_each_by_its_own_words() -> None:
    new = OLD.replace("keeps me", "kept me")
    places = [(OLD.index(a), OLD.index(b) + len(b)) for a, b in [("I", "Rain"), ("Rain", "away")]]
    first, second = align(OLD, new).carry(places)
    assert (first.fate, new[first.start : first.stop]) == ("moved", "I come for the quiet. Rain")
    assert (second.fate, new[second.start : second.stop]) == ("changed", "Rain kept me away")


def test_emoji_are_whole_letters() -> None:
    old = "Here 🌱 grows. Then 👍 she said. 🌧 stops it."
    assert told(old, old.replace("🌧", "🌧🌧"), "👍 she said") == ("moved", "👍 she said")
    assert told(old, old.replace("👍", "👍🏽"), "Then 👍") == ("changed", "Then 👍")
    assert told(old, old.replace("🌱 grows", "🌱🌱 grows"), "grows") == ("moved", "grows")
    assert told(old, old.replace("👍", "👩\u200d👍"), "👍 she")[0] == "changed"


def test_an_accent_that_joins_the_last_letter_changes_the_word() -> None:
    old = "We met in the cafe there."
    assert told(old, old.replace("cafe", "cafe\u0301"), "the cafe")[0] == "changed"
    assert told(old, old.replace("cafe", "cafes"), "the cafe") == ("moved", "the cafe")
    with_accent = old.replace("cafe", "cafe\u0301")
    assert told(with_accent, "Yes. " + with_accent, "cafe\u0301") == ("moved", "cafe\u0301")


def test_line_ends_of_another_system_are_no_edit() -> None:
    old = with_lf("I: Why?\r\nP: Rain.\r\nI: And?\r\n")
    new = with_lf("I: Why?\r\nP: Rain!\r\nI: And?\r\n")
    assert told(old, new, "P: Rain") == ("moved", "P: Rain")
    assert told(old, new, "I: And?\n") == ("moved", "I: And?\n")


def test_words_that_differ_are_compared_letter_by_letter_from_their_ends() -> None:
    alignment = align("We met a cat.", "We met a cats.")
    assert alignment.blocks == (Block(0, 0, 12), Block(12, 13, 1))


def test_a_stretch_takes_what_was_said_within_it() -> None:
    alignment = align(OLD, "So: " + OLD.replace("keeps", "often keeps") + " Yes.")
    assert alignment.stretch(0, len(OLD)) == (0, len(OLD) + 15)
    start, stop = alignment.stretch(OLD.index("Rain"), OLD.index(" The"))
    assert alignment.new[start:stop] == "Rain often keeps me away."


@dataclass(frozen=True, slots=True)
class Edited:
    """Numbered words, and what happened to some: they were dropped, replaced, or led by more."""

    count: int
    edits: dict[int, str]

    def text(self) -> tuple[str, list[tuple[int, int]]]:
        """Return the old text and where each word stands."""
        words = [f"word{n:04d}" for n in range(self.count)]
        return self._laid(words)

    def corrected(self) -> str:
        done = {"drop": "", "replace": "other{}", "lead": "more{} word{}"}
        words = [
            done[self.edits[n]].format(f"{n:04d}", f"{n:04d}")
            if n in self.edits
            else f"word{n:04d}"
            for n in range(self.count)
        ]
        return self._laid([w for w in words if w])[0]

    @staticmethod
    def _laid(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
        text, places = "", []
        for word in words:
            places.append((len(text), len(text) + len(word)))
            text += word + (". " if word.endswith("7") else "\n" if word.endswith("3") else " ")
        return text, places

    def expected(self, first: int, last: int) -> str:
        """Return the fate of words `first` to `last`, both of them in it."""
        inside = {n: e for n, e in self.edits.items() if first <= n <= last}
        if inside.get(first) == "lead":
            del inside[first]
        if not inside:
            return "moved"
        return "gone" if first == last and inside.get(first) == "drop" else "changed"


@st.composite
def edited(draw: st.DrawFn) -> Edited:
    """Draw edits of which no two touch, so that each can only be what it was."""
    count = draw(st.integers(10, 120))
    steps = draw(st.lists(st.integers(4, 12), max_size=20))
    kinds = st.sampled_from(["drop", "replace", "lead"])
    at, edits = 0, {}
    for step in steps:
        at += step
        if at < count - 4:
            edits[at] = draw(kinds)
    return Edited(count, edits)


@given(edited(), st.data())
def test_every_segment_is_classed_as_it_was_edited(case: Edited, data: st.DataObject) -> None:
    old, places = case.text()
    number = st.integers(0, case.count - 1)
    spans = data.draw(st.lists(st.tuples(number, number).map(sorted), min_size=1, max_size=20))
    new = case.corrected()
    segments = [(places[a][0], places[b][1]) for a, b in spans]
    for (first, last), (start, stop), one in zip(
        spans, segments, align(old, new).carry(segments), strict=True
    ):
        assert one.fate == case.expected(first, last)
        if one.fate == "moved":
            assert new[one.start : one.stop] == old[start:stop]


@given(st.text("ab \n.é\u0301🌱", max_size=60), st.text("ab \n.é\u0301🌱", max_size=60), st.data())
def test_what_is_moved_says_the_same_and_keeps_its_order(
    old: str, new: str, data: st.DataObject
) -> None:
    segments = [(0, len(old))] if old else []
    if len(old) > 1:
        start = data.draw(st.integers(0, len(old) - 1))
        segments.append((start, data.draw(st.integers(start + 1, len(old)))))
    alignment = align(old, new)
    for block in alignment.blocks:
        ours = old[block.old : block.old + block.length]
        assert ours == new[block.new : block.new + block.length] != ""
    for a, b in zip(alignment.blocks, alignment.blocks[1:], strict=False):
        assert a.old + a.length <= b.old
        assert a.new + a.length <= b.new
    for (start, stop), one in zip(segments, alignment.carry(segments), strict=True):
        assert 0 <= one.start <= one.stop <= len(new)
        assert (one.start == one.stop) == (one.fate == "gone")
        if one.fate == "moved":
            assert new[one.start : one.stop] == old[start:stop]
        assert (
            0 <= alignment.stretch(start, stop)[0] <= alignment.stretch(start, stop)[1] <= len(new)
        )


TALK = "Anna: Rain helps.\nBo: It does not.\nAnna: It does.\n"
TURNS = [("Anna", 0, 17), ("Bo", 18, 34), ("Anna", 35, 49)]


def words_of(new: str, stretches: list[tuple[int, int]]) -> list[str]:
    """Return what a case with these stretches of the talk has in the new text."""
    turns, at = [], 0
    for line in new.splitlines(keepends=True):
        turns.append((line.partition(":")[0], at, at + len(line) - 1))
        at += len(line)
    return [new[a:b] for a, b in shares(align(TALK, new), stretches, TURNS, turns)]


def test_a_case_with_all_turns_of_a_speaker_has_those_that_are_put_right_too() -> None:
    anna = [(0, 17), (35, 49)]
    assert words_of(TALK.replace("Bo: It", "Anna: It"), anna) == [
        "Anna: Rain helps.",
        "Anna: It does not.",
        "Anna: It does.",
    ]
    assert words_of(TALK.replace("Anna: It does.", "Bo: It does."), anna) == ["Anna: Rain helps."]


def test_a_speaker_who_is_called_otherwise_now_keeps_what_was_said() -> None:
    new = TALK.replace("Anna:", "Anne:")
    assert words_of(new, [(0, 17), (35, 49)]) == ["Anne: Rain helps.", "Anne: It does."]


def test_a_case_with_one_turn_of_a_speaker_has_that_one_with_what_was_added() -> None:
    new = TALK.replace("It does.", "It does. Sure")
    assert words_of(new, [(35, 49)]) == ["Anna: It does. Sure"]
    assert words_of(new, [(6, 10)]) == ["Rain"]
    assert words_of(TALK.replace("Anna: It does.\n", ""), [(35, 49)]) == []

"""How positions are counted: each way that a tool has, found again from what it leaves."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from trying import often

from workbench.formats.refi.counting import Counting, Marked
from workbench.formats.refi.offsets import RawText, placed

EMOJI = "Ane 👩🏽 waits.\r\nThe 🔬 queue is long.\r\nBo: yes, “long” it is."


def quotes(raw: str, marked: list[Marked], origin: str = "") -> list[str | None]:
    """Return the words of selections as they come in."""
    text = RawText(raw)
    found = placed(text, marked, origin).segments
    return [None if s is None else text.text[slice(*s)] for s in found]


def counted(raw: str, words: str, way: Counting) -> tuple[int, int]:
    """Return the first and last position of words, counted by hand, letter by letter."""
    at = raw.index(words)
    positions, position = [], 0
    for n, letter in enumerate(raw):
        positions.append(position)
        if letter == "\ufeff" and n == 0:
            position += way.mark_counts
        elif letter == "\r" and raw[n + 1 : n + 2] == "\n":
            position += way.line_end - 1
        else:
            position += 2 if way.unit == "UTF-16 units" and letter > "\uffff" else 1
    positions.append(position)
    last = at + len(words)
    return positions[at], positions[last - 1] if way.inclusive else positions[last]


# --- one rule after the other ---------------------------------------------------------


def test_the_standard_counts_code_points_and_the_last_one_is_outside() -> None:
    assert quotes("a 👩 bc de", [Marked(4, 6, "bc"), Marked(4, 9, "bc de")]) == ["bc", "bc de"]


def test_nvivo_counts_sixteen_bits_and_a_line_end_as_two_but_no_byte_order_mark() -> None:
    # "Ane 👩🏽 waits.": 4 + 2 + 2 + 7 = 15 units, CR LF makes 17, "The 🔬 " 7 more
    found = quotes("\ufeff" + EMOJI, [Marked(24, 29)], "NVivo 12.6")
    assert found == ["queue"]


def test_names_are_stronger_than_the_tool() -> None:
    # in code points with a line end as one: 13 + 1 + 6 = 20
    assert quotes(EMOJI, [Marked(20, 33, "queue is long")], "NVivo 12.6") == ["queue is long"]


def test_atlas_counts_a_line_end_as_one_and_the_last_position_is_outside() -> None:
    assert quotes("one\r\ntwo\r\nthree", [Marked(8, 13)], "ATLAS.ti 8.4.0") == ["three"]
    assert quotes("one\r\ntwo\r\nthree", [Marked(10, 15)], "Another") == ["three"]


def test_a_byte_order_mark_that_counts_is_found() -> None:
    assert quotes("\ufeffone two three", [Marked(5, 14, "two three")]) == ["two three"]


def test_an_end_that_is_inside_is_found() -> None:
    assert quotes("one two three", [Marked(4, 12, "two three")]) == ["two three"]


def test_in_xml_a_line_end_may_have_been_two() -> None:
    text = RawText("one\ntwo\nthree four", line_ends_lost=True)
    found = placed(text, [Marked(10, 20, "three four")])
    assert [text.text[slice(*s)] for s in found.segments] == ["three four"]
    assert found.said() == "a line end counts as two; the last position is outside"


@pytest.mark.parametrize("name", ["three…", "three...", "three\nfour", "three  four five"])
def test_names_are_compared_without_white_space_and_may_be_cut(name) -> None:
    assert quotes("one\r\ntwo\r\nthree four five", [Marked(8, 23, name)]) == ["three four five"]


def test_a_name_that_is_a_label_decides_nothing() -> None:
    found = placed(RawText(EMOJI), [Marked(24, 29, "damage done by fatty foods")], "NVivo")
    assert (found.evidence, found.confidence) == (("origin",), "likely")
    assert (found.named, found.fitting) == (1, 0)


WORDS = "Ana 👩 went to the 🔬 room and then she waited there for a long time with Bo"


def marks_of(words: str, way: Counting, raw: str = WORDS) -> list[Marked]:
    return [Marked(*counted(raw, word, way)) for word in words.split()]


def test_without_names_selections_begin_and_end_with_whole_words() -> None:
    marked = marks_of("room then she waited there long time", Counting(unit="UTF-16 units"))
    assert quotes(WORDS, marked) == ["room", "then", "she", "waited", "there", "long", "time"]
    assert placed(RawText(WORDS), marked).evidence == ("words",)


def test_too_few_words_prove_nothing_and_the_standard_is_believed() -> None:
    found = placed(RawText(WORDS), marks_of("room", Counting()))
    assert found.counting == Counting()
    assert (found.evidence[-1], found.confidence) == ("standard", "unsure")


def test_words_that_speak_clearly_are_believed_against_the_tool_with_a_warning() -> None:
    marked = marks_of("room then she waited there long time", Counting())
    found = placed(RawText(WORDS), marked, "NVivo 15 for Mac")
    assert found.counting.unit == "code points"
    assert (found.evidence, found.confidence) == (("words",), "unsure")


def test_positions_that_lie_in_the_text_decide_when_nothing_else_does() -> None:
    raw = "👩👩 !!"
    found = placed(RawText(raw), [Marked(5, 7)])
    assert found.counting.unit == "UTF-16 units"
    assert "length" in found.evidence


def test_what_cannot_be_told_apart_is_said() -> None:
    found = placed(RawText("one two three"), [Marked(4, 7, "two three")])
    assert found.said() == (
        "UTF-16 units count here as code points do; the last position is outside"
    )
    both = placed(RawText("one 👩\r\ntwo"), [Marked(0, 3, "one")])
    assert "unit" not in both.matters
    assert "line_end" not in both.matters


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 0), (5, 2), (-1, 2), (0, 99), (10**15, 10**15 + 1), (-(10**15), 3), (10, 11)],
)
def test_what_is_no_segment_is_none(start, end) -> None:
    sure = Marked(2, 10, "👩 two 3")
    assert quotes("a 👩 two 3", [sure, Marked(start, end)]) == ["👩 two 3", None]


def test_a_position_inside_a_letter_of_two_units_is_none() -> None:
    sure = Marked(2, 10, "👩 two 3")
    assert quotes("a 👩 two 3", [sure, Marked(3, 7), Marked(0, 3)]) == ["👩 two 3", None, None]


def test_a_text_without_selections_is_not_asked() -> None:
    found = placed(RawText("one"), [])
    assert (found.segments, found.evidence) == ((), ())


def test_the_text_is_stored_as_transcripts_are() -> None:
    raw = "\ufeff\ufeffone\r\ntwo\rthree\r\r\nfour"
    assert RawText(raw).text == "one\ntwo\nthree\n\nfour"
    assert quotes(raw, [Marked(*counted(raw, "four", Counting(mark_counts=True)), "four")]) == [
        "four"
    ]


# --- all ways at once ---------------------------------------------------------------------

LETTERS = [*"abcdefgæøå", "👩", "🔬", "𝄞", " ", " ", " ", "\r\n", "\n", "\r", ".", "“", "\u0301"]


@st.composite
def exports(draw):
    """Return a raw text, a way to count, and segments of the raw text with their positions."""
    body = "".join(draw(st.lists(st.sampled_from(LETTERS), min_size=12, max_size=60)))
    raw = draw(st.sampled_from(["", "\ufeff"])) + body
    way = Counting(
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from([1, 2])),
        draw(st.sampled_from(["code points", "UTF-16 units"])),
    )
    first = len(raw) - len(body)
    borders = [n for n in range(first, len(raw) + 1) if raw[n - 1 : n + 1] != "\r\n"]
    held = []
    for _ in range(draw(st.integers(1, 6))):
        a, b = sorted(draw(st.lists(st.sampled_from(borders), min_size=2, max_size=2, unique=True)))
        held.append((a, b))
    return raw, way, held


def positions(raw: str, way: Counting) -> list[int]:
    found, at = [], 0
    for n, letter in enumerate(raw):
        found.append(at)
        if letter == "\ufeff" and n == 0:
            at += way.mark_counts
        elif letter == "\r" and raw[n + 1 : n + 2] == "\n":
            at += way.line_end - 1
        else:
            at += 2 if way.unit == "UTF-16 units" and letter > "\uffff" else 1
    return [*found, at]


def as_stored(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(exports())
@often(300)
def test_whatever_the_way_its_own_segments_are_read_back(export) -> None:
    raw, way, held = export
    at = positions(raw, way)
    ends = [b - 1 if way.inclusive else b for _, b in held]
    ends = [e - 1 if way.inclusive and raw[e - 1 : e + 1] == "\r\n" else e for e in ends]
    marked = [Marked(at[a], at[e]) for (a, _), e in zip(held, ends, strict=True)]
    text = RawText(raw)
    known = next(
        w
        for w in text.ways()
        if w.inclusive == way.inclusive
        and (not text.mark or w.mark_counts == way.mark_counts)
        and (not text.pairs or w.line_end == way.line_end)
        and (not text.astral or w.unit == way.unit)
    )
    found = [text.text[slice(*s)] if s else None for s in text.segments(marked, known)]
    wanted = [as_stored(raw[a:b]) for a, b in held]
    if way.inclusive and way.line_end == 2:
        wanted = [
            f if f is None or f == w or w == f + "\n" else w
            for f, w in zip(found, wanted, strict=True)
        ]
    assert found == wanted


@given(exports(), st.sampled_from(["", "NVivo 12", "ATLAS.ti 26", "QualCoder 3"]))
@often(300)
def test_named_selections_come_back_with_their_words_whatever_the_way(export, origin) -> None:
    raw, way, held = export
    held = [(a, b) for a, b in held if raw[b - 1] not in "\r\n" and raw[a:b].strip() == raw[a:b]]
    held = [(a, b) for a, b in held if len("".join(raw[a:b].split())) >= 4]
    assume(held)
    at = positions(raw, way)
    names = [as_stored(raw[a:b]) for a, b in held]
    marked = [
        Marked(at[a], at[b - 1] if way.inclusive else at[b], name)
        for (a, b), name in zip(held, names, strict=True)
    ]
    text = RawText(raw)
    found = placed(text, marked, origin)
    assert [text.text[slice(*s)] for s in found.segments if s] == names
    assert found.fitting == found.named == len(held)


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(), st.integers(), st.text(max_size=5))))
def test_any_positions_over_any_text_end_in_segments_of_it_or_nothing(raw, marked) -> None:
    text = RawText(raw)
    found = placed(text, [Marked(*m) for m in marked])
    assert len(found.segments) == len(marked)
    assert all(s is None or 0 <= s[0] < s[1] <= len(text.text) for s in found.segments)


def test_a_file_of_this_tool_counts_code_points_whatever_borders_of_words_say() -> None:
    raw = RawText("🌱 a b c d e f g h")
    marked = [Marked(n, n + 1, "") for n in (3, 5, 7, 9)]
    assert placed(raw, marked).counting.unit == "UTF-16 units"
    found = placed(raw, marked, "Framework Workbench 0.1.0")
    assert (found.counting.unit, found.evidence, found.confidence) == (
        "code points",
        ("origin",),
        "certain",
    )


def test_names_have_the_last_word_in_a_file_that_says_it_is_of_this_tool() -> None:
    found = placed(RawText("🌱 gate and key"), [Marked(3, 7, "gate")], "Framework Workbench")
    assert (found.counting.unit, found.evidence) == ("UTF-16 units", ("names",))

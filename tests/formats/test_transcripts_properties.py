"""What holds for every transcript: nothing lost, nothing moved, nothing but our errors."""

import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.errors import WorkbenchError
from workbench.formats import transcripts
from workbench.model.transcript import Reading, with_lf

SPEAKERS = ["I", "Interviewer", "Researcher 1", "Ana", "Ola Li", "P1", "P02", "Åse", "Speaker 3"]
WORDS = (
    st.text(
        st.characters(
            blacklist_categories=("Cs", "Cc"),
            blacklist_characters=":：#\ufeff\u2028\u2029\x85[]()*",
        ),
        min_size=1,
        max_size=60,
    )
    .map(str.strip)
    .filter(lambda words: words and not words.isspace())
)
TALK = st.lists(st.tuples(st.sampled_from(SPEAKERS), WORDS), min_size=1, max_size=12)


def said(got: Reading) -> list[tuple[str | None, str]]:
    return [(t.speaker, got.text[t.words_start : t.stop]) for t in got.turns]


@given(talk=TALK, blank=st.booleans(), colon=st.sampled_from([": ", ":\t", " : ", ":"]))
def test_every_talk_written_with_labels_comes_back_as_the_same_turns(
    talk: list[tuple[str, str]], blank: bool, colon: str
) -> None:
    text = ("\n\n" if blank else "\n").join(speaker + colon + words for speaker, words in talk)
    got = transcripts.read(text.encode(), "a.txt")
    assert said(got) == talk
    assert got.text == text
    assert got.unparsed == 0


@given(talk=TALK)
def test_every_talk_in_voice_tags_comes_back_run_by_run(talk: list[tuple[str, str]]) -> None:
    cues = [
        f"00:{n:02}.000 --> 00:{n:02}.500\n<v {speaker}>{_escaped(words)}</v>"
        for n, (speaker, words) in enumerate(talk)
    ]
    got = transcripts.read(("WEBVTT\n\n" + "\n\n".join(cues)).encode(), "a.vtt")
    runs: list[tuple[str, str]] = []
    for speaker, words in talk:
        if runs and runs[-1][0] == speaker:
            runs[-1] = (speaker, f"{runs[-1][1]} {words}")
        else:
            runs.append((speaker, words))
    assert said(got) == runs
    assert got.text == "\n".join(f"{speaker}: {words}" for speaker, words in runs)


def _escaped(words: str) -> str:
    return (
        words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("{", "&#123;")
    )


TEXTS = [
    "I: ",
    "Ana: ",
    "Ana :\t",
    "Note: ",
    "https://x",
    "\n",
    "\n\n",
    "  ",
    "\t",
    "text",
    "é",
    "🐄",
]
TIMES = [
    "Kim Lee   0:03\n",
    "P03  1:02:07  \n",
    "0:12\n",
    "#00:00:06-9#",
    "#01:00#",
    "[Kim] 10:00:01\n",
]
CUES = [
    "0:0:0.0 --> 0:0:1.0\nKim\n",
    "WEBVTT\n\n",
    "1\n00:00:01,000 --> 00:00:02,000\n",
    "NOTE x\n",
]
TOPS = [
    "Date: 2021-02-28\n",
    "Duration: 5\n",
    "Transcribed by https://otter.ai\n",
    "<v Kim>",
    "</v>",
]
SIGNS = [
    "&amp;",
    "&#0;",
    "&#xD800;",
    "[",
    "(",
    "*",
    ":",
    "：",
    "|",
    "-->",
    "\ufeff",
    "\u2028",
    "\x0c",
]
PIECES = st.sampled_from([*TEXTS, *TIMES, *CUES, *TOPS, *SIGNS])
JUMBLE = st.lists(PIECES, min_size=1, max_size=30).map("".join)


def assert_sound(got: Reading) -> None:
    assert with_lf(got.text) == got.text
    got.text.encode()
    at = 0
    for turn in got.turns:
        assert at <= turn.start <= turn.words_start <= turn.stop <= len(got.text)
        at = turn.stop
        whole, words = got.text[turn.start : turn.stop], got.text[turn.words_start : turn.stop]
        assert whole == whole.strip("\n")
        assert words == words.strip()
        if turn.speaker is not None and got.layout not in ("table", "noScribe"):
            label = " ".join(turn.speaker.casefold().split())
            assert " ".join(whole.casefold().split()).startswith(label)
    assert sorted({t.speaker for t in got.turns if t.speaker}) == sorted(
        s.label for s in got.speakers
    )
    assert sum(s.turns for s in got.speakers) == sum(t.speaker is not None for t in got.turns)


def assert_sound_or_refused(data: bytes, name: str) -> Reading | str:
    """Return a sound reading, or the sentence of a refusal, which names the file.

    Anything else is raised.
    """
    got: Reading | str
    try:
        got = transcripts.read(data, name)
    except WorkbenchError as error:
        got = str(error)
    if isinstance(got, str):
        assert got.startswith(f"{name}: ")
    else:
        assert_sound(got)
    return got


@given(text=JUMBLE)
@settings(max_examples=300)
def test_turns_are_in_order_and_begin_with_their_label_whatever_the_text(text: str) -> None:
    got = assert_sound_or_refused(text.encode(), "a.txt")
    if isinstance(got, Reading) and got.layout not in ("SRT", "VTT", "Zoom VTT", "Teams VTT"):
        assert got.text == text.lstrip("\ufeff")


@given(text=JUMBLE, name=st.sampled_from(["a.txt", "a.md", "a.vtt", "a.srt"]))
def test_line_ends_make_no_difference(text: str, name: str) -> None:
    unix = assert_sound_or_refused(text.encode(), name)
    assert assert_sound_or_refused(text.replace("\n", "\r\n").encode(), name) == unix
    assert assert_sound_or_refused(text.replace("\n", "\r").encode(), name) == unix


TOPS_OF_ROWS = st.sampled_from([("Time", "Text"), ("Speaker", "Text"), ("Text", "Nr", "Speaker")])


@given(pieces=st.lists(PIECES, min_size=1, max_size=30), top=TOPS_OF_ROWS, comma=st.booleans())
def test_turns_of_rows_are_sound_whatever_stands_in_them(
    pieces: list[str], top: tuple[str, ...], comma: bool
) -> None:
    between = "," if comma else "\t"
    assert_sound_or_refused(f"{between.join(top)}\n{between.join(pieces)}\n".encode(), "a.txt")


@given(text=JUMBLE)
def test_below_the_first_turn_every_letter_is_in_a_turn(text: str) -> None:
    body = "I: Begin.\nAna: Yes.\n" + text.replace("#", "").replace("Date", "").replace("0:", "")
    got = assert_sound_or_refused(body.encode(), "a.txt")
    if isinstance(got, Reading) and got.layout == "speaker: text":
        inside = "".join(got.text[t.start : t.stop] for t in got.turns)
        assert list(filter(str.isalpha, inside)) == list(filter(str.isalpha, got.text))


NAMES = st.sampled_from(
    ["a.txt", "a.docx", "a.odt", "a.rtf", "a.vtt", "a.srt", "a.html", "a.pdf", "a", "a.xyz"]
)
STARTS = st.sampled_from(
    [
        b"",
        b"\xff\xfe",
        b"\xfe\xff",
        b"{\\rtf1 ",
        b"PK\x03\x04",
        b"WEBVTT\n\n",
        b"\xef\xbb\xbf",
        b"%PDF",
        b"<html><a name='ts_1_2_S0'>S0: ",
        b"Timespan\tContent\tSpeaker\n",
        b"Timespan,Content,Speaker\n",
    ]
)


@given(start=STARTS, data=st.binary(max_size=300), name=NAMES)
@settings(max_examples=400)
@example(start=b"", data=b"\xff\xfe\x00\x00", name="a.txt")
@example(start=b"{\\rtf1 ", data=b"\\u", name="a.rtf")
def test_bytes_of_any_kind_are_read_soundly_or_refused_by_name(
    start: bytes, data: bytes, name: str
) -> None:
    got = assert_sound_or_refused(start + data, name)
    assert got == assert_sound_or_refused(start + data, name)


LETTERS = [
    r"\par ",
    r"\u8230?",
    r"\u-1?",
    r"\u99999999?",
    r"\uc",
    r"\uc0 ",
    r"\'e4",
    r"\'",
    r"\cell ",
]
GROUPS = [
    "{",
    "}",
    r"\{",
    r"\*",
    "\\",
    ";",
    "a",
    r"\row ",
    r"{\field{\*\fldinst{HYPERLINK " + '"x"',
]
TABLES = [r"\fonttbl", r"\f1", r"\fcharset238", r"\fcharset999 ", r"\ansicpg1 ", r"\ansicpg65001 "]
CONTROLS = st.sampled_from([*LETTERS, *GROUPS, *TABLES, r"\bin3 ", r"\bin", r"\pict", r"\deff9"])


@given(controls=st.lists(CONTROLS, max_size=25))
@settings(max_examples=300)
def test_any_rich_text_is_read_soundly_or_refused_by_name(controls: list[str]) -> None:
    got = assert_sound_or_refused((r"{\rtf1\ansi a" + "".join(controls)).encode(), "a.rtf")
    assert isinstance(got, str) or got.text.startswith("a")


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BLOCKS = ["p", "tbl", "tr", "tc", "sdt", "sdtContent", "txbxContent", "pPr", "rPr", "numPr"]
ELEMENTS = st.sampled_from([*BLOCKS, "r", "t", "del", "ins", "br", "tab", "drawing", "sym"])


def _tree(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(ELEMENTS, st.lists(children, max_size=4)).map(
        lambda one: f"<w:{one[0]}>{''.join(one[1])}</w:{one[0]}>"
    )


@given(body=st.recursive(st.sampled_from(["x", "I: ", " "]), _tree, max_leaves=25))
@settings(max_examples=300)
def test_any_nesting_of_word_elements_is_read_soundly_or_refused_by_name(body: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        )
    got = assert_sound_or_refused(out.getvalue(), "a.docx")
    assert isinstance(got, str) or set(got.text) <= set("xI: \n\t\ufffd")


@given(data=st.data())
@settings(max_examples=150)
def test_a_damaged_word_document_is_refused_by_name_or_read_as_it_was(data: st.DataObject) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        paragraph = "<w:p><w:r><w:t>I: Why?</w:t></w:r></w:p>" * 9
        made.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}"><w:body>{paragraph}</w:body></w:document>',
        )
    sound = bytearray(out.getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(sound) - 1))
        sound[at] = data.draw(st.integers(0, 255))
    got = assert_sound_or_refused(bytes(sound), "a.docx")
    assert isinstance(got, str) or got.text == "\n".join(["I: Why?"] * 9)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a:",
        " ",
        "x\n    \n",
        "0:12\n",
        "Ana Li  0:12 x\n",
        "#00:00:01-1#",
        "[a\n",
        "*",
        "Ana (b",
    ],
)
def test_half_a_megabyte_of_anything_is_read_and_kept_whole(unit: str) -> None:
    """Work that grew with the square of the text would not end here."""
    text = unit * (500_000 // len(unit)) + "\nI: x\n"
    assert transcripts.read(text.encode(), "a.txt").text == text

"""Transcripts in tables and under headings: NVivo's rows, Word's tables, speakers by style."""

import io
import zipfile

import pytest

from workbench.formats import transcripts
from workbench.model.transcript import Reading

Row = tuple[str | None, str, int | None, int | None]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(text: str) -> Reading:
    return transcripts.read(text.encode(), "a.txt")


def docx(body: str) -> Reading:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        )
    return transcripts.read(out.getvalue(), "a.docx")


def p(words: str, style: str = "") -> str:
    chosen = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{chosen}<w:r><w:t>{words}</w:t></w:r></w:p>"


def tr(*cells: str) -> str:
    inside = (
        c if c.startswith("<w:tc>") else f"<w:tc>{''.join(p(w) for w in c.split('|'))}</w:tc>"
        for c in cells
    )
    return f"<w:tr>{''.join(inside)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


MERGED = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"


def rows(reading: Reading) -> list[Row]:
    return [
        (t.speaker, reading.text[t.words_start : t.stop], t.begin_ms, t.end_ms)
        for t in reading.turns
    ]


# --- tables of Word ----------------------------------------------------------------------


def test_columns_are_known_by_their_names_in_any_order_and_numbers_are_dropped() -> None:
    got = docx(
        p("Farm talk")
        + tbl(
            tr("Nr", "Timespan", "Content", "Speaker"),
            tr("1", "0:00.0 - 0:07.4", "Shall we|start?", "Int:"),
            tr("2", "0:07,4/1:02:07", "Yes, of course we shall.", "Ana"),
        )
    )
    assert rows(got) == [
        ("Int", "Shall we\nstart?", 0, 7400),
        ("Ana", "Yes, of course we shall.", 7400, 3727000),
    ]
    assert (got.layout, got.header.title, got.unparsed) == ("table", "Farm talk", 0)
    assert [(s.label, s.role) for s in got.speakers] == [
        ("Int", "interviewer"),
        ("Ana", "participant"),
    ]


def test_merged_cells_go_on_with_the_speaker_above_and_this_is_said() -> None:
    got = docx(
        tbl(
            tr("1", "00:01", "Int", "Why did you begin with it?"),
            tr("2", "00:05", "Ana", "It was so long ago."),
            tr("3", "00:09", MERGED, "And I was young then."),
            tr("4", "00:12", "Int", "And after that, what?"),
        )
    )
    assert rows(got) == [
        ("Int", "Why did you begin with it?", 1000, None),
        ("Ana", "It was so long ago.", 5000, None),
        ("Ana", "And I was young then.", 9000, None),
        ("Int", "And after that, what?", 12000, None),
    ]
    assert got.text[got.turns[1].start : got.turns[1].stop] == "Ana\tIt was so long ago."
    assert got.guesses[:4] == (
        "The table does not name its columns; what is said was taken from column 4.",
        "Speakers were taken from column 3 of the table.",
        "Times were taken from column 2 of the table.",
        "1 row without a speaker went to the speaker of the row above.",
    )


def test_a_cell_over_several_columns_does_not_move_those_after_it() -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Ana") + "</w:tc>"
    over = '<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>' + p("Part two") + "</w:tc>"
    got = docx(
        tbl(
            tr("Speaker", "Note", "Text"),
            tr("Int", "", "Shall we start with it now?"),
            tr(over),
            tr(wide, "Yes, of course, let us start."),
        )
    )
    assert rows(got) == [
        ("Int", "Shall we start with it now?", None, None),
        ("Ana", "Yes, of course, let us start.", None, None),
    ]
    assert got.unparsed == 1


def test_a_table_above_a_transcript_in_paragraphs_is_not_its_layout() -> None:
    facts = tbl(tr("Person", "Text"), tr("Ana", "Farmer"), tr("Ola", "Vet"))
    got = docx(facts + "".join(p(f"I: Why {n}?") + p(f"Ana: So it is, {n}.") for n in range(9)))
    assert got.layout == "speaker: text"
    assert len(got.turns) == 18


def test_columns_without_speakers_or_times_are_no_transcript() -> None:
    got = docx(tbl(tr("Rain fell on the field.", "Nobody came to see it."), tr("So", "it went.")))
    assert got.layout != "table"


# --- rows in text ------------------------------------------------------------------------


def test_nvivos_rows_with_tabs_and_their_short_times() -> None:
    got = read("Timespan\tContent\tSpeaker\n75\tShall we start?\tInt\n9203\tYes, we shall.\tAna\n")
    assert rows(got) == [
        ("Int", "Shall we start?", 75000, None),
        ("Ana", "Yes, we shall.", 5523000, None),
    ]
    assert got.turns[0].start == got.turns[0].words_start


def test_rows_with_commas_keep_what_stands_in_quotes_together() -> None:
    got = read(
        'Speaker,Start,End,Text\nInt,0:01,0:03,"Yes, so\nit is now?"\nAna,0:04,0:05,No way\n'
    )
    assert rows(got) == [
        ("Int", "Yes, so\nit is now?", 1000, 3000),
        ("Ana", "No way", 4000, 5000),
    ]
    assert got.unparsed == 0


@pytest.mark.parametrize("text", ["1\tInt\tWhy?\n2\tAna\tSo.\n", "Well,so,it\nis,all,over\n"])
def test_without_names_tabs_and_commas_are_letters(text: str) -> None:
    assert read(text).layout == "paragraphs"


# --- headings ----------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["Heading1", "Overskrift2", "berschrift1"])
def test_speakers_in_headings_own_the_paragraphs_below(style: str) -> None:
    got = docx(
        p("Farm talk", "Title")
        + p("Int", style)
        + p("Why, Ana?")
        + p("Ana", style)
        + p("So.")
        + p("Note: it was late.")
        + p("After lunch", "Heading1")
        + p("INT", style)
        + p("Well?")
        + p("Ana", style)
        + p("Yes.")
    )
    assert rows(got) == [
        ("Int", "Why, Ana?", None, None),
        ("Ana", "So.\nNote: it was late.", None, None),
        ("Int", "Well?", None, None),
        ("Ana", "Yes.", None, None),
    ]
    assert (got.layout, got.header.title) == ("speakers as headings", "Farm talk")


def test_headings_of_parts_are_no_speakers() -> None:
    first = p("Background", "Heading1") + p("I: Why?") + p("Ana: So.")
    got = docx(first + p("Method", "Heading1") + p("I: How?") + p("Ana: Thus."))
    assert got.layout == "speaker: text"
    names = ("Ana", "Ana", "Work", "Land", "Milk")
    parts = "".join(p(name, "Heading1") + p("I: Why?") + p("Ola: So.") for name in names)
    assert docx(parts).layout == "speaker: text"

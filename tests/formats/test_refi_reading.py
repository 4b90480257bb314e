"""Projects of other tools: one test a rule of what they write."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from refi_files import (
    ANE,
    BO,
    SMALL,
    USERS,
    code,
    codes,
    coding,
    g,
    qde,
    qdpx,
    selection,
    text,
    text_in_file,
)

from workbench.formats.refi import reading
from workbench.formats.refi.project import RefiCoding, RefiSelection, RefiSource, RefiUser
from workbench.model.report import Guess, LeftOut

BOOK = codes(code(1, "Queue"), code(2, "Door"))
WORDS = "We waited in the hall."


@pytest.fixture
def project(tmp_path):
    """Return a function that reads a project from what stands in its XML."""

    def read(body: str, files: dict[str, bytes] | None = None, **attributes: str):
        return reading.read(qdpx(tmp_path / "p.qdpx", qde(body, **attributes), files))

    return read


def sources(*inside: str) -> str:
    return f"<Sources>{''.join(inside)}</Sources>"


def one_text(*inside: str, more: str = "") -> str:
    return USERS + BOOK + sources(text(5, "P1", WORDS, "".join(inside), more))


# --- a whole project ---------------------------------------------------------------


def test_a_small_project_comes_in_whole(project) -> None:
    held = project(
        one_text(
            selection(6, 3, 9, coding(7, 1, ANE), "waited", f'creatingUser="{BO}"'),
            more='creationDateTime="2020-03-01T10:00:00+01:00"',
        ),
        origin="Tool 1",
        creationDateTime="2020-02-29T08:00:00.5Z",
    )
    assert (held.name, held.origin, held.created) == (
        "Waiting",
        "Tool 1",
        "2020-02-29T08:00:00+00:00",
    )
    assert held.users == (RefiUser(ANE, "Ane"), RefiUser(BO, "Bo"))
    (source,) = held.sources
    assert source == RefiSource(
        guid=g(5),
        name="P1",
        kind="text",
        text=WORDS,
        content=WORDS.encode(),
        filename="P1",
        encoding="XML",
        created="2020-03-01T10:00:00+01:00",
        placed=source.placed,
    )
    assert held.selections == (
        RefiSelection(
            g(6), g(5), 3, 9, "waited", "waited", "", BO, "", (RefiCoding(g(7), g(1), ANE),)
        ),
    )
    assert held.report.counts == {"texts": 1, "codes": 2, "selections": 1, "codings": 1}
    assert held.report.left_out == []
    assert held.report.notes == []
    assert held.report.guesses == [
        Guess(
            "UTF-16 units count here as code points do; the last position is outside",
            "1 of 1 selections then have the words of their names",
            "certain",
            ("P1",),
        )
    ]


def test_an_empty_project_is_read(project) -> None:
    held = project("")
    assert (held.codes, held.sources, held.cases, held.report.counts) == ((), (), (), {})


# --- who and when ------------------------------------------------------------------


def coders(held) -> list[str]:
    names = {u.guid: u.name for u in held.users}
    return [names.get(c.coder, "") for s in held.selections for c in s.codings]


def test_nvivo_the_coder_is_who_made_the_coding_not_the_selection(project) -> None:
    inside = selection(6, 0, 2, coding(7, 1, ANE), more=f'creatingUser="{BO}"')
    assert coders(project(one_text(inside))) == ["Ane"]


def test_a_coding_by_nobody_is_by_who_made_its_selection_or_changed_it_last(project) -> None:
    first = selection(6, 0, 2, coding(7, 1), more=f'creatingUser="{BO}"')
    second = selection(8, 3, 9, coding(9, 1), more=f'modifyingUser="{{{ANE.upper()}}}"')
    assert coders(project(one_text(first, second))) == ["Bo", "Ane"]


def test_a_coding_by_nobody_at_all_is_said_to_be(project) -> None:
    held = project(one_text(selection(6, 0, 2, coding(7, 1))))
    assert coders(held) == [""]
    assert held.report.notes == ["The project does not tell who made 1 of its codings."]


def test_somebody_who_is_on_no_list_is_somebody(project) -> None:
    held = project(BOOK + sources(text(5, "P", WORDS, selection(6, 0, 2, coding(7, 1, ANE)))))
    assert coders(held) == ["user aaaaaaaa"]


def test_users_of_one_name_are_told_apart(project) -> None:
    users = USERS.replace('"Bo"', '"ane"')
    assert [u.name for u in project(users).users] == ["Ane", "ane (2)"]


def test_two_coders_with_one_code_on_one_selection_are_two_codings(project) -> None:
    both = coding(7, 1, ANE) + coding(8, 1, BO)
    assert coders(project(one_text(selection(6, 0, 2, both)))) == ["Ane", "Bo"]


def test_one_coder_with_one_code_twice_is_one_coding(project) -> None:
    held = project(one_text(selection(6, 0, 2, coding(7, 1, ANE) + coding(8, 1, ANE))))
    assert coders(held) == ["Ane"]
    why = "the same coder gave the same code to the same selection"
    assert held.report.left_out == [LeftOut("codings", why, 1)]


@pytest.mark.parametrize("when", ["", 'creationDateTime=""', 'creationDateTime="yesterday"'])
def test_missing_dates_are_missing(project, when) -> None:
    held = project(one_text(selection(6, 0, 2, coding(7, 1, ANE), more=when), more=when))
    assert (held.created, held.sources[0].created, held.selections[0].created) == ("", "", "")


# --- texts -------------------------------------------------------------------------


def test_nvivo_texts_have_a_byte_order_mark_and_line_ends_of_two_letters(project) -> None:
    raw = "\ufeffAne 👩\r\nwaits".encode()
    inside = BOOK + sources(
        text_in_file(5, "P", "internal://a.txt", selection(6, 8, 13, coding(7, 1)))
    )
    held = project(inside, {"Sources/a.txt": raw}, origin="NVivo 12")
    (source,) = held.sources
    assert (source.text, source.content, source.encoding) == ("Ane 👩\nwaits", raw, "UTF-8")
    assert held.selections[0].quote == "waits"


def test_maxqda_texts_of_one_name_stay_two(project) -> None:
    held = project(sources(text(5, "P", "one"), text(6, "P", "two")))
    assert [(s.guid, s.text) for s in held.sources] == [(g(5), "one"), (g(6), "two")]


def docx(words: str) -> bytes:
    """Return a Word document of one paragraph."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", f"{xml}</w:body></w:document>")
    return held.getvalue()


def test_a_formatted_text_alone_is_read_and_only_selections_with_their_words_come_in(
    project,
) -> None:
    inside = selection(6, 3, 9, coding(7, 1, ANE), "waited")
    inside += selection(8, 3, 9, coding(9, 1, ANE)) + selection(10, 0, 2, "", "Label")
    source = f'<TextSource guid="{g(5)}" name="P" richTextPath="internal://a.docx">{inside}'
    held = project(
        USERS + BOOK + sources(f"{source}</TextSource>"), {"sources/a.docx": docx(WORDS)}
    )
    assert [s.quote for s in held.selections] == ["waited"]
    assert held.sources[0].text == WORDS
    why = "the formatted text has other words at their position than they are named by"
    assert held.report.left_out == [
        LeftOut("selections", why, 2, ("P",)),
        LeftOut("codings", "their selection did not come in", 1, ("P",)),
    ]
    assert held.report.guesses[0].what == "the formatted text was read, as there is no plain one"


@pytest.mark.parametrize(
    ("path", "files", "why"),
    [
        ("internal://a.txt", {}, "the words are not in the file"),
        ("relative:///a.txt", {}, "the words lie outside the file"),
        ("absolute:///c:/a.txt", {}, "the words lie outside the file"),
        ("", {}, "the file names no text of it"),
        ("internal://a.txt", {"sources/a.txt": b" \n"}, "its text is empty"),
        (
            "internal://a.txt",
            {"sources/a.txt": b"\x00\x01\x02" * 30},
            "nobody can read its text: this is not a text",
        ),
    ],
)
def test_a_text_that_is_not_here_is_told_with_what_was_selected_in_it(
    project, path, files, why
) -> None:
    inside = selection(6, 0, 2, coding(7, 1) + coding(8, 2)) + selection(9, 0, 2)
    held = project(BOOK + sources(text_in_file(5, "P", path, inside)), files)
    assert held.sources == ()
    gone = "the text that they are in is not here"
    assert held.report.left_out == [
        LeftOut("texts", why, 1, ("P",)),
        LeftOut("selections", gone, 2, ("P",)),
        LeftOut("codings", gone, 2, ("P",)),
    ]


def test_qualcoder_writes_a_mark_and_line_ends_of_windows_and_counts_no_mark(project) -> None:
    # QualCoder's own positions: letters from 0, the mark is none, CR LF is two
    raw = "\ufeffI: Well?\r\nKari: The shed is full.".encode()
    inside = selection(6, 16, 24, coding(7, 1, ANE)) + selection(8, 25, 32, coding(9, 1, ANE))
    held = project(
        USERS + BOOK + sources(text_in_file(5, "P", "internal://a.txt", inside)),
        {"sources/a.txt": raw},
        origin="QualCoder 3.6",
    )
    assert [s.quote for s in held.selections] == ["The shed", "is full"]
    assert held.sources[0].content == raw


def test_what_a_formatted_text_alone_has_beside_its_words_is_told(project) -> None:
    source = f'<TextSource guid="{g(5)}" name="P" richTextPath="internal://a.docx"/>'
    noted = docx("We waited.</w:t></w:r><w:r><w:footnoteReference/></w:r><w:r><w:t>")
    held = project(sources(source), {"sources/a.docx": noted})
    assert any(note.startswith("P: 1 footnote") for note in held.report.notes)


def test_a_description_of_a_text_that_is_not_here_is_told_with_its_comments(project) -> None:
    comment = selection(6, 0, 2, "<Description>Why?</Description>")
    gone = text_in_file(5, "P", "internal://a.txt", f"<Description>Long</Description>{comment}")
    why = "the text that they are in is not here"
    held = project(sources(gone))
    assert held.report.left_out[1:] == [
        LeftOut("selections", why, 1, ("P",)),
        LeftOut("comments", why, 1, ("P",)),
        LeftOut("descriptions", "the text that they describe is not here", 1, ("P",)),
    ]


# --- selections --------------------------------------------------------------------


def test_nvivo_writes_empty_descriptions_and_they_are_no_comments(project) -> None:
    inside = selection(6, 3, 9, f"<Description />{coding(7, 1, ANE)}", "waited")
    book = codes(code(1, "Queue", "<Description />"))
    source = text(5, "P", WORDS, inside).replace("<PlainTextC", "<Description /><PlainTextC", 1)
    held = project(USERS + book + sources(source))
    described = [*held.codes, *held.sources, *held.selections]
    assert [one.description for one in described] == ["", "", ""]
    assert held.report.notes == []


def test_the_comment_of_a_selection_without_words_is_told(project) -> None:
    held = project(one_text(selection(6, 0, 99, "<Description>Why?</Description>")))
    why = "their selection did not come in"
    assert held.report.left_out[-1] == LeftOut("comments", why, 1, ("P1",))


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (0, 99, "their position is not in the text"),
        (-4, 2, "their position is not in the text"),
        (3, 3, "there are no words at their position"),
        (2, 3, "there are no words at their position"),
        ("x", 3, "their position is no number"),
        ("9" * 40, 3, "their position is no number"),
    ],
)
def test_selections_without_words_are_left_out_with_their_codings(project, start, end, why) -> None:
    sure = selection(6, 3, 9, coding(7, 1, ANE), "waited")
    held = project(one_text(sure, selection(8, start, end, coding(9, 1, ANE))))
    assert [s.guid for s in held.selections] == [g(6)]
    assert held.report.left_out == [
        LeftOut("selections", why, 1, ("P1",)),
        LeftOut("codings", "their selection did not come in", 1, ("P1",)),
    ]


def test_maxqda_a_comment_is_a_selection_with_a_description_and_no_coding(project) -> None:
    held = project(
        one_text(selection(6, 3, 9, "<Description> Why? </Description>"), selection(7, 0, 2))
    )
    assert [(s.description, s.codings) for s in held.selections] == [("Why?", ()), ("", ())]
    assert held.report.left_out == []
    assert held.report.notes == [
        "Selections with a comment and without a code: 1.",
        "Selections without a code or a comment: 1.",
    ]


def test_a_coding_of_a_whole_source_stands_on_all_of_its_text(project) -> None:
    held = project(one_text(coding(7, 1, ANE)))
    (found,) = held.selections
    assert (found.start, found.stop, found.codings) == (
        0,
        len(WORDS),
        (RefiCoding(g(7), g(1), ANE),),
    )
    assert held.report.notes == ["Codings of a whole source, which stand on all of its text: 1."]


def test_a_coding_with_two_codes_is_two_and_one_of_no_code_is_told(project) -> None:
    two = coding(7, 1, ANE).replace("</Coding>", f'<CodeRef targetGUID="{g(2)}"/></Coding>')
    held = project(one_text(selection(6, 0, 2, two + coding(8, 99, ANE))))
    assert [c.code for c in held.selections[0].codings] == [g(1), g(2)]
    assert held.report.left_out == [LeftOut("codings", "their code is not in the codebook", 1)]


def test_identifiers_match_whatever_their_case_and_braces(project) -> None:
    inside = one_text(selection(6, 0, 2, coding(7, 1, ANE)))
    inside = inside.replace(f'targetGUID="{g(1)}"', f'targetGUID="{{{g(1).upper()}}}"')
    inside = inside.replace(f'creatingUser="{ANE}"', f'creatingUser="{ANE.upper()}"')
    assert coders(project(inside)) == ["Ane"]


def test_a_folder_that_has_codings_is_a_code(project) -> None:
    book = codes(code(1, "Queue", codable="false"))
    held = project(
        USERS + book + sources(text(5, "P", WORDS, selection(6, 0, 2, coding(7, 1, ANE))))
    )
    assert held.codes[0].codable
    assert held.report.notes == ["Folders that have codings came in as codes: Queue."]


def test_things_of_one_identifier_stay_apart(project) -> None:
    both = selection(6, 0, 2, coding(7, 1, ANE), "") + selection(6, 3, 9, coding(8, 2, ANE))
    other = text(5, "P2", "He came.", selection(10, 3, 7, coding(11, 1, ANE)))
    held = project(USERS + BOOK + sources(text(5, "P1", WORDS, both), other))
    assert len({s.guid for s in held.sources}) == 2
    assert len({s.guid for s in held.selections}) == 3
    texts = {s.guid: s.text for s in held.sources}
    assert [(s.quote, texts[s.source]) for s in held.selections] == [
        ("We", WORDS),
        ("waited", WORDS),
        ("came", "He came."),
    ]


# --- PDFs and recordings -----------------------------------------------------------


def area(number: int, inside: str = "") -> str:
    at = 'page="0" firstX="1" firstY="2" secondX="3" secondY="4"'
    return f'<PDFSelection guid="{g(number)}" {at}>{inside}</PDFSelection>'


def test_atlas_writes_the_coding_of_a_pdf_twice_and_the_text_is_preferred(project) -> None:
    pdf = area(6, coding(7, 1, ANE)) + area(8, coding(9, 2, ANE)) + area(6, coding(14, 2, BO))
    inside = selection(6, 3, 9, coding(11, 1, ANE), "waited")
    words = f"<PlainTextContent>{WORDS}</PlainTextContent>{inside}"
    pdf += f'<Representation guid="{g(12)}">{words}</Representation>'
    held = project(
        USERS + BOOK + sources(f'<PDFSource guid="{g(5)}" name="A.pdf">{pdf}</PDFSource>')
    )
    (found,) = held.selections
    assert found.codings == (RefiCoding(g(11), g(1), ANE), RefiCoding(g(14), g(2), BO))
    assert (found.source, found.quote) == (g(5), "waited")
    assert [(s.guid, s.kind, s.name) for s in held.sources] == [(g(5), "PDF", "A.pdf")]
    why = "only areas with a selection of the text have words"
    assert held.report.left_out == [
        LeftOut("areas of PDF pages", why, 1, ("A.pdf",)),
        LeftOut("codings", "their selection did not come in", 1, ("A.pdf",)),
    ]
    assert held.report.notes == [
        "Not as the standard says (1×): an identifier stands more than once.",
        "Codings of PDFs that the file has twice, of the area and of its text: 1; each came in "
        "once.",
    ]


def test_a_pdf_and_its_text_may_have_one_identifier(project) -> None:
    words = f"<PlainTextContent>{WORDS}</PlainTextContent>"
    inside = selection(6, 3, 9, coding(7, 1, ANE), "waited")
    page = f'<Representation guid="{g(5)}">{words}{inside}</Representation>'
    held = project(
        USERS + BOOK + sources(f'<PDFSource guid="{g(5)}" name="A.pdf">{page}</PDFSource>')
    )
    assert [(s.guid, s.kind) for s in held.sources] == [(g(5), "PDF")]
    assert [s.quote for s in held.selections] == ["waited"]


def test_the_comment_of_an_area_is_that_of_its_words_and_of_an_area_alone_is_told(project) -> None:
    said = "<Description>{}</Description>".format
    pdf = area(6, said("Why?")) + area(6, said("Note it.")) + area(8, said("Torn."))
    inside = selection(6, 3, 9, said("Note it.") + coding(11, 1, ANE), "waited")
    words = f"<PlainTextContent>{WORDS}</PlainTextContent>{inside}"
    pdf += f'<Representation guid="{g(12)}">{words}</Representation>'
    held = project(
        USERS + BOOK + sources(f'<PDFSource guid="{g(5)}" name="A.pdf">{pdf}</PDFSource>')
    )
    assert [s.description for s in held.selections] == ["Note it.\n\nWhy?"]
    why = "their selection did not come in"
    assert held.report.left_out[1:] == [LeftOut("comments", why, 1, ("A.pdf",))]


def recording(inside: str, transcript: str = "", number: int = 5) -> str:
    points = "".join(
        f'<SyncPoint guid="{g(20 + n)}" timeStamp="{n * 1000}" position="{at}"/>'
        for n, at in enumerate((0, 3, 9))
    )
    held = f"<PlainTextContent>{WORDS}</PlainTextContent>{points}{inside}"
    named = f'<AudioSource guid="{g(number)}" name="A.m4a"><Transcript guid="{g(30)}" {transcript}>'
    return f"{named}{held}</Transcript></AudioSource>"


def spoken(number: int, first: int, last: int, inside: str) -> str:
    points = f'fromSyncPoint="{g(20 + first)}" toSyncPoint="{g(20 + last)}"'
    return f'<TranscriptSelection guid="{g(number)}" {points}>{inside}</TranscriptSelection>'


def test_a_transcript_is_a_text_and_its_selections_go_from_point_to_point(project) -> None:
    inside = spoken(6, 1, 2, coding(7, 1, ANE)) + spoken(8, 1, 9, coding(9, 1, ANE))
    held = project(USERS + BOOK + sources(recording(inside)))
    assert [(s.kind, s.name, s.guid) for s in held.sources] == [("audio", "A.m4a", g(30))]
    assert [(s.quote, s.codings[0].code) for s in held.selections] == [("waited", g(1))]
    assert (
        LeftOut("selections", "their position is no number", 1, ("A.m4a",)) in held.report.left_out
    )
    assert LeftOut("recordings", "only texts come in", 1, ("A.m4a",)) in held.report.left_out
    assert held.sources[0].times == ((0, 0), (3, 1000), (9, 2000))


def test_time_marks_are_counted_as_selections_are_and_those_outside_are_told(project) -> None:
    marks = ((2, "500"), (8, "1500"), (400, "2000"), (4, "soon"), (5, "-1"), ("x", "7"))
    points = "".join(
        f'<SyncPoint guid="{g(20 + n)}" position="{at}" timeStamp="{time}"/>'
        for n, (at, time) in enumerate(marks)
    )
    held = f'<AudioSource guid="{g(5)}" name="A.m4a"><Transcript guid="{g(30)}" name="T">'
    held += (
        f"<PlainTextContent>👩🏽 👩 One. Two.</PlainTextContent>{points}</Transcript></AudioSource>"
    )
    of_units = project(sources(held), origin="NVivo 14")
    assert of_units.sources[0].times == ((1, 500), (5, 1500))
    assert project(sources(held), origin="QualCoder").sources[0].times == ((2, 500), (8, 1500))
    why = "they have no time, or stand outside the text"
    assert of_units.report.left_out[0] == LeftOut("time marks", why, 4, ("T",))


def test_atlas_writes_a_transcript_as_a_text_of_its_own_too_and_it_comes_in_once(project) -> None:
    video = f'<VideoSource guid="{g(7)}" name="V"><Transcript guid="{g(8)}" name="T.docx" '
    video += 'plainTextPath="internal://A.txt"/></VideoSource>'
    text_too = text_in_file(5, "T.docx", "internal://a.txt", selection(6, 3, 9, coding(9, 1, ANE)))
    held = project(USERS + BOOK + sources(text_too, video), {"sources/A.txt": WORDS.encode()})
    assert [(s.guid, s.kind) for s in held.sources] == [(g(5), "text")]
    assert len(held.selections) == 1


def test_pictures_recordings_and_graphs_are_counted_with_their_codings(project) -> None:
    corner = 'firstX="1" firstY="2" secondX="3" secondY="4"'
    picture = f'<PictureSource guid="{g(5)}" name="a.jpg"><PictureSelection guid="{g(6)}" {corner}>'
    picture += f"{coding(7, 1)}</PictureSelection>{coding(8, 2)}</PictureSource>"
    video = f'<VideoSource guid="{g(9)}" name="b.mp4"><VideoSelection guid="{g(10)}" begin="0" '
    video += f'end="9">{coding(11, 1)}</VideoSelection></VideoSource>'
    graphs = f'<Graphs><Graph guid="{g(12)}"/><Graph guid="{g(13)}"/></Graphs>'
    held = project(BOOK + sources(picture, video) + graphs)
    assert held.report.left_out == [
        LeftOut("pictures", "only texts come in", 1, ("a.jpg",)),
        LeftOut("parts of pictures", "only texts come in", 1, ("a.jpg",)),
        LeftOut("videos", "only texts come in", 1, ("b.mp4",)),
        LeftOut("stretches of videos", "only texts come in", 1, ("b.mp4",)),
        LeftOut("codings", "they are of pictures or recordings", 3),
        LeftOut("graphs", "drawings of other tools are not taken over", 2),
    ]


# --- notes, links, sets ------------------------------------------------------------


def note(number: int, words: str, more: str = "", inside: str = "") -> str:
    held = f"<PlainTextContent>{words}</PlainTextContent>" if words else ""
    return f'<Note guid="{g(number)}" name="N{number}" {more}>{held}{inside}</Note>'


def ref(number: int) -> str:
    return f'<NoteRef targetGUID="{g(number)}"/>'


def test_notes_are_about_what_refers_to_them(project) -> None:
    book = codes(code(1, "Queue", ref(20)), code(2, "Door"))
    coded = coding(7, 1, ANE).replace("</Coding>", f"{ref(22)}</Coding>")
    held = project(
        USERS
        + book
        + sources(text(5, "P", WORDS, selection(6, 3, 9, coded + ref(21)) + ref(20)))
        + "<Notes>"
        + note(20, "About two", f'creatingUser="{BO}" creationDateTime="2020-01-01T10:00:00Z"')
        + note(21, "About words")
        + note(22, "About a coding")
        + note(23, "")
        + note(24, "Loose", inside=coding(30, 1))
        + "</Notes>"
        + ref(24)
    )
    assert [(n.text, n.anchors) for n in held.notes] == [
        ("About two", (("code", g(1)), ("source", g(5)))),
        ("About words", (("selection", g(6)),)),
        ("About a coding", (("selection", g(6)),)),
        ("Loose", (("project", ""),)),
    ]
    assert (held.notes[0].author, held.notes[0].created) == (BO, "2020-01-01T10:00:00+00:00")
    assert held.report.left_out == [
        LeftOut("notes", "they have no words", 1, ("N23",)),
        LeftOut("codings", "they are of notes", 1, ("p.qdpx",)),
    ]


def test_nvivo_an_annotation_is_a_link_from_a_note_to_a_selection(project) -> None:
    links = f'<Links><Link guid="{g(9)}" originGUID="{g(20)}" targetGUID="{g(6)}"/>'
    links += f'<Link guid="{g(10)}" name="l" originGUID="{g(6)}" targetGUID="{g(5)}"/></Links>'
    held = project(
        one_text(selection(6, 3, 9, coding(7, 1, ANE)))
        + f"<Notes>{note(20, 'Annotation')}</Notes>{links}"
    )
    assert held.notes[0].anchors == (("selection", g(6)),)
    assert [(found.name, found.origin, found.target) for found in held.links] == [("l", g(6), g(5))]


def test_a_note_about_what_did_not_come_in_is_about_what_that_stood_in(project) -> None:
    held = project(one_text(selection(6, 0, 99, ref(20))) + f"<Notes>{note(20, 'Outside')}</Notes>")
    assert held.notes[0].anchors == (("source", g(5)),)


def test_a_note_may_stand_in_a_file(project) -> None:
    notes = f'<Notes><Note guid="{g(20)}" name="N" plainTextPath="internal://n.txt"/>'
    notes += f'<Note guid="{g(21)}" name="M" plainTextPath="internal://m.txt"/></Notes>'
    held = project(notes, {"sources/n.txt": "Nøtt\r\n".encode()})
    assert [n.text for n in held.notes] == ["Nøtt"]
    assert held.report.left_out == [LeftOut("notes", "their text is not in the file", 1, ("M",))]


def test_a_note_may_stand_in_a_formatted_file_alone(project) -> None:
    notes = f'<Notes><Note guid="{g(20)}" name="N" richTextPath="internal://n.docx"/></Notes>'
    held = project(notes, {"sources/n.docx": docx("Ask again.")})
    assert [n.text for n in held.notes] == ["Ask again."]
    assert held.report.left_out == []


@pytest.mark.parametrize(
    ("more", "target", "inside", "stays"),
    [
        ("", 6, "", False),
        ('direction="OneWay"', 6, "", False),
        ('direction="Bidirectional"', 6, "", True),
        ('name="explains"', 6, "", True),
        ('color="#000000"', 6, "", True),
        ("", 6, f'<NoteRef targetGUID="{g(21)}"/>', True),
        ("", 21, "", True),
        ("", 99, "", True),
    ],
)
def test_a_link_of_a_note_stays_that_says_more_than_what_it_is_about(
    project, more, target, inside, stays
) -> None:
    ends = f'originGUID="{g(20)}" targetGUID="{g(target)}"'
    two = f"<Notes>{note(20, 'N')}{note(21, 'M')}</Notes>"
    links = f'<Links><Link guid="{g(9)}" {more} {ends}>{inside}</Link></Links>'
    held = project(one_text(selection(6, 3, 9, coding(7, 1, ANE))) + two + links)
    assert [link.guid for link in held.links] == [g(9)] * stays
    assert held.report.left_out == []


def test_what_is_selected_in_notes_is_told(project) -> None:
    inside = selection(6, 0, 2, f"<Description>Hm</Description>{coding(7, 1, ANE)}")
    held = project(BOOK + f"<Notes>{note(20, 'We know.', inside=inside)}</Notes>")
    told = [(o.what, o.why, o.count) for o in held.report.left_out]
    assert told == [(w, "they are of notes", 1) for w in ("codings", "selections", "comments")]


def test_who_changed_something_last_is_told_to_stay_behind(project) -> None:
    changed = f'modifyingUser="{BO}" modifiedDateTime="2020-01-01T10:00:00Z"'
    held = project(one_text(selection(6, 3, 9, coding(7, 1, ANE), more=changed), more=changed))
    why = "who made something is taken over, not who changed it last"
    assert held.report.left_out == [LeftOut("last changes", why, 2)]


def test_sets_are_read(project) -> None:
    held = project(
        BOOK
        + sources(text(5, "P", WORDS))
        + f'<Sets><Set guid="{g(9)}" name="s"><Description>d</Description>'
        + f'<MemberCode targetGUID="{g(2)}"/><MemberSource targetGUID="{g(5)}"/></Set></Sets>'
    )
    (found,) = held.sets
    assert (found.name, found.description, found.codes, found.sources) == (
        "s",
        "d",
        (g(2),),
        (g(5),),
    )


@pytest.mark.parametrize(
    "where",
    [
        "urn:QDA-XML:project:1.0 Project.xsd",
        "urn:QDA-XML:project:1.0 http://127.0.0.1:9/Project.xsd",
        "urn:QDA-XML:codebook:0:4 Codebook.xsd",
    ],
)
def test_where_a_tool_says_that_the_schema_lies_is_no_departure_and_not_asked(
    tmp_path, where
) -> None:
    said = f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{where}"'
    xml = qde(BOOK).replace("<Project ", f"<Project {said} ", 1)
    held = reading.read(qdpx(tmp_path / "p.qdpx", xml))
    assert ([c.name for c in held.codes], held.report.notes) == (["Queue", "Door"], [])


def test_departures_from_the_standard_are_told_and_refuse_nothing(project) -> None:
    held = project("<Users/><Odd/>" + BOOK)
    assert len(held.codes) == 2
    assert sorted(held.report.notes) == [
        "Not as the standard says (1×): “Odd” is no element of the standard.",
        "Not as the standard says (1×): “Odd” stands in “Project”.",
        "Not as the standard says (1×): “Users” has no “User”.",
    ]


ODD = ["", "-5", "0", "3", "9" * 30, "true", "x", "{}", "#fff", "2020-01-01", g(6), g(1), ANE]


@given(st.data())
def test_whatever_is_taken_away_doubled_or_changed_every_quote_is_where_it_says(
    tmp_path_factory, data
) -> None:
    root = etree.fromstring(qde(SMALL).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        elements = list(root.iter(etree.Element))
        one, other = (data.draw(st.sampled_from(elements)) for _ in range(2))
        match data.draw(st.sampled_from(["change", "remove", "double"])):
            case "change":
                names = [*one.attrib, "guid", "targetGUID"]
                one.set(data.draw(st.sampled_from(names)), data.draw(st.sampled_from(ODD)))
            case "remove" if one is not root:
                one.getparent().remove(one)
            case "double":
                other.append(etree.fromstring(etree.tostring(one)))
    file = tmp_path_factory.mktemp("t") / "a.qde"
    file.write_bytes(etree.tostring(root))
    held = reading.read(file)
    texts = {s.guid: s.text for s in held.sources}
    known = {c.guid for c in held.codes}
    for found in held.selections:
        assert found.quote == texts[found.source][found.start : found.stop] != ""
        assert {c.code for c in found.codings} <= known
    assert len({u.name for u in held.users}) == len(held.users)
    assert len({c.name for c in held.cases}) == len(held.cases)

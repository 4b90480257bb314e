"""Files that a project names: each is read, kept or told, and none outside is opened."""

import pytest
from refi_files import ANE, code, codes, coding, g, qde, qdpx, text, text_in_file

from workbench.errors import BadFile
from workbench.formats.refi import package, reading
from workbench.formats.refi.project import RefiProject
from workbench.model.report import LeftOut

MISSING = "they are not in the file"
OUTSIDE = "they lie outside the file"


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a project with these sources, and files beside the XML."""

    def reader(sources: str, files: dict[str, bytes] | None = None) -> RefiProject:
        body = f"{codes(code(1, 'Queue'))}<Sources>{sources}</Sources>"
        return reading.read(qdpx(tmp_path / "p.qdpx", qde(body), files))

    return reader


def source(kind: str, number: int, path: str, inside: str = "", name: str = "The hall") -> str:
    return f'<{kind} guid="{g(number)}" name="{name}" path="{path}">{inside}</{kind}>'


def told(held: RefiProject, what: str = "files") -> list[tuple[str, int, tuple[str, ...]]]:
    return [(o.why, o.count, o.where) for o in held.report.left_out if o.what == what]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("absolute:///C:/Users/ane/hall 3.mp4", OUTSIDE),
        ("absolute:///home/ane/hall 3.mp4", OUTSIDE),
        (r"Absolute:///C:\Users\ane\hall 3.mp4", OUTSIDE),
        ("relative:///media/hall 3.mp4", OUTSIDE),
        ("internal://hall 3.mp4", MISSING),
        ("hall 3.mp4", MISSING),
    ],
)
@pytest.mark.parametrize("kind", ["PictureSource", "AudioSource", "VideoSource", "PDFSource"])
def test_a_file_that_is_not_in_the_archive_is_told_by_its_name_without_its_folder(
    read, kind, path, why
) -> None:
    held = read(source(kind, 5, path))
    assert told(held) == [(why, 1, ("hall 3.mp4",))]
    assert "ane" not in " ".join(held.report.lines())


def test_files_outside_are_counted_with_the_names_of_all(read) -> None:
    held = read(
        source("AudioSource", 5, "absolute:///a/one.mp3")
        + source("VideoSource", 6, "relative:///two.mp4")
        + source("PictureSource", 7, "internal://three.jpg")
    )
    assert told(held) == [(OUTSIDE, 2, ("one.mp3", "two.mp4")), (MISSING, 1, ("three.jpg",))]


def test_a_file_called_by_an_identifier_is_told_by_what_it_is_of(read) -> None:
    held = read(source("AudioSource", 5, f"absolute:///x/{g(5).upper()}.m4a", name="Ida"))
    assert told(held) == [(OUTSIDE, 1, ("Ida",))]


def test_a_formatted_text_outside_is_told_though_the_plain_one_is_here(read) -> None:
    rich = text(5, "P1", "We waited.", more='richTextPath="absolute:///C:/ane/P1.docx"')
    held = read(rich)
    assert [s.text for s in held.sources] == ["We waited."]
    assert told(held) == [(OUTSIDE, 1, ("P1.docx",))]


@pytest.mark.parametrize("scheme", ["absolute:///", "relative:///", ""])
def test_no_file_outside_the_archive_is_opened(read, tmp_path, monkeypatch, scheme) -> None:
    (tmp_path / "secret.txt").write_text("Nobody should read this.")
    monkeypatch.chdir(tmp_path)
    where = f"{scheme}{tmp_path}/secret.txt"
    held = read(text_in_file(5, "P1", where) + source("PictureSource", 6, where))
    assert (held.sources, [p.content for p in held.parts]) == ((), [b""])
    assert told(held, "texts")[0][1:] == (1, ("P1",))


def test_a_file_inside_of_the_name_of_one_outside_is_taken_and_that_is_a_guess(read) -> None:
    held = read(
        text_in_file(5, "P1", "absolute:///C:/ane/P1.txt")
        + source("PictureSource", 6, "relative:///x/hall.jpg"),
        {"sources/P1.txt": b"We waited.", "sources/hall.jpg": b"made up"},
    )
    assert [s.text for s in held.sources] == ["We waited."]
    assert [p.content for p in held.parts] == [b"made up"]
    (guess,) = held.report.guesses
    assert (guess.confidence, guess.where) == ("likely", ("P1.txt", "hall.jpg"))
    assert guess.what == "a file of that name inside was taken for one that lies outside"
    assert told(held) == []


def test_files_that_nothing_names_are_told_but_not_those_of_the_system(read) -> None:
    files = {
        "sources/.root": b"",
        "__MACOSX/a": b"",
        "sources/P1.txt": b"We waited.",
        "matrix.json": b"{}",
        "sources/old.txt": b"Once.",
        "framework-workbench/manifest.json": b"{}",
    }
    held = read(text_in_file(5, "P1", "internal://p1.TXT"), files)
    why = "nothing in the project names them"
    assert told(held) == [(why, 2, ("matrix.json", "old.txt"))]


def test_pdfs_and_formatted_texts_are_told_where_their_plain_text_came_in(read) -> None:
    page = f'<Representation guid="{g(7)}"><PlainTextContent>The hall.</PlainTextContent>'
    held = read(
        source("PDFSource", 6, "internal://hall.pdf", f"{page}</Representation>")
        + text(5, "P1", "We waited.", more='richTextPath="internal://P1.docx"'),
        {"sources/hall.pdf": b"%PDF-1.4", "sources/P1.docx": b"PK"},
    )
    assert [s.text for s in held.sources] == ["The hall.", "We waited."]
    assert held.report.left_out == [
        LeftOut("PDF files", "only their text comes in", 1, ("hall.pdf",)),
        LeftOut("formatted texts", "their plain text comes in", 1, ("P1.docx",)),
    ]


def test_a_pdf_without_a_text_is_told_with_its_codings(read) -> None:
    held = read(source("PDFSource", 6, "internal://a.pdf", coding(7, 1, ANE)), {"a.pdf": b"%PDF"})
    assert told(held, "texts") == [("the file names no text of it", 1, ("The hall",))]
    assert told(held, "codings") == [("the text that they are in is not here", 1, ("The hall",))]


def test_a_file_beyond_the_limit_of_the_standard_is_refused(tmp_path, monkeypatch) -> None:
    path = qdpx(tmp_path / "p.qdpx", qde(""))
    assert package.MAX_BYTES < 2**31
    monkeypatch.setattr(package, "MAX_BYTES", path.stat().st_size - 1)
    with pytest.raises(BadFile, match=r"p\.qdpx"):
        reading.read(path)


def test_texts_about_pictures_in_files_of_their_own_are_told(read) -> None:
    about = f'<TextDescription guid="{g(7)}" plainTextPath="internal://about.txt"/>'
    held = read(
        source("PictureSource", 6, "internal://a.jpg", about), {"a.jpg": b"", "about.txt": b"A"}
    )
    assert told(held) == [("they are texts about parts of a page or picture", 1, ("about.txt",))]

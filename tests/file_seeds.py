"""Whole files of every kind that the door of import knows, to be broken by tests."""

import io
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import foreign_databases
import openpyxl
import pdf_files
import refi_documents
import refi_files
import refi_references
import small_chart
from foreign_databases import TAGUETTE

from workbench.formats import xlsx

Files = list[tuple[str, bytes]]
"""Names and contents: one reader's files."""

_TAGUETTE = (
    TAGUETTE
    + """
INSERT INTO projects VALUES (1, 'Waiting', '', '2022-02-03 08:00:53');
INSERT INTO project_members VALUES (1, 'bo', 'ADMIN');
INSERT INTO documents VALUES (1, 'T1', '', 't1.odt', '2022-02-16 14:19:40', 1, 'LEFT_TO_RIGHT',
    '<p>Kø på <b>røntgen</b> 👩</p><p>Ja &amp; nei</p>');
INSERT INTO tags VALUES (7, 1, 'waiting.queue', 'In line'), (8, 1, 'other', '');
INSERT INTO highlights VALUES (3, 1, 0, 3, 'Kø'), (4, 1, 8, 16, '<b>røntgen</b>');
INSERT INTO highlight_tags VALUES (3, 7), (4, 7), (4, 8);
INSERT INTO commands VALUES (1, '2022-02-16 14:19:40', 'bo', 1, 1,
    '{"type": "highlight_add", "highlight_id": 3}');
"""
)

_TALK = "Title: One\nDate: 2024-01-23\n\nI: How was it?\nKari: We waited 👩 for an hour.\nI: Oh?\n"
_VTT = (
    "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ida>How was it?\n\n"
    "00:03.000 --> 00:05.000\n<v Kari>We waited.\n"
)
_SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\nIda: How was it?\n\n2\n00:00:03,000 --> 00:00:05,000\nYes.\n"
)
_RTF = rb"{\rtf1\ansi{\fonttbl\f0 Arial;}\f0 I: How was it?\par Kari: We waited \u229 a.\par}"
_NOSCRIBE = (
    "<html><body><p>talk.mp3</p><p>Transcribed with noScribe vers. 0.5</p>"
    '<p><a name="ts_0_1500_S00">[00:00:00] S00: How was it?</a></p>'
    '<p><a name="ts_1500_9000_S01">S01: We waited 👩 </a>'
    '<a name="ts_9000_9900_S01">for an hour.</a></p></body></html>'
)
_PAGE = "<html><body><p>I: How was it?</p><p>Kari: We <b>waited</b> &amp; left.</p></body></html>"
_YAML = """framework: bus
version: "1"
categories:
  - number: "1"
    name: Near
    codes:
      - {number: "1.1", name: Door, definition: At the door., colour: "#ff8800"}
      - {number: "1.2", name: Stop, use_when: At a stop.}
codes:
  - {number: "2", name: Price}
"""
_HAND: Mapping[str, str] = {
    "cases.csv": "case,transcript,speaker,age\nKari,,,41\nOla,,,7\n",
    "ladder.csv": "ref,ladder,level,label,parents\nt1,f,theme,There,\ne1,f,element,Snow,t1\n",
    "memos.csv": "kind,title,text,person\nreflexive,Snow,I grew up there.,me\n",
    "meetings.csv": "title,present,date,stage,text\nCodes,me,2024-02-03,build,Stays.\n",
    "counts.csv": "series,month,count\nbuses,2024-01,31\nbuses,2024-02,3\n",
    "links.csv": "source,target,sign,basis\na,b,+,participant\n",
}
_CODEBOOKS: Mapping[str, str] = {
    "a.csv": "tag,description,number\nWay out,Doors,7\nAt home,,1\n",
    "b.csv": "path,definition\nAccess / Distance,Far\nAccess / Waiting / Home,\nPrice,\n",
    "c.csv": "Kode;Overkode;Farge\nHøy;Pris;#ff8800\nLav;Pris;\n",
    "d.csv": "code\nAccess\n  Distance\n    Home\nPrice\n",
    "e.csv": "level,code\n1,Access\n2,Distance\n1,Price\n",
}
_ANSWERS = (
    "ID;Age;What helped?\n"
    "r1;41;The doctor listened to all that I had to say and she wrote it down.\n"
    "r2;3;My neighbour drove me there and waited outside in the car for hours.\n"
)
_SEGMENTS = "Document name,Code,Segment,Author,Comment\ntalk,A > B,We waited,ane,Really?\n"
_SUMMARIES = (
    ",A : Shed,B : Price\n1 : Kari,Says that the shed is full.,\n2 : Ola,,It costs a lot.\n"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_REAL: Mapping[str, tuple[str, ...]] = {
    "taguette": ("swj2022/thematic-analysis/SERDIF_P2_ThematicAnalysis.sqlite3",),
    "refi project": ("refi/skyloom_TestProject.qdpx", "refi/skyloom_Project.qde"),
    "codebook tables": (
        "sqaa/codebook.xlsx",
        "swj2022/thematic-analysis/codebooks/codebook_20220303_8.csv",
    ),
    "nvivo matrix": ("novelqualcodes/insect_study/matrices/Int04_ID31.xlsx",),
    "atlas table": ("sqaa/codebook-statistics.xlsx",),
    "documents": ("swj2022/transcripts/P8_GMT20211129.odt",),
}
"""Files of other people for each reader."""


def _sheet(*rows: list[object]) -> bytes:
    book, held = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


def _of_text(text: str) -> bytes:
    """Return a csv's rows as a workbook."""
    separator = ";" if ";" in text.split("\n", 1)[0] else ","
    return _sheet(*(list[object](line.split(separator)) for line in text.strip("\n").split("\n")))


def _database(scratch: Path, make: Callable[[Path], object]) -> bytes:
    path = scratch / "made" / "data.qda"
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir()
    make(path)
    return path.read_bytes()


def _taguette(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_TAGUETTE)


def _pages(scratch: Path) -> bytes:
    xml = refi_files.qde(refi_documents.BODY)
    return refi_files.qdpx(scratch / "pages.qdpx", xml, refi_documents.FILES).read_bytes()


def _references(scratch: Path) -> bytes:
    xml = refi_files.qde(refi_references.BODY)
    return refi_files.qdpx(scratch / "refs.qdpx", xml, refi_references.FILES).read_bytes()


def _zipped(scratch: Path) -> bytes:
    _database(scratch, foreign_databases.small_qualcoder)
    return Path(shutil.make_archive(str(scratch / "z"), "zip", scratch, "made")).read_bytes()


def _archive(*parts: tuple[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return held.getvalue()


def _documents() -> Files:
    lines = _TALK.split("\n")
    words = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    word = f'<w:document xmlns:w="{_WORD}"><w:body>{words}</w:body></w:document>'
    spaces = f'xmlns:o="{_OFFICE}office:1.0" xmlns:t="{_OFFICE}text:1.0"'
    body = "".join(f"<t:p>{line}</t:p>" for line in lines)
    inner = f"<o:body><o:text>{body}</o:text></o:body>"
    office = f"<o:document-content {spaces}>{inner}</o:document-content>"
    kind = "application/vnd.oasis.opendocument.text"
    return [
        ("a.docx", _archive(("[Content_Types].xml", "<Types/>"), ("word/document.xml", word))),
        ("a.odt", _archive(("mimetype", kind), ("content.xml", office))),
    ]


def _chart(scratch: Path) -> bytes:
    xlsx.write(small_chart.chart(), scratch / "chart.xlsx")
    return (scratch / "chart.xlsx").read_bytes()


READERS = (
    *("taguette", "qualcoder", "qualcoder zip", "rqda", "refi project", "refi codebook"),
    *("framework", "text", "rtf", "subtitles", "documents", "tables by hand", "codebook tables"),
    *("answers", "segments", "summaries", "nvivo matrix", "atlas table", "chart back"),
    *("pages", "pdf"),
)


def seeds(reader: str, scratch: Path, real: Path | None) -> Files:
    """Return the files of one reader, with those of other people that lie in `real`."""
    found = _made(scratch)[reader]
    for name in _REAL.get(reader, ()) if real else ():
        path = real / name
        found.append((f"real{path.suffix}", path.read_bytes()))
    return found


def _made(scratch: Path) -> dict[str, Files]:
    small = refi_files.qdpx(scratch / "s.qdpx", refi_files.qde(refi_files.SMALL)).read_bytes()
    codes = refi_files.code(1, "A", refi_files.code(2, "B"), "false")
    space = "urn:QDA-XML:codebook:1.0"
    book = f'<CodeBook xmlns="{space}" origin="Tool"><Codes>{codes}</Codes></CodeBook>'
    old = _database(
        scratch,
        lambda p: foreign_databases.small_qualcoder(p, foreign_databases.QUALCODER_V3, "v3"),
    )
    return {
        "taguette": [("a.sqlite3", _database(scratch, _taguette))],
        "qualcoder": [
            ("a.qda", _database(scratch, foreign_databases.small_qualcoder)),
            ("old.qda", old),
        ],
        "qualcoder zip": [("a.zip", _zipped(scratch))],
        "rqda": [("a.rqda", _database(scratch, foreign_databases.small_rqda))],
        "refi project": [
            ("a.qdpx", small),
            ("pages.qdpx", _pages(scratch)),
            ("refs.qdpx", _references(scratch)),
            ("a.qde", refi_files.qde(refi_files.SMALL).encode()),
            ("talk.qde", refi_files.qde(f"<Sources>{refi_files.SPOKEN}</Sources>").encode()),
        ],
        "refi codebook": [("a.qdc", book.encode())],
        "framework": [("a.yaml", _YAML.encode())],
        "text": [("other.txt", _TALK.encode()), ("other.md", _TALK.encode("cp1252", "replace"))],
        "rtf": [("other.rtf", _RTF)],
        "subtitles": [("other.vtt", _VTT.encode()), ("other.srt", _SRT.encode())],
        "documents": _documents(),
        "pages": [("a.html", _NOSCRIBE.encode()), ("b.htm", _PAGE.encode())],
        "pdf": [("a.pdf", pdf_files.made(["I: How was it?", "Kari: We wait-", "ed."], ["I: Oh?"]))],
        "chart back": [("chart.xlsx", _chart(scratch))],
        "tables by hand": [(n, t.encode()) for n, t in _HAND.items()],
        "codebook tables": [(n, t.encode()) for n, t in _CODEBOOKS.items()]
        + [("f.xlsx", _of_text(_CODEBOOKS["b.csv"]))],
        "answers": [("a.csv", _ANSWERS.encode()), ("a.xlsx", _of_text(_ANSWERS))],
        "segments": [("a.csv", _SEGMENTS.encode()), ("a.xlsx", _of_text(_SEGMENTS))],
        "summaries": [("a.csv", _SUMMARIES.encode()), ("a.xlsx", _of_text(_SUMMARIES))],
        "nvivo matrix": [
            ("a.csv", b",A : Ola,B : Kari\n1 : Snow,3,0\n2 : Price,1,2\nTotal,4,2\n"),
            ("a.xlsx", _of_text(",A : Ola\n1 : Snow,3\n2 : Price,1\n")),
        ],
        "atlas table": [
            (
                "a.csv",
                b',"P1\nGr=3","P2\nGr=1",Totals\n"\xe2\x97\x8b A\nGr=4",3,1,4\nTotals,3,1,4\n',
            ),
            ("a.xlsx", _sheet(["", "P1\nGr=3", "Totals"], ["○ A\nGr=3", 3, 3], ["Totals", 3, 3])),
        ],
    }

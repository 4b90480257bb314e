"""What other tools stumble over: one archive that keeps every rule, and each rule broken once."""

import dataclasses

import pytest
from lxml import etree
from refi_files import ANE, BO, g

from workbench.formats.refi import checker, writing
from workbench.formats.refi.project import (
    RefiCase,
    RefiCode,
    RefiCoding,
    RefiDocument,
    RefiNote,
    RefiProject,
    RefiSelection,
    RefiSource,
    RefiUser,
    RefiVariable,
)
from workbench.model.report import ImportReport

WORDS = "I: Well?\nKari: The shed is full. 👩"
AT = "2024-05-06T10:00:00+00:00"


def selected(number: int, start: int, stop: int, by: str) -> RefiSelection:
    coding = RefiCoding(g(number + 100), g(2), by, AT)
    quote = WORDS[start:stop]
    return RefiSelection(
        g(number), g(6), start, stop, quote, author=by, created=AT, codings=(coding,)
    )


SOUND = RefiProject(
    name="Sheds",
    origin="Framework Workbench",
    description="",
    created=AT,
    users=(RefiUser(ANE, "Ane"), RefiUser(BO, "Bo")),
    codes=(RefiCode(g(1), "Sheds", codable=False), RefiCode(g(2), "Room", parent=g(1))),
    variables=(RefiVariable(g(4), "Years", "integer"), RefiVariable(g(3), "Age", "integer")),
    cases=(RefiCase(g(5), "Kari", "", {g(4): "12"}, (g(6),)), RefiCase(g(10), "Ola")),
    sources=(
        RefiSource(g(6), "shed", "text", WORDS, b"", "", ""),
        RefiSource(g(7), "hut", "text", "Hm.", b"", "", ""),
    ),
    selections=(selected(8, 15, 34, ANE), selected(9, 15, 34, BO)),
    notes=(RefiNote(g(20), "Why", "Ask her.", author=BO, created=AT, anchors=(("case", g(5)),)),),
    links=(),
    sets=(),
    report=ImportReport("nowhere"),
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = tmp_path_factory.mktemp("sound") / "a.qdpx"
    writing.write(SOUND, path, beside={"framework-workbench/manifest.json": b"{}"})
    return checker.opened(path)


def with_xml(written: checker.Written, xml: bytes) -> checker.Written:
    files = {**written.files, "project.qde": xml}
    return checker.Written(files, etree.fromstring(xml))


def changed(written: checker.Written, before: str, after: str) -> checker.Written:
    """Return an archive with something in its XML replaced once."""
    xml = written.files["project.qde"].decode()
    assert before in xml, before
    return with_xml(written, xml.replace(before, after, 1).encode())


def with_file(written: checker.Written, name: str, content: bytes) -> checker.Written:
    return dataclasses.replace(written, files={**written.files, name: content})


def test_what_is_written_keeps_every_rule(sound) -> None:
    assert checker.faults(sound) == []
    assert len(list(sound.each("Coding"))) == 2


ANE_, BO_ = ANE.upper(), BO.upper()
TEXT = f"sources/{g(6)}.txt"
VALUE = (
    f'<VariableValue><VariableRef targetGUID="{g(4)}"></VariableRef><IntegerValue>12</IntegerValue>'
    "</VariableValue>"
)
CODING = (
    f'<Coding guid="{g(108)}" creatingUser="{ANE_}" creationDateTime="2024-05-06T10:00:00Z">'
    f'<CodeRef targetGUID="{g(2)}"></CodeRef></Coding>'
)
BROKEN = {
    "keeps_the_schema": [
        ("<Notes>", "<Sets></Sets><Notes>", "“Set”"),
        (VALUE, "", None),
        (f'<Case guid="{g(5)}"', f'<Case sex="f" guid="{g(5)}"', "“sex”"),
        ('isCodable="true"', 'isCodable="true" color="#aabbccdd"', "is no colour"),
        (f'<SourceRef targetGUID="{g(6)}"></SourceRef>', "", None),
        (VALUE, f'<SourceRef targetGUID="{g(6)}"></SourceRef>{VALUE}', "stands after"),
        ("<IntegerValue>12<", "<IntegerValue><", "holds no integer"),
    ],
    "nothing_dangles": [
        (f'<CodeRef targetGUID="{g(2)}"', f'<CodeRef targetGUID="{g(99)}"', "not in the file"),
        (f'<Case guid="{g(10)}"', f'<Case guid="{g(6)}"', "more than once"),
    ],
    "positions_are_in_the_text": [
        ('endPosition="34"', 'endPosition="35"', "15 to 35 is not in a text of 34"),
        ('endPosition="34"', 'endPosition="15"', "15 to 15"),
        ('startPosition="15"', 'startPosition="-1"', "-1 to 34"),
    ],
    "names_are_the_words": [
        ('startPosition="15"', 'startPosition="16"', "begins with"),
        ('name="The shed', 'name="', "begins with"),
        ('name="The shed', f'name="{101 * "a"}', "a name has 1"),
    ],
    "the_xml_is_plain": [("<Project ", "<!DOCTYPE Project><Project ", "document type")],
    "paths_lead_to_files": [
        (f"internal://{g(6)}", g(6), "leads to no file"),
        (f"internal://{g(6)}.txt", f"internal://{g(6)}.docx", "leads to no file"),
    ],
    "identifiers_are_capitals": [
        (ANE_, ANE, "not in capitals"),
        (f'"{ANE_}"', f'"{{{ANE_}}}"', "not in capitals"),
    ],
    "somebody_made_each_coding": [
        (CODING, CODING.replace(f' creatingUser="{ANE_}"', ""), "no “creatingUser”"),
        (CODING, CODING.replace(' creationDateTime="2024-05-06T10:00:00Z"', ""), "“creationDate"),
    ],
    "a_selection_is_of_one_coder": [(CODING, CODING.replace(ANE_, BO_), "another coder")],
    "a_coder_gives_a_code_once": [(CODING, CODING + CODING.replace(g(108), g(77)), "twice")],
    "cases_hold_their_values": [
        ("</TextSource>", f"{VALUE}</TextSource>", "stands in a “TextSource”"),
        ("</Sources>", f"<PictureSource>{VALUE}</PictureSource></Sources>", None),
        ("</Note>", f"{VALUE}</Note>", None),
    ],
    "everything_is_named": [
        ('name="Ola"', 'name=" "', "a “Case” has no name"),
        ('name="Bo"', "", "a “User” has no name"),
    ],
    "names_of_texts_differ": [
        ('name="hut"', 'name="Shed"', "2 of “TextSource” are called “shed”"),
        ('name="Age"', 'name="Years"', "2 of “Variable”"),
    ],
    "names_are_one_line": [('name="Ola"', 'name="Ola&#10;N."', "several lines")],
    "codes_can_be_given": [
        (f'<CodeRef targetGUID="{g(2)}"', f'<CodeRef targetGUID="{g(1)}"', "gives a folder"),
        (VALUE, f'<CodeRef targetGUID="{g(1)}"></CodeRef>{VALUE}', None),
    ],
    "notes_have_words": [("Ask her.", " ", "the note “Why” has no words")],
    "nothing_tells_of_the_machine": [
        ("<Project ", '<Project basePath="C:/Users/ane" ', "C:/Users/ane"),
        ("internal://", "absolute://", "tells of the machine"),
    ],
}
CASES = [(rule, *one) for rule, of in BROKEN.items() for one in of]


@pytest.mark.parametrize(("rule", "before", "after", "said"), CASES)
def test_a_rule_that_the_xml_breaks_is_told_by_its_check(sound, rule, before, after, said) -> None:
    found = list(getattr(checker, rule)(changed(sound, before, after)))
    if said is None:
        assert found == []
    else:
        assert any(said in one for one in found), found


_END = "</Representation>"
OF_TEXTS = ("positions_are_in_the_text", "names_are_the_words", "names_of_texts_differ")
OF_PDFS = [
    *((rule, *one) for rule, *one in CASES if rule in OF_TEXTS and 'name="Age"' not in one),
    ("everything_is_named", f'"{g(6)}" name="shed"', f'"{g(6)}"', "a “PDFSource” has no name"),
    ("cases_hold_their_values", "</PDFSource>", f"{VALUE}</PDFSource>", "in a “PDFSource”"),
    ("cases_hold_their_values", _END, f"{VALUE}{_END}", "in a “Representation”"),
]


@pytest.mark.parametrize(("rule", "before", "after", "said"), OF_PDFS)
def test_the_text_of_a_pdf_keeps_the_rules_of_texts(tmp_path, rule, before, after, said) -> None:
    pages = RefiDocument("pages", g(6), "shed", "", "shed.pdf", b"%PDF")
    writing.write(dataclasses.replace(SOUND, documents=(pages,)), tmp_path / "a.qdpx")
    written = checker.opened(tmp_path / "a.qdpx")
    assert checker.faults(written) == []
    found = list(getattr(checker, rule)(changed(written, before, after)))
    assert any(said in one for one in found), found


FILES = [
    ("the_archive_is_laid_out", "Sources/a.txt", b"", "no place in the archive"),
    ("the_archive_is_laid_out", "Sheds.qde", b"", "no place in the archive"),
    ("the_archive_is_laid_out", "sources/deeper/a.txt", b"", "no place in the archive"),
    ("paths_lead_to_files", "sources/a.txt", b"", "is the file of nothing"),
    ("texts_are_plain", TEXT, b"\xef\xbb\xbfa", "has a byte order mark"),
    ("texts_are_plain", TEXT, b"a\r\nb", "line ends of two letters"),
    ("texts_are_plain", TEXT, b"\xe9", "is not UTF-8"),
    ("the_xml_is_plain", "project.qde", b"\xef\xbb\xbf<?xml version='1.0'?>", "declaration"),
    ("the_xml_is_plain", "project.qde", b"<?xml version='1.0'?>", "declaration"),
]


@pytest.mark.parametrize(("rule", "name", "content", "said"), FILES)
def test_a_rule_that_a_file_breaks_is_told_by_its_check(sound, rule, name, content, said) -> None:
    found = list(getattr(checker, rule)(with_file(sound, name, content)))
    assert any(said in one for one in found), found


def test_each_rule_is_broken_once_here_and_all_are_asked(sound) -> None:
    assert {c.__name__ for c in checker.CHECKS} == {c[0] for c in CASES} | {f[0] for f in FILES}
    assert len(checker.faults(changed(sound, 'name="Ola"', 'name="Kari"'))) == 1

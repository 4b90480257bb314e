"""What is written in REFI-QDA: what stands where, and that it is read as it was."""

import dataclasses
import zipfile

import pytest
import refi_files
from lxml import etree
from refi_files import ANE, BO, code, codes, coding, g, qde, qdpx, selection, text

from workbench.errors import Refused
from workbench.formats.refi import checker, codebook, kept_xml, reading, schema, values, writing
from workbench.formats.refi.project import (
    RefiCase,
    RefiCode,
    RefiLink,
    RefiProject,
    RefiSet,
    RefiVariable,
)
from workbench.model.report import ImportReport

BLANK = RefiProject(
    "Waiting", "", "", "", (), (), (), (), (), (), (), (), (), ImportReport("nowhere")
)


def written(held, path):
    writing.write(held, path)
    return checker.opened(path)


def differing(one, other) -> set[str]:
    """Return the fields in which two projects differ, apart from what was said of the files."""
    return {
        f.name
        for f in dataclasses.fields(one)
        if f.name != "report" and getattr(one, f.name) != getattr(other, f.name)
    }


def like_files(held):
    """Return a project with its files called by their names alone, in small letters."""
    sources = (
        dataclasses.replace(s, filename="", content=b"", encoding="", placed=None)
        for s in held.sources
    )
    selections = (dataclasses.replace(s, name="") for s in held.selections)
    return dataclasses.replace(held, sources=tuple(sources), selections=tuple(selections))


@pytest.fixture
def small(tmp_path):
    return reading.read(qdpx(tmp_path / "a.qdpx", qde(refi_files.SMALL, origin="Tool")))


def test_a_project_is_written_as_the_schema_says_and_read_as_it_was(
    small, tmp_path, shared
) -> None:
    out = written(small, tmp_path / "b.qdpx")
    assert etree.XMLSchema(file=shared / "refi" / "Project.xsd").validate(out.root)
    assert schema.faults(out.root, "project") == schema.loose_ends(out.root) == {}
    again = reading.read(tmp_path / "b.qdpx")
    assert differing(like_files(small), like_files(again)) == set()
    assert len(again.selections) == 3
    assert again.notes[0].anchors == small.notes[0].anchors == (("selection", g(10)),)


def test_another_validator_finds_nothing_either(small, tmp_path, shared) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    path = shared / "refi" / "Project.xsd"
    writing.write(small, tmp_path / "b.qdpx")
    with zipfile.ZipFile(tmp_path / "b.qdpx") as archive:
        xml = archive.read("project.qde").decode()
    rules = xmlschema.XMLSchema(path)
    rules.validate(xml)
    assert not rules.is_valid(xml.replace("<Users>", "<Users/><Users>", 1))


@pytest.mark.parametrize(
    "name", ["qualilab_stress_test.qdpx", "skyloom_TestProject.qdpx", "skyloom_Project.qde"]
)
def test_projects_of_others_come_back_as_they_were_read(shared, tmp_path, name) -> None:
    """What refers to what is not in the file, as to texts that it lacks, is not written."""
    held = reading.read(shared / "real" / "refi" / name)
    out = written(held, tmp_path / "b.qdpx")
    assert etree.XMLSchema(file=shared / "refi" / "Project.xsd").validate(out.root)
    assert schema.faults(out.root, "project") == schema.loose_ends(out.root) == {}
    again = reading.read(tmp_path / "b.qdpx")
    there = {e.get("guid").lower() for e in out.root.iter(etree.Element) if e.get("guid")}
    sets = tuple(
        dataclasses.replace(s, sources=tuple(x for x in s.sources if x in there)) for s in held.sets
    )
    whole = [(p, kept_xml.pruned(p.xml, there.__contains__)[0]) for p in held.parts]
    came = {x.guid for of in (held.sources, held.selections, held.notes) for x in of}
    wanted = dataclasses.replace(
        held,
        sets=sets,
        parts=tuple(dataclasses.replace(part, xml=xml) for part, xml in whole),
        changes=tuple(change for change in held.changes if change.of in came),
    )
    assert differing(like_files(wanted), like_files(again)) == set()
    assert len(held.codes) > 10
    assert what_is_beyond_text(again) == what_is_beyond_text(held)
    assert {o.what for o in again.report.left_out} <= BEYOND_TEXT | OF_PDFS


BEYOND_TEXT = {"pictures", "parts of pictures", "recordings", "videos", "stretches of videos"}
BEYOND_TEXT |= {"graphs", "codings"}
OF_PDFS = {"texts", "areas of PDF pages", "texts of areas of PDF pages", "last changes"}
"""What is told of PDFs whose text is not here."""


def what_is_beyond_text(held) -> dict[str, int]:
    why = "they are of pictures or recordings"
    return {
        o.what: o.count
        for o in held.report.left_out
        if o.what in BEYOND_TEXT and (o.what != "codings" or o.why == why)
    }


def test_the_xml_is_what_it_should_be_to_the_letter(tmp_path) -> None:
    body = (
        refi_files.USERS
        + codes(code(1, "Room", more='color="#0af"'))
        + "<Sources>"
        + text(6, "shed", "a < b\nc", selection(7, 0, 5, coding(8, 1, ANE)))
        + "</Sources>"
    )
    held = reading.read(qdpx(tmp_path / "a.qdpx", qde(body)))
    assert written(held, tmp_path / "b.qdpx").files["project.qde"].decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<Project xmlns="urn:QDA-XML:project:1.0" name="Waiting"><Users>'
        f'<User guid="{ANE.upper()}" name="Ane"></User>'
        f'<User guid="{BO.upper()}" name="Bo"></User></Users>'
        f'<CodeBook><Codes><Code guid="{g(1)}" name="Room" isCodable="true" color="#00aaff">'
        f'</Code></Codes></CodeBook><Sources><TextSource name="shed" plainTextPath="internal://{g(6)}.txt"'
        f' guid="{g(6)}"><PlainTextSelection name="a &lt; b" startPosition="0" endPosition="5" '
        f'guid="{g(7)}"><Coding guid="{g(8)}" creatingUser="{ANE.upper()}"><CodeRef '
        f'targetGUID="{g(1)}"></CodeRef></Coding></PlainTextSelection></TextSource></Sources></Project>'
    )
    with zipfile.ZipFile(tmp_path / "b.qdpx") as archive:
        assert archive.read(f"sources/{g(6)}.txt") == b"a < b\nc"


def test_the_same_project_gives_the_same_bytes(small, tmp_path) -> None:
    for name in ("b.qdpx", "c.qdpx"):
        writing.write(small, tmp_path / name, beside={"framework-workbench/x": b"1"})
    assert (tmp_path / "b.qdpx").read_bytes() == (tmp_path / "c.qdpx").read_bytes()
    with zipfile.ZipFile(tmp_path / "b.qdpx") as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {i.create_system for i in archive.infolist()} == {3}


@pytest.mark.parametrize("colour", ["rgba(1, 2, 3, 0)", "#aabbccdd", "red"])
def test_a_colour_that_is_none_is_not_written(tmp_path, colour) -> None:
    held = dataclasses.replace(BLANK, codes=(RefiCode(g(1), "Room", colour=colour),))
    (one,) = written(held, tmp_path / "b.qdpx").each("Code")
    assert "color" not in one.attrib


def test_a_project_of_nothing_has_no_empty_containers(tmp_path, shared) -> None:
    out = written(BLANK, tmp_path / "b.qdpx")
    assert len(out.root) == 0
    assert etree.XMLSchema(file=shared / "refi" / "Project.xsd").validate(out.root)


@pytest.mark.parametrize(
    ("kind", "value", "element", "said"),
    [
        ("integer", "12", "IntegerValue", "12"),
        ("float", "1e-5", "FloatValue", "0.00001"),
        ("float", "1e21", "FloatValue", "1000000000000000000000"),
        ("boolean", "ja", "BooleanValue", "true"),
        ("boolean", "no", "BooleanValue", "false"),
        ("date", "20240506", "DateValue", "2024-05-06"),
        ("category", "GP", "TextValue", "GP"),
        ("text", "a\x01b", "TextValue", "a\ufffdb"),
    ],
)
def test_values_are_written_as_their_type_is(tmp_path, shared, kind, value, element, said) -> None:
    held = dataclasses.replace(
        BLANK,
        variables=(RefiVariable(g(1), "Years", kind),),
        cases=(RefiCase(g(2), "Kari", values={g(1): value}),),
    )
    out = written(held, tmp_path / "b.qdpx")
    found = [(e.tag.rpartition("}")[2], e.text) for e in out.each(element)]
    assert found == [(element, said)]
    assert etree.XMLSchema(file=shared / "refi" / "Project.xsd").validate(out.root)


@pytest.mark.parametrize("value", ["", "  ", "a dozen"])
def test_a_value_that_is_none_of_its_type_is_not_written(value) -> None:
    assert list(values.value_node("integer", value)) == []


def test_identifiers_that_are_none_or_stand_twice_become_others(tmp_path) -> None:
    twice = tuple(RefiCode(g(1), name) for name in ("Room", "Tools"))
    odd = RefiCode("code 3", "Lid")
    out = written(dataclasses.replace(BLANK, codes=(*twice, odd)), tmp_path / "b.qdpx")
    found = [e.get("guid") for e in out.each("Code")]
    assert found[0] == g(1)
    assert len(set(found)) == 3
    assert checker.faults(out) == []


def test_a_case_may_have_the_identifier_of_a_code_and_nothing_else(tmp_path) -> None:
    held = dataclasses.replace(
        BLANK,
        codes=(RefiCode(g(1), "Kari", is_case=True),),
        cases=(RefiCase(g(1), "Kari"), RefiCase(g(1), "Ola")),
    )
    out = written(held, tmp_path / "b.qdpx")
    first, second = (e.get("guid") for e in out.each("Case"))
    assert first == g(1) != second
    assert schema.loose_ends(out.root) == {}


def test_names_that_differ_in_their_letters_only_are_told_apart(tmp_path) -> None:
    held = dataclasses.replace(BLANK, cases=(RefiCase(g(1), "Ane"), RefiCase(g(2), "ane\n")))
    out = written(held, tmp_path / "b.qdpx")
    assert [e.get("name") for e in out.each("Case")] == ["Ane", "ane (2)"]


def test_a_link_to_what_is_not_in_the_file_is_not_written(tmp_path) -> None:
    ends = [(g(1), g(2)), (g(1), g(9)), ("", g(2))]
    links = tuple(RefiLink(g(20 + n), "near", "Sideways", *end) for n, end in enumerate(ends))
    cases = (RefiCase(g(1), "Ane"), RefiCase(g(2), "Bo"))
    out = written(dataclasses.replace(BLANK, cases=cases, links=links), tmp_path / "b.qdpx")
    (link,) = out.each("Link")
    assert dict(link.attrib) == {
        "guid": g(20),
        "name": "near",
        "originGUID": g(1),
        "targetGUID": g(2),
    }
    assert checker.faults(out) == []


def test_a_note_of_a_case_is_linked_to_it_as_cases_name_no_notes(tmp_path) -> None:
    body = f'<Cases><Case guid="{g(5)}" name="Kari"/></Cases><Notes><Note guid="{g(20)}" '
    body += 'name="N"><Description>d</Description></Note></Notes><Links><Link '
    body += f'guid="{g(8)}" originGUID="{g(5)}" targetGUID="{g(20)}"/></Links>'
    held = reading.read(qdpx(tmp_path / "a.qdpx", qde(body)))
    assert held.notes[0].anchors == (("case", g(5)),)
    out = written(held, tmp_path / "b.qdpx")
    (link,) = out.each("Link")
    assert (link.get("originGUID"), link.get("targetGUID")) == (g(5), g(20))
    assert link.get("direction") == "OneWay"
    assert reading.read(tmp_path / "b.qdpx").notes[0].anchors == (("case", g(5)),)


def test_a_text_beyond_the_basic_plane_is_read_where_it_was(tmp_path) -> None:
    words = "a 👩 bc\n\nde 🌱 f 👩"
    body = codes(code(1, "Room")) + "<Sources>"
    body += text(6, "shed", words, selection(7, 4, 10, coding(8, 1), "bc\n\nde"))
    held = reading.read(qdpx(tmp_path / "a.qdpx", qde(body + "</Sources>")))
    assert (held.selections[0].start, held.selections[0].stop) == (4, 10)
    writing.write(held, tmp_path / "b.qdpx")
    (one,) = reading.read(tmp_path / "b.qdpx").selections
    assert (one.start, one.stop, one.quote) == (4, 10, "bc\n\nde")


def test_what_xml_takes_for_its_own_is_written_so_that_it_is_read_as_it_was(tmp_path) -> None:
    """ATLAS.ti refuses a file with a bare “&”, “<” or quotation mark in a name."""
    odd = 'Food & <drink> "daily"'
    held = dataclasses.replace(BLANK, name=odd, codes=(RefiCode(g(1), odd, odd),))
    out = written(held, tmp_path / "b.qdpx")
    said = "Food &amp; &lt;drink&gt; &quot;daily&quot;"
    assert f'name="{said}"' in out.files["project.qde"].decode()
    again = reading.read(tmp_path / "b.qdpx")
    assert (again.name, again.codes[0].name, again.codes[0].description) == (odd, odd, odd)


def test_progress_is_told_text_by_text(small, tmp_path) -> None:
    told = []
    writing.write(small, tmp_path / "b.qdpx", progress=lambda *said: told.append(said))
    assert told == [(0, 1, "shed.txt"), (1, 1, "")]


CODES = (
    RefiCode(g(1), "Sheds", "All of them.", codable=False),
    RefiCode(g(2), "Room & <more>", "", "#00aaff", parent=g(1)),
    RefiCode(g(3), "Room & <more>", parent=g(2)),
)


def test_a_codebook_is_written_as_its_schema_says(tmp_path, shared) -> None:
    path = tmp_path / "sheds.qdc"
    held_set = RefiSet(g(4), "Both", "d", codes=(g(2), g(3), g(9)))
    writing.write_codebook(CODES, path, origin="Workbench", sets=[held_set])
    root = etree.parse(path).getroot()
    assert etree.XMLSchema(file=shared / "refi" / "Codebook.xsd").validate(root)
    assert schema.faults(root, "codebook") == {}
    again = codebook.read(path)
    assert again.codes == CODES
    assert again.sets == (dataclasses.replace(held_set, codes=(g(2), g(3))),)
    assert (again.origin, again.report.notes) == ("Workbench", [])


def test_an_empty_codebook_is_refused_and_leaves_no_file(tmp_path) -> None:
    with pytest.raises(Refused, match="no empty codebook"):
        writing.write_codebook([], tmp_path / "sheds.qdc")
    assert list(tmp_path.iterdir()) == []


def test_a_code_whose_parent_is_missing_stands_at_the_top(tmp_path) -> None:
    writing.write_codebook([RefiCode(g(3), "Lid", parent=g(2))], tmp_path / "sheds.qdc")
    assert codebook.read(tmp_path / "sheds.qdc").codes == (RefiCode(g(3), "Lid"),)

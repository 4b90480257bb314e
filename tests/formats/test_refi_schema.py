"""The rules of the standard as this tool knows them, held against the schemas themselves."""

import copy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from refi_files import (
    ANE,
    SPACE,
    USERS,
    code,
    codes,
    coding,
    g,
    qde,
    selection,
    text,
)

from workbench.formats.refi import schema
from workbench.formats.refi.elements import local
from workbench.formats.refi.schema import Child, Rule
from workbench.model.report import ImportReport

XSD = "{http://www.w3.org/2001/XMLSchema}"
VALUES = {
    "xsd:string": "string",
    "xsd:integer": "integer",
    "xsd:boolean": "boolean",
    "xsd:decimal": "decimal",
    "xsd:date": "date",
    "xsd:dateTime": "dateTime",
    "GUIDType": "GUID",
    "RGBType": "colour",
    "directionType": "direction",
    "typeOfVariableType": "type of a variable",
    "ShapeType": "shape",
    "LineStyleType": "line style",
}


def rules_of(path: Path) -> tuple[dict[str, Rule], dict[str, set[str]]]:
    """Return the rules that a schema states, in this tool's form, and the values of attributes."""
    root = etree.parse(path).getroot()
    types = {t.get("name"): t for t in root.iter(f"{XSD}complexType")}
    values: dict[str, set[str]] = {}
    found: dict[str, Rule] = {}
    for element in root.iter(f"{XSD}element"):
        kind = element.get("type")
        if kind in VALUES:
            found[element.get("name")] = Rule((), {}, False, VALUES[kind])
            continue
        declared = types[kind]
        for a in declared.findall(f"{XSD}attribute"):
            values.setdefault(a.get("name"), set()).add(VALUES[a.get("type")])
        any_order = declared.find(f"{XSD}choice") is not None
        rule = Rule(
            tuple(
                Child(
                    e.get("name"),
                    0 if any_order else int(e.get("minOccurs", 1)),
                    any_order or e.get("maxOccurs") == "unbounded",
                )
                for e in declared.iter(f"{XSD}element")
            ),
            {a.get("name"): a.get("use") == "required" for a in declared.iter(f"{XSD}attribute")},
            any_order,
            None,
        )
        assert found.setdefault(element.get("name"), rule) == rule
    return found, values


@pytest.mark.parametrize("kind", ["project", "codebook"])
def test_the_rules_are_those_of_the_schemas(shared, kind) -> None:
    name = {"project": "Project.xsd", "codebook": "Codebook.xsd"}[kind]
    wanted, values = rules_of(shared / "refi" / name)
    many = {"TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource"}
    own = dict(schema.RULES[kind])
    if kind == "project":
        own["Sources"] = Rule(
            tuple(Child(c.name, 0, True) for c in own["Sources"].children), {}, True, None
        )
        assert {c.name for c in own["Sources"].children} == many
    assert own == wanted
    told = {name: {schema.VALUE_OF.get(name, "string")} for name in values}
    assert told == values


FULL = qde(
    USERS
    + codes(
        code(1, "Queue", "<Description>Lines</Description>" + code(2, "Door", more='color="#0af"'))
    )
    + f'<Variables><Variable guid="{g(3)}" name="Age" typeOfVariable="Integer"/></Variables>'
    + f'<Cases><Case guid="{g(4)}" name="GP 1"><CodeRef targetGUID="{g(1)}"/><VariableValue>'
    + f'<VariableRef targetGUID="{g(3)}"/><IntegerValue>41</IntegerValue></VariableValue>'
    + f'<SourceRef targetGUID="{g(5)}"/><SelectionRef targetGUID="{g(6)}"/></Case></Cases>'
    + "<Sources>"
    + text(5, "P1", "kept", selection(6, 0, 4, "<Description>d</Description>" + coding(7, 1, ANE)))
    + f'<PDFSource guid="{g(8)}"><PDFSelection guid="{g(9)}" page="0" firstX="1" firstY="2" '
    + f'secondX="3" secondY="4"/><Representation guid="{g(10)}"/></PDFSource>'
    + f'<AudioSource guid="{g(11)}"><Transcript guid="{g(12)}"><SyncPoint guid="{g(13)}" '
    + f'position="0" timeStamp="0"/></Transcript><AudioSelection guid="{g(14)}" begin="0" '
    + 'end="9"/></AudioSource></Sources>'
    + f'<Notes><Note guid="{g(15)}" creationDateTime="2020-02-29T10:00:00Z"/></Notes>'
    + f'<Links><Link guid="{g(16)}" direction="OneWay" originGUID="{g(15)}" targetGUID="{g(6)}"/>'
    + f'</Links><Sets><Set guid="{g(17)}" name="All"><MemberCode targetGUID="{g(1)}"/></Set></Sets>'
    + f'<Graphs><Graph guid="{g(18)}"><Vertex guid="{g(19)}" firstX="0" firstY="0" shape="Star"/>'
    + f'<Edge guid="{g(20)}" sourceVertex="{g(19)}" targetVertex="{g(19)}" lineStyle="solid"/>'
    + f'</Graph></Graphs><Description>d</Description><NoteRef targetGUID="{g(15)}"/>'
)


def parsed(xml: str) -> etree._Element:
    return etree.fromstring(xml.encode())


def faults(xml: str, kind: schema.Kind = "project") -> dict[str, int]:
    return dict(schema.faults(parsed(xml), kind))


def test_a_project_with_nearly_every_element_keeps_the_rules(shared) -> None:
    assert etree.XMLSchema(file=shared / "refi" / "Project.xsd").validate(parsed(FULL))
    assert faults(FULL) == {}
    assert schema.loose_ends(parsed(FULL)) == {}


def changed(xml: str, before: str, after: str) -> str:
    assert before in xml
    return xml.replace(before, after, 1)


REF = f'<SourceRef targetGUID="{g(5)}"/>'
BROKEN = {
    "“Users” has no “User”": changed(FULL, USERS, "<Users/>"),
    "“VariableValue” stands after “SourceRef” in “Case”": changed(
        changed(FULL, REF, ""), f'<CodeRef targetGUID="{g(1)}"/><V', f"{REF}<V"
    ),
    "“IntegerValue” holds no integer": changed(FULL, ">41<", "><"),
    "“Coding” has several “CodeRef”": changed(
        FULL,
        f'<CodeRef targetGUID="{g(1)}"/></Coding>',
        2 * f'<CodeRef targetGUID="{g(1)}"/>' + "</Coding>",
    ),
    "“Code” lacks the attribute “isCodable”": changed(FULL, 'isCodable="true"', ""),
    "“isCodable” of “Code” is no boolean": changed(FULL, 'isCodable="true"', 'isCodable="True"'),
    "“color” of “Code” is no colour": changed(FULL, "#0af", "rgba(1,2,3,0)"),
    "“guid” of “Code” is no GUID": changed(FULL, g(1), "code-1"),
    "“page” of “PDFSelection” is no integer": changed(FULL, 'page="0"', 'page="0.5"'),
    "“creationDateTime” of “Note” is no dateTime": changed(FULL, "2020-02-29", "2021-02-29"),
    "“shape” of “Vertex” is no shape": changed(FULL, "Star", "Moon"),
    "“Project” has the attribute “lang”": changed(FULL, "<Project ", '<Project lang="nb" '),
    "“Charts” stands in “Project”": changed(FULL, "</Project>", "<Charts/></Project>"),
    "words stand in “Codes” where only elements should": changed(FULL, "<Codes>", "<Codes>queue"),
    "“Sources” is empty": qde("<Sources/>"),
    "“Project” lacks the attribute “name”": qde("").replace(' name="Waiting"', ""),
}


@pytest.mark.parametrize("said", BROKEN)
def test_each_fault_is_told_as_the_schema_finds_it(shared, said) -> None:
    xsd = etree.XMLSchema(file=shared / "refi" / "Project.xsd")
    assert said in faults(BROKEN[said])
    assert not xsd.validate(parsed(BROKEN[said]))


def test_a_foreign_element_is_told_once_not_with_all_that_stands_in_it() -> None:
    xml = changed(FULL, "</Project>", "<Charts><Chart><Cell/></Chart></Charts></Project>")
    assert faults(xml) == {
        "“Charts” stands in “Project”": 1,
        "“Charts” is no element of the standard": 1,
    }


def test_another_namespace_is_told(shared) -> None:
    found = faults(FULL.replace(SPACE, "urn:QDA-XML:project:0:4"))
    assert list(found) == ["elements have the namespace “urn:QDA-XML:project:0:4”"]


def test_colours_with_eight_digits_are_told_though_libxml2_takes_them() -> None:
    found = faults(changed(FULL, "#0af", "#aabbccdd"))
    assert found == {"“color” of “Code” is no colour": 1}


@pytest.mark.parametrize("value", ["#FFF", "#00ff00"])
def test_colours_of_three_and_six_digits_are_right(value) -> None:
    assert faults(changed(FULL, "#0af", value)) == {}


def test_a_codebook_of_its_own_has_other_rules_than_that_in_a_project(shared) -> None:
    space = schema.NAMESPACES["codebook"]
    held = f'<CodeBook xmlns="{space}" origin="a"><Codes>{code(1, "Queue")}</Codes><Sets><Set '
    held += f'guid="{g(2)}" name="s"><MemberCode guid="{g(1)}"/></Set></Sets></CodeBook>'
    xsd = etree.XMLSchema(file=shared / "refi" / "Codebook.xsd")
    assert faults(held, "codebook") == {}
    assert xsd.validate(parsed(held))
    other = held.replace("MemberCode guid", "MemberCode targetGUID")
    assert faults(other, "codebook") == {
        "“MemberCode” has the attribute “targetGUID”": 1,
        "“MemberCode” lacks the attribute “guid”": 1,
    }
    assert not xsd.validate(parsed(other))


def test_taguettes_codebooks_end_with_an_empty_element() -> None:
    space = schema.NAMESPACES["codebook"]
    xml = f'<CodeBook xmlns="{space}"><Codes>{code(1, "Queue")}</Codes><Sets/></CodeBook>'
    assert faults(xml, "codebook") == {"“Sets” has no “Set”": 1}


@given(st.data())
def test_what_is_moved_doubled_or_taken_away_breaks_both_or_neither(shared, data) -> None:
    root = parsed(FULL)
    elements = [e for e in root.iter(etree.Element) if e is not root]
    one, other = (data.draw(st.sampled_from(elements)) for _ in range(2))
    match data.draw(st.sampled_from(["move", "double", "remove", "attribute"])):
        case "move" if other not in one.iter(etree.Element):
            other.append(one)
        case "double":
            one.addnext(copy.deepcopy(one))
        case "remove":
            one.getparent().remove(one)
        case "attribute":
            names = ["guid", "name", "targetGUID", "color", "page", "isCodable", "direction"]
            name = data.draw(st.sampled_from(names))
            one.set(name, data.draw(st.sampled_from(["", "1", "true", g(1), "#fff", "OneWay"])))
    xsd = etree.XMLSchema(file=shared / "refi" / "Project.xsd")
    assert (not schema.faults(root, "project")) == xsd.validate(root), xsd.error_log


# --- what no schema tells -------------------------------------------------------------


def loose(xml: str) -> dict[str, int]:
    return dict(schema.loose_ends(parsed(xml)))


def test_identifiers_of_nothing_are_told_whatever_their_case_and_braces() -> None:
    xml = qde(codes(code(0xAB, "Queue")) + text(1, "P", "w", selection(2, 0, 1, coding(3, 0xAB))))
    written = f'CodeRef targetGUID="{g(0xAB)}"'
    assert loose(xml.replace(written, f'CodeRef targetGUID="{{{g(0xAB).upper()}}}"')) == {}
    assert loose(xml.replace(written, f'CodeRef targetGUID="{g(9)}"')) == {
        "“targetGUID” of “CodeRef” names what is not in the file": 1
    }


def test_identifiers_that_stand_twice_are_told_but_not_those_that_tools_share() -> None:
    assert loose(qde(codes(code(1, "a"), code(1, "b")))) == {
        "an identifier stands more than once": 1
    }
    shared_by_nvivo = f'<Cases><Case guid="{g(1)}" name="a"/></Cases>'
    assert loose(qde(codes(code(1, "a")) + shared_by_nvivo)) == {}
    pdf = f'<Sources><PDFSource guid="{g(1)}"><PDFSelection guid="{g(2)}"/>'
    pdf += f'<Representation guid="{g(3)}">{selection(2, 0, 1)}</Representation></PDFSource>'
    assert loose(qde(f"{pdf}</Sources>")) == {}


@pytest.mark.parametrize(("start", "end", "wrong"), [(3, 3, 0), (4, 3, 1), (-1, 3, 1), ("x", 3, 1)])
def test_positions_the_wrong_way_round_are_told(start, end, wrong) -> None:
    found = loose(qde(f"<Sources>{text(1, 'P', 'words', selection(2, start, end))}</Sources>"))
    assert found == ({"“PlainTextSelection” ends before it starts": 1} if wrong else {})


def test_each_kind_of_fault_is_noted_with_its_number() -> None:
    root = parsed(qde(codes(code(1, "a", more='color="red"'), code(1, "b", more='color="blue"'))))
    report = ImportReport("a.qde")
    schema.note_departures(root, "project", report)
    assert report.notes == [
        "Not as the standard says (2×): “color” of “Code” is no colour.",
        "Not as the standard says (1×): an identifier stands more than once.",
    ]
    schema.note_departures(parsed(FULL), "project", report)
    assert len(report.notes) == 2


def test_of_many_kinds_the_most_frequent_are_noted() -> None:
    odd = "".join(f"<Odd{n}/>" * 2 for n in range(9))
    report = ImportReport("a.qde")
    schema.note_departures(parsed(qde(odd)), "project", report)
    assert len(report.notes) == 9
    assert report.notes[-1] == "Not as the standard says in other ways: 10."


def test_every_element_that_has_a_rule_stands_in_one_that_names_it() -> None:
    for kind, rules in schema.RULES.items():
        named = {c.name for rule in rules.values() for c in rule.children}
        assert set(rules) - named == {"Project" if kind == "project" else "CodeBook"}
    assert local(parsed(FULL)) == "Project"

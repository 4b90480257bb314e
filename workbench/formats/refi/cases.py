"""Cases and their attributes, in the three ways that tools write them.

NVivo names a case and gives it values; Quirkos leaves it without a name and points to a
source; MAXQDA gives values to sources, which are cases of their own then.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from workbench.errors import BadValue
from workbench.formats.refi.elements import (
    child,
    children,
    description,
    free_name,
    inside,
    local,
    named,
    own,
    targets,
)
from workbench.formats.refi.project import RefiCase, RefiCode, RefiSource, RefiVariable
from workbench.formats.refi.schema import RULES
from workbench.model.case import AttributeType, attribute_value
from workbench.model.report import ImportReport

_TYPES: Mapping[str, AttributeType] = {
    "Text": "text",
    "Boolean": "boolean",
    "Integer": "integer",
    "Float": "float",
    "Date": "date",
    "DateTime": "text",
}
_VALUES = tuple(c.name for c in RULES["project"]["VariableValue"].children[1:])
_ENDING = re.compile(r"\.(txt|docx?|odt|rtf|pdf|md|mp3|m4a|wav|mp4)$", re.I)


def read_variables(root: etree._Element, report: ImportReport) -> tuple[RefiVariable, ...]:
    """Return the attributes; one whose values are not all of its type is a text."""
    written: dict[str, list[str]] = {}
    for element in root.iter(etree.Element):
        if local(element) == "VariableValue":
            for variable, value in _value(element):
                written.setdefault(variable, []).append(value)
    found, names = [], set[str]()
    for element in inside(root, "Variables", "Variable"):
        guid, name = own(element), free_name(named(element) or "attribute", names)
        names.add(name.casefold())
        declared = _TYPES.get(element.get("typeOfVariable", "").strip(), "text")
        kind = declared if all(_fits(declared, v) for v in written.get(guid, ())) else "text"
        if kind != declared:
            report.guess(
                f"the attribute “{name}” is a text",
                f"not all of its values are of its type ({declared})",
                "certain",
                report.source,
            )
        found.append(RefiVariable(guid, name, kind, description(element)))
    return tuple(found)


def read_cases(
    root: etree._Element,
    variables: Sequence[RefiVariable],
    sources: Sequence[RefiSource],
    texts_of: Mapping[str, Sequence[str]],
    codes: Sequence[RefiCode],
    report: ImportReport,
) -> tuple[RefiCase, ...]:
    """Return the cases with names of their own, and those that sources with values are.

    `texts_of` leads from a source, as a recording, to its texts.
    """
    source_names = {s.guid: _ENDING.sub("", s.name) for s in sources}
    code_names = {c.guid: c.name for c in codes}
    known = {v.guid for v in variables}
    found: list[RefiCase] = []
    names: set[str] = set()
    for number, element in enumerate(inside(root, "Cases", "Case"), 1):
        case = _case(element, known, report)
        name = case.name
        if not name:
            ours = [source_names[t] for s in case.sources for t in texts_of.get(s, ())]
            name = code_names.get(case.guid) or (ours[0] if len(ours) == 1 else f"Case {number}")
            because = "the file gives the case no name"
            report.guess(f"a case is called “{name}”", because, "likely", report.source)
        name = free_name(name, names)
        names.add(name.casefold())
        found.append(replace(case, name=name))
    given = _values_of_sources(root, known, report)
    own_values = [_with_values(case, given, report) for case in found]
    own_values += _cases_of_sources(given, names, source_names, texts_of, report)
    return tuple(_with_texts(case, texts_of, report) for case in own_values)


def _case(element: etree._Element, known: set[str], report: ImportReport) -> RefiCase:
    codes = [c for c in targets(element, "CodeRef") if c != own(element)]
    if codes:
        why = "cases have words here, and codes have codings"
        report.leave_out("codes of cases", why, named(element) or report.source, len(codes))
    return RefiCase(
        own(element),
        named(element),
        description(element),
        values_of(element, known, report),
        targets(element, "SourceRef"),
        targets(element, "SelectionRef"),
        tuple(codes),
    )


def _values_of_sources(
    root: etree._Element, known: set[str], report: ImportReport
) -> dict[str, dict[str, str]]:
    """Return source → variable → value, of those that have any."""
    given: dict[str, dict[str, str]] = {}
    for source in (s for held in children(root, "Sources") for s in held):
        values = values_of(source, known, report)
        inner = child(source, "Representation")
        if inner is not None:
            values = {**values_of(inner, known, report), **values}
        if values:
            given[own(source)] = values
    return given


def _with_values(
    case: RefiCase, given: dict[str, dict[str, str]], report: ImportReport
) -> RefiCase:
    """Return a case with the values that its sources have, which are `given` no more then."""
    more: dict[str, str] = {}
    for source in case.sources:
        for variable, value in given.pop(source, {}).items():
            if case.values.get(variable, value) != value or more.get(variable, value) != value:
                why = "the case has another value already"
                report.leave_out("values", why, case.name)
            else:
                more[variable] = value
    return replace(case, values={**more, **case.values})


def _cases_of_sources(
    given: Mapping[str, dict[str, str]],
    names: set[str],
    source_names: Mapping[str, str],
    texts_of: Mapping[str, Sequence[str]],
    report: ImportReport,
) -> Iterator[RefiCase]:
    """Yield a case for each source that has values and is of no case."""
    for guid, values in given.items():
        texts = texts_of.get(guid, ())
        if not texts:
            why = "the text that they describe did not come in"
            report.leave_out("values", why, report.source, len(values))
            continue
        name = free_name(source_names[texts[0]], names)
        names.add(name.casefold())
        yield RefiCase(guid, name, values=values, sources=(guid,))


def _with_texts(
    case: RefiCase, texts_of: Mapping[str, Sequence[str]], report: ImportReport
) -> RefiCase:
    """Return a case with the texts of its sources; sources without are told."""
    texts = [t for s in case.sources for t in texts_of.get(s, ())]
    gone = tuple(s for s in case.sources if s not in texts_of)
    if gone:
        report.leave_out("sources of cases", "they have no text here", case.name, len(gone))
    return replace(case, sources=tuple(dict.fromkeys(texts)), other_sources=gone)


def with_selections(
    cases: Iterable[RefiCase],
    coded: Mapping[str, Sequence[str]],
    known: Collection[str],
    report: ImportReport,
) -> Iterator[RefiCase]:
    """Yield the cases with the selections that are `coded` with them; the unknown are told."""
    for case in cases:
        gone = tuple(s for s in case.selections if s not in known)
        if gone:
            report.leave_out("selections of cases", "they did not come in", case.name, len(gone))
        words = (*(s for s in case.selections if s in known), *coded.get(case.guid, ()))
        yield replace(case, selections=words, other_selections=gone)


def values_of(element: etree._Element, known: set[str], report: ImportReport) -> dict[str, str]:
    """Return variable → value of what an element has; the first of several stands."""
    found: dict[str, str] = {}
    for held in children(element, "VariableValue"):
        for variable, value in _value(held):
            if variable not in known:
                report.leave_out("values", "their attribute is not in the file", report.source)
            elif found.setdefault(variable, value) != value:
                why = "the case has another value already"
                report.leave_out("values", why, named(element) or report.source)
    return found


def _value(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield a variable and its value, unless there is none."""
    for variable in targets(element, "VariableRef"):
        for held in children(element, *_VALUES):
            value = "".join(held.itertext()).strip()
            if local(held) == "DateValue":
                value = re.sub(r"(Z|[+-]\d\d:\d\d)$", "", value)
            if value:
                yield variable, value
                return


def _fits(kind: AttributeType, value: str) -> bool:
    try:
        attribute_value("", kind, value)
    except BadValue:
        return False
    return True

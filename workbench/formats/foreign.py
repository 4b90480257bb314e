"""What databases of other tools have in common, on their way to the terms of REFI-QDA."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.errors import BadValue
from workbench.formats.refi.elements import free_name
from workbench.formats.refi.project import RefiCase, RefiCode, RefiUser, RefiVariable
from workbench.model.case import AttributeType, attribute_value
from workbench.model.report import ImportReport


@dataclass(frozen=True, slots=True)
class Value:
    """What a case, or a text, has for an attribute."""

    variable: str
    of: str
    value: str


def users(owners: Iterable[str]) -> tuple[RefiUser, ...]:
    """Return those who made something, by their names; nobody stands for an empty one.

    Two who differ in capitals or blanks are two.
    """
    taken: set[str] = set()
    found = []
    for owner in dict.fromkeys(o for o in owners if o.strip()):
        name = free_name(" ".join(owner.split()), taken)
        taken.add(name.casefold())
        found.append(RefiUser(owner, name))
    return tuple(found)


def rooted(codes: Sequence[RefiCode], report: ImportReport) -> tuple[RefiCode, ...]:
    """Return codes of which each stands under one that is there, and none under itself."""
    parents = {c.guid: c.parent for c in codes}
    lost = {c.guid for c in codes if not _reaches_the_top(c.guid, parents)}
    if lost:
        report.notes.append(
            f"Codes whose category is not there, or is below them, stand at the top: {len(lost)}."
        )
    return tuple(replace(c, parent="") if c.guid in lost else c for c in codes)


def _reaches_the_top(guid: str, parents: Mapping[str, str]) -> bool:
    """Tell whether a code is not itself in a circle or without the parent that it names."""
    at, seen = parents[guid], set[str]()
    if at and at not in parents:
        return False
    while at and at in parents and at not in seen:
        if at == guid:
            return False
        seen.add(at)
        at = parents[at]
    return True


def variables(
    declared: Iterable[tuple[str, str, str, bool]],
    values: Iterable[Value],
    report: ImportReport,
) -> tuple[RefiVariable, ...]:
    """Return the attributes: guid, name, description and whether they are numbers are given.

    One that is declared as numbers and has something else is a text.
    """
    of: dict[str, list[str]] = {}
    for value in values:
        of.setdefault(value.variable, []).append(value.value)
    found, names = [], set[str]()
    for guid, wanted, description, numeric in declared:
        name = free_name(" ".join(wanted.split()) or "attribute", names)
        names.add(name.casefold())
        kind: AttributeType = "text"
        if numeric:
            fitting: Iterator[AttributeType] = (
                k for k in _NUMBERS if all(_fits(k, v) for v in of.get(guid, ()))
            )
            kind = next(fitting, "text")
            if kind == "text":
                because = "not all of its values are numbers"
                report.guess(f"the attribute “{name}” is a text", because, "certain", report.source)
        found.append(RefiVariable(guid, name, kind, description))
    return tuple(found)


_NUMBERS: tuple[AttributeType, ...] = ("integer", "float")


def _fits(kind: AttributeType, value: str) -> bool:
    try:
        attribute_value("", kind, value)
    except BadValue:
        return False
    return True


def named_cases(cases: Iterable[RefiCase]) -> list[RefiCase]:
    """Return cases of which no two have one name, and none is without."""
    taken: set[str] = set()
    found = []
    for number, case in enumerate(cases, 1):
        name = free_name(" ".join(case.name.split()) or f"Case {number}", taken)
        taken.add(name.casefold())
        found.append(replace(case, name=name))
    return found


def with_values_of_texts(
    cases: Sequence[RefiCase],
    values: Iterable[Value],
    texts: Mapping[str, str],
    shared: Collection[str],
    report: ImportReport,
) -> tuple[RefiCase, ...]:
    """Give the attributes of texts to cases, as only cases have attributes here.

    `texts` has the names of texts by their identifiers, `shared` are those of which cases
    have parts. A text that is one case alone gives
    them to it; one of no case becomes a case; of several nothing is taken.
    """
    given: dict[str, dict[str, str]] = {}
    for value in values:
        given.setdefault(value.of, {})[value.variable] = value.value
    owners: dict[str, list[int]] = {}
    for n, case in enumerate(cases):
        for source in case.sources:
            owners.setdefault(source, []).append(n)
    found, names = list(cases), {c.name.casefold() for c in cases}
    for source, its in given.items():
        who = owners.get(source, [])
        if source not in texts:
            why = "the text that they describe did not come in"
            report.leave_out("values", why, report.source, len(its))
        elif not who and source not in shared:
            name = free_name(texts[source], names)
            names.add(name.casefold())
            found.append(RefiCase(source, name, values=its, sources=(source,)))
            because = "only cases have attributes here"
            report.guess("texts with attributes are cases", because, "likely", texts[source])
        elif len(who) == 1 and found[who[0]].sources == (source,) and source not in shared:
            case = found[who[0]]
            other = [v for v, said in its.items() if case.values.get(v, said) != said]
            if other:
                why = "the case has another value already"
                report.leave_out("values", why, case.name, len(other))
            found[who[0]] = replace(case, values={**its, **case.values})
        else:
            why = "they describe a text that is not one case alone"
            report.leave_out("values", why, texts[source], len(its))
    return tuple(found)


def with_values(
    cases: Iterable[RefiCase], values: Iterable[Value], report: ImportReport
) -> list[RefiCase]:
    """Return cases with the values of their own; the first of several stands."""
    found = {c.guid: c for c in cases}
    given: dict[str, dict[str, str]] = {guid: dict(c.values) for guid, c in found.items()}
    for value in values:
        if value.of not in given:
            report.leave_out("values", "their case is not in the file", report.source)
        elif given[value.of].setdefault(value.variable, value.value) != value.value:
            why = "the case has another value already"
            report.leave_out("values", why, found[value.of].name)
    return [replace(c, values=given[guid]) for guid, c in found.items()]

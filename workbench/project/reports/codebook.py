"""The codebook: what each code means, when to use it, and how it was used."""

from collections.abc import Iterator
from typing import Any

from workbench.model.document import Block, Document, Heading, Paragraph, Said, line
from workbench.project.framework_rows import as_version
from workbench.project.reports.citing import Cited
from workbench.project.reports.words import Words, rows_of

EXAMPLES = 2
"""Quotations that stand with each code, of different cases where there are such."""
_SAYS = {
    "definition": "Definition. ",
    "use_when": "Use when: ",
    "not_when": "Do not use when: ",
    "example": "Example: ",
    "origin": "Origin: ",
}


def document(words: Words) -> Document:
    """Return the codebook of the framework version."""
    version = as_version(words.connection, words.m.version)
    facts = [f"{version.reference}, {version.state}"]
    facts += [f"objective: {version.objective}"] if version.objective else []
    facts += [f"made from {version.parent}"] if version.parent else []
    facts += [f"SHA-256 {version.sha256}"] if version.sha256 else []
    runs = ", ".join(words.m.run_names) or "none yet"
    front = Paragraph(line("; ".join(facts) + f". Runs that count: {runs}."), "note")
    return words.document(f"Codebook: {version.reference}", [front, *blocks(words, 1)])


def blocks(words: Words, level: int) -> Iterator[Block]:
    """Yield the categories as headings of a level, with their codes below."""
    used: dict[str, dict[str, None]] = {}
    for (_, code), ids in words.in_cell.items():
        used.setdefault(code, {}).update(dict.fromkeys(ids))
    category: str | None = None
    for code in rows_of(words.m.codes):
        if code.category != category:
            category = code.category
            yield Heading(code.category or "Codes", level)
        yield from _code(words, code, words.of(used.get(code.code_id, ())), level + 1)


def _code(words: Words, code: Any, found: list[Cited], level: int) -> Iterator[Block]:
    yield Heading(f"{code.number} {code.code}".strip(), level)
    for field, said in _SAYS.items():
        text = getattr(code, field)
        if text:
            yield Paragraph(line(Said(said, "strong"), str(text)), "definition")
    cases = {case for one in found for case in one.cases}
    ids = tuple(one.coding_id for one in found)
    many = f"{len(cases)} of {len(words.label)} cases"
    codings = f"{len(ids)} coding{'s' * (len(ids) != 1)}"
    yield Paragraph(line(Said(f"Used in {many}, {codings}.", evidence=ids)), "note")
    for one in _examples(found):
        yield one.quotation()


def _examples(found: list[Cited]) -> list[Cited]:
    """Return the first quotations of different cases; further ones of the same, if too few."""
    first: dict[tuple[str, ...], Cited] = {}
    for one in found:
        first.setdefault(one.cases, one)
    chosen = list(first.values())[:EXAMPLES]
    rest = [one for one in found if one not in chosen]
    chosen += rest[: EXAMPLES - len(chosen)]
    return [one for one in found if one in chosen]

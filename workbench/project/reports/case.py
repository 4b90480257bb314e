"""The report of a case: who it is, its row of the chart, and its words."""

from collections.abc import Iterator

from workbench.errors import Refused
from workbench.model.document import Block, Document, Heading, Paragraph, Table, cell, line
from workbench.project.reports.words import Words, rows_of, said_of


def document(words: Words, name: str | None) -> Document:
    """Return the report of one case, or of all.

    Raises:
        Refused: there is no case yet.
    """
    if name is not None:
        row = words.m.names.case(name)
        return words.document(str(row["label"]), [*_blocks(words, str(row["id"]), 1)])
    if not words.label:
        raise Refused("There are no cases yet. Bring transcripts in, or add cases, first.")
    every: list[Block] = []
    for case_id, label in words.label.items():
        every += [Heading(label, 1), *_blocks(words, case_id, 2)]
    return words.document("Cases", every)


def _blocks(words: Words, case_id: str, level: int) -> Iterator[Block]:
    names = dict(
        zip(
            words.m.transcripts["transcript_version_id"],
            words.m.transcripts["transcript"],
            strict=True,
        )
    )
    spans = words.m.spans.loc[words.m.spans["case_id"] == case_id, "transcript_version_id"]
    spoken = [names[t] for t in dict.fromkeys(spans) if t in names]
    yield Paragraph(line(f"Framework {words.m.reference}. {_in(spoken)}"), "note")
    held = words.values.get(case_id, {})
    if held:
        rows = tuple((cell(k), cell(v)) for k, v in held.items())
        yield Table("Attributes", ("Attribute", "Value"), rows, (1, 2))
    category: str | None = None
    for code in rows_of(words.m.codes):
        key = case_id, code.code_id
        body = [*_cell(words, *key)]
        if not body:
            continue
        if code.category != category:
            category = code.category
            yield Heading(code.category or "Codes", level)
        yield Heading(f"{code.number} {code.code}".strip(), level + 1)
        yield from body
    yield from _nodes(words, case_id, level)


def _in(spoken: list[str]) -> str:
    return f"Speaks in {', '.join(spoken)}." if spoken else "No words of a transcript are its own."


def _cell(words: Words, case_id: str, code_id: str) -> Iterator[Block]:
    """Yield the statements of a cell, its state where that says something, its quotations."""
    of = words.m.statements
    own = of.loc[(of["case_id"] == case_id) & (of["code_id"] == code_id)]
    for said in said_of(words, own):
        yield Paragraph((said,), "item")
    states = words.m.states
    found = states.loc[(states["case_id"] == case_id) & (states["code_id"] == code_id)]
    for state, reason in zip(found["state"], found["reason"], strict=True):
        if state in ("not asked", "nothing said", "stale"):
            yield Paragraph(line(f"{state}: {reason}" if reason else str(state)), "note")
    for one in words.of(words.in_cell.get((case_id, code_id), ())):
        yield one.quotation()


def _nodes(words: Words, case_id: str, level: int) -> Iterator[Block]:
    """Yield the nodes of ladders that the case reaches."""
    rows = []
    for held in words.ladders:
        below = held.below
        own = below.loc[below["case_id"] == case_id]
        label = dict(zip(held.nodes["node_id"], held.nodes["node"], strict=True))
        levels = dict(zip(held.nodes["node_id"], held.nodes["level"], strict=True))
        reached: dict[str, dict[str, None]] = {}
        for node, coding in zip(own["node_id"], own["coding_id"], strict=True):
            ids = reached.setdefault(node, {})
            if isinstance(coding, str) and coding:
                ids[coding] = None
        for node in sorted(reached, key=lambda n: -levels[n]):
            name = held.template.level_name(int(levels[node]))
            ids_ = tuple(one.coding_id for one in words.of(reached[node]))
            rows.append((cell(name), cell(label[node]), cell(len(ids_), ids_)))
    if rows:
        yield Heading("In the ladder", level)
        head = ("Level", "Node", "Codings of the case")
        yield Table("Nodes that the case reaches", head, tuple(rows), (2, 5, 2))

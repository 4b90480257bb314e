"""The report of a theme: what stands below it, and the words that carry it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from workbench.errors import Refused
from workbench.model.document import Block, Document, Heading, Paragraph, Said, Table, cell, line
from workbench.project.mapping import LadderFrames
from workbench.project.reports import linkage
from workbench.project.reports.words import Words, rows_of, said_of
from workbench.stages.mapping import ladder as climbing


def document(words: Words, name: str | None) -> Document:
    """Return the report of one node of a ladder, or of all themes.

    Raises:
        Refused: there is no ladder yet, or the node stands on no level of one.
    """
    if name is None:
        return words.document("Themes", all_themes(words, 1))
    node = words.m.names.node(name)
    held = next((h for h in words.ladders if node["id"] in set(h.nodes["node_id"])), None)
    if held is None or node["level"] is None:
        raise Refused(f"“{node['label']}” stands on no level of a ladder. Name a theme or a node.")
    below = [*_Climb(words, held).blocks(str(node["id"]), 1, head=False)]
    links = [*linkage.of_node(words, str(node["id"]), 1)]
    return words.document(str(node["label"]), [*below, *links])


def all_themes(words: Words, level: int) -> Iterator[Block]:
    """Yield every ladder from its topmost nodes down.

    Raises:
        Refused: there is no ladder yet.
    """
    if not words.ladders:
        raise Refused("There is no ladder yet, so there are no themes. Add one first.")
    for held in words.ladders:
        climb, at = _Climb(words, held), level
        if len(words.ladders) > 1:
            yield Heading(held.name, level)
            at += 1
        yield climb.table()
        for node in climb.tops():
            yield from climb.blocks(node, at)


class _Climb:
    """One ladder, walked from the top down."""

    def __init__(self, words: Words, held: LadderFrames) -> None:
        self._words, self._held = words, held
        support = climbing.support(held.nodes, held.node_edges, held.below)
        self._support: dict[str, Any] = {s.node_id: s for s in rows_of(support)}
        self._below: dict[str, list[str]] = defaultdict(list)
        for child, parent in zip(
            held.node_edges["child_id"], held.node_edges["parent_id"], strict=True
        ):
            if child in self._support and parent in self._support:
                self._below[parent].append(child)
        self._fed: dict[str, set[str]] = defaultdict(set)
        for statement, node in zip(held.feeds["statement_id"], held.feeds["node_id"], strict=True):
            self._fed[node].add(statement)
        self._note = dict(zip(held.nodes["node_id"], held.nodes["note"], strict=True))

    def tops(self) -> list[str]:
        """Return the nodes that stand under no other, the highest first."""
        under = {child for children in self._below.values() for child in children}
        found = [s for s in self._support.values() if s.node_id not in under]
        return [s.node_id for s in sorted(found, key=lambda s: -s.level)]

    def table(self) -> Table:
        """Return the nodes of the ladder with the cases and codings that carry each."""
        rows = []
        for s in sorted(self._support.values(), key=lambda s: -s.level):
            names = ", ".join(self._words.label[c] for c in s.case_ids)
            counts = (cell(s.cases, s.evidence), cell(s.statements), cell(s.codings))
            level = self._held.template.level_name(s.level)
            rows.append((cell(level), cell(s.node), *counts, cell(names)))
        head = ("Level", "Node", "Cases", "Statements", "Codings", "Which cases")
        return Table(
            f"What carries the nodes of “{self._held.name}”",
            head,
            tuple(rows),
            (2.2, 5, 1.6, 2.5, 2, 4.6),
        )

    def blocks(self, node: str, level: int, *, head: bool = True) -> Iterator[Block]:
        """Yield a node, the statements that feed it with their words, and all below it."""
        own = self._support[node]
        name = self._held.template.level_name(own.level)
        if head:
            yield Heading(f"{own.node}", level)
        many = f"{own.cases} of {len(self._words.label)} cases"
        said = f"{name[:1].upper()}{name[1:]}, carried by {many}."
        yield Paragraph(line(Said(said, evidence=own.evidence)), "note")
        if self._note[node]:
            yield Paragraph(line(str(self._note[node])), "definition")
        yield from self._statements(node)
        for child in self._below[node]:
            yield from self.blocks(child, level + head)

    def _statements(self, node: str) -> Iterator[Block]:
        of = self._held.statements
        fed = of.loc[of["statement_id"].isin(self._fed[node])]
        ids: list[str] = []
        order = {case: n for n, case in enumerate(self._words.label)}
        fed = fed.assign(place=fed["case_id"].map(order)).sort_values("place", kind="stable")
        for case, said in zip(fed["case_id"], said_of(self._words, fed), strict=True):
            label = Said(f"{self._words.label.get(case, '')}: ", "strong")
            yield Paragraph((label, said), "item")
            ids += said.evidence
        for one in self._words.of(ids):
            yield one.quotation()

"""What a merge asks, in words: what a question is about, and what stands on either side."""

import json
from collections.abc import Iterator
from textwrap import shorten
from typing import Any

from sqlalchemy.engine import Connection

from workbench.model.report import counted
from workbench.project.merging.planned import Question
from workbench.project.merging.rules import Row, references
from workbench.project.merging.sides import Sides
from workbench.store import records
from workbench.store.shutting import CITING

COLUMNS = ("question", "about", "thing", "mine", "theirs", "choices", "answer")
"""The columns of a table of questions; a person fills in the last."""

NOUNS = {
    "setting": "settings",
    "person": "people",
    "case": "cases",
    "attribute": "attributes",
    "attribute_value": "attribute values",
    "transcript": "transcripts",
    "transcript_version": "texts",
    "case_span": "stretches of cases",
    "framework_version": "framework versions",
    "category_version": "categories",
    "code_version": "codes",
    "run": "runs",
    "round": "rounds",
    "finished": "finished marks",
    "coding": "codings",
    "decision": "decisions",
    "cell": "cells",
    "statement": "statements",
    "charting_round": "rounds of charting",
    "own_cell": "own cells",
    "own_statement": "own statements",
    "cell_decision": "cell decisions",
    "ladder": "ladders",
    "node": "nodes",
    "facet": "facets",
    "typology": "typologies",
    "placement": "placements",
    "link": "links",
    "memo": "memos",
    "decision_record": "decision records",
    "reading": "readings",
    "quotation": "quotations",
    "tally": "counts",
    "finding": "findings",
    "verification": "verifications",
    "kept_part": "parts of other projects",
}
"""Tables whose rows are told of, and what they are called; the others go with these."""

_ABOUT = {
    "changed": "changed on both sides",
    "withdrawn": "withdrawn on one side, changed or used on the other",
    "name": "two new things of one name: one thing, or two?",
    "order": "put in another order on both sides",
    "text": "corrected on both sides: which text is the current one?",
    "type": "the type of one side does not fit values of the other: whose type and values?",
    "evidence": "one side took away what it rests on in the other: whose evidence?",
    "levels": "levels of one side do not fit what stands under what in the other: whose are taken?",
    "typology": "dimensions, types and cases of both sides do not fit: whose are taken?",
    "version": "made in two ways that cannot be one: whose version is taken?",
    "words": "words of cases and codings of both sides do not fit: whose are taken?",
    "cell": "marked on one side, written in on the other: whose cell is taken?",
    "place": "two things in one place: whose is taken?",
}
_RELEASED = (
    "released here, so that it never changes: it stays as it is here, or undo its release first, "
    "and merge again"
)

_MOST = 8
"""How many lines a side has at most."""
NOT_THERE = "not there"
_NOT_SHOWN = {
    "coding": "a coding in a blind run, not shown",
    "own_cell": "an own cell of a blind round, not shown",
    "own_statement": "a statement in an own cell of a blind round, not shown",
    "own_evidence": "a statement in an own cell of a blind round, not shown",
    "memo": "a memo at a coding in a blind run, not shown",
}
_WITH_CODING_NOT_SHOWN = "what goes with a coding in a blind run, not shown"
NOT_SHOWN = frozenset((*_NOT_SHOWN.values(), _WITH_CODING_NOT_SHOWN))
"""What a question says in place of what is shut to the one who merges."""


class Words:
    """Says in words what questions are about."""

    def __init__(self, here: Connection, there: Connection, sides: Sides, shut: set[str]) -> None:
        """Take both copies; `shut` has the ids of runs and own cells that are not shown."""
        self.here, self.there, self.sides, self.shut = here, there, sides, shut
        self.known: dict[tuple[str, str], str] = {}

    def question(self, of: Question, answer: str) -> dict[str, str]:
        """Return a question as a row with `COLUMNS`."""
        about = _RELEASED if of.released else _ABOUT[of.kind]
        if of.kind == "changed":
            differ = (c for c in of.columns if of.mine[c] != of.theirs[c])
            about = f"{', '.join(map(_spoken, differ))}: {about}"
        mine, theirs = (self._side(of, row) for row in (of.mine, of.theirs))
        thing = self._thing(of)
        said = (of.key, about, thing, mine, theirs, " or ".join(of.choices), answer)
        return dict(zip(COLUMNS, said, strict=True))

    def _thing(self, of: Question) -> str:
        spoken = NOUNS.get(of.table, of.table.replace("_", " "))
        if of.kind == "order":
            return f"the order of {spoken}"
        if of.kind == "text":
            return f"transcript {self.name('transcript', of.row_id)}"
        one = counted(1, spoken).removeprefix("1 ")
        if "rows" in of.mine:
            return f"{one} {self.name(of.table, of.row_id)}"
        said = self._row(of.table, of.mine)
        return said if self._is_shut(of.table, of.mine) else f"{one} {said}"

    def _side(self, of: Question, row: Row) -> str:
        if "rows" in row:
            return self._several(row["rows"])
        if of.kind == "order":
            return ", ".join(self.name(of.table, i) for i in row["order"])
        if of.kind == "text":
            reason = f": {row['reason']}" if row["reason"] else ""
            return f"{row['length']:,} characters{reason}"
        if of.kind == "withdrawn":
            return "withdrawn" if row["withdrawn"] else self._row(of.table, row)
        if of.kind == "name" or self._is_shut(of.table, row):
            return self._row(of.table, row)
        links = dict(references(of.table))
        said = {c: self._value(links.get(c), row[c]) for c in of.columns}
        if len(said) == 1 or of.table in ("statement", "own_statement"):
            return said.get("text") or next(iter(said.values()))
        shown = {c: v for c, v in said.items() if c not in ("quote", "sha256") and v}
        if "quote" in said:
            return f"“{_short(said['quote'])}” ({said.get('start')}-{said.get('stop')})"
        return "; ".join(f"{_spoken(c)}: {v}" for c, v in shown.items())

    def _value(self, table: str | None, value: Any) -> str:
        if value is None:
            return ""
        return self.name(table, value) if table else str(value)

    def name(self, table: str, row_id: str) -> str:
        """Return what a row is called."""
        if (table, row_id) not in self.known:
            row = self._find(table, row_id)
            self.known[table, row_id] = self._row(table, row) if row else row_id
        return self.known[table, row_id]

    def _find(self, table: str, row_id: str) -> Row | None:
        for state in (self.sides.here, self.sides.there):
            if row_id in state.get(table, {}):
                return state[table][row_id]
        for connection in (self.here, self.there):
            for row in records.by_ids(connection, table, [row_id]):
                return row
        return None

    def _is_shut(self, table: str, row: Row) -> bool:
        """Whether a row is of a run or an own cell that is not shown, or leads to its words."""
        match table:
            case "coding":
                return row["run_id"] in self.shut
            case "own_cell":
                return row["id"] in self.shut
            case "own_statement":
                return row["own_cell_id"] in self.shut
            case "memo":
                return row["anchor"] == "coding" and self._leads_to_shut("coding", row["anchor_id"])
            case "own_evidence" if self._leads_to_shut("own_statement", row["own_statement_id"]):
                return True
        return table in CITING and self._leads_to_shut("coding", row["coding_id"])

    def _leads_to_shut(self, table: str, row_id: str) -> bool:
        row = self._find(table, row_id) if self.shut else None
        return row is not None and self._is_shut(table, row)

    def _several(self, rows: list[tuple[str, Row]]) -> str:
        """Return what one side has of rows that are taken together, a line each."""
        lines = list(dict.fromkeys(filter(None, (self._line(t, row) for t, row in rows))))
        if len(lines) > _MOST:
            lines[_MOST:] = [f"and {len(lines) - _MOST} more"]
        return "\n".join(lines) or NOT_THERE

    def _line(self, table: str, row: Row) -> str:
        """Return one of several rows; nothing of those that go with others."""
        match table:
            case "attribute":
                return f"type: {row['type']}"
            case "attribute_value":
                return f"{self.name('case', row['case_id'])}: {row['value']}"
            case "node":
                level = "no level" if row["level"] is None else f"level {row['level']}"
                return f"{self._row(table, row)}: {level}"
            case "node_edge":
                ends = (self.name("node", row[end]) for end in ("child_id", "parent_id"))
                return " stands under ".join(ends)
            case "statement_evidence" | "link_evidence" | "finding_evidence":
                how = "cites against it" if row.get("stance") == "against" else "cites"
                return f"{how} {self.name('coding', row['coding_id'])}"
            case "case_span":
                text = self.name("transcript_version", row["transcript_version_id"])
                case = self.name("case", row["case_id"])
                return f"{case}: {row['start']}-{row['stop']}, {text}"
            case "dimension":
                return f"dimension “{row['name']}”: {', '.join(json.loads(row['options']))}"
            case "case_type":
                options = json.loads(row["options"]).items()
                return f"type “{row['name']}”: {', '.join(' = '.join(one) for one in options)}"
            case "placement":
                case, of = self.name("case", row["case_id"]), row["case_type_id"]
                return f"{case} stands in {self.name('case_type', of)}"
            case "framework_version":
                return f"{self._row(table, row)}: {row['state']}"
            case "code_version" | "category_version":
                said = f": {_short(row['definition'])}" if row["definition"] else ""
                return f"{self._row(table, row)}{said}"
            case "step" | "adoption":
                return ""
        return self._row(table, row)

    def _row(self, table: str, row: Row) -> str:
        """Return a row in a few words."""
        if self._is_shut(table, row):
            return _NOT_SHOWN.get(table, _WITH_CODING_NOT_SHOWN)
        if table == "framework_version":
            of = self._find("framework", row["framework_id"])
            return f"“{of['name'] if of else ''}@{row['version']}”"
        if table == "link":
            return " → ".join(self.name("node", row[end]) for end in ("source_id", "target_id"))
        for column in ("label", "handle", "name", "title", "key", "summary"):
            if table not in ("statement", "category_version", "code_version") and row.get(column):
                return f"“{_short(str(row[column]))}”"
        if table in ("category_version", "code_version"):
            return f"“{row['number']} {row['name']}”".replace("“ ", "“")
        if table == "coding":
            run = self._find("run", row["run_id"]) or {}
            code = self._code(row["code_id"], run.get("framework_version_id"))
            return f"“{_short(row['quote'])}” ({code})"
        if table == "cell":
            code = self._code(row["code_id"], row["framework_version_id"])
            return f"{self.name('case', row['case_id'])} × {code}"
        if table == "statement":
            return f"“{_short(row['text'])}” ({self.name('cell', row['cell_id'])})"
        if table == "transcript_version":
            return f"{self.name('transcript', row['transcript_id'])}, version {row['number']}"
        if table == "code":
            return self._code(row["id"])
        if row.get("text"):
            return f"“{_short(str(row['text']))}”"
        named = (self.name(t, row[c]) for c, t in references(table) if row.get(c) and t != "person")
        return " · ".join(named) or str(row.get("id", ""))

    def _code(self, code_id: str, version_id: str | None = None) -> str:
        """Return what a code is called in a framework version, or else in any."""
        found = None
        for row in self._versions_of(code_id):
            if row["framework_version_id"] == version_id:
                return f"“{row['name']}”"
            found = found or f"“{row['name']}”"
        return found or code_id

    def _versions_of(self, code_id: str) -> Iterator[Row]:
        for state in (self.sides.here, self.sides.there):
            for row in state.get("code_version", {}).values():
                if row["code_id"] == code_id:
                    yield row
        for connection in (self.here, self.there):
            yield from records.find(connection, "code_version", code_id=code_id)


def _spoken(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ")


def _short(text: str) -> str:
    """Return words on one line, cut where they are many."""
    return shorten(text, 60, placeholder=" …")

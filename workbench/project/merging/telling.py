"""What a merge would do, or did, in words: counts, questions with both sides, and answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import shorten
from typing import Any

from sqlalchemy.engine import Connection

from workbench.errors import BadValue
from workbench.formats import csv_rows, tables
from workbench.model.report import counted
from workbench.project.merging.planned import NAMES, SIDES, Answer, Plan, Question
from workbench.project.merging.rules import Row, references
from workbench.project.merging.sides import Sides
from workbench.store import records

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
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What was answered: question by question, and for all others."""

    answers: Mapping[str, str] = field(default_factory=dict)
    """Question → mine, theirs, one or two."""
    prefer: str | None = None
    """Which side is taken where both changed something: mine or theirs."""
    same_names: str | None = None
    """Whether new things of one name are one or two."""

    def __post_init__(self) -> None:
        """Refuse what is no answer.

        Raises:
            BadValue: one is none of those.
        """
        for value, what, choices in (
            (self.prefer, "The side that is taken", SIDES),
            (self.same_names, "New things of one name", NAMES),
        ):
            if value is not None and value not in choices:
                raise BadValue(what, value, " or ".join(choices))

    def __call__(self, question: Question) -> str | None:
        """Return the answer to a question.

        Raises:
            BadValue: the question has no such answer.
        """
        said = self.answers.get(question.key)
        if said is None:
            return self.same_names if question.kind == "name" else self.prefer
        if said not in question.choices:
            raise BadValue(f"The answer to {question.key}", said, " or ".join(question.choices))
        return said


@dataclass(slots=True)
class MergeReport:
    """What a merge brings: counts, what was asked, and notes."""

    source: str
    acts: int = 0
    """How many acts of the other copy are new here."""
    counts: list[dict[str, Any]] = field(default_factory=list)
    """One row a kind of thing: what, new, changed, withdrawn."""
    alike: int = 0
    """How many rows both sides made or changed in the same way."""
    questions: list[dict[str, str]] = field(default_factory=list)
    """One row a question, with `COLUMNS`."""
    notes: list[str] = field(default_factory=list)

    @property
    def unanswered(self) -> list[dict[str, str]]:
        """The questions without an answer."""
        return [q for q in self.questions if not q["answer"]]

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data."""
        names = ("source", "acts", "counts", "alike", "questions", "notes")
        return {name: getattr(self, name) for name in names}

    def lines(self) -> list[str]:
        """Return the report in sentences, one a line, questions aside."""
        if not self.acts:
            return [f"{self.source}: nothing that is not here already."]
        found = [f"{self.source}: {counted(self.acts, 'acts')} since the two went apart."]
        for row in self.counts:
            said = [f"{row[n]} {n}" for n in ("new", "changed", "withdrawn") if row[n]]
            found.append(f"  {row['what']}: {', '.join(said)}.")
        if self.alike:
            found.append(f"  The same on both sides: {counted(self.alike, 'rows')}.")
        return [*found, *(f"  {note}" for note in self.notes)]


def tell(
    source: str, here: Connection, there: Connection, sides: Sides, plan: Plan, answer: Answer
) -> MergeReport:
    """Return what a plan would do."""
    report = MergeReport(source, len(sides.brings(plan)), alike=plan.alike)
    for table, noun in NOUNS.items():
        came = plan.inserts.get(table, {}).values()
        row: Row = {"what": noun, "new": sum(not r["withdrawn"] for r in came)}
        row |= {"changed": 0, "withdrawn": 0}
        for row_id, values in plan.updates.get(table, {}).items():
            gone = values.get("withdrawn")
            back = gone is False and sides.here[table][row_id]["withdrawn"]
            row["withdrawn" if gone else "new" if back else "changed"] += 1
        if any(row[n] for n in ("new", "changed", "withdrawn")):
            report.counts.append(row)
    words = _Words(here, there, sides)
    report.questions = [words.question(q, answer(q) or "") for q in plan.questions]
    for table, name, fresh in plan.renamed:
        one = table.replace("_", " ")
        report.notes.append(f"Their {one} “{name}” comes in as “{fresh}”: that name is taken here.")
    return report


class _Words:
    """Says in words what questions are about."""

    def __init__(self, here: Connection, there: Connection, sides: Sides) -> None:
        self.here, self.there, self.sides = here, there, sides
        self.known: dict[tuple[str, str], str] = {}

    def question(self, of: Question, answer: str) -> dict[str, str]:
        about = _ABOUT[of.kind]
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
        return f"{one} {self._row(of.table, of.mine)}"

    def _side(self, of: Question, row: Row) -> str:
        if of.kind == "order":
            return ", ".join(self.name(of.table, i) for i in row["order"])
        if of.kind == "text":
            reason = f": {row['reason']}" if row["reason"] else ""
            return f"{row['length']:,} characters{reason}"
        if of.kind == "withdrawn":
            return "withdrawn" if row["withdrawn"] else self._row(of.table, row)
        if of.kind == "name":
            return self._row(of.table, row)
        links = dict(references(of.table))
        said = {c: self._value(links.get(c), row[c]) for c in of.columns}
        if len(said) == 1 or of.table == "statement":
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

    def _row(self, table: str, row: Row) -> str:
        """Return a row in a few words."""
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


def write_questions(questions: Iterable[Mapping[str, str]], path: Path) -> int:
    """Write questions as a table whose last column is to be filled in; return how many.

    Raises:
        CannotWrite: the file cannot be written.
    """
    rows = [[str(q[c]) for c in COLUMNS] for q in questions]
    return csv_rows.write_rows(COLUMNS, rows, path)


def read_answers(path: Path) -> dict[str, str]:
    """Return question → answer from a table of questions that somebody filled in.

    Raises:
        BadTable: it lacks the columns question and answer.
        BadFile: it cannot be read.
    """
    columns = tables.Columns(("question", "answer"), COLUMNS[1:-1])
    table = tables.read_as(path, columns, "answers")
    said = ((r.values["question"].strip(), r.values.get("answer", "")) for r in table.rows)
    return {question: answer.strip().casefold() for question, answer in said if answer.strip()}


def _spoken(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ")


def _short(text: str) -> str:
    """Return words on one line, cut where they are many."""
    return shorten(text, 60, placeholder=" …")

"""What a merge would do, or did, in words: counts, questions with both sides, and answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection

from workbench.errors import BadValue
from workbench.formats import csv_rows, tables
from workbench.model.report import counted
from workbench.project.blindness import hidden, hidden_own_cells
from workbench.project.merging.planned import NAMES, SIDES, Answer, Plan, Question
from workbench.project.merging.rules import Row
from workbench.project.merging.sides import Sides
from workbench.project.merging.words import COLUMNS, NOUNS, Words


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
            said = self.same_names if question.kind == "name" else self.prefer
            return said if said in question.choices else None
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
    source: str,
    who: str,
    connections: tuple[Connection, Connection],
    sides: Sides,
    plan: Plan,
    answer: Answer,
) -> MergeReport:
    """Return what a plan would do, as it is told to a person.

    `connections` are to the project here and to the other copy. What somebody else coded in a
    blind run, or wrote in a blind round of charting, is not shown.
    """
    here, there = connections
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
    shut = {i for of in (hidden, hidden_own_cells) for copy in connections for i in of(copy, who)}
    words = Words(here, there, sides, shut)
    report.questions = [words.question(q, answer(q) or "") for q in plan.questions]
    for table, name, fresh in plan.renamed:
        one = table.replace("_", " ")
        report.notes.append(f"Their {one} “{name}” comes in as “{fresh}”: that name is taken here.")
    return report


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

"""Invented studies of three sizes, the same from the same seed.

Texts, framework, cases, run, ladder and links go in through the doors a researcher uses.
Codings, statements and what feeds the ladder are written by one act each through
`store.records`: the import of tables takes a look at every row and would take hours for
a million codings.

    python benchmarks/generate.py S FOLDER
"""

import argparse
import bisect
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from workbench.model.chart import seen_text
from workbench.model.framework import Category, Code, FrameworkVersion, definition_hash, stable_id
from workbench.project import edits
from workbench.project.door import Project, create
from workbench.store import records
from workbench.store.history import Act

SEED = 1994
WHO = "benchmark"
FRAMEWORK = "generated@1"
RUN = "all transcripts"
LADDER = "findings"
SEARCHED = "ventetid"
"""A word that stands about five times in every transcript."""

WORDS_OF_A_TRANSCRIPT = 9_000
LINKS = 80
NODES_OF_LEVEL = {5: 5, 4: 12, 3: 30, 2: 80}
"""How many themes, categories, dimensions and elements the ladder has."""

_CATEGORIES = (
    "Access",
    "Money",
    "Rules",
    "Training",
    "Work",
    "Patients",
    "Place",
    "Trust",
)
_FUNCTION_WORDS = """
og det er ikke så at vi har en som på til med for jeg der men the and to of it we was they in
that but so you know with had not
"""
_CONTENT_WORDS = """
lege pasient vakt kontor kommune sykehus veileder turnus praksis avtale familie helg reise
fjord øy båt vei skole arbeid kollega søster bror møte telefon skjema lønn kurs spørsmål
råd støtte ansvar frihet år måned uke morgen kveld følelse håp frykt glede stolt trøtt
doctor patient practice training locum village island hospital colleague family weekend
journey office salary contract support advice freedom worry pride question answer future
naïve café café’et Ærlig Øyvind Åse Bodø Tromsø Værøy Røst
"""
_COMMON, _PLAIN = _FUNCTION_WORDS.split(), _CONTENT_WORDS.split()
_EMOJI = ("🙂", "😅", "👩🏽‍⚕️", "🚤", "❄️")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything a study has."""

    name: str
    interviews: int
    codes: int
    codings: int
    statements: int


SIZES = {
    "S": Size("S", 27, 94, 2_500, 1_000),
    "M": Size("M", 500, 150, 100_000, 20_000),
    "L": Size("L", 5_000, 200, 1_000_000, 60_000),
}


def label(number: int) -> str:
    """Return what the transcript and the case of that number are called."""
    return f"P{number:04d}"


def write_transcripts(size: Size, folder: Path, seed: int = SEED) -> list[Path]:
    """Write the interviews as UTF-8 text files and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(f"{seed} {size.name} texts")
    sentences = _sentences(draw, 4_000)
    paths = []
    for number in range(1, size.interviews + 1):
        path = folder / f"{label(number)}.txt"
        path.write_text(_interview(draw, sentences, label(number)), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def _sentences(draw: random.Random, many: int) -> list[str]:
    """Return invented sentences of 6 to 18 words; each fortieth has an emoji."""
    made = []
    for number in range(many):
        words = [
            draw.choice(_COMMON if draw.random() < 0.55 else _PLAIN)
            for _ in range(draw.randint(6, 18))
        ]
        if number % 150 == 0:
            words[draw.randrange(len(words))] = SEARCHED
        sentence = " ".join(words)
        end = f" {draw.choice(_EMOJI)}" if number % 40 == 0 else draw.choice("....?!")
        made.append(sentence[0].upper() + sentence[1:] + end)
    return made


def _interview(draw: random.Random, sentences: Sequence[str], who: str) -> str:
    """Return one interview: short questions, longer answers, a line each."""
    turns, words = [], 0
    while words < WORDS_OF_A_TRANSCRIPT:
        question = " ".join(draw.choices(sentences, k=draw.randint(1, 2)))
        answer = " ".join(draw.choices(sentences, k=draw.randint(1, 9)))
        turns += [f"Interviewer: {question}", f"{who}: {answer}"]
        words += question.count(" ") + answer.count(" ") + 2
    return "\n".join(turns) + "\n"


def framework(size: Size) -> FrameworkVersion:
    """Return a framework of eight categories with the codes dealt out among them."""
    name, _, version = FRAMEWORK.partition("@")
    categories = [
        Category(stable_id(name, "category", c), str(n), c, f"All about {c.lower()}.")
        for n, c in enumerate(_CATEGORIES, 1)
    ]
    codes = []
    for n in range(size.codes):
        at, place = n % len(categories), n // len(categories) + 1
        codes.append(
            Code(
                code_id=stable_id(name, "code", str(n)),
                number=f"{at + 1}.{place}",
                name=f"{_CATEGORIES[at]} {place}: {_PLAIN[n % len(_PLAIN)]}",
                definition=f"What is said about {_PLAIN[n % len(_PLAIN)]}, its cause or its cost.",
                use_when="A participant speaks of it unasked or when asked.",
                not_when="It is only the interviewer who speaks of it.",
                category_id=categories[at].category_id,
            )
        )
    return FrameworkVersion(name, version, tuple(categories), tuple(codes))


def build(size: Size, transcripts: Sequence[Path], where: Path, seed: int = SEED) -> None:
    """Make the whole project of one size from its transcripts."""
    draw = random.Random(f"{seed} {size.name} work")
    with create(where, who=WHO) as project:
        project.import_files(*transcripts)
        edits.add_framework(project, framework(size))
        edits.add_cases(project, _attributes(draw, size))
        edits.start_run(project, RUN, FRAMEWORK)
        Bulk(project, draw, size).write()
        edits.finish(project, RUN, [p.stem for p in transcripts])


def _attributes(draw: random.Random, size: Size) -> dict[str, dict[str, str]]:
    return {
        label(number): {
            "group": draw.choice(["GP", "specialist", "leader", "student"]),
            "years": str(draw.randint(0, 40)),
            "rural": draw.choice(["yes", "no"]),
        }
        for number in range(1, size.interviews + 1)
    }


class Coded(NamedTuple):
    """One coding, and the case whose words it has."""

    coding_id: str
    case_id: str
    code_id: str
    quote: str
    start: int
    stop: int


class Bulk:
    """The many rows of a study: codings, cells, statements, and the ladder on top."""

    def __init__(self, project: Project, draw: random.Random, size: Size) -> None:
        self.project, self.draw, self.size = project, draw, size
        with project.reading() as connection:
            find = records.find
            self.version = find(connection, "framework_version")[0]["id"]
            codes = find(connection, "code_version", framework_version_id=self.version)
            self.codes = {str(c["code_id"]): c for c in codes}
            self.run = find(connection, "run")[0]["id"]
            spans = find(connection, "case_span", "case_id", "transcript_version_id")
        self.case_of = {str(s["transcript_version_id"]): str(s["case_id"]) for s in spans}

    def write(self) -> None:
        """Write codings, statements and ladder, an act each."""
        with self.project.acting("code") as act:
            coded = self._codings(act)
            act.says(f"Coded {len(coded)} segments")
        with self.project.acting("write statement") as act:
            statements = self._statements(act, coded)
            act.says(f"Wrote {len(statements)} statements")
        self._ladder([c.coding_id for c in coded[:: max(len(coded) // 1_000, 1)]], statements)

    def _codings(self, act: Act) -> list[Coded]:
        (person,) = records.insert(act, "person", [{"handle": WHO, "name": ""}])
        shares = list(accumulate(1 / (n + 4) for n in range(len(self.codes))))
        made: list[Coded] = []
        for at, version in enumerate(self.case_of):
            text = records.by_ids(act.connection, "transcript_version", [version], "text")[0]
            many = self._share(self.size.codings, at)
            rows = [
                {
                    "run_id": self.run,
                    "transcript_version_id": version,
                    "code_id": code,
                    "person_id": person,
                    "start": start,
                    "stop": stop,
                    "quote": text["text"][start:stop],
                }
                for code, start, stop in self._segments(text["text"], many, shares)
            ]
            ids = records.insert(act, "coding", rows, checked=False)
            case = self.case_of[version]
            made += [
                Coded(i, case, r["code_id"], r["quote"], r["start"], r["stop"])
                for i, r in zip(ids, rows, strict=True)
            ]
        return made

    def _share(self, total: int, at: int) -> int:
        """Return how many of `total` things are the part of transcript number `at`."""
        many = len(self.case_of)
        return total * (at + 1) // many - total * at // many

    def _segments(
        self, text: str, many: int, shares: Sequence[float]
    ) -> Iterator[tuple[str, int, int]]:
        """Yield segments from word to word; a few codes get most of them, many overlap."""
        ids = list(self.codes)
        taken: set[tuple[str, int, int]] = set()
        while len(taken) < many:
            code = ids[bisect.bisect(shares, self.draw.random() * shares[-1])]
            first = self.draw.randrange(len(text) - 2_000)
            length = min(int(self.draw.lognormvariate(5.2, 0.8)) + 20, 1_900)
            start, stop = text.index(" ", first) + 1, text.index(" ", first + length)
            if start < stop and (code, start, stop) not in taken:
                taken.add((code, start, stop))
                yield code, start, stop

    def _statements(self, act: Act, coded: Sequence[Coded]) -> list[tuple[str, str]]:
        """Write statements into cells that have codings; return (id, kind) of each."""
        in_cell: dict[tuple[str, str], list[Coded]] = {}
        for one in coded:
            in_cell.setdefault((one.case_id, one.code_id), []).append(one)
        each = 2 if self.size.name == "S" else 3
        wanted = min(self.size.statements // each + 1, len(in_cell))
        chosen = sorted(self.draw.sample(sorted(in_cell), wanted))
        person = records.find(act.connection, "person", "id")[0]["id"]
        cells = [self._cell(act, case, code, in_cell[case, code]) for case, code in chosen]
        cell_ids = records.insert(act, "cell", cells)
        rows, cited = [], []
        for cell, cell_id in zip(chosen, cell_ids, strict=True):
            for position in range(1, each + 1):
                kind, said, ids = self._statement(in_cell[cell])
                rows.append(
                    {
                        "cell_id": cell_id,
                        "position": position,
                        "kind": kind,
                        "text": said,
                        "person_id": person,
                    }
                )
                cited.append(ids)
        rows, cited = rows[: self.size.statements], cited[: self.size.statements]
        made = records.insert(act, "statement", rows)
        evidence = [
            {"statement_id": s, "coding_id": c}
            for s, ids in zip(made, cited, strict=True)
            for c in ids
        ]
        records.insert(act, "statement_evidence", evidence)
        return [(i, str(r["kind"])) for i, r in zip(made, rows, strict=True)]

    def _cell(self, act: Act, case: str, code: str, here: Sequence[Coded]) -> dict[str, object]:
        """Return a cell that was written with all its codings before the eyes."""
        return {
            "framework_version_id": self.version,
            "case_id": case,
            "code_id": code,
            "mark": "",
            "written_in": act.seq,
            "definition_hash": definition_hash(self.codes[code]),
            "seen": seen_text((c.coding_id, c.start, c.stop, c.code_id) for c in here),
        }

    def _statement(self, here: Sequence[Coded]) -> tuple[str, str, list[str]]:
        """Return kind, text and evidence of one statement of a cell."""
        kind = self.draw.choices(["summary", "verbatim", "comment"], [8, 1, 1])[0]
        if kind == "comment":
            return kind, "Ask about this again in the second round.", []
        one = self.draw.choice(here)
        if kind == "verbatim":
            return kind, one.quote[:160].strip(), [one.coding_id]
        others = self.draw.sample(list(here), min(len(here), self.draw.randint(1, 3)))
        said = "Says that " + " ".join(others[0].quote.lower().split()[:25]) + " 🙂"
        return kind, said, [o.coding_id for o in others]

    def _ladder(self, codings: Sequence[str], statements: Sequence[tuple[str, str]]) -> None:
        """Add nodes and links through the edits, and feed a tenth of the statements in."""
        edits.add_ladder(self.project, LADDER, framework=FRAMEWORK)
        labels: dict[int, list[str]] = {}
        for level, many in NODES_OF_LEVEL.items():
            above = labels.get(level + 1, [])
            labels[level] = [f"{_PLAIN[n % len(_PLAIN)]} {level}.{n + 1}" for n in range(many)]
            for name in labels[level]:
                under = self.draw.sample(above, self.draw.choice([1, 1, 1, 2])) if above else []
                edits.add_node(self.project, name, level, ladder=LADDER, under=under)
        with self.project.acting("feed node") as act:
            nodes = records.find(act.connection, "node", "id", "person_id", level=2)
            fed = [s for s, kind in statements[::10] if kind != "comment"]
            rows = [
                {"node_id": node["id"], "statement_id": s, "person_id": node["person_id"]}
                for s, node in ((s, self.draw.choice(nodes)) for s in fed)
            ]
            records.insert(act, "node_statement", rows)
            act.says(f"{len(rows)} statements feed the elements")
        for _ in range(LINKS):
            source, target = self.draw.sample(labels[3], 2)
            cited = self.draw.sample(list(codings), 4)
            edits.add_link(
                self.project,
                source,
                target,
                self.draw.choice("+−"),
                evidence=cited[:3],
                against=cited[3:] if self.draw.random() < 0.3 else (),
            )


def main() -> None:
    """Build the study of one size in a folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    size = SIZES[given.size]
    transcripts = write_transcripts(size, given.folder / "txt")
    build(size, transcripts, given.folder / "study.fwb")


if __name__ == "__main__":
    main()

"""What a project holds, read once, with the names that a study's files use for it."""

import json
import re
from collections import defaultdict
from functools import cached_property

from sqlalchemy.engine import Connection

from workbench.errors import WorkbenchError
from workbench.project import blindness
from workbench.project.names import Names
from workbench.store import records
from workbench.store.records import Row

Stretch = tuple[int, int]


class Held:
    """The live rows of a project, in orders that do not depend on ids.

    `called` renames transcripts whose names no file can have: name → name in the study.
    """

    def __init__(self, connection: Connection, called: dict[str, str] | None = None) -> None:
        self.connection = connection
        self.names = Names(connection)
        self.called = called or {}
        self.shut = {
            "run_id": blindness.shut(connection),
            "own_cell_id": blindness.shut_own_cells(connection),
            "own_statement_id": blindness.shut_own_statements(connection),
        }

    def rows(self, table: str) -> list[Row]:
        """Return the live rows of a table in the order they were made, what is shut aside."""
        found = records.find(self.connection, table)
        for column, closed in self.shut.items():
            own = "id" if column == f"{table}_id" else column
            if closed and found and own in found[0]:
                found = [row for row in found if row[own] not in closed]
        return found

    # --- names -------------------------------------------------------------------

    @cached_property
    def cases(self) -> dict[str, str]:
        """Case id → label, in the order of the chart."""
        return {c["id"]: c["label"] for c in sorted(self.rows("case"), key=_position)}

    @cached_property
    def people(self) -> dict[str, str]:
        """Person id → handle."""
        return {p["id"]: p["handle"] for p in self.rows("person")}

    @cached_property
    def transcripts(self) -> dict[str, str]:
        """Id of a transcript's current version → its name in the study, by name."""
        found = {}
        for row in sorted(self.rows("transcript"), key=lambda t: str(t["name"])):
            name = self.called.get(row["name"], row["name"])
            found[str(self.names.transcript(row["id"])["id"])] = str(name)
        return found

    @cached_property
    def versions(self) -> dict[str, Row]:
        """Id of a framework version → its row with `reference`, in the order they were made."""
        return {v["id"]: v for v in self.names.versions()}

    @cached_property
    def runs(self) -> dict[str, Row]:
        """Run id → its row."""
        return {r["id"]: r for r in self.rows("run")}

    @cached_property
    def ladders(self) -> dict[str, Row]:
        """Ladder id → its row."""
        return {r["id"]: r for r in self.rows("ladder")}

    def code_said(self, version_id: str, code_id: str) -> str:
        """Return what names a code in its version: its number, else its name, else its id."""
        return self._codes[version_id].get(code_id, code_id)

    @cached_property
    def _codes(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for version_id, version in self.versions.items():
            codes = self.names.codes(version)
            found[version_id] = {str(c["code_id"]): self._code_said(version, c) for c in codes}
        return found

    def _code_said(self, version: Row, code: Row) -> str:
        for said in (str(code["number"]), str(code["name"])):
            try:
                meant = said == said.strip() != "" and self.names.code(version, said)
            except WorkbenchError:
                continue
            if meant and meant["code_id"] == code["code_id"]:
                return said
        return str(code["code_id"])

    @cached_property
    def place_of_code(self) -> dict[tuple[str, str], int]:
        """Framework version and code → the code's place in it."""
        return {
            (str(c["framework_version_id"]), str(c["code_id"])): int(c["position"])
            for c in self.rows("code_version")
        }

    # --- codings -------------------------------------------------------------------

    @cached_property
    def waiting(self) -> int:
        """How many codings wait for a place in a corrected text."""
        return sum(c["transcript_version_id"] not in self.transcripts for c in self.rows("coding"))

    @cached_property
    def codings(self) -> list[Row]:
        """Codings by run, transcript, place, code and coder."""
        run = {r: n for n, r in enumerate(self.runs)}
        text = {t: n for n, t in enumerate(self.transcripts)}
        known = (c for c in self.rows("coding") if c["transcript_version_id"] in text)

        def order(c: Row) -> tuple[object, ...]:
            version = self.runs[c["run_id"]]["framework_version_id"]
            place = self.place_of_code.get((version, c["code_id"]), 0)
            where = (text[c["transcript_version_id"]], c["start"], c["stop"])
            return (run[c["run_id"]], *where, place, self.people[c["person_id"]])

        return sorted(known, key=order)

    @cached_property
    def coding_refs(self) -> dict[str, str]:
        """Coding id → its ref in codings.csv."""
        return _refs("c", self.codings)

    # --- statements ----------------------------------------------------------------

    @cached_property
    def cells(self) -> dict[str, Row]:
        """Cell id → its row, by version, case and code."""
        version = {v: n for n, v in enumerate(self.versions)}
        case = {c: n for n, c in enumerate(self.cases)}

        def order(cell: Row) -> tuple[int, int, int]:
            place = self.place_of_code.get((cell["framework_version_id"], cell["code_id"]), 0)
            return version[cell["framework_version_id"]], case[cell["case_id"]], place

        return {c["id"]: c for c in sorted(self.rows("cell"), key=order)}

    @cached_property
    def statements(self) -> list[Row]:
        """Statements by cell, in the order of the cell."""
        place = {c: n for n, c in enumerate(self.cells)}
        return sorted(self.rows("statement"), key=lambda s: (place[s["cell_id"]], s["position"]))

    @cached_property
    def statement_refs(self) -> dict[str, str]:
        """Statement id → its ref in statements.csv."""
        return _refs("s", self.statements)

    @cached_property
    def evidence(self) -> dict[str, list[str]]:
        """Statement id → the ids of the codings that it cites, withdrawn ones too."""
        found = defaultdict(list)
        for e in self.rows("statement_evidence"):
            found[str(e["statement_id"])].append(str(e["coding_id"]))
        return found

    # --- ladder and links ----------------------------------------------------------

    @cached_property
    def nodes(self) -> list[Row]:
        """Nodes by ladder, in the order of the ladder."""
        ladder = {r: n for n, r in enumerate(self.ladders)}
        return sorted(
            self.rows("node"), key=lambda n: (ladder[n["ladder_id"]], n["position"], n["id"])
        )

    @cached_property
    def node_refs(self) -> dict[str, str]:
        """Node id → its ref in ladder.csv."""
        return _refs("n", self.nodes)

    @cached_property
    def links(self) -> list[Row]:
        """Links in the order they were made."""
        return self.rows("link")

    @cached_property
    def link_refs(self) -> dict[str, str]:
        """Link id → its ref in links.csv."""
        return _refs("l", self.links)

    @cached_property
    def cited_by_link(self) -> dict[tuple[str, str], list[str]]:
        """Link id and stance → the ids of codings."""
        found = defaultdict(list)
        for e in self.rows("link_evidence"):
            found[str(e["link_id"]), str(e["stance"])].append(str(e["coding_id"]))
        return found

    # --- cases' words ----------------------------------------------------------------

    @cached_property
    def spans(self) -> dict[str, dict[str, list[Stretch]]]:
        """Case id → id of a transcript's current version → its stretches, in order of place."""
        found: dict[str, dict[str, list[Stretch]]] = defaultdict(dict)
        now = [s for s in self.rows("case_span") if s["transcript_version_id"] in self.transcripts]
        for s in sorted(now, key=lambda s: (s["start"], s["stop"])):
            of = found[s["case_id"]].setdefault(s["transcript_version_id"], [])
            of.append((int(s["start"]), int(s["stop"])))
        return found

    @cached_property
    def turns(self) -> dict[str, list[tuple[str | None, int, int]]]:
        """Transcript version id → speaker, start and stop of its turns."""
        return {
            t: [
                (turn[0], turn[1], turn[3])
                for turn in json.loads(self.names.transcript(n)["turns"])
            ]
            for t, n in self._own_names.items()
        }

    @cached_property
    def lengths(self) -> dict[str, int]:
        """Transcript version id → the length of its text."""
        return {t: int(self.names.transcript(n)["length"]) for t, n in self._own_names.items()}

    @cached_property
    def _own_names(self) -> dict[str, str]:
        back = {said: own for own, said in self.called.items()}
        return {t: back.get(name, name) for t, name in self.transcripts.items()}


def _refs(letter: str, rows: list[Row]) -> dict[str, str]:
    return {str(r["id"]): f"{letter}{n}" for n, r in enumerate(rows, 1)}


def _position(row: Row) -> int:
    return int(row["position"])


def as_list(names: list[str]) -> str:
    """Return names as the readers of lists take them apart again."""
    return "; ".join(names)


def fits_a_list(name: str) -> bool:
    """Tell whether a name can stand in a list in one field."""
    return name == name.strip() and bool(name) and not re.search("[;\r]", name)

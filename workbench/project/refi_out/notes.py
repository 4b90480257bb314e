"""What REFI-QDA has as notes: memos with what they are about, and the cells of the chart."""

from collections import defaultdict
from collections.abc import Container, Iterator
from functools import cached_property
from typing import Protocol

from sqlalchemy.engine import Connection

from workbench.formats.refi.kept import KeptCell, KeptMemo, KeptStatement, shown
from workbench.formats.refi.project import Anchor, RefiCode, RefiNote
from workbench.model.framework import stable_id
from workbench.model.report import ImportReport
from workbench.project.edits.refi_parts import AT
from workbench.project.refi_out import left_out
from workbench.project.refi_out.parts import FromOthers
from workbench.store import records
from workbench.store.records import Row


class Held(Protocol):
    """What notes are about: the project that is being gathered."""

    connection: Connection
    report: ImportReport
    version: Row | None
    transcripts: dict[str, tuple[str, str]]
    coding_place: dict[str, str]

    @property
    def codes(self) -> tuple[RefiCode, ...]:
        """The codes of the framework version."""

    @property
    def codable(self) -> frozenset[str]:
        """The ids of the codes of the framework version."""

    @property
    def lengths(self) -> dict[str, int]:
        """Version id → the length of its text, of those that have words."""

    def rows(self, table: str, *columns: str) -> list[Row]:
        """Return the live rows of a table in the order they were made."""

    @property
    def kept(self) -> FromOthers:
        """What is kept of other tools' projects."""

    def moment(self, row: Row) -> str:
        """Return when a row was made."""


class Notes:
    """The notes of a project that is being gathered."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self._memos = held.rows("memo")

    # --- memos -----------------------------------------------------------------------

    def places(self) -> Iterator[tuple[str, str, int, int, str]]:
        """Yield where memos stand in current texts: version, id of the place, ends, moment."""
        for memo in self._memos:
            if self._has_place(memo):
                own = _place_of(memo)
                ends = int(memo["start"]), int(memo["stop"])
                yield memo["anchor_id"], own, *ends, self.held.moment(memo)

    def words_of_memos(self) -> dict[str, str]:
        """Return what stands for the words that a memo is at → the selection that they are."""
        return {f"{AT}{m['id']}": _place_of(m) for m in self._memos if self._has_place(m)}

    def _has_place(self, memo: Row) -> bool:
        """Whether a memo stands at words of a text that is written."""
        if memo["anchor"] != "transcript_version" or memo["start"] is None:
            return False
        return memo["anchor_id"] in self.held.lengths

    def memos(self) -> Iterator[RefiNote]:
        """Yield the memos."""
        kept = self.held.kept
        for memo in self._memos:
            anchor = self._anchor(memo)
            folders: list[Anchor] = [("code", of) for of in kept.folders.get(memo["id"], ())]
            yield RefiNote(
                memo["id"],
                memo["title"],
                memo["text"],
                author=memo["person_id"],
                created=kept.dates.get(memo["id"]) or self.held.moment(memo),
                anchors=(*([anchor] if anchor else ()), *folders),
                values=kept.values.get(memo["id"], {}),
            )

    def _anchor(self, memo: Row) -> Anchor | None:
        """Return what a memo is about, as far as the standard knows such things."""
        kind, of = memo["anchor"], memo["anchor_id"]
        if kind == "transcript_version" and of in self.held.lengths:
            if self._has_place(memo):
                return "selection", _place_of(memo)
            return "source", self.held.transcripts[of][0]
        if kind == "case":
            return "case", of
        if kind == "code" and of in self.held.codable:
            return "code", of
        if kind == "coding" and of in self.held.coding_place:
            return "selection", self.held.coding_place[of]
        cell = self._cell_of(kind, of)
        return ("case", cell["case_id"]) if cell else None

    def _cell_of(self, kind: str, of: str) -> Row | None:
        """Return the cell that a memo is about, or in which what it is about stands."""
        if kind == "statement":
            return self._cells.get(self._cell_of_statement.get(of, ""))
        return self._cells.get(of) if kind == "cell" else None

    def kept_memos(self) -> Iterator[KeptMemo]:
        """Yield what memos are here."""
        for memo in self._memos:
            kind, of = memo["anchor"], memo["anchor_id"] or ""
            if kind == "transcript_version":
                of = self.held.transcripts[of][0] if of in self.held.lengths else ""
            elif not self._is_written(kind, of):
                of = ""
            anchor = kind if of else "project"
            if kind not in (anchor, "project"):
                why = "what they are about is not in the file"
                left_out.add(self.held.report, "anchors of memos", why, 1)
            yield KeptMemo(memo["id"], memo["kind"], memo["title"], memo["text"], anchor, of)

    def _is_written(self, kind: str, of: str) -> bool:
        version = self.held.version
        known: dict[str, Container[str]] = {
            "code": self.held.codable,
            "coding": self.held.coding_place,
            "cell": self._cells,
            "statement": self._cell_of_statement,
            "framework_version": () if version is None else (str(version["id"]),),
        }
        return kind == "case" or of in known.get(kind, ())

    # --- cells -----------------------------------------------------------------------

    @cached_property
    def _cells(self) -> dict[str, Row]:
        """Id of a cell in which somebody worked → its row, by case and code."""
        version = self.held.version
        if version is None:
            return {}
        cells = records.find(self.held.connection, "cell", framework_version_id=version["id"])
        filled = set(self._statements)
        case = {c["id"]: c["position"] for c in self.held.rows("case")}
        code = {c.guid: n for n, c in enumerate(self.held.codes)}
        ordered = sorted(cells, key=lambda c: (case[c["case_id"]], code.get(c["code_id"], 0)))
        worked_in = [c for c in ordered if c["mark"] or c["id"] in filled]
        found = {c["id"]: c for c in worked_in if c["code_id"] in self.held.codable}
        left_out.add(self.held.report, "cells", left_out.NO_CODE, len(worked_in) - len(found))
        return found

    @cached_property
    def _statements(self) -> dict[str, list[Row]]:
        """Cell id → its statements in their order."""
        found: dict[str, list[Row]] = defaultdict(list)
        for statement in sorted(self.held.rows("statement"), key=lambda s: int(s["position"])):
            found[statement["cell_id"]].append(statement)
        return found

    @cached_property
    def _cell_of_statement(self) -> dict[str, str]:
        return {s["id"]: c for c in self._cells for s in self._statements.get(c, ())}

    @cached_property
    def _evidence(self) -> dict[str, list[str]]:
        """Statement id → the codings that it cites, written or not."""
        found: dict[str, list[str]] = defaultdict(list)
        for e in self.held.rows("statement_evidence", "statement_id", "coding_id"):
            found[e["statement_id"]].append(e["coding_id"])
        return found

    def tell(self) -> None:
        """Tell what statements were carried from, and cite, that is not in the file."""
        written = [s for c in self._cells for s in self._statements.get(c, ())]
        carried = sum(s["from_id"] is not None for s in written)
        left_out.add(self.held.report, "origins of statements", left_out.ORIGINS, carried)
        cited = [c for s in written for c in self._evidence.get(s["id"], ())]
        missing = sum(c not in self.held.coding_place for c in cited)
        why = "the codings that are cited are not in the file"
        left_out.add(self.held.report, "pieces of evidence", why, missing)

    def cells(self) -> Iterator[RefiNote]:
        """Yield one note for each cell in which something stands, at its case."""
        cases = {c["id"]: c["label"] for c in self.held.rows("case")}
        names = {c.guid: c.name for c in self.held.codes}
        for cell, kept in zip(self._cells.values(), self.kept_cells(), strict=True):
            case = cell["case_id"]
            people = [s.person for s in kept.statements]
            yield RefiNote(
                kept.note,
                f"{cases[case]} × {names.get(cell['code_id'], '')}",
                shown(kept.mark, kept.statements),
                author=people[0] if people else "",
                created=self.held.moment(cell),
                anchors=(("case", case),),
            )

    def kept_cells(self) -> Iterator[KeptCell]:
        """Yield the cells in full."""
        for own, cell in self._cells.items():
            statements = tuple(
                KeptStatement(
                    guid=s["id"],
                    kind=s["kind"],
                    text=s["text"],
                    person=s["person_id"],
                    label=s["label"],
                    evidence=tuple(
                        c for c in self._evidence.get(s["id"], ()) if c in self.held.coding_place
                    ),
                )
                for s in self._statements.get(own, ())
            )
            yield KeptCell(
                guid=own,
                case=cell["case_id"],
                code=cell["code_id"],
                note=stable_id("refi-qda", "cell", own),
                mark=cell["mark"],
                written=bool(cell["written_in"]),
                reviewed=0 < cell["written_in"] <= cell["reviewed_in"],
                definition_hash=cell["definition_hash"],
                look=cell["look"],
                seen=cell["seen"],
                statements=statements,
            )


def _place_of(memo: Row) -> str:
    """Return the id of the selection at which a memo stands."""
    return stable_id("refi-qda", "place", memo["id"])

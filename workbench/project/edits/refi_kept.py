"""What this tool kept beside a REFI-QDA project comes back: framework, team, runs, the chart."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from workbench.formats.refi.kept import Kept, KeptCell, KeptRun, KeptStatement, KeptText
from workbench.formats.refi.nodes import one_line
from workbench.formats.refi.project import RefiCode
from workbench.model.chart import Seen, seen_codings, seen_text
from workbench.model.framework import FrameworkVersion
from workbench.model.memo import MemoKind
from workbench.model.report import ImportReport, LeftOut
from workbench.model.transcript import Header, Reading, Speaker, Turn, sha256
from workbench.project.edits.cells import cite_several
from workbench.project.edits.frameworks import put_framework
from workbench.project.edits.other_tools import free_run_name
from workbench.project.edits.people import put_person
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act

Place = tuple[str, str | None, int | None, int | None]
"""What a memo is anchored to: kind, id, and start and stop in a text."""

_NO_EVIDENCE = "what they rest on did not come in, or is not of the case's words"
_NOT_SAID = "the case does not say so, letter by letter, in what they rest on"
_NO_CELL = "their case or their code did not come in, or the chart has the cell already"


class Restoring:
    """One import's way back to what was kept.

    `codings` gets, while they come in, the identifier of each coding → its id and row here.
    """

    def __init__(self, act: Act, kept: Kept, report: ImportReport) -> None:
        self.act, self.kept, self.report = act, kept, report
        self.runs = dict(enumerate(kept.runs))
        self.run_of = {c: n for n, run in self.runs.items() for c in run.codings}
        self.uncertain = frozenset(kept.uncertain)
        self.codings: dict[str, tuple[str, Mapping[str, object]]] = {}
        self.state = ""
        """Whether the framework came back as a draft or released; empty where it did not."""
        self._memos = {m.guid: m for m in kept.memos}
        self._cells: dict[str, str] = {}
        self._statements: dict[str, str] = {}

    # --- framework and team ------------------------------------------------------------

    def framework(self, codes: Sequence[RefiCode]) -> tuple[str, str, list[str]] | None:
        """Store the framework with the versions before it, as they were kept.

        Return the id of the version, its name@version, and the ids of its codes. None where
        the XML has other codes, or the project here has something else of that name or of
        these ids: then the codes come in as those of any other tool.

        Raises:
            Refused: the steps between two versions do not lead from one to the other.
        """
        line = self.kept.frameworks
        if (
            not line
            or not all(map(_is_sound, line))
            or not _are_the_same(codes, line[-1])
            or self._is_elsewhere(line)
        ):
            if self.kept.frameworks:
                self.report.notes.append(
                    "The codes are not those that this tool had written, or others are called so "
                    "here; they come in as those of another tool do."
                )
            return None
        if not line[0].parent or self._has(line[0].parent):
            lineage = list(line)
        else:
            lineage = [replace(line[0], parent=None, steps=()), *line[1:]]
        ids = [put_framework(self.act, version) for version in lineage]
        last = lineage[-1]
        self.state = last.state
        return ids[-1], last.reference, [c.code_id for c in last.codes]

    def _has(self, reference: str) -> bool:
        return any(v["reference"] == reference for v in Names(self.act.connection).versions())

    def _is_elsewhere(self, line: Sequence[FrameworkVersion]) -> bool:
        """Whether a version of these names is another here, or a code is of another framework."""
        from workbench.project.framework_rows import as_version

        wanted = {v.reference: v for v in line}
        names = Names(self.act.connection)
        for held in names.versions():
            other = wanted.get(held["reference"])
            if other is not None and (
                as_version(self.act.connection, held).content_hash() != other.content_hash()
            ):
                return True
        owner = {f["id"]: f["name"] for f in records.find(self.act.connection, "framework")}
        for table, ids in (
            ("code", [c.code_id for v in line for c in v.codes]),
            ("category", [c.category_id for v in line for c in v.categories]),
        ):
            for row in records.by_ids(self.act.connection, table, ids, "framework_id"):
                if owner.get(row["framework_id"]) != line[-1].framework:
                    return True
        return False

    def people(self) -> dict[str, str]:
        """Add the team and return identifier → id."""
        return {
            p.guid: put_person(
                self.act,
                p.handle,
                name=p.name,
                role=p.role,
                credentials=p.credentials,
                occupation=p.occupation,
                experience=p.experience,
            )
            for p in self.kept.people
            if p.handle.strip()
        }

    def run(self, kept: KeptRun, version_id: str, person: Callable[[str], str]) -> tuple[str, str]:
        """Return id and name of a run: that which is here under the version, or one like it."""
        held = records.one(self.act.connection, "run", name=kept.name)
        if held is not None and held["framework_version_id"] == version_id:
            return str(held["id"]), kept.name
        row = {
            "name": free_run_name(self.act, kept.name),
            "framework_version_id": version_id,
            "kind": kept.kind,
            "blind": kept.blind,
            "person_id": person(kept.person) if kept.person else None,
        }
        (run_id,) = records.insert(self.act, "run", [row])
        return run_id, str(row["name"])

    def new_codings(
        self, run_id: str, rows: list[tuple[str, dict[str, object]]]
    ) -> list[tuple[str, dict[str, object]]]:
        """Return the codings that a run does not have yet; of the others the ids are noted."""
        columns = ("transcript_version_id", "code_id", "person_id", "start", "stop")
        held = records.find(self.act.connection, "coding", "id", *columns, run_id=run_id)
        here = {tuple(c[n] for n in columns): str(c["id"]) for c in held}
        fresh = []
        for guid, row in rows:
            known = here.get(tuple(row[n] for n in columns))
            if known is None:
                fresh.append((guid, row))
            else:
                self.codings[guid] = known, row
        if len(fresh) < len(rows):
            why = "they are here already"
            self.report.left_out.append(LeftOut("codings", why, len(rows) - len(fresh)))
        return fresh

    # --- the chart -----------------------------------------------------------------------

    def cells(
        self,
        version_id: str,
        cases: Mapping[str, str],
        code_of: Callable[[str], str | None],
        person: Callable[[str], str],
    ) -> None:
        """Store the cells with their statements; what rests on nothing is left out and told."""
        if not self.kept.cells:
            return
        held = records.find(
            self.act.connection, "cell", "case_id", "code_id", framework_version_id=version_id
        )
        taken = {(c["case_id"], c["code_id"]) for c in held}
        words = _Words(self.act)
        kept_cells, cell_rows = [], []
        for cell in self.kept.cells:
            case, code = cases.get(cell.case), code_of(cell.code)
            if case is None or code is None or (case, code) in taken:
                self.report.leave_out("cells", _NO_CELL, self.report.source)
                continue
            taken.add((case, code))
            statements = [s for s in cell.statements if self._may_stand(s, case, words)]
            if not statements and not cell.mark:
                continue
            kept_cells.append((cell, statements))
            cell_rows.append(self._row(cell, statements, version_id, case, code, code_of))
        ids = records.insert(self.act, "cell", cell_rows)
        rows, evidence = [], []
        for cell_id, (cell, statements) in zip(ids, kept_cells, strict=True):
            self._cells[cell.guid] = cell_id
            for position, statement in enumerate(statements, 1):
                rows.append(
                    {
                        "cell_id": cell_id,
                        "position": position,
                        "kind": statement.kind,
                        "text": statement.text,
                        "person_id": person(statement.person),
                        "label": statement.label,
                    }
                )
                cited = (self.codings[c][0] for c in statement.evidence if c in self.codings)
                evidence.append((statement.guid, list(dict.fromkeys(cited))))
        made = records.insert(self.act, "statement", rows)
        self._statements = {guid: new for (guid, _), new in zip(evidence, made, strict=True)}
        cite_several(
            self.act, [(new, cited) for new, (_, cited) in zip(made, evidence, strict=True)]
        )
        if rows:
            self.report.count("statements", len(rows))

    def _row(
        self,
        cell: KeptCell,
        statements: Sequence[KeptStatement],
        version_id: str,
        case: str,
        code: str,
        code_of: Callable[[str], str | None],
    ) -> dict[str, object]:
        written = cell.written and any(s.kind != "comment" for s in statements)
        whole = len(statements) == len(cell.statements)
        return {
            "framework_version_id": version_id,
            "case_id": case,
            "code_id": code,
            "mark": "" if written else cell.mark,
            "written_in": self.act.seq if written else 0,
            "reviewed_in": self.act.seq if written and cell.reviewed and whole else 0,
            "definition_hash": cell.definition_hash,
            "look": cell.look,
            "seen": self._seen(cell.seen, code_of),
        }

    def _seen(self, text: str, code_of: Callable[[str], str | None]) -> str:
        """Return what a cell was written from, in the ids of here; what is gone stays gone."""
        found: list[Seen] = []
        for coding, start, stop, code in seen_codings(text):
            here = self.codings.get(coding)
            found.append((here[0] if here else coding, start, stop, code_of(code) or code))
        return seen_text(found)

    def _may_stand(self, statement: KeptStatement, case: str, words: "_Words") -> bool:
        """Whether a statement rests on words of the case, as the laws want it."""
        why = ""
        if not statement.text.strip():
            why = "they have no words"
        elif statement.kind != "comment":
            said = [
                words.of(self.codings[c][1], case) for c in statement.evidence if c in self.codings
            ]
            if not said or not all(said):
                why = _NO_EVIDENCE
            elif statement.kind == "verbatim" and not any(
                statement.text.strip() in part for parts in said for part in parts
            ):
                why = _NOT_SAID
        if why:
            self.report.leave_out("statements", why, self.report.source)
        return not why

    # --- memos ---------------------------------------------------------------------------

    def about(self, note: str, version_id: str) -> tuple[Place, MemoKind] | None:
        """Return what a memo was about of which the standard knows nothing, and its kind."""
        memo = self._memos.get(note)
        if memo is None:
            return None
        coding = self.codings.get(memo.of)
        found = {
            "coding": coding[0] if coding else None,
            "cell": self._cells.get(memo.of),
            "statement": self._statements.get(memo.of),
            "framework_version": version_id if self.state else None,
        }.get(memo.anchor)
        return ((memo.anchor, found, None, None), self.kind_of_memo(note)) if found else None

    def kind_of_memo(self, note: str) -> MemoKind:
        """Return the kind that a memo had here; an analytic one from elsewhere."""
        memo = self._memos.get(note)
        return memo.kind if memo is not None else "analytic"  # type: ignore[return-value]  # the schema lets no other in


class _Words:
    """Which words are a case's, while one chart comes in."""

    def __init__(self, act: Act) -> None:
        self._spans: dict[tuple[object, object], list[tuple[int, int]]] = defaultdict(list)
        columns = ("case_id", "transcript_version_id", "start", "stop")
        for s in records.find(act.connection, "case_span", *columns):
            key = s["case_id"], s["transcript_version_id"]
            self._spans[key].append((int(s["start"]), int(s["stop"])))

    def of(self, coding: Mapping[str, object], case: str) -> list[str]:
        """Return what of a coding's words is the case's, a text for each stretch."""
        start, stop, quote = int(str(coding["start"])), int(str(coding["stop"])), coding["quote"]
        spans = self._spans.get((case, coding["transcript_version_id"]), [])
        met = ((max(a, start), min(b, stop)) for a, b in spans)
        return [str(quote)[a - start : b - start] for a, b in met if a < b]


_DEEPEST = 200


def _is_sound(version: FrameworkVersion) -> bool:
    """Whether a version can be stored: ids once, all in one tree, and its own hash."""
    above: dict[str, str | None] = {c.category_id: c.parent_id for c in version.categories}
    above |= {c.code_id: c.parent_id or c.category_id for c in version.codes}
    if len(above) != len(version.categories) + len(version.codes):
        return False
    return version.sha256 in ("", version.content_hash()) and all(
        _reaches_the_top(thing, above) for thing in above
    )


def _reaches_the_top(thing: str, above: Mapping[str, str | None]) -> bool:
    """Whether what stands over a category or code is there and comes to an end."""
    at: str | None = thing
    for _ in range(_DEEPEST):
        if at is None or at not in above:
            return at is None
        at = above[at]
    return False


def _are_the_same(codes: Sequence[RefiCode], version: FrameworkVersion) -> bool:
    """Whether the codes of an XML are those of a version, in their places and by their names."""
    wanted = {
        (c.category_id, one_line(c.name), False, c.parent_id or "") for c in version.categories
    }
    wanted |= {
        (c.code_id, one_line(c.name), True, c.parent_id or c.category_id or "")
        for c in version.codes
    }
    return {(c.guid, c.name, c.codable, c.parent) for c in codes} == wanted


def _is_turn(kept: Sequence[object]) -> bool:
    """Whether six values are a turn: a speaker or none, three positions, two times or none."""
    speaker, *positions, begin, end = kept
    return (
        (speaker is None or isinstance(speaker, str))
        and all(type(p) is int for p in positions)
        and all(t is None or (type(t) is int and 0 <= t < 2**53) for t in (begin, end))
    )


def _are_pages(begins: Sequence[int], length: int) -> bool:
    """Whether pages begin one after the other in a text of that length."""
    return list(begins) == sorted(begins) and all(at <= length for at in begins)


def reading_as_kept(text: str, kept: KeptText) -> Reading | None:
    """Return a text with its header, turns and speakers as they were; None for another text."""
    if sha256(text) != kept.sha256:
        return None
    if not all(map(_is_turn, kept.turns)):
        return None
    turns = tuple(Turn(*turn) for turn in kept.turns)
    ends = [0, *(p for t in turns for p in (t.start, t.words_start, t.stop)), len(text)]
    if ends != sorted(ends):
        return None
    speakers = tuple(
        Speaker(label, role, 0, "kept")  # type: ignore[arg-type]  # the schema lets no other in
        for label, role in kept.speakers.items()
    )
    known = {k: v for k, v in kept.header.items() if k in Header.__dataclass_fields__}
    return Reading(
        text,
        turns,
        Header(**known),  # type: ignore[arg-type]  # numbers are read where they are stored
        speakers,
        kept.layout,
        kept.encoding,
        pages=kept.pages if _are_pages(kept.pages, len(text)) else (),
    )

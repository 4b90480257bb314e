"""Comments, descriptions and notes of another tool's project, as memos."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from workbench.formats.refi.project import AnchorKind, RefiNote
from workbench.model.memo import MemoKind
from workbench.project.edits.notes import put_memo
from workbench.project.edits.refi_came import UNKNOWN, Came
from workbench.project.edits.refi_kept import Place
from workbench.project.edits.transcripts import UNSTORABLE
from workbench.store import records


class _Memo(NamedTuple):
    """A memo to be; `own` identifies in the file what it is."""

    own: str
    title: str
    text: str
    author: str
    created: str
    place: Place
    kind: MemoKind = "analytic"


def place_in(came: Came, kind: AnchorKind, guid: str) -> Place:
    """Return where a memo is anchored that is about something; the project if that is gone."""
    selection = came.selections.get(guid) if kind == "selection" else None
    source = selection.source if selection else guid
    if kind in ("selection", "source") and source in came.texts:
        ends = (selection.start, selection.stop) if selection else (None, None)
        return "transcript_version", came.texts[source].version_id, *ends
    if kind == "code" and came.codes.get(guid) in came.code_ids:
        return "code", came.codes[guid], None, None
    if kind == "case" and guid in came.cases:
        return "case", came.cases[guid], None, None
    return "project", None, None, None


class Memos:
    """Writes the memos of one project, each once."""

    def __init__(self, came: Came) -> None:
        self.came = came

    def put(self) -> int:
        """Write what is not here already; return how many memos were written."""
        return sum(self._put(memo) for memo in [*self._comments(), *self._notes()])

    def _comments(self) -> Iterator[_Memo]:
        """Yield what selections, texts, cases and the project are described with."""
        came, held = self.came, self.came.held
        for selection in held.selections:
            if selection.description and selection.source in came.texts:
                place = place_in(came, "selection", selection.guid)
                author = came.handle(selection.author)
                said = selection.description
                yield _Memo(selection.guid, "Comment", said, author, selection.created, place)
        for source in held.sources:
            if source.description and source.guid in came.texts:
                place = place_in(came, "source", source.guid)
                author = came.handle(source.creator)
                yield _Memo(source.guid, "Description", source.description, author, "", place)
        for case in held.cases:
            if case.description:
                place = place_in(came, "case", case.guid)
                yield _Memo(case.guid, "Description", case.description, UNKNOWN, "", place)
        if held.description and not came.version_id:
            place = place_in(came, "project", "")
            yield _Memo("", "Description", held.description, UNKNOWN, "", place)

    def _notes(self) -> Iterator[_Memo]:
        """Yield the notes, once for each thing that one is about."""
        came = self.came
        for note in came.held.notes:
            made = came.handle(note.author), note.created
            about = came.restoring.about(note.guid, came.version_id)
            if about is not None:
                yield _Memo(note.guid, note.name, note.words, *made, *about)
                continue
            kind = came.restoring.kind_of_memo(note.guid)
            for place in self._places(note):
                yield _Memo(note.guid, note.name, note.words, *made, place, kind)

    def _places(self, note: RefiNote) -> list[Place]:
        """Return where memos of a note are anchored; the project where it is about nothing here."""
        came = self.came
        found = [(kind, place_in(came, kind, guid)) for kind, guid in note.anchors]
        here = dict.fromkeys(place for kind, place in found if kind == "project" or place[1])
        gone = sum(kind != "project" and place[1] is None for kind, place in found)
        if gone:
            why = "nothing here is like what they are about"
            came.report.leave_out("anchors of notes", why, note.name, gone)
        return [*here] or [place_in(came, "project", "")]

    def _put(self, memo: _Memo) -> int:
        """Write a memo, unless it is here already; return how many were written."""
        said = memo.text.translate(UNSTORABLE)
        if not said.strip():
            return 0
        here = self._here.get((memo.title, said, *memo.place))
        made = here or put_memo(
            self.came.act, said, memo.kind, memo.title, memo.author, *memo.place
        )
        self.came.memos.setdefault(memo.own, made)
        self.came.memos_at.setdefault((memo.own, memo.place), made)
        if here is None:
            self.came.new.add(made)
            if memo.created:
                self.came.made[made] = memo.created
        return int(here is None)

    @cached_property
    def _here(self) -> dict[tuple[object, ...], str]:
        columns = ("title", "text", "anchor", "anchor_id", "start", "stop")
        held = records.find(self.came.act.connection, "memo", "id", *columns)
        return {tuple(memo[c] for c in columns): str(memo["id"]) for memo in held}

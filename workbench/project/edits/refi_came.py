"""What of another tool's project is here already, by its identifiers, while it comes in."""

from dataclasses import dataclass, field
from functools import cached_property

from workbench.formats.refi.kept import Kept
from workbench.formats.refi.project import RefiProject, RefiSelection
from workbench.model.report import ImportReport, LeftOut
from workbench.project.edits.people import put_person
from workbench.project.edits.refi_kept import Place, Restoring
from workbench.store.history import Act

UNKNOWN = "unknown"
"""The handle of whoever made what the file does not say who made."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A text that came in: its transcript version, and its length."""

    version_id: str
    length: int
    was_here: bool = False


@dataclass
class Came:
    """One project on its way in; each room that stores a part of it adds what it stored."""

    act: Act
    held: RefiProject
    format: str
    """What the project is called after: REFI-QDA, or the tool."""
    texts: dict[str, Stored] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    code_ids: set[str] = field(default_factory=set)
    """Ids of codes, to which categories do not belong: these can have no memo or coding."""
    cases: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    memos: dict[str, str] = field(default_factory=dict)
    """Identifier of a note, or of a selection with a comment → the id of its memo."""
    memos_at: dict[tuple[str, Place], str] = field(default_factory=dict)
    """The same identifier, and where a memo of it is anchored → that memo's id."""
    attributes: dict[str, str] = field(default_factory=dict)
    version_id: str = ""
    """The framework version; empty where the project has no codes."""
    new: set[str] = field(default_factory=set)
    """Ids of the codings, memos and transcripts that were not here before."""
    descriptions: dict[str, str] = field(default_factory=dict)
    """Id of an attribute → what the file describes it with."""
    made: dict[str, str] = field(default_factory=dict)
    """Id of what came in → when it was made, as far as the file says so."""

    @cached_property
    def kept(self) -> Kept:
        """What this tool wrote beside the standard; nothing where it wrote nothing."""
        return self.held.kept or Kept()

    @cached_property
    def restoring(self) -> Restoring:
        """The way back to what was kept."""
        return Restoring(self.act, self.kept, self.report)

    @property
    def report(self) -> ImportReport:
        """The report of the import."""
        return self.held.report

    @cached_property
    def selections(self) -> dict[str, RefiSelection]:
        """The selections of the project by their identifiers."""
        return {s.guid: s for s in self.held.selections}

    @cached_property
    def dates(self) -> dict[str, str]:
        """Identifier of a coding → when it was made, as far as the file says so."""
        codings = (c for s in self.held.selections for c in s.codings)
        return {c.guid: c.created for c in codings if c.created}

    @cached_property
    def _handles(self) -> dict[str, str]:
        return {u.guid: u.name for u in self.held.users}

    def handle(self, user: str) -> str:
        """Return what somebody is called here."""
        return self._handles.get(user, UNKNOWN)

    def person(self, user: str) -> str:
        """Return the id of somebody, who is stored if they are new."""
        if user not in self.people:
            self.people[user] = put_person(self.act, self.handle(user))
        return self.people[user]

    def leave_out(self, what: str, why: str, number: int) -> None:
        """Note what did not come in, if that is anything."""
        if number:
            self.report.left_out.append(LeftOut(what, why, number))

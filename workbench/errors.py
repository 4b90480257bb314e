"""Everything that can go wrong, as one tree; each message says what to do.

WorkbenchError
├── WrongUse                  the request cannot be understood (exit code 2)
│   ├── UnknownName           no case, code, transcript … of that name
│   ├── AmbiguousName         more than one
│   └── BadValue              an argument or a field that cannot be taken
├── BadFile                   a file that cannot be brought in
│   ├── MissingFile
│   ├── EmptyFile
│   ├── BinaryFile
│   ├── EncryptedFile
│   ├── FileTooLarge
│   ├── NotWhatItClaims
│   ├── UnknownFormat
│   ├── BrokenFile
│   ├── BadTable              a row or column of a CSV or YAML file
│   └── InvalidFramework
├── ReleasedFrameworkChanged  law 3
├── OutsideText               law 1: a position that is not in the text
├── QuoteNotFound             law 1: words that are not in the text
├── QuoteNotUnique            law 1: words that are there more than once
├── Refused                   an act that would break a law of the method
│   └── Unanswered            a merge of which a person must say something first
├── SearchTooSlow             a regular expression that does not come to an end
├── Undefined                 a coefficient has no value for what was compared
├── ChangedMeanwhile          somebody else changed the same row
├── DeliveredAlready          an operation of a browser arrived a second time
├── NothingToUndo
├── NothingToRedo
├── UndoBlocked               later work rests on what would be undone
├── NoWayBack                 what would be undone was removed for good
├── StoreError
│   ├── NotAProject
│   ├── ProjectExists
│   ├── ProjectBusy
│   ├── NewerSchema
│   ├── OlderSchema
│   ├── StoreUnreachable
│   └── StoreRefused
├── MissingExtra              an optional package is not installed
├── CannotWrite               an output file cannot be written
└── FrameMismatch             a table between rooms lacks a column (our mistake)
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class WorkbenchError(Exception):
    """The root: the page and the command line show its sentence and nothing else."""

    exit_code = 1

    def and_also(self, sentence: str) -> None:
        """Say more at the end of the error's sentence."""
        self.args = (f"{self} {sentence}",)


class WrongUse(WorkbenchError):
    """The request cannot be understood as it stands."""

    exit_code = 2


class UnknownName(WrongUse):
    """Nothing of that kind has that name; of the known names, the nearest three are told.

    >>> print(UnknownName("code", "Acess", ["Access", "Barriers"], hint="Look again."))
    There is no code “Acess” in this project. Did you mean “Access”? Look again.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str] = (), *, hint: str = "") -> None:
        self.kind, self.name = kind, name
        self.near = tuple(get_close_matches(name, list(dict.fromkeys(known)), n=3, cutoff=0.6))
        said = f"There is no {kind} “{name}” in this project."
        if self.near:
            said += " Did you mean " + " or ".join(f"“{n}”" for n in self.near) + "?"
        super().__init__(said + (f" {hint}" if hint else ""))


class AmbiguousName(WrongUse):
    """More than one thing of that kind answers to that name."""

    def __init__(self, kind: str, name: str, choices: Iterable[str], *, hint: str = "") -> None:
        self.kind, self.name, self.choices = kind, name, tuple(choices)
        super().__init__(
            f"“{name}” could be more than one {kind}: {few(self.choices)}. "
            f"{hint or 'Name one of these.'}"
        )


class BadValue(WrongUse):
    """An argument or field whose value cannot be taken."""

    def __init__(self, what: str, value: object, wanted: str) -> None:
        self.what, self.value, self.wanted = what, value, wanted
        if value == "":
            super().__init__(f"{what} cannot be empty; give {wanted}.")
        else:
            super().__init__(f"{what} cannot be {value!r}; give {wanted}.")


class BadFile(WorkbenchError):
    """A file that cannot be brought in; nothing of it was kept."""

    def __init__(self, path: object, problem: str, remedy: str) -> None:
        self.path, self.problem, self.remedy = str(path), problem, remedy
        said = f"{problem} {remedy}".rstrip()
        super().__init__(f"{self.path}: {said}")


class MissingFile(BadFile):
    """No file stands at that path."""

    def __init__(self, path: object) -> None:
        super().__init__(path, "there is no such file.", "Check the name and the folder.")


class EmptyFile(BadFile):
    """The file has no text."""

    def __init__(self, path: object) -> None:
        super().__init__(
            path, "there is no text in this file.", "Open it to see whether it was saved."
        )


class BinaryFile(BadFile):
    """The file claims to be text and is not."""

    def __init__(self, path: object, looks_like: str = "") -> None:
        what = f"this looks like {looks_like}." if looks_like else "this is not a text."
        super().__init__(path, what, "Bring the transcript as txt, docx, odt, rtf or vtt.")


class EncryptedFile(BadFile):
    """The file is protected with a password."""

    def __init__(self, path: object) -> None:
        super().__init__(
            path, "it is protected with a password.", "Save a copy without the password first."
        )


class FileTooLarge(BadFile):
    """The file is over the size limit."""

    def __init__(self, path: object, size: int, limit: int) -> None:
        self.size, self.limit = size, limit
        super().__init__(
            path,
            f"it has {size / 1e6:,.1f} MB and the limit is {limit / 1e6:,.1f} MB.",
            "Split it, or raise the limit (--max-mb).",
        )


class NotWhatItClaims(BadFile):
    """The ending of the name promises another format than the content has."""

    def __init__(self, path: object, ending: str, found: str) -> None:
        self.ending, self.found = ending, found
        super().__init__(
            path,
            f"the name ends in {ending}, but the content is {found}.",
            "Rename it, or save it again in the format of its name.",
        )


class UnknownFormat(BadFile):
    """No reader knows the format."""

    def __init__(self, path: object, known: Iterable[str]) -> None:
        super().__init__(
            path, "no reader here knows this format.", f"Known are: {', '.join(known)}."
        )


class BrokenFile(BadFile):
    """The file has the right format and is damaged."""

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(path, problem, "Open and save it again in the program that made it.")


class BadTable(BadFile):
    """A row, column or field of a file written by hand is not as the format says."""

    def __init__(self, path: object, where: str, problem: str, remedy: str = "") -> None:
        self.where = where
        super().__init__(path, f"{where}: {problem}", remedy)


class InvalidFramework(BadFile):
    """A framework file that does not keep to its schema."""

    def __init__(self, path: object, where: str, problem: str) -> None:
        self.where = where
        super().__init__(
            path,
            f"{where}: {problem}",
            "“workbench framework new FILE” writes an example to start from.",
        )


class ReleasedFrameworkChanged(WorkbenchError):
    """A released framework version is not what it was when it was released."""

    def __init__(self, version: str, released: str, found: str) -> None:
        self.version, self.released, self.found = version, released, found
        super().__init__(
            f"{version} is released and must stay as it is, but its content has changed "
            f"(hash {released[:12]} at release, {found[:12]} now). Undo the change, or make "
            "a new version with this one as its parent."
        )


class OutsideText(WorkbenchError):
    """A segment that does not lie in the text."""

    def __init__(self, transcript: str, start: int, stop: int, length: int) -> None:
        self.transcript, self.start, self.stop, self.length = transcript, start, stop, length
        super().__init__(
            f"Characters {start} to {stop} are not a segment of “{transcript}”, which has "
            f"{length} characters. Start must be 0 or more, and stop larger than start."
        )


class QuoteNotFound(WorkbenchError):
    """The quoted words do not stand in the text."""

    def __init__(
        self,
        transcript: str,
        quote: str,
        nearest: str = "",
        at: int | None = None,
        difference: str = "",
    ) -> None:
        self.transcript, self.quote, self.nearest, self.at = transcript, quote, nearest, at
        self.difference = difference
        beside = f": {difference}" if difference else ""
        there = (
            f"Nearest is “{_short(nearest)}” at character {at}{beside}. Copy the words exactly."
            if nearest
            else "Nothing like it is there; check the transcript."
        )
        super().__init__(f"“{_short(quote)}” is not in “{transcript}”. {there}")


class QuoteNotUnique(WorkbenchError):
    """The quoted words stand in the text more than once."""

    def __init__(self, transcript: str, quote: str, places: Sequence[int]) -> None:
        self.transcript, self.quote, self.places = transcript, quote, tuple(places)
        shown = ", ".join(str(p) for p in self.places[:5])
        super().__init__(
            f"“{_short(quote)}” is {len(self.places)} times in “{transcript}” (at characters "
            f"{shown}). Add a few of the words that stand before or after it."
        )


class Refused(WorkbenchError):
    """An act that would break a rule of the method; the sentence names the rule."""


class Unanswered(Refused):
    """A merge asks what nobody has answered yet; nothing was merged."""

    def __init__(self, other: str, number: int) -> None:
        self.other, self.number = other, number
        ask, them = ("question waits", "it") if number == 1 else ("questions wait", "them")
        super().__init__(
            f"{number} {ask} for an answer, and nothing was merged. See {them} with --rehearse; "
            "answer with --mine or --theirs (and --same-names one or two), or one by one in a "
            "table (--questions FILE, then --answers FILE)."
        )


class SearchTooSlow(WorkbenchError):
    """A regular expression was given up after its time."""

    def __init__(self, expression: str, seconds: float) -> None:
        self.expression, self.seconds = expression, seconds
        super().__init__(
            f"The regular expression “{_short(expression)}” was given up after {seconds:g} "
            "seconds. Write it without a repetition in a repetition, such as (a+)+, or search for "
            "plain words."
        )


class Undefined(WorkbenchError):
    """A coefficient that has no value for what was compared."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The coefficient is undefined: {reason}. Report percent agreement.")


class ChangedMeanwhile(WorkbenchError):
    """Somebody changed the row between reading and writing it."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            f"The {what} was changed by somebody else after you opened it. "
            "Look at it again and repeat your change."
        )


class DeliveredAlready(WorkbenchError):
    """An operation that a browser handed in was carried out already, and is not done twice."""

    def __init__(self, client: str, number: int) -> None:
        self.client, self.number = client, number
        super().__init__(
            f"Operation {number} of the client {client} was carried out already, and is not done "
            "a second time. Load the page again to see what is there."
        )


class NothingToUndo(WorkbenchError):
    """The history has no act left to undo."""

    def __init__(self, who: str | None = None) -> None:
        super().__init__(f"There is nothing {f'of {who} ' if who else ''}left to undo.")


class NothingToRedo(WorkbenchError):
    """No act was undone since the last new one."""

    def __init__(self) -> None:
        super().__init__("There is nothing to redo: the last act was not an undo.")


class UndoBlocked(WorkbenchError):
    """Later work rests on the rows that an undo would take back."""

    def __init__(self, summary: str, because: str) -> None:
        self.summary, self.because = summary, because
        super().__init__(f"“{summary}” cannot be undone: {because}. Undo the later act first.")


class NoWayBack(WorkbenchError):
    """Earlier texts were removed for good, and with them what the history held."""

    def __init__(self, summary: str) -> None:
        self.summary = summary
        super().__init__(
            f"“{summary}” cannot be undone: earlier texts were removed for good, and the history "
            "holds nothing of what was before. Change it by hand instead."
        )


class StoreError(WorkbenchError):
    """The project's file or database."""


class NotAProject(StoreError):
    """The file or database is something else."""

    def __init__(self, where: str, why: str = "") -> None:
        super().__init__(
            f"{where} is not a project of this workbench{f' ({why})' if why else ''}. "
            "“workbench new” makes one."
        )


class ProjectExists(StoreError):
    """A project, or any other file, stands where a new one was asked for."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} exists already. Open it, or choose another name.")


class ProjectBusy(StoreError):
    """Another program holds the project's write lock for too long."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} is being written to by another program. Nothing was stored; try again."
        )


class NewerSchema(StoreError):
    """The project was written by a newer workbench."""

    def __init__(self, where: str, found: str, known: str) -> None:
        super().__init__(
            f"{where} was made by a newer workbench (schema {found}; this one knows up to "
            f"{known}). Install the newer workbench; the project was not touched."
        )


class OlderSchema(StoreError):
    """A shared database of an older workbench: it is never upgraded unasked."""

    def __init__(self, where: str, found: str, known: str) -> None:
        super().__init__(
            f"{where} was made by an older workbench (schema {found}; this one writes {known}). "
            "Agree with the others who use it, make a backup, and run “workbench upgrade”."
        )


class StoreUnreachable(StoreError):
    """The database server or the folder cannot be reached."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where} cannot be opened: {why}. Check the address and try again.")


class StoreRefused(StoreError):
    """The database did not take a row: a guard, a limit, or somebody else's like row."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where} did not take it ({why}). Nothing was stored; if somebody else is working "
            "in the project, look again and repeat."
        )


class MissingExtra(WorkbenchError):
    """An optional package is needed for this."""

    def __init__(self, wanted_for: str, extra: str) -> None:
        self.extra = extra
        super().__init__(
            f"{wanted_for} needs an optional part: python -m pip install "
            f"'framework-workbench[{extra}]'."
        )


class CannotWrite(WorkbenchError):
    """An output file cannot be written."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__(f"{path} cannot be written: {why}.")


class FrameMismatch(WorkbenchError):
    """A table handed from one room to another lacks a column: a mistake of ours."""

    def __init__(self, name: str, missing: Iterable[str]) -> None:
        self.name, self.missing = name, tuple(missing)
        super().__init__(
            f"The table “{name}” lacks {', '.join(self.missing)}. This is a mistake of the "
            "workbench; please report it."
        )


def few(names: Iterable[str], most: int = 5) -> str:
    """List the first names, marking that there are more.

    >>> few("abc"), few("abcdefg")
    ('a, b, c', 'a, b, c, d, e, …')
    """
    said = list(names)
    return ", ".join(said[:most]) + (", …" if len(said) > most else "")


def _short(text: str, most: int = 60) -> str:
    """Cut a quotation for an error message, marking the cut."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"

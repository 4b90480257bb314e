"""Selections of the texts of a project, with their codings, placed where their words are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from workbench.formats.refi.counting import Evidence, Marked, Placed
from workbench.formats.refi.elements import (
    children,
    description,
    guid,
    moment,
    named,
    own,
    targets,
    user_of,
    whole,
)
from workbench.formats.refi.offsets import RawText, placed, usual
from workbench.formats.refi.project import RefiCoding, RefiSelection, squeezed
from workbench.formats.refi.texts import Bearer, Text
from workbench.formats.refi.times import Times
from workbench.model.framework import stable_id
from workbench.model.report import Guess, ImportReport

_OUTSIDE = "their position is not in the text"
_NO_WORDS = "there are no words at their position"
_NO_NUMBER = "their position is no number"
_NOT_THERE = "the formatted text has other words at their position than they are named by"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the selections of one source after the other; notes how positions were counted.

    `codes` are the identifiers of codes that can be given, `cases` those of cases.
    """

    origin: str
    codes: frozenset[str]
    cases: frozenset[str]
    report: ImportReport
    of_cases: dict[str, list[str]] = field(default_factory=dict)
    """Case → selections that are coded with the case: its words."""
    counted: dict[tuple[str, tuple[Evidence, ...], str], list[tuple[str, int, int]]] = field(
        default_factory=dict
    )
    seen: set[str] = field(default_factory=set)
    """Identifiers of selections that came in: one that stands again gets another."""
    lost: Counter[str] = field(default_factory=Counter)
    """What became of codings that did not come in as such."""

    def read(
        self, source: str, name: str, text: Text, bearers: list[Bearer]
    ) -> tuple[Placed | None, list[RefiSelection]]:
        """Return how a text is counted, and its selections in their order in the file."""
        elements = [e for b in bearers for e in children(b.element, "PlainTextSelection")]
        marked, kept = [], []
        for element in elements:
            start, end = whole(element.get("startPosition")), whole(element.get("endPosition"))
            if start is None or end is None:
                self._leave_out(element, _NO_NUMBER, name)
                continue
            marked.append(Marked(start, end, element.get("name", "")))
            kept.append(element)
        for bearer in bearers:
            for element, start, end in self._of_recordings(bearer):
                marked.append(Marked(start, end, element.get("name", "")))
                kept.append(element)
        found: list[RefiSelection] = []
        how = placed(text.raw, marked, self.origin) if marked else None
        if how is not None:
            self._note(how, name)
            for element, mark, segment in zip(kept, marked, how.segments, strict=True):
                why = _why_not(text, mark, segment)
                if segment is None or why:
                    self._leave_out(element, why, name)
                else:
                    found.append(self._selection(element, source, text, segment))
        whole_text = [s for b in bearers for s in self._of_whole(b, source, text)]
        return how, found + whole_text

    def _note(self, how: Placed, name: str) -> None:
        if any(how.segments) and how.evidence:
            key = how.said(), how.evidence, how.confidence
            self.counted.setdefault(key, []).append((name, how.fitting, how.named))

    def guesses(self) -> Iterator[Guess]:
        """Yield how positions were counted, one guess for all sources that are alike."""
        for (said, evidence, confidence), sources in self.counted.items():
            fitting, all_named = sum(s[1] for s in sources), sum(s[2] for s in sources)
            told = {
                "names": f"{fitting} of {all_named} selections then have the words of their names",
                "origin": f"“{self.origin}” is known to count so",
                "words": "most selections then begin and end with whole words",
                "length": "most positions are only then in the text",
                "standard": "nothing else tells, and the standard or most tools count so",
            }
            because = "; ".join(told[e] for e in evidence)
            yield Guess(said, because, confidence, tuple(s[0] for s in sources))

    def _selection(
        self, element: etree._Element, source: str, text: Text, segment: tuple[int, int]
    ) -> RefiSelection:
        start, stop = segment
        author = user_of(element)
        own_id = own(element)
        if not own_id or own_id in self.seen:
            own_id = stable_id(source, "selection", f"{start}-{stop}-{len(self.seen)}")
        self.seen.add(own_id)
        codings = self.codings(element, own_id)
        return RefiSelection(
            guid=own_id,
            source=source,
            start=start,
            stop=stop,
            quote=text.raw.text[start:stop],
            name=named(element),
            description=description(element),
            author=author,
            created=moment(element.get("creationDateTime")),
            codings=tuple(codings),
        )

    def _of_whole(self, bearer: Bearer, source: str, text: Text) -> Iterator[RefiSelection]:
        """Yield the codings of a source itself as selections of all its text."""
        length = len(text.raw.text)
        held = (
            [bearer.source] if bearer.source is bearer.element else [bearer.source, bearer.element]
        )
        for element in [c for h in held for c in children(h, "Coding")]:
            own_id = own(element)
            if not own_id or own_id in self.seen:
                own_id = stable_id(source, "coding", str(len(self.seen)))
            self.seen.add(own_id)
            for coding in self._of(element, own_id, user_of(bearer.source)):
                self.lost["whole"] += 1
                yield RefiSelection(own_id, source, 0, length, text.raw.text, codings=(coding,))

    def _of_recordings(self, bearer: Bearer) -> Iterator[tuple[etree._Element, int, int]]:
        """Yield the selections of a transcript with the positions of their points in time."""
        at = {own(p): whole(p.get("position")) for p in children(bearer.element, "SyncPoint")}
        for element in children(bearer.element, "TranscriptSelection"):
            first = at.get(guid(element.get("fromSyncPoint")))
            last = at.get(guid(element.get("toSyncPoint")))
            if first is None or last is None:
                self._leave_out(element, _NO_NUMBER, bearer.name)
            else:
                yield element, first, last

    def codings(self, element: etree._Element, selection: str) -> list[RefiCoding]:
        """Return the codings of a selection, each code of a coder once."""
        author = user_of(element)
        found: dict[tuple[str, str], RefiCoding] = {}
        for coding in children(element, "Coding"):
            for one in self._of(coding, selection, author):
                if (one.code, one.coder) in found:
                    self.lost["twice"] += 1
                found.setdefault((one.code, one.coder), one)
        return list(found.values())

    def _of(self, element: etree._Element, selection: str, author: str) -> Iterator[RefiCoding]:
        """Yield one coding for each code that an element names; a case gets the words instead."""
        coder = guid(element.get("creatingUser")) or author
        for number, code in enumerate(targets(element, "CodeRef")):
            own_id = own(element)
            if not own_id or number:
                own_id = stable_id(selection, "coding", f"{code}\x1f{coder}")
            if code in self.cases:
                self.of_cases.setdefault(code, []).append(selection)
            elif code in self.codes:
                yield RefiCoding(own_id, code, coder, moment(element.get("creationDateTime")))
            else:
                self.lost["no code"] += 1

    def _leave_out(self, element: etree._Element, why: str, name: str) -> None:
        self.report.leave_out("selections", why, name)
        codings = sum(1 for _ in children(element, "Coding"))
        for what, number in (("codings", codings), ("comments", bool(description(element)))):
            if number:
                why = "their selection did not come in"
                self.report.leave_out(what, why, name, int(number))


def _why_not(text: Text, mark: Marked, segment: tuple[int, int] | None) -> str:
    """Return why a selection cannot come in; nothing when it can."""
    if segment is None:
        return _NO_WORDS if mark.start == mark.end else _OUTSIDE
    quote = text.raw.text[slice(*segment)]
    if not quote.strip():
        return _NO_WORDS
    if text.formatted and not squeezed(quote).startswith(squeezed(mark.name) or "\0"):
        return _NOT_THERE
    return ""


def selected(element: etree._Element | None) -> Iterator[etree._Element]:
    """Yield the selections of a text or of a transcript."""
    return children(element, "PlainTextSelection", "TranscriptSelection")


def number_of_marks(alike: Sequence[Bearer]) -> int:
    """Return how many time marks a text has."""
    return sum(1 for bearer in alike for _ in children(bearer.element, "SyncPoint"))


def time_marks(
    alike: Sequence[Bearer], raw: RawText, how: Placed | None, origin: str, report: ImportReport
) -> Times:
    """Return the time marks of a text, at positions of the stored text.

    They are counted as its selections are; where it has none, as `origin` does. The report
    tells those that are no numbers or outside the text.
    """
    points = [point for bearer in alike for point in children(bearer.element, "SyncPoint")]
    told = [(whole(point.get("position")), whole(point.get("timeStamp"))) for point in points]
    marks = [(p, t) for p, t in told if p is not None and t is not None and t >= 0]
    found = raw.places([p for p, _ in marks], how.counting if how else usual(raw, origin))
    inside = [(p, t) for p, (_, t) in zip(found, marks, strict=True) if p is not None]
    if len(inside) < len(points):
        why = "they have no time, or stand outside the text"
        report.leave_out("time marks", why, alike[0].name, len(points) - len(inside))
    return tuple(sorted(inside))

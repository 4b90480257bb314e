"""The texts of a database of another tool, and the segments of them, placed where they belong."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.formats.quoted_positions import Counted, Found, Quoted
from workbench.formats.refi.counting import Unit
from workbench.formats.refi.project import (
    RefiCase,
    RefiCode,
    RefiCoding,
    RefiSelection,
    RefiSource,
)
from workbench.model.report import ImportReport, counted


@dataclass(frozen=True, slots=True)
class Coded:
    """One coding as a tool keeps it; None where it has no number."""

    source: int | None
    code: str
    quote: str
    start: int | None
    stop: int | None
    coder: str = ""
    created: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text of which no words are kept."""

    source: int | None
    start: int | None
    stop: int | None


class Texts:
    """The texts of one project, by the numbers that the tool gives them.

    `identify` makes an identifier of a kind of thing and its number; `units` are those in
    which the tool counts, the likelier first. What does not come in is noted in `report`.
    """

    def __init__(
        self,
        tool: str,
        identify: Callable[[str, object], str],
        units: Sequence[Unit],
        report: ImportReport,
    ) -> None:
        self._tool, self._id, self._units, self._report = tool, identify, units, report
        self._texts: dict[int, Counted] = {}
        self._names: dict[int, str] = {}
        self._unsure: dict[str, int] = {}
        self._made = 0
        self._sources: dict[str, list[str]] = {}
        self._selections: dict[str, list[str]] = {}
        self.parts: list[RefiSelection] = []
        """The parts of texts that are cases'."""

    def names(self) -> dict[str, str]:
        """Return the names of the texts by their identifiers."""
        return {self._id("source", key): name for key, name in self._names.items()}

    def source(self, key: int | None, name: str, text: str) -> RefiSource | None:
        """Return a text that comes in; None for one without words or number."""
        if key is None or key in self._texts or not text.strip():
            why = "there are no words of theirs in the database"
            self._report.leave_out("texts", why, name)
            return None
        counted = self._texts[key] = Counted(text, self._units)
        self._names[key] = name
        return RefiSource(
            guid=self._id("source", key),
            name=name,
            kind="PDF" if name.casefold().endswith(".pdf") else "text",
            text=counted.text,
            content=text.encode("utf-8", "surrogatepass"),
            filename=name,
            encoding="UTF-8",
        )

    def codings(self, coded: Iterable[Coded], codes: Iterable[RefiCode]) -> Iterator[RefiSelection]:
        """Yield one selection for each coding whose words stand where it says."""
        known = {c.guid for c in codes if c.codable}
        of: dict[int, list[tuple[Coded, Quoted]]] = {}
        for each in coded:
            if each.source is None or each.source not in self._texts:
                why = "their text did not come in"
                self._report.leave_out("codings", why, self._report.source)
            elif each.code not in known:
                why = "their code is not in the codebook"
                self._report.leave_out("codings", why, self._names[each.source])
            elif each.start is None or each.stop is None:
                why = "their position is no number"
                self._report.leave_out("codings", why, self._names[each.source])
            else:
                quoted = Quoted(each.start, each.stop, each.quote)
                of.setdefault(each.source, []).append((each, quoted))
        unknown = 0
        for key, its in of.items():
            for selection in self._proved(key, its):
                unknown += not selection.author
                yield selection
        if unknown:
            self._report.notes.append(
                f"The project does not tell who made {unknown} of its codings."
            )

    def _proved(self, key: int, its: list[tuple[Coded, Quoted]]) -> Iterator[RefiSelection]:
        seen: set[tuple[str, str, tuple[int, int]]] = set()
        places = self._texts[key].proved([quoted for _, quoted in its])
        for (each, _), place in zip(its, places, strict=True):
            if place is None:
                why = f"the words at their position are not those that {self._tool} kept"
                self._report.leave_out("codings", why, self._names[key])
            elif (each.code, each.coder, place.segment) in seen:
                why = "the same coder gave the same code to the same selection"
                self._report.leave_out("codings", why, self._names[key])
            else:
                seen.add((each.code, each.coder, place.segment))
                self._note(place, "codings")
                yield self._selection(key, place, each.comment, each.coder, each.created, each.code)

    def beside(
        self, stretch: Stretch, comment: str, author: str, what: str
    ) -> RefiSelection | None:
        """Return what is noted beside words; None, and noted, where they are not here."""
        place = self._unproved(stretch)
        if stretch.source is None or place is None:
            why = "their position is not in a text that came in"
            self._report.leave_out(what, why, self._report.source)
            return None
        self._note(place, what)
        return self._selection(stretch.source, place, comment, author)

    def give(self, case: str, stretch: Stretch, comment: str, author: str) -> None:
        """Give a stretch to a case: a text as a whole, or a part of it."""
        key, start, stop = stretch.source, stretch.start, stretch.stop
        if key is None or key not in self._texts or start is None or stop is None:
            why = "their text did not come in"
            self._report.leave_out("stretches of cases", why, self._report.source)
        elif self._texts[key].is_all(start, stop):
            self._sources.setdefault(case, []).append(self._id("source", key))
        elif selection := self.beside(stretch, comment, author, "stretches of cases"):
            self.parts.append(selection)
            self._selections.setdefault(case, []).append(selection.guid)

    def case(self, guid: str, name: str, memo: str) -> RefiCase:
        """Return a case with what was given to it."""
        sources = tuple(dict.fromkeys(self._sources.get(guid, ())))
        return RefiCase(guid, name, memo, {}, sources, tuple(self._selections.get(guid, ())))

    def say_what_is_unsure(self) -> None:
        """Note how many segments stand where they do for a likelihood."""
        for what, number in self._unsure.items():
            self._report.guess(
                f"{counted(number, what)} could stand at another place too",
                "their words do not tell how their position is counted",
                "unsure",
                self._report.source,
            )

    def _unproved(self, stretch: Stretch) -> Found | None:
        key, start, stop = stretch.source, stretch.start, stretch.stop
        if key is None or key not in self._texts or start is None or stop is None:
            return None
        return self._texts[key].unproved([(start, stop)])[0]

    def _note(self, place: Found, what: str) -> None:
        if not place.alone:
            self._unsure[what] = self._unsure.get(what, 0) + 1

    def _selection(
        self, key: int, place: Found, comment: str, author: str, made: str = "", code: str = ""
    ) -> RefiSelection:
        start, stop = place.segment
        self._made += 1
        coding = RefiCoding(self._id("coding", self._made), code, author, made)
        return RefiSelection(
            guid=self._id("selection", self._made),
            source=self._id("source", key),
            start=start,
            stop=stop,
            quote=self._texts[key].text[start:stop],
            description=comment,
            author=author,
            created=made,
            codings=(coding,) if code else (),
        )

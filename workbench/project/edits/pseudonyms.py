"""Names give way to pseudonyms: new versions of the transcripts, all that rests on them carried."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from workbench.errors import BadValue, Refused
from workbench.model.chart import seen_codings, seen_text
from workbench.model.report import ImportReport, counted
from workbench.model.transcript import Reading, Turn
from workbench.project import name_places
from workbench.project.edits.correcting import finish_again
from workbench.project.edits.founded import refuse_unfounded
from workbench.project.edits.registry import edit
from workbench.project.edits.transcripts import Incoming, store_version
from workbench.project.edits.wording import short
from workbench.project.name_places import ANY_CASE, REPLACEABLE, TRANSCRIPTS
from workbench.project.names import Names
from workbench.stages.familiarisation.pseudonyms import (
    Pseudonym,
    Replaced,
    clashes,
    find,
    replace,
)
from workbench.store import audit, records
from workbench.store.history import Act
from workbench.store.records import Row


class Chosen(NamedTuple):
    """A name, its pseudonym, and the places in which it is replaced (see `name_places`)."""

    name: str
    replacement: str
    where: tuple[str, ...] = REPLACEABLE


@edit("pseudonymise")
def pseudonymise(
    act: Act, names: Sequence[Chosen], *, reason: str = "pseudonymised"
) -> ImportReport:
    """Replace names by pseudonyms everywhere at once, and say what was replaced.

    Every transcript that holds one gets a next version. Codings, memos with a place, spans
    of cases, finished marks and verifications go along to the places that the replacements
    give: a quote changes by its pseudonyms and by nothing else, and a coding that begins or
    ends within a name has the whole pseudonym. Verbatim statements follow the texts; other
    words change in the places that are chosen. No cell becomes stale by it.

    Codings that wait for a place on an older version stay there, and are told. The history,
    and the versions before, keep the names.

    Raises:
        BadValue: a name or pseudonym is empty or of several lines, a name is there twice, or
            a place is none.
        Refused: a pseudonym holds a name that is replaced; nothing holds any of the names;
            two things of one kind would be called the same; a statement could not stand.
    """
    chosen = _checked(names, reason)
    report = ImportReport("pseudonyms")
    work = _Replacing(act, chosen, report)
    work.transcripts(reason)
    work.others()
    refuse_unfounded(act, work.requoted)
    if not report.counts:
        raise Refused("None of these names stands in the places that are chosen.")
    work.tell_what_stays()
    act.says(
        f"Pseudonymised {counted(report.counts.get('new versions', 0), 'transcripts')}: "
        f"{counted(len(work.used), 'names')} in {counted(work.replaced, 'places')}"
    )
    act.report = report.as_dict()
    return report


def _checked(names: Sequence[Chosen], reason: str) -> list[Chosen]:
    if not records.storable(reason):
        raise BadValue("The reason", reason[:40], "text without NUL or broken characters")
    chosen = [Chosen(" ".join(n.name.split()), n.replacement.strip(), n.where) for n in names]
    for one in chosen:
        for what, said in (("A name", one.name), ("A pseudonym", one.replacement)):
            if not said or len(said.splitlines()) > 1 or not records.storable(said):
                raise BadValue(what, said, "a word or a few on one line")
        for place in one.where:
            if place not in REPLACEABLE:
                raise BadValue("A place of names", place, ", ".join(REPLACEABLE))
    twice = [name for name, number in Counter(one.name for one in chosen).items() if number > 1]
    if twice:
        raise BadValue("A name", twice[0], "each name once")
    for pseudonym, name in clashes(Pseudonym(one.name, one.replacement) for one in chosen):
        raise Refused(
            f"The pseudonym “{pseudonym.replacement}” holds “{name}”, which is replaced itself. "
            "Give another pseudonym."
        )
    return chosen


@dataclass(slots=True)
class _Version:
    """A text and the version that follows it."""

    old: Row
    new_id: str
    replaced: Replaced


class _Replacing:
    """One act of replacing: what is chosen, and what was done."""

    def __init__(self, act: Act, chosen: Sequence[Chosen], report: ImportReport) -> None:
        self.act, self.report, self.connection = act, report, act.connection
        self.names = Names(act.connection)
        self.chosen = {
            place: [Pseudonym(c.name, c.replacement) for c in chosen if place in c.where]
            for place in REPLACEABLE
        }
        self.used: set[str] = set()
        self.replaced = self.kept = 0
        self.requoted: list[str] = []
        """Codings of which the words or the ends changed."""

    def _in(self, place: str, text: str) -> Replaced:
        done = replace(text, self.chosen[place], any_case=place in ANY_CASE)
        self.used |= {self.chosen[place][hit.number].name for hit in done.hits}
        self.replaced += len(done.hits)
        return done

    # --- transcripts ----------------------------------------------------------------------

    def transcripts(self, reason: str) -> None:
        """Give each transcript that holds a name its next version."""
        for held in list(name_places.texts(self.connection)):
            done = self._in(TRANSCRIPTS, held.text)
            if done.hits:
                self._tell_overlaps(held)
                self._carry(self._next(held, done, reason))

    def _tell_overlaps(self, held: name_places.Held) -> None:
        """Note, without any name, as the history keeps the report, where part of one stays."""
        called = replace(held.transcript, self.chosen["headers"], any_case=True).text
        for hit, _ in find(held.text, [one.name for one in self.chosen[TRANSCRIPTS]]).overlaps:
            self.report.notes.append(
                f"“{called}”, character {hit.start}: a name gave way to a longer one beside it, "
                "and a part of it stays."
            )

    def _next(self, held: name_places.Held, done: Replaced, reason: str) -> _Version:
        (old,) = records.by_ids(
            self.connection,
            "transcript_version",
            [held.row_id],
            *("id", "transcript_id", "number", "sha256", "layout", "encoding", "source_name"),
            *("turns", "pages"),
        )
        label = {t[0]: replace(t[0], self.chosen[TRANSCRIPTS]).text for t in _turns(old) if t[0]}
        turns = tuple(
            Turn(label.get(who), done.start(start), done.start(words), done.stop(stop), *times)
            for who, start, words, stop, *times in _turns(old)
        )
        pages = tuple(map(done.start, json.loads(old["pages"] or "[]")))
        reading = Reading(
            done.text, turns, layout=old["layout"], encoding=old["encoding"], pages=pages
        )
        source = self._in("headers", old["source_name"]).text
        each = Incoming(held.transcript, reading, done.text.encode(), source)
        new = store_version(
            self.act, old["transcript_id"], each, done.text, after=old, reason=reason
        )
        self.report.count("new versions")
        self.report.count("names in transcripts", len(done.hits))
        return _Version(old, new, done)

    def _carry(self, version: _Version) -> None:
        spans = records.find(self.connection, "case_span", transcript_version_id=version.old["id"])
        rows = [
            {
                "case_id": s["case_id"],
                "transcript_version_id": version.new_id,
                "start": version.replaced.start(s["start"]),
                "stop": version.replaced.stop(s["stop"]),
            }
            for s in spans
        ]
        records.insert(self.act, "case_span", rows)
        self._carry_codings(version, sorted({s["case_id"] for s in spans}))
        self._carry_memos(version)
        finish_again(self.act, version.old["id"], version.new_id)

    def _carry_codings(self, version: _Version, cases: Sequence[str]) -> None:
        done = version.replaced
        codings = records.find(self.connection, "coding", transcript_version_id=version.old["id"])
        _refuse_twins(codings, done)
        for c in codings:
            start, stop = done.start(c["start"]), done.stop(c["stop"])
            said = {
                "transcript_version_id": version.new_id,
                "start": start,
                "stop": stop,
                "quote": done.text[start:stop],
            }
            records.update(self.act, "coding", c["id"], said)
            if said["quote"] != c["quote"]:
                self.requoted.append(c["id"])
        if codings:
            self.report.count("carried codings", len(codings))
        cut = sum(done.cut(c["start"], c["stop"]) for c in codings)
        if cut:
            self.report.notes.append(
                f"{counted(cut, 'codings')} began or ended within a name: the whole pseudonym is "
                "coded now."
            )
        self._follow_in_cells({c["id"] for c in codings}, cases, done)
        self._follow_in_verifications(codings, version)

    def _follow_in_cells(self, moved: set[str], cases: Sequence[str], done: Replaced) -> None:
        """Have cells know the codings they were written from at their new places."""
        cells = records.by_column(self.connection, "cell", "case_id", cases, "id", "seen")
        for cell in (c for rows in cells.values() for c in rows):
            seen = seen_codings(cell["seen"])
            if moved & {one[0] for one in seen}:
                at = [
                    (i, done.start(start), done.stop(stop), code)
                    if i in moved
                    else (i, start, stop, code)
                    for i, start, stop, code in seen
                ]
                records.update(self.act, "cell", cell["id"], {"seen": seen_text(at)})

    def _follow_in_verifications(self, codings: Sequence[Row], version: _Version) -> None:
        """Have what was verified in the old text stand as verified in the new one."""
        of = {c["id"]: c for c in codings}
        entries = records.by_column(self.connection, "verification", "coding_id", list(of))
        (new,) = records.by_ids(self.connection, "transcript_version", [version.new_id], "sha256")
        for entry in (e for rows in entries.values() for e in rows):
            was = of[entry["coding_id"]]
            if (entry["sha256"], entry["start"], entry["stop"]) != (
                version.old["sha256"],
                was["start"],
                was["stop"],
            ):
                continue
            said = {
                "sha256": new["sha256"],
                "start": version.replaced.start(was["start"]),
                "stop": version.replaced.stop(was["stop"]),
            }
            records.update(self.act, "verification", entry["id"], said)

    def _carry_memos(self, version: _Version) -> None:
        memos = records.find(
            self.connection, "memo", anchor="transcript_version", anchor_id=version.old["id"]
        )
        for memo in memos:
            said: dict[str, Any] = {"anchor_id": version.new_id}
            if memo["start"] is not None:
                said["start"] = version.replaced.start(memo["start"])
                said["stop"] = version.replaced.stop(memo["stop"])
            records.update(self.act, "memo", memo["id"], said)

    # --- what was written -----------------------------------------------------------------

    def others(self) -> None:
        """Replace names in what was written of the transcripts, place by place."""
        for held in list(name_places.written(self.connection)):
            if held.place not in REPLACEABLE:
                continue
            if held.table in name_places.EVIDENCE and self._stays(held):
                self.kept += 1
                continue
            done = self._in(held.place, held.text)
            if not done.hits:
                continue
            self.report.count(_COUNTED.get(held.table, f"names in {held.place}"), len(done.hits))
            try:
                records.update(self.act, held.table, held.row_id, {held.column: done.text})
            except sa.exc.IntegrityError as error:
                raise Refused(
                    f"Two of one kind ({held.table.replace('_', ' ')}) would be called “"
                    f"{short(done.text)}”. Give one of their names another pseudonym."
                ) from error

    def _stays(self, held: name_places.Held) -> bool:
        """Whether a verbatim statement holds names and rests on words that were not replaced.

        Its codings wait on an older text, or were withdrawn.
        """
        if held.place != TRANSCRIPTS:
            return False
        done = replace(held.text, self.chosen[TRANSCRIPTS])
        table, column = name_places.EVIDENCE[held.table]
        cited = records.find(self.connection, table, "coding_id", **{column: held.row_id})
        ids = [e["coding_id"] for e in cited]
        codings = records.by_ids(self.connection, "coding", ids, "quote")
        return bool(done.hits) and not any(done.text in c["quote"] for c in codings)

    def tell_what_stays(self) -> None:
        """Note the statements, the codings on older texts, and the frameworks that keep names."""
        if self.kept:
            keep, rest = ("keeps its", "rests") if self.kept == 1 else ("keep their", "rest")
            self.report.notes.append(
                f"{counted(self.kept, 'verbatim statements')} {keep} names and {rest} on codings "
                "of older texts, or on withdrawn ones."
            )
        waiting = len(list(audit.codings_on_old_texts(self.connection)))
        if waiting:
            keep = "keeps" if waiting == 1 else "keep"
            self.report.notes.append(
                f"{counted(waiting, 'codings')} on older texts {keep} any names there: place or "
                "withdraw what “workbench unplaced PROJECT” lists."
            )
        said = list(dict.fromkeys(p.name for some in self.chosen.values() for p in some))
        frameworks = sum(
            len(find(held.text, said).hits)
            for held in name_places.written(self.connection)
            if held.place == "frameworks"
        )
        if frameworks:
            stay = "stays" if frameworks == 1 else "stay"
            self.report.notes.append(
                f"{counted(frameworks, 'names')} in frameworks {stay}: a framework changes by a "
                "version of its own."
            )


_COUNTED = {"speaker": "names of speakers", "statement": "names in statements"}


def _turns(version: Row) -> list[list[Any]]:
    return list(json.loads(version["turns"]))


def _refuse_twins(codings: Iterable[Row], done: Replaced) -> None:
    """Check that no two codings of a text become one.

    Raises:
        Refused: two of the same code, coder and run begin or end within one name.
    """
    seen: dict[tuple[object, ...], Row] = {}
    for c in codings:
        same = (c["run_id"], c["person_id"], c["code_id"])
        other = seen.setdefault((*same, done.start(c["start"]), done.stop(c["stop"])), c)
        if (other["start"], other["stop"]) != (c["start"], c["stop"]):
            raise Refused(
                f"The codings of “{short(other['quote'])}” and “{short(c['quote'])}” would be the "
                "same, as they differ only within a name. Withdraw one of them first."
            )

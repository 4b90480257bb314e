"""Two copies as they stand in their databases, laid out as the three states of a plan."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy.engine import Connection

from workbench.errors import Refused
from workbench.project.merging import plan, rules
from workbench.project.merging.bundles import Bundle
from workbench.project.merging.planned import Answer, Plan, State
from workbench.project.merging.rules import Row, led
from workbench.store import foreign, removing, schema
from workbench.store.foreign import Past, Touched

_OF_CELLS = ("written_in", "reviewed_in")


@dataclass(frozen=True)
class Sides:
    """What two copies are to each other, and the rows that either touched since they parted."""

    mine: Past
    theirs: Past
    base: State
    here: State
    there: State
    held: State
    parted: int
    """The newest act that both have as their own."""
    same: dict[str, dict[str, str]] = field(default_factory=dict)
    """Table → id there → id here, of all that earlier merges found to be one thing."""

    @property
    def news(self) -> list[Row]:
        """The acts of the other copy that are not known here, in the order of their time."""
        known = self.mine.known
        fresh = (a for a in (*self.theirs.own, *self.theirs.foreign) if a["id"] not in known)
        return sorted(fresh, key=lambda act: (act["at"], act["id"]))

    def brings(self, made: Plan) -> list[Row]:
        """Return the acts that a merge brings: none where they only merged what is here."""
        news = self.news
        writes = any(made.inserts.values()) or any(made.updates.values())
        only_merges = all(act["verb"] in ("merge project", "undo", "redo") for act in news)
        return [] if only_merges and not writes and not made.questions else news

    def plan(self, answer: Answer, bundles: Iterable[Bundle] = ()) -> Plan:
        """Return the plan of the merge, in which rows of a bundle come from one side."""
        return plan.make(self.base, self.here, self.there, answer, self.held, bundles)

    def found_same(self, made: Plan) -> dict[str, dict[str, str]]:
        """Return what a merge notes to be one thing, as `same` has it.

        Noted is also what only the other copy had noted, who may undo its merge.
        """
        own, found = self.mine.same, [self.same, made.same_things]
        return {
            table: {
                there: here
                for one in found
                for there, here in one.get(table, {}).items()
                if own.get(table, {}).get(there) != here
            }
            for table in dict.fromkeys(t for one in found for t in one)
        }

    def act_here(self, written: Any, now: int) -> int:
        """Return the number that an act has here; one of the other copy is the merge, `now`."""
        own = self._numbers
        return int(own.get(written, now)) if written else 0

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {a["id"]: a["seq"] for a in self.mine.own}

    @cached_property
    def _order_there(self) -> dict[str, int]:
        return {a["id"]: n for n, a in enumerate((*self.theirs.foreign, *self.theirs.own))}

    def later_there(self, one: Any, other: Any) -> bool:
        """Whether an act of the other copy came after another of it."""
        order = self._order_there
        return order.get(one, -1) >= order.get(other, -1)


def called(where: str) -> str:
    """Return what a copy is called: its file, or its database, without the place.

    >>> called("/home/anna/study.fwb"), called("postgresql://anna@host/study?sslmode=require")
    ('study.fwb', 'study')
    """
    if "://" in where:
        where = where.partition("?")[0]
    return re.split(r"[/\\]", where.rstrip("/"))[-1]


def parted(mine: Past, theirs: Past) -> int:
    """Return how many first acts two copies have in common."""
    number = 0
    for here, there in zip(mine.own, theirs.own, strict=False):
        if here["id"] != there["id"]:
            break
        number += 1
    return number


def read(here: Connection, there: Connection, name: str) -> Sides:
    """Read both copies; `name` is what the other one is called.

    Raises:
        Refused: they have no act in common, or earlier texts were removed from one of them.
    """
    mine, theirs = foreign.past(here), foreign.past(there)
    since = parted(mine, theirs)
    if mine.own and theirs.own and not since:
        raise Refused(
            f"{name} is no copy of this project, nor this one of it: they have no act in "
            "common, so that nothing tells what is the same. Write it as a study "
            "(workbench study export) and import that, and begin with a copy next time."
        )
    known = mine.known
    if all(a["id"] in known for a in (*theirs.own, *theirs.foreign)):
        return Sides(mine, theirs, {}, {}, {}, {}, since)
    _refuse_removed(mine, theirs, since, name)
    states = _States(here, there, mine, theirs, since)
    of = states.base, states.mine, states.theirs, states.held
    return Sides(mine, theirs, *of, since, states.same)


def _refuse_removed(mine: Past, theirs: Past, since: int, name: str) -> None:
    """Check that neither copy lacks texts, and names in them, that the other would bring back.

    Raises:
        Refused: one of them was sealed, or had texts removed, since they went apart.
    """
    for side in (mine, theirs):
        if any(act["verb"] == removing.VERB for act in side.own[since:]):
            here = "this project" if side is mine else name
            there = name if side is mine else "this project"
            raise Refused(
                f"Earlier texts were removed for good from {here} since it and {there} went "
                f"apart, and a merge would bring the names in them back. Do the work of "
                f"{there} again in {here}, and hand out a new copy (workbench backup --to)."
            )


class _States:
    """The three states of the rows that either copy touched since they parted."""

    def __init__(
        self, here: Connection, there: Connection, mine: Past, theirs: Past, since: int
    ) -> None:
        self.base: State = {}
        self.mine: State = {}
        self.theirs: State = {}
        self.held: State = {}
        self.past_here, self.past_there, self.since = mine, theirs, since
        self.at_here, self.at_there = _known_up_to(mine, theirs), _known_up_to(theirs, mine)
        ours = {t: foreign.touched(here, t, since) for t in schema.ROWS}
        self.same = _known_same(mine, theirs, ours)
        for table in schema.ROWS:
            others = foreign.touched(there, table, since)
            if ours[table].now or others.now:
                self._lay_out(table, ours[table], others)
        self._read_held(here)

    def _lay_out(self, table: str, ours: Touched, others: Touched) -> None:
        parted_here, parted_there = ours.at(self.since), others.at(self.since)
        mine = {**parted_there, **ours.now}
        now = {i: r for i, r in parted_here.items() if i not in others.now}
        theirs = {**self._led(table, others.now), **now}
        if self._base_is_there():
            at = self._led(table, others.at(self.at_there))
            unled = {i: r for i, r in parted_here.items() if i not in others.now}
            base, past = {**unled, **at}, self.past_there
        else:
            gone = {i: r for i, r in parted_there.items() if i not in ours.now}
            base, past = {**gone, **ours.at(self.at_here)}, self.past_here
        if table == "cell":
            base = _with_acts(base, past)
            mine = _with_acts(mine, self.past_here)
            theirs = _with_acts(theirs, self.past_there)
            brought = _brought(self.past_here) | _brought(self.past_there)
            mine, theirs = (_as_brought(cells, base, brought) for cells in (mine, theirs))
        self.base[table], self.mine[table], self.theirs[table] = base, mine, theirs

    def _base_is_there(self) -> bool:
        """Whether the last state that both know is one of the other copy's own past."""
        return _size(self.past_there, self.at_there) >= _size(self.past_here, self.at_here)

    def _led(self, table: str, rows: dict[str, Row]) -> dict[str, Row]:
        own = self.same.get(table, {})
        found = (led(table, row, self.same) if self.same else row for row in rows.values())
        named = ({**r, "id": own[r["id"]]} if r["id"] in own else r for r in found)
        return {row["id"]: row for row in named}

    def _read_held(self, here: Connection) -> None:
        """Read what must be known of rows that nobody touched: places in lists, names, runs."""
        wanted: dict[str, set[str]] = {
            t: {"position", *scope} for t, scope in rules.ORDERED.items() if self.theirs.get(t)
        }
        for table, name in rules.NAMES.items():
            if self.theirs.get(table):
                wanted.setdefault(table, set()).add(name)
        if self.theirs.get("coding") or self.theirs.get("code_version"):
            wanted.setdefault("run", set()).add("framework_version_id")
        if self.theirs.get("code_version") or self.theirs.get("category_version"):
            wanted["framework_version"] = {"state"}
        if self.theirs.get("coding") or self.theirs.get("memo"):
            wanted["transcript_version"] = {"transcript_id"}
        for table, names in wanted.items():
            touched = {*self.mine.get(table, {}), *self.theirs.get(table, {})}
            self.held[table] = foreign.untouched(here, table, sorted(names), touched)


def _known_same(mine: Past, theirs: Past, ours: dict[str, Touched]) -> dict[str, dict[str, str]]:
    """Return table → id there → id here, of all that earlier merges found to be one thing."""
    found: dict[str, dict[str, str]] = {t: dict(ids) for t, ids in mine.same.items()}
    for table, ids in theirs.same.items():
        back = {own: other for other, own in ids.items() if other in ours[table].now}
        found.setdefault(table, {}).update(back)
    return found


def _known_up_to(one: Past, other: Past) -> int:
    """Return the newest own act of a copy up to which the other knows all of its own acts."""
    known, last = other.known, 0
    for act in one.own:
        if act["id"] not in known:
            break
        last = int(act["seq"])
    return last


def _size(past: Past, seq: int) -> int:
    """Return how many acts made the project what it was after one of its own."""
    acts = [*(a["seq"] for a in past.own), *(a["merged_in"] for a in past.foreign)]
    return sum(int(act) <= seq for act in acts)


def _with_acts(cells: dict[str, Row], past: Past) -> dict[str, Row]:
    """Have cells name by their ids the acts that wrote and reviewed them."""
    ids = {a["seq"]: a["id"] for a in past.own}
    return {
        i: {**row, **{n: ids.get(row[n], 0) if row[n] else 0 for n in _OF_CELLS}}
        for i, row in cells.items()
    }


def _brought(past: Past) -> set[tuple[str, str]]:
    """Return (merge, act that it brought) of all merges that made a project."""
    merges = {a["seq"]: a["id"] for a in past.own}
    return {(merges[a["merged_in"]], a["id"]) for a in past.foreign}


def _as_brought(
    cells: dict[str, Row], base: dict[str, Row], brought: set[tuple[str, str]]
) -> dict[str, Row]:
    """Have cells say the same act as in the base where one is the merge that brought the other."""
    found = {}
    for row_id, row in cells.items():
        then = base.get(row_id)
        pairs = () if then is None else [(n, row[n], then[n]) for n in _OF_CELLS]
        said = {n: b for n, a, b in pairs if (a, b) in brought or (b, a) in brought}
        found[row_id] = {**row, **said} if said else row
    return found

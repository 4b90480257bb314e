"""The plan of a merge, from the rows of three states: where two copies parted, here, there.

Pure: rows in, rows and questions out. All three states are of the same ids: every row that
either copy touched since they parted, in each state in which it is there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from workbench.project.merging import rules
from workbench.project.merging.bundles import Bundle, collisions
from workbench.project.merging.in_order import set_in_order
from workbench.project.merging.joined import Joined, place
from workbench.project.merging.planned import Answer, Plan, Rows, State, Trouble
from workbench.project.merging.rules import Row
from workbench.project.merging.same_things import lead
from workbench.project.merging.three_way import WITHDRAWN, Met, meet, same, take
from workbench.project.merging.together import both_wrote, cut_spans, settle_cells
from workbench.project.merging.withdrawn import (
    bring_along,
    left,
    settle_withdrawn,
    wake_identities,
)
from workbench.project.merging.written import bring_cited, write
from workbench.store import schema


class Planning(Joined):
    """Makes one plan."""

    def __init__(
        self,
        base: State,
        mine: State,
        theirs: State,
        answer: Answer,
        held: State | None = None,
        bundles: Iterable[Bundle] = (),
    ) -> None:
        """Take what `Joined` takes, and rows that come from one side each, as somebody says.

        `theirs` is changed: rows of the same things get the ids that they have here.
        """
        super().__init__(base, mine, theirs, answer, held)
        self.bundles = list(bundles)
        self.winner: dict[str, str] = {}
        """Transcript → whose text is the current one, where both corrected it."""
        self.numbers: dict[str, int] = {}
        """New text → its number among the versions of its transcript."""

    def made(self) -> Plan:
        """Return the plan."""
        lead(self)
        self._take_bundles()
        self._settle_texts()
        for table in schema.ROWS:
            self._meet(table)
        bring_along(self, self.left)
        self._number_texts()
        self._hold_drafts()
        self._hold_names()
        settle_withdrawn(self)
        wake_identities(self)
        settle_cells(self.final)
        cut_spans(self.final, self.mine, self.theirs)
        set_in_order(self)
        self._follow_steps()
        for table in schema.ROWS:
            write(self.plan, table, self.final, self.mine, self.held)
        bring_cited(self.plan, self.mine, self.theirs)
        self.plan.drafts -= {i for table, i in self.taken if table == "framework_version"}
        self.plan.troubles += collisions(self.final)
        return self.plan

    # --- rows that come from one side together ------------------------------------------

    def _take_bundles(self) -> None:
        """Ask from which side the rows of each bundle come."""
        for bundle in self.bundles:
            mine, theirs = self._differing(bundle)
            of = bundle.kind, bundle.table, bundle.row_id
            said = self.ask(*of, (), {"rows": mine}, {"rows": theirs})
            for at, columns in bundle.rows.items():
                if bundle.kind == "place" or at not in self.taken:  # a place is asked for last
                    self.taken[at] = said, columns

    def _differing(self, bundle: Bundle) -> tuple[list[tuple[str, Row]], list[tuple[str, Row]]]:
        """Return the live rows of a bundle as they are here and there, where these differ."""
        here: list[tuple[str, Row]] = []
        there: list[tuple[str, Row]] = []
        for table, row_id in bundle.rows:
            rows = [_live(s.get(table, {}).get(row_id)) for s in (self.mine, self.theirs)]
            if rows[0] != rows[1]:
                for side, row in zip((here, there), rows, strict=True):
                    if row is not None:
                        side.append((table, row))
        return here, there

    def _side(self, said: str) -> State:
        return self.theirs if said == "theirs" else self.mine

    def _from_side(self, said: str, table: str, row_id: str) -> Row:
        """Return a whole row as a side has it; withdrawn where it has none."""
        rows = [s.get(table, {}).get(row_id) for s in (self._side(said), self.mine, self.theirs)]
        held = next(row for row in rows if row is not None)
        return {**(rows[0] or {**held, "withdrawn": True}), **place(rows[1] or held)}

    # --- rows of both -----------------------------------------------------------------

    def _meet(self, table: str) -> None:
        base, mine = self.base.get(table, {}), self.mine.get(table, {})
        theirs = self.theirs.get(table, {})
        final: Rows = dict(mine)
        for row_id, there in theirs.items():
            here, then = mine.get(row_id), base.get(row_id)
            if here is None and then is not None:
                self.left.add((table, row_id))
            said, columns = self.taken.get((table, row_id), ("", ()))
            if said and not columns:
                final[row_id] = self._from_side(said, table, row_id)
                continue
            if here is None and then is None:
                if not there["withdrawn"]:
                    final[row_id] = there
                continue
            if here is there or here == there:
                self.plan.alike += then is None or not same(table, here, then)
                continue
            if table in (*rules.NAMED_IN_VERSIONS, "step") and self._fixed(here):
                continue
            if here is None:
                here = left(there)
            met = meet(table, then, here, there)
            self.plan.alike += not met.clashes and met.row == here and not same(table, there, then)
            clashes = [c for c in met.clashes if not set(c.columns) & set(columns)]
            met = Met(met.row, tuple(clashes))
            row = self._answered(table, met, here, there) if clashes else met.row
            if row is not None:
                chosen = self._side(said).get(table, {}).get(row_id) if said else None
                final[row_id] = take(row, chosen, columns) if chosen else row
        for row_id in mine.keys() - theirs.keys():
            said, columns = self.taken.get((table, row_id), ("", ()))
            if said and not columns:
                final[row_id] = self._from_side(said, table, row_id)
        self.final[table] = final

    def _fixed(self, part: Row | None) -> bool:
        """Whether a row belongs to a framework version that is released here."""
        of = part and self.find("framework_version", part["framework_version_id"], self.mine)
        return bool(of and of["state"] == "released")

    def _answered(self, table: str, met: Met, here: Row | None, there: Row) -> Row | None:
        """Return a row with its clashes settled, as far as somebody has said how."""
        row = met.row
        for clash in met.clashes:
            if here is None or row is None:
                return there
            if clash == WITHDRAWN:
                said = self.ask("withdrawn", table, row["id"], clash.columns, here, there)
                row = {**there, **place(here)} if said == "theirs" else row
                continue
            if table == "cell" and "seen" in clash.columns:
                row = {**row, **both_wrote(here, there)}
                continue
            said = self._said(table, clash.columns, here, there)
            if said == "theirs":
                row = take(row, there, clash.columns)
        return row

    def _said(self, table: str, columns: tuple[str, ...], here: Row, there: Row) -> str:
        """Return whose columns are taken; a place in a text is settled with its text."""
        text, start = rules.PLACES.get(table, ("", ""))
        if start in columns and here[text] != there[text]:
            version = self.find("transcript_version", here[text], self.mine)
            said = version and self.winner.get(version["transcript_id"])
            if said:
                return said
        return self.ask("changed", table, here["id"], columns, here, there)

    # --- texts that both corrected ----------------------------------------------------

    def _settle_texts(self) -> None:
        """Number the new texts of each transcript; ask for the current one where both corrected."""
        here, there = self._texts(self.mine), self._texts(self.theirs)
        for transcript, theirs in there.items():
            mine = here.get(transcript, [])
            known = {v["id"] for v in mine}
            came = [v for v in theirs if v["id"] not in known]
            if not came:
                continue
            apart = [v for v in mine if v["id"] not in {t["id"] for t in theirs}]
            before, after = apart, came
            if apart:
                sides = _last(apart), _last(came)
                self.winner[transcript] = self.ask(
                    "text", "transcript", transcript, ("text",), *sides
                )
                if self.winner[transcript] == "mine":
                    before, after = came, apart
            ordered = [*sorted(before, key=_number), *sorted(after, key=_number)]
            held = [
                v["number"]
                for v in self.mine.get("transcript_version", {}).values()
                if v["transcript_id"] == transcript and v not in apart
            ]
            first = max([min(map(_number, ordered)), *(n + 1 for n in held)])
            for number, version in enumerate(ordered, first):
                self.numbers[version["id"]] = number

    def _texts(self, state: State) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for version in self.new("transcript_version", state).values():
            found[version["transcript_id"]].append(version)
        return found

    def _number_texts(self) -> None:
        final = self.final["transcript_version"]
        for version_id, number in self.numbers.items():
            if final[version_id]["number"] != number:
                final[version_id] = {**final[version_id], "number": number}

    # --- drafts -----------------------------------------------------------------------

    def _hold_drafts(self) -> None:
        """Find the drafts that both sides worked on, and refuse what one released otherwise."""
        mine, theirs = self._parts(self.mine), self._parts(self.theirs)
        for version_id in mine.keys() | theirs.keys():
            here = self.find("framework_version", version_id, self.mine)
            there = self.find("framework_version", version_id, self.theirs)
            if here is None or there is None:
                continue
            if ("framework_version", version_id) in self.taken:
                continue
            if "released" not in (here["state"], there["state"]):
                if version_id in mine and version_id in theirs:
                    self.plan.drafts.add(version_id)
            elif mine.get(version_id) == theirs.get(version_id):
                self._release(version_id, here, there)
            elif self._meets_release(version_id, mine, theirs):
                self.plan.troubles.append(Trouble("version", "framework_version", version_id))

    def _meets_release(self, version_id: str, *parts: Mapping[str, object]) -> bool:
        """Whether what one side made of a draft meets that the other side released it."""
        if all(version_id in made for made in parts):
            return True
        changed, other = (
            (self.mine, self.theirs) if version_id in parts[0] else (self.theirs, self.mine)
        )
        of = [self.find("framework_version", version_id, s) for s in (self.base, changed, other)]
        return [v and v["state"] for v in of] == ["draft", "draft", "released"]

    def _parts(self, state: State) -> dict[str, set[tuple[object, ...]]]:
        """Return framework version → what one side made of its codes and categories."""
        found: dict[str, set[tuple[object, ...]]] = defaultdict(set)
        for table in rules.NAMED_IN_VERSIONS:
            for row_id, row in state.get(table, {}).items():
                if row != self.base.get(table, {}).get(row_id) and (
                    not row["withdrawn"] or row_id in self.base.get(table, {})
                ):
                    apart = ("id", "position", "colour")
                    said = tuple(v for n, v in row.items() if n not in apart)
                    found[row["framework_version_id"]].add((table, *said))
        return found

    def _release(self, version_id: str, here: Row, there: Row) -> None:
        """Let a version be released that one side released, and both made alike."""
        released = here if here["state"] == "released" else there
        final = self.final["framework_version"]
        if version_id in final:
            final[version_id] = take(final[version_id], released, ("state", "sha256"))
        self._drop(("framework_version", version_id))

    def _drop(self, of: tuple[str, str]) -> None:
        """Take back questions about one row that need no answer."""
        for asked in (self.plan.questions, self.plan.unanswered):
            asked[:] = [q for q in asked if (q.table, q.row_id) != of or "state" not in q.columns]

    def _follow_steps(self) -> None:
        """Put steps of theirs behind those that are here, where both drafted."""
        last: dict[str, int] = defaultdict(int)
        for step in self.mine.get("step", {}).values():
            version = step["framework_version_id"]
            last[version] = max(last[version], step["position"])
        final = self.final.get("step", {})
        for row_id, step in sorted(final.items(), key=lambda one: one[1]["position"]):
            version = step["framework_version_id"]
            if version in self.plan.drafts and row_id not in self.mine.get("step", {}):
                last[version] += 1
                final[row_id] = {**step, "position": last[version]}

    # --- names ------------------------------------------------------------------------

    def _hold_names(self) -> None:
        """Give another name to what would have that of something else."""
        for table, column in rules.NAMES.items():
            final, mine = self.final.get(table, {}), self.mine.get(table, {})
            live = {i: r for i, r in final.items() if not r["withdrawn"]}
            here = {i for i in live if i in mine and live[i][column] == mine[i][column]}
            taken = {live[i][column] for i in here}
            taken |= {r[column] for r in self.held.get(table, {}).values() if column in r}
            for row_id in sorted(live.keys() - here):
                name = str(live[row_id][column])
                fresh, n = name, 2
                while fresh in taken:
                    fresh, n = f"{name} ({n})", n + 1
                taken.add(fresh)
                if fresh != name:
                    final[row_id] = {**live[row_id], column: fresh}
                    self.plan.renamed.append((table, name, fresh))


def _live(row: Row | None) -> Row | None:
    return None if row is None or row["withdrawn"] else row


def _last(versions: list[Row]) -> Row:
    return max(versions, key=_number)


def _number(version: Row) -> int:
    return int(version["number"])


def make(
    base: State,
    mine: State,
    theirs: State,
    answer: Answer,
    held: State | None = None,
    bundles: Iterable[Bundle] = (),
) -> Plan:
    """Return the plan of a merge (see `Planning`)."""
    return Planning(base, mine, dict(theirs), answer, held, bundles).made()

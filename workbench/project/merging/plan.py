"""The plan of a merge, from the rows of three states: where two copies parted, here, there.

Pure: rows in, rows and questions out. All three states are of the same ids: every row that
either copy touched since they parted, in each state in which it is there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from workbench.project.merging import rules
from workbench.project.merging.bundles import Bundle, Columns, collisions
from workbench.project.merging.order import merged_order, places
from workbench.project.merging.planned import (
    Answer,
    At,
    Kind,
    Plan,
    Question,
    Rows,
    State,
    Trouble,
)
from workbench.project.merging.rules import Row, led
from workbench.project.merging.three_way import WITHDRAWN, Met, meet, same, take
from workbench.project.merging.together import both_wrote, cut_spans, settle_cells
from workbench.project.merging.written import bring_cited, write
from workbench.store import schema


class Planning:
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
        """Take the three states; `held` has live rows that nobody touched, for their places.

        `theirs` is changed: rows of the same things get the ids that they have here. The rows
        of `bundles` come from one side each, as somebody says.
        """
        self.base, self.mine, self.theirs = base, mine, theirs
        self.answer, self.held = answer, held or {}
        self.bundles = list(bundles)
        self.taken: dict[At, tuple[str, Columns]] = {}
        """Row of a bundle → the side from which it comes, and its columns that do."""
        self.plan = Plan(theirs=theirs)
        self.final: State = {}
        self.winner: dict[str, str] = {}
        """Transcript → whose text is the current one, where both corrected it."""
        self.numbers: dict[str, int] = {}
        """New text → its number among the versions of its transcript."""
        self.code_at: dict[tuple[object, object], str] = {}
        """Framework version and code → the row of the code there, of those that were touched."""

    def made(self) -> Plan:
        """Return the plan."""
        self._lead()
        self._take_bundles()
        self._settle_texts()
        for table in schema.ROWS:
            self._meet(table)
        self._number_texts()
        self._hold_drafts()
        self._hold_names()
        self._settle_withdrawn()
        self._wake_identities()
        settle_cells(self.final)
        cut_spans(self.final, self.mine, self.theirs)
        self._set_in_order()
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
                self.taken.setdefault(at, (said, columns))

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
        return {**(rows[0] or {**held, "withdrawn": True}), **_place(rows[1] or held)}

    def ask(
        self, kind: Kind, table: str, row_id: str, columns: Iterable[str], mine: Row, theirs: Row
    ) -> str:
        """Return the answer to a question; for now what is here, or that names are one."""
        question = Question(kind, table, row_id, tuple(columns), mine, theirs)
        said = self.answer(question)
        self.plan.questions.append(question)
        if said is None:
            self.plan.unanswered.append(question)
        return said or question.choices[0]

    # --- what is the same thing -------------------------------------------------------

    def _lead(self) -> None:
        """Give rows of theirs the ids that the same things have here."""
        found = self.plan.same_things
        for table in schema.ROWS:
            rows = self.theirs.get(table, {})
            if found and rows:
                rows = {i: led(table, row, found) for i, row in rows.items()}
            pairs = dict(self._same(table, rows))
            if pairs:
                found[table].update(pairs)
                named = ({**r, "id": pairs.get(i, i)} for i, r in rows.items())
                again = (led(table, r, {table: pairs}) for r in named)
                rows = {r["id"]: r for r in again}
            if rows:
                self.theirs[table] = rows

    def _same(self, table: str, rows: Rows) -> Iterator[tuple[str, str]]:
        """Yield (id there, id here) of new rows of a table that are one thing."""
        here, there = self._new(table, self.mine), self._new(table, {table: rows})
        there = {i: r for i, r in there.items() if i not in here}
        if not (there or table in rules.VERSIONED or table == "transcript"):
            return
        if table == "transcript":
            yield from self._same_texts(there)
            return
        if table in rules.VERSIONED:
            yield from self._same_codes(table)
            return
        taken: set[str] = set()
        key = rules.SAME_THING.get(table)
        if key:
            known = {tuple(r[c] for c in key): i for i, r in here.items()}
            for row_id, row in there.items():
                own = known.get(tuple(row[c] for c in key))
                if own is not None:
                    taken.add(row_id)
                    yield row_id, own
        name = rules.NAMED.get(table)
        if name:
            known = {tuple(r[c] for c in name): i for i, r in here.items()}
            for row_id, row in there.items():
                own = known.get(tuple(row[c] for c in name))
                if own is not None and row_id not in taken:
                    said = self.ask("name", table, row_id, name, here[own], row)
                    if said == "one":
                        yield row_id, own

    def _new(self, table: str, state: State) -> Rows:
        base = self.base.get(table, {})
        return {
            i: r for i, r in state.get(table, {}).items() if not r["withdrawn"] and i not in base
        }

    def _same_texts(self, there: Rows) -> Iterator[tuple[str, str]]:
        """Yield the transcripts that hold a text which a transcript here holds."""
        texts = self._new("transcript_version", self.mine).values()
        here = self._new("transcript", self.mine)
        known = {v["sha256"]: v["transcript_id"] for v in texts if v["transcript_id"] in here}
        taken: set[str] = set()
        for version in self._new("transcript_version", self.theirs).values():
            other, own = version["transcript_id"], known.get(version["sha256"])
            if own is not None and other in there and other not in taken:
                taken.add(other)
                yield other, own

    def _same_codes(self, table: str) -> Iterator[tuple[str, str]]:
        """Yield the new codes of one name in one draft of which somebody says that they are one."""
        of, own = rules.VERSIONED[table], f"{table}_id"
        fresh = set(self._new(table, self.theirs)) - set(self._new(table, self.mine))
        here = {
            (v["framework_version_id"], v["name"].casefold()): v
            for v in self._new(of, self.mine).values()
        }
        done: set[str] = set()
        versions = self.plan.same_things.get("framework_version", {})
        for version in self._new(of, self.theirs).values():
            within = versions.get(version["framework_version_id"], version["framework_version_id"])
            twin = here.get((within, version["name"].casefold()))
            if twin is None or version[own] not in fresh or version[own] in done:
                continue
            done.add(version[own])
            if self.ask("name", of, version["id"], ("name",), twin, version) == "one":
                yield version[own], twin[own]

    # --- rows of both -----------------------------------------------------------------

    def _meet(self, table: str) -> None:
        base, mine = self.base.get(table, {}), self.mine.get(table, {})
        theirs = self.theirs.get(table, {})
        final: Rows = dict(mine)
        for row_id, there in theirs.items():
            here, then = mine.get(row_id), base.get(row_id)
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
        of = part and self._find("framework_version", part["framework_version_id"], self.mine)
        return bool(of and of["state"] == "released")

    def _find(self, table: str, row_id: str, state: State) -> Row | None:
        return state.get(table, {}).get(row_id) or self.held.get(table, {}).get(row_id)

    def _answered(self, table: str, met: Met, here: Row | None, there: Row) -> Row | None:
        """Return a row with its clashes settled, as far as somebody has said how."""
        row = met.row
        for clash in met.clashes:
            if here is None or row is None:
                return there
            if clash == WITHDRAWN:
                said = self.ask("withdrawn", table, row["id"], clash.columns, here, there)
                row = {**there, **_place(here)} if said == "theirs" else row
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
            version = self._find("transcript_version", here[text], self.mine)
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
        for version in self._new("transcript_version", state).values():
            found[version["transcript_id"]].append(version)
        return found

    def _number_texts(self) -> None:
        final = self.final["transcript_version"]
        for version_id, number in self.numbers.items():
            if final[version_id]["number"] != number:
                final[version_id] = {**final[version_id], "number": number}

    # --- drafts -----------------------------------------------------------------------

    def _hold_drafts(self) -> None:
        """Find the framework versions that both sides worked on, and refuse what cannot be."""
        mine, theirs = self._parts(self.mine), self._parts(self.theirs)
        for version_id in mine.keys() & theirs.keys():
            here = self._find("framework_version", version_id, self.mine)
            there = self._find("framework_version", version_id, self.theirs)
            if here is None or there is None:
                continue
            if ("framework_version", version_id) in self.taken:
                continue
            if "released" not in (here["state"], there["state"]):
                self.plan.drafts.add(version_id)
            elif mine[version_id] == theirs[version_id]:
                self._release(version_id, here, there)
            else:
                self.plan.troubles.append(Trouble("version", "framework_version", version_id))

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

    # --- withdrawn on one side, needed on the other ------------------------------------

    def _settle_withdrawn(self) -> None:
        """Ask of each row that one side withdrew and something new of the other rests on."""
        codes = self.final["code_version"]
        for row_id in sorted(codes, key=lambda i: not codes[i]["withdrawn"]):
            code = codes[row_id]
            self.code_at[code["framework_version_id"], code["code_id"]] = row_id
        while self._restored():
            pass

    def _restored(self) -> bool:
        """Go once over all that rests on withdrawn rows; whether any of these came back."""
        came_back = False
        needed: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for table, rows in self.final.items():
            for row_id, row in rows.items():
                if not row["withdrawn"]:
                    for needs in self._rests_on(table, row):
                        needed[needs].append((table, row_id))
        order = {name: n for n, name in enumerate(schema.ROWS)}
        for of in sorted(needed, key=lambda one: (order[one[0]], one[1])):
            table, row_id = of
            parent = self.final[table].get(row_id)
            rest = [c for c in needed[of] if not self.final[c[0]][c[1]]["withdrawn"]]
            if parent is None or not parent["withdrawn"] or not rest:
                continue
            here, there = (s.get(table, {}).get(row_id) for s in (self.mine, self.theirs))
            fixed = of in self.taken and not self.taken[of][1]
            if fixed or not (here and there) or here["withdrawn"] == there["withdrawn"]:
                self._withdraw(rest)
                continue
            if "framework_version_id" in here and table in rules.NAMED_IN_VERSIONS:
                self.plan.drafts.add(here["framework_version_id"])
            said = self._once("withdrawn", table, row_id, here, there)
            chosen = here if said == "mine" else there
            if chosen["withdrawn"]:
                self._withdraw(rest)
            else:
                self.final[table][row_id] = {**chosen, **_place(here)}
                came_back = True
        return came_back

    def _wake_identities(self) -> None:
        """Have each code and category there that a version of it came back without."""
        for table, of in rules.VERSIONED.items():
            identities = self.final[table]
            for version in self.final[of].values():
                own = identities.get(version[f"{table}_id"])
                if own is not None and own["withdrawn"] and not version["withdrawn"]:
                    identities[own["id"]] = {**own, "withdrawn": False}

    def _once(self, kind: Kind, table: str, row_id: str, here: Row, there: Row) -> str:
        """Return the answer to a question that may have been asked already."""
        question = Question(kind, table, row_id, ("withdrawn",), here, there)
        if question.key in {q.key for q in self.plan.questions}:
            return self.answer(question) or "mine"
        return self.ask(kind, table, row_id, question.columns, here, there)

    def _rests_on(self, table: str, row: Row) -> Iterator[tuple[str, str]]:
        """Yield what a row cannot do without, of the rows that somebody touched."""
        for column, to in rules.needs(table):
            if row[column] in self.final[to]:
                yield to, row[column]
        if table in ("coding", "cell") and self.code_at:
            version = row.get("framework_version_id")
            if table == "coding":
                run = self._find("run", row["run_id"], self.final)
                version = run and run["framework_version_id"]
            code = self.code_at.get((version, row["code_id"]))
            if code is not None:
                yield "code_version", code

    def _withdraw(self, rows: Iterable[tuple[str, str]]) -> None:
        """Withdraw rows, and with them what rests on them."""
        going = list(rows)
        while going:
            table, row_id = going.pop()
            row = self.final[table][row_id]
            if row["withdrawn"]:
                continue
            self.final[table][row_id] = {**row, "withdrawn": True}
            for other in schema.ROWS:
                for column, to in rules.references(other):
                    if to == table and table not in rules.MAY_GO:
                        going += [
                            (other, i)
                            for i, r in self.final[other].items()
                            if r[column] == row_id and not r["withdrawn"]
                        ]

    # --- what follows from rows together ----------------------------------------------

    def _set_in_order(self) -> None:
        """Give the rows of each list their places."""
        for table, scope in rules.ORDERED.items():
            if not self.theirs.get(table):
                continue
            lists = {_scope(scope, r) for r in self.theirs[table].values()}
            final = {**self.held.get(table, {}), **self.final.get(table, {})}
            by_list: dict[tuple[object, ...], Rows] = defaultdict(dict)
            for row_id, row in final.items():
                if not row.get("withdrawn") and _scope(scope, row) in lists:
                    by_list[_scope(scope, row)][row_id] = row
            for of, rows in by_list.items():
                self._order(table, of, rows)

    def _order(self, table: str, of: tuple[object, ...], rows: Rows) -> None:
        here, there, then = (
            self._listed(table, of, rows, state) for state in (self.mine, self.theirs, self.base)
        )
        order = merged_order(then, here, there)
        if order is None:
            name = str(of[0]) if of else ""
            said = self.ask("order", table, name, (), {"order": here}, {"order": there})
            order = merged_order(there if said == "mine" else here, here, there) or tuple(here)
        held = {i: int(r["position"]) for i, r in rows.items()}
        if [i for i in order if i in here] == here and set(order) == set(here):
            return
        for row_id, position in places(order, held).items():
            if rows[row_id]["position"] != position:
                self.final.setdefault(table, {})[row_id] = {**rows[row_id], "position": position}

    def _listed(self, table: str, of: tuple[object, ...], rows: Rows, state: State) -> list[str]:
        """Return the ids of the rows of a list that live in a state, in its order."""
        found, touched = [], self._touched(table)
        for row_id, row in rows.items():
            told = state.get(table, {}).get(row_id) if row_id in touched else row
            if told is None or told.get("withdrawn"):
                continue
            if _scope(rules.ORDERED[table], told) == of:
                found.append((told["position"], row_id))
        return [row_id for _, row_id in sorted(found)]

    def _touched(self, table: str) -> set[str]:
        states = (self.base, self.mine, self.theirs)
        return {i for state in states for i in state.get(table, {})}


def _live(row: Row | None) -> Row | None:
    return None if row is None or row["withdrawn"] else row


def _place(here: Row) -> Row:
    return {"position": here["position"]} if "position" in here else {}


def _last(versions: list[Row]) -> Row:
    return max(versions, key=_number)


def _number(version: Row) -> int:
    return int(version["number"])


def _scope(columns: tuple[str, ...], row: Row) -> tuple[object, ...]:
    return tuple(row[c] for c in columns)


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

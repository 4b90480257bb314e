"""What one side withdrew and the other needs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from workbench.project.merging import rules
from workbench.project.merging.joined import Joined, place
from workbench.project.merging.planned import At, Kind, Question
from workbench.project.merging.rules import Row
from workbench.store import schema


def settle_withdrawn(joined: Joined) -> None:
    """Ask of each row that one side withdrew and something new of the other rests on."""
    codes = joined.final["code_version"]
    for row_id in sorted(codes, key=lambda i: not codes[i]["withdrawn"]):
        code = codes[row_id]
        joined.code_at[code["framework_version_id"], code["code_id"]] = row_id
    while _restored(joined):
        pass


def _restored(joined: Joined) -> bool:
    """Go once over all that rests on withdrawn rows; whether any of these came back."""
    came_back = False
    needed: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for table, rows in joined.final.items():
        for row_id, row in rows.items():
            if not row["withdrawn"]:
                for needs in _rests_on(joined, table, row):
                    needed[needs].append((table, row_id))
    order = {name: n for n, name in enumerate(schema.ROWS)}
    for of in sorted(needed, key=lambda one: (order[one[0]], one[1])):
        table, row_id = of
        parent = joined.final[table].get(row_id)
        rest = [c for c in needed[of] if not joined.final[c[0]][c[1]]["withdrawn"]]
        if parent is None or not parent["withdrawn"] or not rest:
            continue
        here, there = (s.get(table, {}).get(row_id) for s in (joined.mine, joined.theirs))
        if there and of in joined.left:
            here = left(there)
        fixed = _taken_whole(joined, of)
        if fixed or not (here and there) or here["withdrawn"] == there["withdrawn"]:
            _withdraw(joined, rest)
            continue
        if "framework_version_id" in here and table in rules.NAMED_IN_VERSIONS:
            joined.plan.drafts.add(here["framework_version_id"])
        said = _once(joined, "withdrawn", table, row_id, here, there)
        chosen = here if said == "mine" else there
        if chosen["withdrawn"]:
            _withdraw(joined, rest)
        else:
            joined.final[table][row_id] = {**chosen, **place(here)}
            bring_along(joined, [of])
            came_back = True
    return came_back


def _taken_whole(joined: Joined, at: At) -> bool:
    """Whether a whole row comes from the side that somebody chose."""
    return at in joined.taken and not joined.taken[at][1]


def left(there: Row) -> Row:
    """Return a row that an earlier merge did not take over, as it is here: withdrawn."""
    return {**there, "withdrawn": True}


def bring_along(joined: Joined, coming: Iterable[At]) -> None:
    """Bring what rests on rows that were left there and come, and was left there with them."""
    resting: dict[At, list[At]] = defaultdict(list)
    for table, row_id in joined.left:
        row = joined.theirs[table][row_id]
        for column, to in rules.needs(table):
            resting[to, row[column]].append((table, row_id))
    came = (at for at in coming if at in joined.left)
    going = [(table, i) for table, i in came if not joined.final[table][i]["withdrawn"]]
    while going:
        for table, row_id in resting[going.pop()]:
            row = joined.theirs[table][row_id]
            along = joined.final[table][row_id]["withdrawn"] and not row["withdrawn"]
            if along and not _taken_whole(joined, (table, row_id)):
                joined.final[table][row_id] = row
                going.append((table, row_id))


def wake_identities(joined: Joined) -> None:
    """Have each code and category there that a version of it came back without."""
    for table, of in rules.VERSIONED.items():
        identities = joined.final[table]
        for version in joined.final[of].values():
            own = identities.get(version[f"{table}_id"])
            if own is not None and own["withdrawn"] and not version["withdrawn"]:
                identities[own["id"]] = {**own, "withdrawn": False}


def _once(joined: Joined, kind: Kind, table: str, row_id: str, here: Row, there: Row) -> str:
    """Return the answer to a question that may have been asked already."""
    question = Question(kind, table, row_id, ("withdrawn",), here, there)
    if question.key in {q.key for q in joined.plan.questions}:
        return joined.answer(question) or "mine"
    return joined.ask(kind, table, row_id, question.columns, here, there)


def _rests_on(joined: Joined, table: str, row: Row) -> Iterator[tuple[str, str]]:
    """Yield what a row cannot do without, of the rows that somebody touched."""
    for column, to in rules.needs(table):
        if row[column] in joined.final[to]:
            yield to, row[column]
    if table in ("coding", "cell") and joined.code_at:
        version = row.get("framework_version_id")
        if table == "coding":
            run = joined.find("run", row["run_id"], joined.final)
            version = run and run["framework_version_id"]
        code = joined.code_at.get((version, row["code_id"]))
        if code is not None:
            yield "code_version", code


def _withdraw(joined: Joined, rows: Iterable[tuple[str, str]]) -> None:
    """Withdraw rows, and with them what rests on them."""
    going = list(rows)
    while going:
        table, row_id = going.pop()
        row = joined.final[table][row_id]
        if row["withdrawn"]:
            continue
        joined.final[table][row_id] = {**row, "withdrawn": True}
        for other in schema.ROWS:
            for column, to in rules.references(other):
                if to == table and table not in rules.MAY_GO:
                    going += [
                        (other, i)
                        for i, r in joined.final[other].items()
                        if r[column] == row_id and not r["withdrawn"]
                    ]

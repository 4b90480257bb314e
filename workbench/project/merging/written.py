"""What a merge writes: new rows, changed columns, and withdrawn rows that these refer to."""

from workbench.project.merging import rules
from workbench.project.merging.planned import Plan, Rows, State
from workbench.store import schema


def write(plan: Plan, table: str, final: State, mine_rows: State, held_rows: State) -> None:
    """Note what of the rows of one table, as they come out, is not so here."""
    mine, held = mine_rows.get(table, {}), held_rows.get(table, {})
    for row_id, row in final.get(table, {}).items():
        here = mine.get(row_id)
        if here is row:
            continue
        if here is None:
            if row_id in held:
                plan.updates[table][row_id] = {"position": row["position"]}
            elif not row["withdrawn"]:
                plan.inserts[table][row_id] = row
            continue
        changed = {n: v for n, v in row.items() if here.get(n) != v}
        if changed.get("withdrawn"):
            for column, to in rules.references(table):
                if _stays_away(changed.get(column), final.get(to, {}), mine_rows.get(to, {})):
                    del changed[column]
        if changed:
            plan.updates[table][row_id] = changed


def _stays_away(row_id: object, final: Rows, mine: Rows) -> bool:
    """Whether a row is not here, and comes only if something refers to it."""
    return row_id not in mine and bool(final.get(str(row_id), {}).get("withdrawn"))


def bring_cited(plan: Plan, mine: State, theirs: State) -> None:
    """Take over withdrawn rows of theirs, too, that what comes refers to."""
    for table in reversed(schema.ROWS):
        coming = list(plan.inserts.get(table, {}).values())
        coming += plan.updates.get(table, {}).values()
        links = rules.references(table)
        while coming:
            row = coming.pop()
            for column, to in links:
                cited = row.get(column)
                if cited is None or cited in mine.get(to, {}):
                    continue
                there = theirs.get(to, {}).get(cited)
                if there is not None and cited not in plan.inserts[to]:
                    plan.inserts[to][cited] = {**there, "withdrawn": True}
                    if to == table:
                        coming.append(there)

"""What two people made apart and is one thing: rows of theirs get the ids that it has here."""

from collections.abc import Iterator

from workbench.project.merging import rules
from workbench.project.merging.joined import Joined
from workbench.project.merging.planned import Rows
from workbench.project.merging.rules import led
from workbench.store import schema


def lead(joined: Joined) -> None:
    """Give rows of theirs the ids that the same things have here."""
    found = joined.plan.same_things
    for table in schema.ROWS:
        rows = joined.theirs.get(table, {})
        if found and rows:
            rows = {i: led(table, row, found) for i, row in rows.items()}
        pairs = dict(_same(joined, table, rows))
        if pairs:
            found[table].update(pairs)
            named = ({**r, "id": pairs.get(i, i)} for i, r in rows.items())
            again = (led(table, r, {table: pairs}) for r in named)
            rows = {r["id"]: r for r in again}
        if rows:
            joined.theirs[table] = rows


def _same(joined: Joined, table: str, rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield (id there, id here) of new rows of a table that are one thing."""
    here, there = joined.new(table, joined.mine), joined.new(table, {table: rows})
    there = {i: r for i, r in there.items() if i not in here}
    if not (there or table in rules.VERSIONED or table == "transcript"):
        return
    if table == "transcript":
        yield from _same_texts(joined, there)
        return
    if table in rules.VERSIONED:
        yield from _same_codes(joined, table)
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
                said = joined.ask("name", table, row_id, name, here[own], row)
                if said == "one":
                    yield row_id, own


def _same_texts(joined: Joined, there: Rows) -> Iterator[tuple[str, str]]:
    """Yield the transcripts that hold a text which a transcript here holds."""
    texts = joined.new("transcript_version", joined.mine).values()
    here = joined.new("transcript", joined.mine)
    known = {v["sha256"]: v["transcript_id"] for v in texts if v["transcript_id"] in here}
    taken: set[str] = set()
    for version in joined.new("transcript_version", joined.theirs).values():
        other, own = version["transcript_id"], known.get(version["sha256"])
        if own is not None and other in there and other not in taken:
            taken.add(other)
            yield other, own


def _same_codes(joined: Joined, table: str) -> Iterator[tuple[str, str]]:
    """Yield the new codes of one name in one draft of which somebody says that they are one."""
    of, own = rules.VERSIONED[table], f"{table}_id"
    fresh = set(joined.new(table, joined.theirs)) - set(joined.new(table, joined.mine))
    here = {
        (v["framework_version_id"], v["name"].casefold()): v
        for v in joined.new(of, joined.mine).values()
    }
    done: set[str] = set()
    versions = joined.plan.same_things.get("framework_version", {})
    for version in joined.new(of, joined.theirs).values():
        within = versions.get(version["framework_version_id"], version["framework_version_id"])
        twin = here.get((within, version["name"].casefold()))
        if twin is None or version[own] not in fresh or version[own] in done:
            continue
        done.add(version[own])
        if joined.ask("name", of, version["id"], ("name",), twin, version) == "one":
            yield version[own], twin[own]

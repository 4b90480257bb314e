"""Triggers: the database itself keeps laws 2, 3 and 4, however a write reaches it.

They log every change of a row, and refuse writes outside an act, deletions, changes
of texts, of released frameworks and of the history.
"""

import re
from collections.abc import Iterator, Sequence

from sqlalchemy.engine import Connection

from workbench.store import schema


def install(connection: Connection) -> None:
    """Create the triggers that keep laws 2, 3 and 4, on either database."""
    make = _sqlite_triggers if connection.dialect.name == "sqlite" else _postgresql_triggers
    for statement in make():
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Drop our triggers, as a migration must before it rebuilds tables."""
    for table, name in installed(connection):
        where = "" if connection.dialect.name == "sqlite" else f' ON "{table}"'
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"{where}')


def installed(connection: Connection) -> set[tuple[str, str]]:
    """Return (table, trigger) of every trigger of ours in the database."""
    if connection.dialect.name == "sqlite":
        query = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        )
    return {(str(t), str(n)) for t, n in connection.exec_driver_sql(query)}


def altered(connection: Connection) -> set[str]:
    """Return the names of triggers, and of functions they call, that do not say what ours say.

    PostgreSQL rewrites the text of a trigger, so there it is compared without what it may
    add; a trigger that is switched off says nothing.
    """
    if connection.dialect.name != "sqlite":
        return _altered_in_postgresql(connection)
    ours = set(_sqlite_triggers())
    held = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    known = {name for _, name in expected()}
    return {str(name) for name, text in held if name in known and text not in ours}


def _altered_in_postgresql(connection: Connection) -> set[str]:
    ours = list(_postgresql_triggers())
    texts = {_bare(text) for text in ours}
    triggers = connection.exec_driver_sql(
        "SELECT t.tgname, pg_get_triggerdef(t.oid), t.tgenabled IN ('O', 'A'), current_schema() "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    )
    known = {name for _, name in expected()}
    found = {
        str(name)
        for name, text, enabled, place in triggers
        if name in known and not (enabled and _bare(text, place) in texts)
    }
    bodies = dict(_function(text) for text in ours if "FUNCTION workbench_" in text[:45])
    held = connection.exec_driver_sql(
        "SELECT p.proname, p.prosrc FROM pg_proc p "
        "WHERE p.pronamespace = current_schema()::regnamespace"
    )
    functions = [(str(name), str(body)) for name, body in held if name in bodies]
    found |= {name for name, body in functions if body != bodies[name]}
    return found | (set(bodies) - {name for name, _ in functions})


def _bare(text: str, place: str = "") -> str:
    """Return a trigger's text without what PostgreSQL adds: schema, brackets, casts, blanks.

    >>> _bare("BEFORE UPDATE ON public.act WHEN (((old.state)::text = 'x'::text))", "public")
    "beforeupdateonactwhenold.state='x'"
    """
    if place:
        text = re.sub(rf'"?{re.escape(place)}"?\.', "", text)
    return re.sub(r'::[a-z ]+?(?=[) =,]|$)|[()"\s]', "", text).lower()


def _function(text: str) -> tuple[str, str]:
    """Return name and body of a function from the statement that makes it."""
    name = text.partition("FUNCTION ")[2].partition("(")[0]
    quote = "$$" if "$$" in text else "'"
    return name, text.split(quote)[1]


def expected() -> set[tuple[str, str]]:
    """Return (table, trigger) of every trigger a sound project has."""
    return {(table, name) for table, name, *_ in _rules()}


_OUTSIDE = "written outside an act"
_GONE = "nothing is deleted: withdraw the row"
_APPEND_ONLY = "the history is only added to"
_UNCHANGEABLE = "a text never changes: make a new version"
_RELEASED = "a released framework version never changes: make a new version"


def _rules() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (table, trigger, event, condition that is refused, message), but for the log.

    Conditions are written as PostgreSQL has them, subqueries aside; the log trigger of a
    table is (table, log_table, AFTER UPDATE, '', '').
    """
    current = "(SELECT act FROM current_act)"
    for name in schema.ROWS:
        yield name, f"act_{name}", "INSERT", f"NEW.made_in IS DISTINCT FROM {current}", _OUTSIDE
        yield name, f"keep_{name}", "DELETE", "", _GONE
        yield name, f"log_{name}", "AFTER UPDATE", "", ""
    for name, columns in schema.UNCHANGEABLE.items():
        yield name, f"fixed_{name}", f"UPDATE OF {', '.join(columns)}", "", _UNCHANGEABLE
    for name in ("category_version", "code_version", "step"):
        released = (
            "(SELECT state FROM framework_version WHERE id = NEW.framework_version_id) = 'released'"
        )
        yield name, f"released_{name}_insert", "INSERT", released, _RELEASED
        content = ", ".join(
            c.name
            for c in schema.ROWS[name].c
            if c.name not in ("id", "made_in", "withdrawn", "row_version", "changed_in")
        )
        yield name, f"released_{name}", f"UPDATE OF {content}", released, _RELEASED
    yield (
        "framework_version",
        "released_framework_version",
        "UPDATE OF framework_id, version, parent_id, parent_name, objective, description, "
        "synthetic, sha256",
        "OLD.state = 'released' AND NEW.state = 'released'",
        _RELEASED,
    )
    for name in ("act_made", "act_report", "change", "act_seal", "foreign_act", "foreign_row"):
        yield name, f"append_{name}", "UPDATE", "", _APPEND_ONLY
        yield name, f"keep_{name}", "DELETE", "", _APPEND_ONLY
    for name in ("foreign_act", "foreign_row"):
        yield name, f"act_{name}", "INSERT", f"NEW.merged_in IS DISTINCT FROM {current}", _OUTSIDE
    newest = f"NEW.act IS DISTINCT FROM {current}"
    yield "act_seal", "act_act_seal", "INSERT", newest, _OUTSIDE
    yield "anchor", "act_anchor", "UPDATE", newest, _OUTSIDE
    yield "anchor", "one_anchor", "INSERT", "", _APPEND_ONLY
    yield "anchor", "keep_anchor", "DELETE", "", _APPEND_ONLY
    yield "act", "append_act", "UPDATE", f"OLD.seq IS DISTINCT FROM {current}", _APPEND_ONLY
    yield "act", "keep_act", "DELETE", f"-OLD.seq IS DISTINCT FROM {current}", _APPEND_ONLY


def log_of(
    connection: Connection, table: str, act: int, ids: Sequence[str]
) -> tuple[str, tuple[str | int, ...]]:
    """Return the statement, with its values, that logs rows of a table as they are."""
    if connection.dialect.name == "sqlite":
        row, mark = _json(table, f'"{table}"'), "?"
    else:
        bulky = ", ".join(f"'{name}'" for name in schema.BULKY.get(table, ()))
        row, mark = f'(to_jsonb("{table}") - ARRAY[{bulky}]::text[])::json', "%s"
    marks = ", ".join([mark] * len(ids))
    said = (
        "INSERT INTO change (act, table_name, row_id, before, after) "
        f'SELECT {mark}, {mark}, id, {row}, {row} FROM "{table}" WHERE id IN ({marks}) ORDER BY id'
    )
    return said, (act, table, *ids)


def _sqlite_triggers() -> Iterator[str]:
    for table, name, event, condition, message in _rules():
        if event == "AFTER UPDATE":
            entry = f"(SELECT act FROM current_act), '{table}', OLD.id"
            logged = f"{entry}, {_json(table, 'OLD')}, {_json(table, 'NEW')}"
            yield (
                f'CREATE TRIGGER "{name}" AFTER UPDATE ON "{table}" BEGIN '
                "INSERT INTO change (act, table_name, row_id, before, after) "
                f"VALUES ({logged}); END"
            )
        else:
            when = f" WHEN {condition.replace('IS DISTINCT FROM', 'IS NOT')}" if condition else ""
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}"{when} '
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )


def _json(table: str, row: str) -> str:
    """Write the SQLite expression for a row as a JSON object."""
    names = [c.name for c in schema.ROWS[table].c if c.name not in schema.BULKY.get(table, ())]
    pairs = (f"'{name}', {row}.\"{name}\"" for name in names)
    return "json_object(" + ", ".join(pairs) + ")"


def _postgresql_triggers() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION workbench_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END $$"
    )
    yield (
        "CREATE OR REPLACE FUNCTION workbench_log() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE bulky text[] := string_to_array(TG_ARGV[0], ','); BEGIN "
        "INSERT INTO change (act, table_name, row_id, before, after) VALUES "
        "((SELECT act FROM current_act), TG_TABLE_NAME, OLD.id, "
        "(to_jsonb(OLD) - bulky)::json, (to_jsonb(NEW) - bulky)::json); RETURN NULL; END $$"
    )
    yield from _postgresql_condition_functions()
    for table, name, event, condition, message in _rules():
        if event == "AFTER UPDATE":
            bulky = ",".join(schema.BULKY.get(table, ()))
            yield (
                f'CREATE TRIGGER "{name}" AFTER UPDATE ON "{table}" FOR EACH ROW '
                f"EXECUTE FUNCTION workbench_log('{bulky}')"
            )
        else:
            when = f"WHEN ({_as_function_call(condition)})" if condition else ""
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW {when} '
                f"EXECUTE FUNCTION workbench_refuse('{message}')"
            )


_POSTGRESQL_LOOKUPS = {
    "(SELECT act FROM current_act)": "workbench_current_act()",
    "(SELECT state FROM framework_version WHERE id = NEW.framework_version_id)": (
        "workbench_state(NEW.framework_version_id)"
    ),
}


def _as_function_call(condition: str) -> str:
    """Write a condition for PostgreSQL, whose triggers may not hold subqueries."""
    for lookup, call in _POSTGRESQL_LOOKUPS.items():
        condition = condition.replace(lookup, call)
    return condition


def _postgresql_condition_functions() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION workbench_current_act() RETURNS integer LANGUAGE sql STABLE "
        "AS 'SELECT act FROM current_act'"
    )
    yield (
        "CREATE OR REPLACE FUNCTION workbench_state(text) RETURNS text LANGUAGE sql STABLE "
        "AS 'SELECT state FROM framework_version WHERE id = $1'"
    )

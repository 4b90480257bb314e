"""A small project made by edits, for tests that need one of everything.

Three people speak of an allotment garden in two transcripts: an interview with one
gardener, and a group of two, Anna and Bo. Every word of it is invented.
"""

import functools
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from workbench.formats import transcripts
from workbench.model.framework import Category, Code, FrameworkVersion, stable_id
from workbench.model.report import ImportReport
from workbench.project import edits
from workbench.project.door import Project, create, open_project
from workbench.project.edits.transcripts import Incoming
from workbench.store import engine, schema, triggers

GARDENER = """\
I: What makes you come to the garden?
P1: The quiet. On a bad day I come here 🌱 and it helps.
I: What keeps you away?
P1: Rain keeps me away. The gate is locked after six, and nobody has a key.
"""
GROUP = """\
I: How do you share the work?
Anna: We have a list on the shed. It works well.
Bo: The list is never up to date. Two people water the same bed.
Anna: That is true in July. Rain helps us.
I: And the tools?
Bo: Tools are lent and come back late.
"""
ANNA, BO = "group: Anna", "group: Bo"
VERSION = "garden@1"
BOOKKEEPING = ("made_in", "changed_in", "row_version", "withdrawn")

State = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Garden:
    """The project, and the ids of what is in it by short names."""

    project: Project
    codings: Mapping[str, str]
    statements: Mapping[str, str]
    link: str

    def live(self) -> State:
        """Return every live row of every table, without bookkeeping."""
        return live(self.project)

    def acts(self) -> int:
        """Return how many acts the history has."""
        return len(self.project.history())


def live(project: Project) -> State:
    """Return table → its live rows in order of id, without bookkeeping."""
    state: State = {}
    with project.reading(whole=True) as connection:
        for name, query in live_rows().items():
            found = connection.execute(query)
            columns = tuple(found.keys())
            state[name] = [dict(zip(columns, row, strict=True)) for row in found]
    return state


def rows(project: Project, table: str, *columns: str) -> list[tuple[object, ...]]:
    """Return some columns of the live rows of a table."""
    return [tuple(row[c] for c in columns) for row in live(project)[table]]


def by_id(project: Project, table: str, column: str) -> dict[str, str]:
    """Return one column of the live rows of a table, by their ids."""
    return {row["id"]: row[column] for row in live(project)[table]}


@functools.cache
def live_rows() -> dict[str, sa.Select[Any]]:
    """Return table → the query for its live rows; made once, it is asked thousands of times."""
    return {
        name: sa.select(*(c for c in table.c if c.name not in BOOKKEEPING))
        .where(~table.c.withdrawn)
        .order_by(table.c.id)
        for name, table in schema.ROWS.items()
    }


def version(
    name: str = "garden", number: str = "1", *, defined: bool = True, **more: Any
) -> FrameworkVersion:
    """Return the framework: two categories of two codes each."""
    said = [
        ("1", "Coming", [("1.1", "Reasons to come"), ("1.2", "Barriers")]),
        ("2", "Sharing", [("2.1", "Shared work"), ("2.2", "Tools")]),
    ]
    categories, codes = [], []
    for c_number, c_name, of in said:
        category = stable_id(name, "category", c_name)
        categories.append(Category(category, c_number, c_name))
        for k_number, k_name in of:
            definition = f"What people say about {k_name.lower()}." if defined else ""
            code = stable_id(name, "code", k_name)
            codes.append(Code(code, k_number, k_name, definition, category_id=category))
    return FrameworkVersion(name, number, tuple(categories), tuple(codes), **more)


def incoming(name: str, text: str) -> Incoming:
    """Return a transcript as it comes from a file NAME.txt."""
    content = text.encode()
    source = f"{name}.txt"
    return Incoming(name, transcripts.read(content, source), content, source)


def bring(project: Project, *texts: tuple[str, str], **options: Any) -> ImportReport:
    """Import transcripts given as (name, text)."""
    read = [incoming(name, text) for name, text in texts]
    return edits.import_transcripts(project, read, ImportReport("texts"), **options)


_CODINGS = {
    "quiet": ("gardener", "The quiet. On a bad day I come here 🌱 and it helps.", "1.1"),
    "rain": ("gardener", "Rain keeps me away.", "1.2"),
    "gate": ("gardener", "The gate is locked after six, and nobody has a key.", "1.2"),
    "list": ("group", "We have a list on the shed. It works well.", "2.1"),
    "stale list": ("group", "The list is never up to date.", "2.1"),
    "july": ("group", "Rain helps us.", "1.1"),
    "tools": ("group", "Tools are lent and come back late.", "2.2"),
}
_STATEMENTS = {
    "helps": ("gardener", "1.1", "The garden helps on bad days.", "summary", ["quiet"]),
    "rain": ("gardener", "1.2", "Rain keeps me away.", "verbatim", ["rain"]),
    "gate": ("gardener", "1.2", "A locked gate shuts people out.", "summary", ["rain", "gate"]),
    "list": (ANNA, "2.1", "A list shares the work out.", "summary", ["list"]),
    "stale list": (BO, "2.1", "The list does not hold.", "summary", ["stale list"]),
    "aside": (BO, "2.1", "He laughs here.", "comment", []),
}


def build(where: str | Path, who: str = "anna") -> Garden:
    """Make the whole project at a path or URL, act by act, and leave it open."""
    return fill(create(where, who=who))


def fill(p: Project) -> Garden:
    """Do in an empty project all that makes the garden."""
    bring(p, ("gardener", GARDENER), ("group", GROUP))
    edits.add_cases(p, {"gardener": {"plot": "12", "member": "yes"}, ANNA: {"plot": "3"}})
    edits.add_framework(p, version())
    edits.release(p, VERSION)
    edits.start_run(p, "first", VERSION)
    codings = {n: edits.code_quote(p, t, q, c).coding_id for n, (t, q, c) in _CODINGS.items()}
    edits.finish(p, "first", ["gardener", "group"])
    statements = {
        name: edits.write_statement(
            p, case, code, text, kind=kind, evidence=[codings[e] for e in cited]
        )
        for name, (case, code, text, kind, cited) in _STATEMENTS.items()
    }
    edits.mark_cell(p, "gardener", "2.2", "not asked")
    edits.mark_cell(p, ANNA, "2.2", "nothing said")
    edits.review_cell(p, "gardener", "1.1")
    _interpret(p, codings, statements)
    edits.add_memo(p, "Who keeps the list?", anchor="case", anchor_id=_case_id(p, BO))
    edits.log_reading(p, "gardener", date="2024-05-06")
    edits.record_decision(p, "Scope", "Only this garden.", present=["anna", "bo"])
    edits.change_setting(p, "title", "The garden")
    return _named(p)


def walk(garden: Garden, folder: Path) -> tuple[str, str]:
    """Bring in a transcript of which two turns have times; code a word of one, and of another."""
    spoken = folder / "walk.txt"
    spoken.write_text("I: [00:00:01] Why?\nAna: [01:02:05.9] It rains.\nI: So.\n", "utf-8")
    garden.project.import_files(spoken)
    at = spoken.read_text("utf-8").index("rains")
    timed = edits.code(garden.project, "walk", at, at + 5, "1.2").coding_id
    return timed, edits.code(garden.project, "walk", at + 10, at + 12, "1.2").coding_id


def _interpret(p: Project, codings: Mapping[str, str], statements: Mapping[str, str]) -> None:
    """Make the ladder, the typology and the link."""
    edits.add_ladder(p, "findings", framework=VERSION)
    edits.add_node(p, "Access", 5, ladder="findings")
    edits.add_node(p, "Weather and locks", 4, ladder="findings", under=["Access"])
    edits.add_node(
        p,
        "Locked out",
        2,
        ladder="findings",
        under=["Weather and locks"],
        statements=[statements["rain"], statements["gate"]],
    )
    edits.add_node(p, "Lists", 2, ladder="findings", statements=[statements["list"]])
    edits.add_node(p, "Use of the garden", None, ladder="findings")
    edits.set_facet(p, "Locked out", "where", "outside")
    edits.add_typology(
        p, "ways", {"often": ["yes", "no"]}, {"Regular": {"often": "yes"}, "Rare": {"often": "no"}}
    )
    edits.place_case(p, "ways", "gardener", "Regular")
    edits.add_link(
        p,
        "Locked out",
        "Use of the garden",
        "-",
        evidence=[codings["rain"], codings["gate"]],
        against=[codings["july"]],
    )


def _case_id(p: Project, label: str) -> str:
    return next(c["id"] for c in live(p)["case"] if c["label"] == label)


def _named(p: Project) -> Garden:
    """Find the ids in a built project by what they say."""
    rows = live(p)
    quotes = {c["quote"]: c["id"] for c in rows["coding"]}
    texts = {(s["text"], s["kind"]): s["id"] for s in rows["statement"]}
    return Garden(
        p,
        MappingProxyType({name: quotes[quote] for name, (_, quote, _) in _CODINGS.items()}),
        MappingProxyType(
            {n: texts[text, kind] for n, (_, _, text, kind, _) in _STATEMENTS.items()}
        ),
        rows["link"][0]["id"],
    )


@functools.cache
def _template() -> tuple[bytes, Garden]:
    """Build the project once for the whole run; return its file, and what is in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "garden.fwb"
        made = build(path)
        made.project.close()
        return path.read_bytes(), made


def copy(path: Path, who: str = "anna") -> Garden:
    """Put a copy of the built project at a path and open it: quicker than `build`."""
    content, made = _template()
    path.write_bytes(content)
    return replace(made, project=open_project(path, who=who))


def twin(project: Project, path: Path, who: str = "bo") -> Project:
    """Write all of a project, its history too, as a file of its own, and open it.

    A project in a file is its own twin when the file is copied; this also serves those on
    a server.
    """
    create(path, who=who).close()
    store = engine.open_store(str(path))
    with project.reading(whole=True) as source, store.writing() as target:
        target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        triggers.remove(target)
        for table in schema.metadata.sorted_tables:
            rows = [dict(r) for r in source.execute(sa.select(table)).mappings()]
            target.execute(table.delete())
            if rows:
                target.execute(table.insert(), rows)
        triggers.install(target)
    store.close()
    return open_project(path, who=who)

"""What is in the project, and how far each step of the method has come."""

from collections.abc import Iterator
from typing import NamedTuple

import streamlit as st

from workbench.model.chart import NOT_CHARTED, NOT_INDEXED, STALE
from workbench.project import overview, stages
from workbench.project.door import Project
from workbench.project.overview import Steps, Worked
from workbench.ui import places, session, show
from workbench.ui.kept import kept
from workbench.ui.words import _, n_


class Row(NamedTuple):
    """One line of a step: what is done, what is open, and the share that is done."""

    done: str
    still: str
    share: float | None = None


def panel(project: Project) -> None:
    """Show the numbers of the project, and its steps with links to their pages."""
    said = overview.settings(project)
    _about({key: setting.value for key, setting in said.items()})
    held = overview.contents(project)
    _numbers(held)
    if not held["transcript"]:
        show.empty(
            _("Nothing is in this project yet"),
            _("Bring transcripts, a framework and tables in under **Import**."),
        )
        if st.button(_("Go to Import"), type="primary"):
            session.ask("view", "import")
            st.rerun()
        return
    told: Steps = kept(project, "steps", lambda: overview.steps(project))
    names = stages.names(project)
    for step, address, title, rows in _steps(told):
        _line(address, _(names[step]) if names.get(step) else title, rows)


def _about(said: dict[str, str]) -> None:
    title, aside = st.columns([5, 1], vertical_alignment="center")
    title.subheader(show.plain(said.get("title", "") or session.file_name()))
    with aside:
        if st.button(_("Another project"), width="stretch", help=_("Open or begin another one")):
            session.leave()
            st.rerun()
    if said.get("objective"):
        st.markdown(show.plain(said["objective"]))
    if said.get("synthetic"):
        st.caption(show.plain(said["synthetic"], 220))


def _numbers(held: dict[str, int]) -> None:
    called = {
        "transcript": n_("transcript", "transcripts", held["transcript"]),
        "case": n_("case", "cases", held["case"]),
        "framework_version": n_(
            "framework version", "framework versions", held["framework_version"]
        ),
        "coding": n_("coding", "codings", held["coding"]),
        "statement": n_("statement", "statements", held["statement"]),
        "node": n_("node", "nodes", held["node"]),
        "link": n_("link", "links", held["link"]),
        "memo": n_("memo", "memos", held["memo"]),
        "person": n_("person", "people", held["person"]),
    }
    # a digit is as wide as two and a half letters of a name; neither is to be cut
    widths = [max(8, len(name), 2.5 * len(f"{held[kind]:,}")) for kind, name in called.items()]
    for column, (kind, name) in zip(st.columns(widths), called.items(), strict=True):
        column.metric(name, f"{held[kind]:,}")


def _steps(told: Steps) -> Iterator[tuple[str, str, str, list[Row]]]:
    """Yield step of the method, address of its page, the page's own name, and its lines."""
    yield "read", "familiarisation", _("Familiarisation"), [_reading(told)]
    yield "build", "framework", _("Framework"), [_building(told)]
    yield "index", "indexing", _("Indexing"), [_indexing(w) for w in told.worked]
    yield "chart", "charting", _("Charting"), [_charting(w) for w in told.worked]
    yield "map", "mapping", _("Mapping"), [_mapping(told)]
    yield "interpret", "interpretation", _("Interpretation"), [_interpreting(told)]


def _reading(told: Steps) -> Row:
    return Row(
        _("{read} of {n} transcripts are in the reading log", read=told.read, n=told.transcripts),
        _open(told.transcripts - told.read, _("nobody has read them")),
        told.read / told.transcripts if told.transcripts else None,
    )


def _building(told: Steps) -> Row:
    if not told.versions:
        return Row(_("no framework yet"), _("begin one, or import one"))
    drafts = told.versions - told.released
    return Row(
        n_("{n} version", "{n} versions", told.versions),
        n_("{n} of them is a draft", "{n} of them are drafts", drafts) if drafts else "",
    )


def _indexing(one: Worked) -> Row:
    return Row(
        _("{of}: {done} of {n} participant turns have a code", **_of(one, one.indexed, one.turns)),
        _open(one.turns - one.indexed, _("without a code")),
        one.indexed / one.turns if one.turns else None,
    )


def _charting(one: Worked) -> Row:
    cells = sum(one.states.values())
    still = one.states.get(NOT_INDEXED, 0) + one.states.get(NOT_CHARTED, 0)
    stale = one.states.get(STALE, 0)
    waiting = [
        _open(one.states.get(NOT_CHARTED, 0), _("indexed, not charted")),
        _open(stale, _("to look at again")),
        _open(one.states.get(NOT_INDEXED, 0), _("not indexed")),
    ]
    done = cells - still - stale
    return Row(
        _("{of}: {done} of {n} cells are settled", **_of(one, done, cells)),
        ", ".join(filter(None, waiting)),
        done / cells if cells else None,
    )


def _of(one: Worked, done: int, n: int) -> dict[str, object]:
    return {"of": one.framework, "done": done, "n": n}


def _mapping(told: Steps) -> Row:
    return Row(
        _("{done} of {n} statements feed a ladder", done=told.mapped, n=told.statements),
        _open(told.statements - told.mapped, _("in none yet")),
        told.mapped / told.statements if told.statements else None,
    )


def _interpreting(told: Steps) -> Row:
    return Row(
        _("{done} of {n} links have words for them", done=told.cited, n=told.links),
        _open(told.links - told.cited, _("without words")),
        told.cited / told.links if told.links else None,
    )


def _open(number: int, what: str) -> str:
    return f"{number} {what}" if number > 0 else ""


def _line(address: str, title: str, rows: list[Row]) -> None:
    with st.container(border=True):
        name, body = st.columns([2, 7], vertical_alignment="center")
        with name:
            places.link(address, show.plain(title))
        with body:
            for row in rows or [Row(_("not begun"), "")]:
                _show(row)


def _show(row: Row) -> None:
    done, still = st.columns([4, 3], vertical_alignment="center")
    if row.share is None:
        done.markdown(show.plain(row.done))
    else:
        done.progress(min(row.share, 1.0), show.plain(row.done))
    still.markdown(show.plain(row.still) if row.still else _("✓ nothing open"))

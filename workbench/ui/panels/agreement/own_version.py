"""The own version of a cell in a round of charting: its statements, and writing another."""

from collections.abc import Callable, Sequence

import streamlit as st

from workbench.model.chart import STATEMENT_KINDS
from workbench.project import edits
from workbench.project.cell_page import CellPage, Quoted
from workbench.project.charting_rounds import CellOfTwo, OwnStatement, Version
from workbench.project.door import Project
from workbench.ui import session, show
from workbench.ui.words import _, n_

_MOST = 70


def of(project: Project, cell: CellOfTwo) -> Version | None:
    """Return the version of who works here; None for a third person."""
    return next((v for v in cell.sides if v.person == project.who), None)


def kinds() -> dict[str, str]:
    """Return what each kind of statement is called."""
    return {
        "summary": _("Summary"),
        "verbatim": _("Verbatim"),
        "comment": _("Comment"),
    }


def place(transcript: str, turn: int | None) -> str:
    """Return where a coding stands, as Markdown."""
    return show.plain(transcript) + ("" if turn is None else _(", turn {n}", n=turn))


def panel(
    project: Project, name: str, cell: CellOfTwo, held: CellPage, onward: Callable[[], None]
) -> None:
    """Show the words of the cell and the own statements, and let the researcher write."""
    own = of(project, cell)
    if own is None:
        return
    st.caption(
        _("Write your own version, and say when it is finished. The other’s is not shown to you.")
        if not any(v.statements for v in cell.sides if v.person != own.person)
        else _("Write your own version, and say when it is finished.")
    )
    words = {q.coding_id: q for q in held.codings if q.where == "here"}
    _words(list(words.values()))
    for number, statement in enumerate(own.statements, 1):
        _statement(project, statement, number, words)
    changed = session.remembered("own statement", None)
    under_way = next((s for s in own.statements if s.statement_id == changed), None)
    _form(project, name, cell, words, under_way)
    label = _("My version is finished") if own.statements else _("Finished: nothing to write here")
    if st.button(label, key="finish own cell", disabled=under_way is not None):
        with show.problems():
            edits.finish_own_cells(project, name, cell.case_id, cell.code_id)
            onward()


def _words(found: Sequence[Quoted]) -> None:
    """Show what was coded in the cell: what there is to cite."""
    if not found:
        st.caption(_("Nothing is coded in this cell. A comment can stand alone."))
        return
    title = n_("{n} coding in this cell", "{n} codings in this cell", len(found))
    with st.expander(title, expanded=True):
        for quote in found:
            said = " […] ".join(quote.words)
            st.markdown(f"{show.plain(said)}  \n:small[{place(quote.transcript, quote.turn)}]")


def _statement(
    project: Project, statement: OwnStatement, number: int, words: dict[str, Quoted]
) -> None:
    with st.container(border=True):
        left, change, withdraw = st.columns([8, 2, 2], vertical_alignment="center")
        left.markdown(show.plain(statement.text))
        cited = [show.plain(_short(words[i])) for i in statement.evidence if i in words]
        left.caption(" · ".join([kinds()[statement.kind], *cited]))
        if change.button(_("Change"), key=f"change own {number}", width="stretch"):
            session.remember("own statement", statement.statement_id)
            st.rerun()
        if withdraw.button(_("Withdraw"), key=f"withdraw own {number}", width="stretch"):
            with show.problems():
                edits.withdraw_own_statement(project, statement.statement_id)
                st.rerun()


def _short(quote: Quoted) -> str:
    said = " […] ".join(quote.words)
    return said if len(said) <= _MOST else f"{said[: _MOST - 1].rstrip()}…"


def _form(
    project: Project,
    name: str,
    cell: CellOfTwo,
    words: dict[str, Quoted],
    under_way: OwnStatement | None,
) -> None:
    """Let the researcher write a statement, or write the one anew that is under way."""
    key = under_way.statement_id if under_way else _fresh(project, cell)
    if under_way:
        st.caption(_("You change a statement."))
    text, kind, cited = fields(words, key, under_way)
    left, right = st.columns([3, 3])
    label = _("Save the change") if under_way else _("Add the statement")
    if left.button(label, type="primary", key="put own statement", width="stretch"):
        with show.problems():
            if under_way:
                edits.change_own_statement(
                    project,
                    under_way.statement_id,
                    text=text,
                    kind=kind,  # type: ignore[arg-type]  # one of STATEMENT_KINDS
                    evidence=cited,
                    row_version=under_way.row_version,
                )
            else:
                edits.write_own_statement(
                    project,
                    name,
                    cell.case_id,
                    cell.code_id,
                    text,
                    kind=kind,  # type: ignore[arg-type]  # one of STATEMENT_KINDS
                    evidence=cited,
                )
            session.remember("own statement", None)
            st.rerun()
    if under_way and right.button(_("Leave it as it was"), key="leave own", width="stretch"):
        session.remember("own statement", None)
        st.rerun()


def _fresh(project: Project, cell: CellOfTwo) -> str:
    """Return the key of a form for the next statement, other than that of the last."""
    own = of(project, cell)
    return f"{cell.case_id} {cell.code_id} {len(own.statements) if own else 0}"


def fields(
    words: dict[str, Quoted], key: str, begin: OwnStatement | None = None
) -> tuple[str, str, list[str]]:
    """Let the researcher say words, kind and evidence of a statement, and return them."""
    called = kinds()
    kind = st.radio(
        _("Kind"),
        STATEMENT_KINDS,
        index=STATEMENT_KINDS.index(begin.kind) if begin else 0,
        format_func=called.__getitem__,
        horizontal=True,
        key=f"kind of own {key}",
    )
    text = st.text_area(
        _("Words"), value=begin.text if begin else "", key=f"text of own {key}", height=80
    )
    cited = st.multiselect(
        _("Rests on"),
        list(words),
        default=[i for i in begin.evidence if i in words] if begin else list(words),
        format_func=lambda i: _short(words[i]),
        key=f"evidence of own {key}",
        disabled=kind == "comment",
        placeholder=_("choose one or more"),
        help=_("The codings that the statement rests on."),
    )
    return text, str(kind), [] if kind == "comment" else list(cited)

"""Both versions of a cell side by side, how far their evidence is the same, and deciding."""

from collections.abc import Callable, Mapping

import streamlit as st

from workbench.errors import ChangedMeanwhile, WorkbenchError
from workbench.model.chart import StatementKind
from workbench.project import charting_rounds, edits
from workbench.project.cell_page import CellPage
from workbench.project.charting_rounds import CellOfTwo, Overlap, OwnStatement, Version
from workbench.project.door import Project
from workbench.project.quoted import Quote
from workbench.ui import session, show
from workbench.ui.panels.agreement import own_version
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_


def panel(
    project: Project, name: str, cell: CellOfTwo, held: CellPage, onward: Callable[[], None]
) -> None:
    """Show both versions and the decision, and the form that decides."""
    quotes = charting_rounds.quotes_of(project, cell)
    both = set(cell.overlap.both) if cell.overlap else None
    for side, version, column in zip("AB", cell.sides, st.columns(2, gap="small"), strict=True):
        with column, st.container(border=True):
            _version(side, version, quotes, both)
    if cell.overlap is None:
        _not_yet(project, name, cell)
        return
    _overlap(cell.overlap)
    if cell.decision:
        st.markdown(
            _(
                "✓ Decided by {who}: **{outcome}**. {reason}",
                who=show.plain(cell.decision.who),
                outcome=_verdicts(cell)[cell.decision.outcome],
                reason=show.plain(cell.decision.reason),
            )
        )
    _form(project, name, cell, held, onward)


def _version(
    side: str, version: Version, quotes: Mapping[str, Quote], both: set[str] | None
) -> None:
    st.markdown(f"**{side}: {show.plain(version.person)}**")
    if version.shut:
        st.caption(_("Shown when both have finished the round."))
        return
    if not version.statements:
        said = _("Finished, with nothing written.") if version.finished else _("Not written yet.")
        st.caption(said)
    for statement in version.statements:
        _statement(statement, quotes, both)


def _statement(statement: OwnStatement, quotes: Mapping[str, Quote], both: set[str] | None) -> None:
    """Show a statement and under it the words that it cites, those that both cite marked."""
    kind = own_version.kinds()[statement.kind]
    st.markdown(f"{show.plain(statement.text)}  \n:small[{kind}]")
    lines = []
    for one in (quotes[i] for i in statement.evidence):
        words = show.plain(one.words)
        said = f":blue-background[{words}]" if both and one.coding_id in both else words
        where = own_version.place(one.transcript, one.turn)
        gone = f" · {_('this coding was withdrawn')}" if one.withdrawn else ""
        lines.append(f"- {said} :small[{where}{gone}]")
    if lines:
        st.markdown("\n".join(lines))


def _overlap(over: Overlap) -> None:
    if over.codings is None or over.characters is None:
        st.caption(_("Overlap of the evidence: none, {why}.", why=sentence(over.why)))
        return
    either = len(over.both) + len(over.only_first) + len(over.only_second)
    st.markdown(
        _(
            "Overlap of the evidence: **{codings}** of codings ({n} that both cite, of {many} that "
            "either cites) · **{characters}** of characters ({shared} under codings of both, of "
            "{all} under codings of either)",
            codings=f"{over.codings:.2f}",
            n=len(over.both),
            many=either,
            characters=f"{over.characters:.2f}",
            shared=over.shared_characters,
            all=over.all_characters,
        )
    )
    if over.both:
        st.caption(_("Words with a colour behind them are in a coding that both cite."))


def _not_yet(project: Project, name: str, cell: CellOfTwo) -> None:
    """Say what the cell waits for, and let its writer go on writing."""
    st.caption(_("You decide when both have finished."))
    own = own_version.of(project, cell)
    if own is None or not own.finished:
        return
    if st.button(_("I have not finished it"), key="unfinish own cell"):
        with show.problems():
            edits.finish_own_cells(project, name, cell.case_id, cell.code_id, finished=False)
            st.rerun()


def _verdicts(cell: CellOfTwo) -> dict[str, str]:
    """Return what may stand, in words."""
    first, second = (show.plain(v.person) for v in cell.sides)
    return {
        "A": _("That of {name}", name=first),
        "B": _("That of {name}", name=second),
        "both": _("Both"),
        "neither": _("Neither"),
        "other": _("Something else"),
    }


def _form(
    project: Project, name: str, cell: CellOfTwo, held: CellPage, onward: Callable[[], None]
) -> None:
    key = f"{cell.case_id} {cell.code_id}"
    read = _begun_with(cell, key)
    told = _verdicts(cell)
    choice = st.radio(
        _("What stands?"),
        list(told),
        format_func=told.__getitem__,
        index=None,
        key=f"stands {key}",
        horizontal=True,
    )
    instead: list[tuple[str, StatementKind, list[str]]] = []
    if choice == "other":
        words = {q.coding_id: q for q in held.codings if q.where != "gone"}
        text, kind, cited = own_version.fields(words, f"instead {key}")
        instead = [(text, kind, cited)]  # type: ignore[list-item]  # one of STATEMENT_KINDS
    reason = st.text_area(_("Why"), key=f"why stands {key}", height=80)
    before = len(held.statements) - len(cell.decision.statements if cell.decision else ())
    if before > 0:
        said = n_(
            "The cell has {n} statement of before; what stands is written behind it.",
            "The cell has {n} statements of before; what stands is written behind them.",
            before,
        )
        st.caption(said)
    label = _("Decide anew") if cell.decision else _("Decide, and show the next")
    if not st.button(label, type="primary", key="decide cell", disabled=choice is None):
        return
    try:
        edits.decide_cell(
            project,
            name,
            cell.case_id,
            cell.code_id,
            choice,  # type: ignore[arg-type]  # one of CHOICES
            reason,
            instead=instead,
            read=read,
        )
    except ChangedMeanwhile:
        session.remember(_read(key), cell.decision.row_version if cell.decision else 0)
        show.meanwhile(cell.decision.reason if cell.decision else "")
        return
    except WorkbenchError as problem:
        show.error(problem)
        return
    session.remember(_read(key), None)
    st.toast(_("Decided."))
    onward()


def _read(key: str) -> str:
    return f"cell decision read {key}"


def _begun_with(cell: CellOfTwo, key: str) -> int:
    """Return the row version of the decision as it was when the researcher began to decide."""
    begun = any(st.session_state.get(f"{field} {key}") for field in ("stands", "why stands"))
    now = cell.decision.row_version if cell.decision else 0
    held = session.remembered(_read(key), None)
    base = held if begun and held is not None else now
    session.remember(_read(key), base)
    return int(base)

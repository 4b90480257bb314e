"""One difference: what each side coded, what was decided, and deciding it."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from workbench.errors import ChangedMeanwhile, WorkbenchError
from workbench.project import deciding, edits, transcript_page
from workbench.project.deciding import Difference, Other, Place, Shown
from workbench.project.door import Project
from workbench.ui import places, session, show
from workbench.ui.panels.agreement import numbers
from workbench.ui.words import _, n_

_LONG = 700


def kinds() -> dict[str, str]:
    """Return what each kind of difference is called."""
    return {
        "borders": _("other borders"),
        "other code": _("other code"),
        "one-sided": _("one side alone"),
    }


def codes(one: Difference) -> str:
    """Return the code of a difference, or those of both sides."""
    return " ↔ ".join(dict.fromkeys(c for c in one.codes if c))


def panel(
    project: Project,
    framework: str,
    sides: tuple[str, str],
    found: Sequence[Difference],
    at: int,
    rows: Sequence[Any],
) -> None:
    """Show the difference with that number, and the form that decides it."""
    one = found[at]
    held = deciding.shown(project, one)
    _head(one, held, len(found), at)
    for number, column in enumerate(st.columns(2, gap="small")):
        with column:
            _side(framework, sides[number], one, held, number)
    _decided(held)
    runs = [
        str(r["name"])
        for r in transcript_page.visible_runs(project, framework)
        if r["kind"] == "consensus"
    ]
    if not runs:
        _begin(project, framework)
        return
    _form(project, runs, sides, found, at, held, rows)


def _head(one: Difference, held: Shown, many: int, at: int) -> None:
    st.markdown(f"##### {show.plain(codes(one))}")
    first = next(iter(held.quotes.values()), None)
    where = show.plain(one.transcript)
    if first is not None and first.turn is not None:
        where += _(", turn {n}", n=first.turn)
    told = [_("{n} of {many}", n=at + 1, many=many), kinds()[one.kind], where]
    if first is not None and first.cases:
        told.append(show.plain(", ".join(first.cases)))
    if one.shared:
        told.append(_("{shared} of {all} characters shared", shared=one.shared, all=one.together))
    st.caption(" · ".join(told))


def _side(framework: str, name: str, one: Difference, held: Shown, number: int) -> None:
    """Show what one side coded, in its surroundings, and the way to it."""
    with st.container(border=True):
        st.markdown(f"**{show.plain(name)}**")
        own = held.sides[number]
        st.caption(show.plain(one.codes[number]) if own else _("did not give the code here"))
        st.markdown(_passage(held, own))
        if own:
            places.link(
                "indexing",
                _("Open in the transcript"),
                transcript=one.transcript,
                framework=framework,
                run=own[0].run,
                coding=own[0].coding_id,
            )


def _passage(held: Shown, own: Sequence[Place]) -> str:
    """Return the words as Markdown, those that a side coded with a colour behind them."""
    pieces, at = [], 0
    for place in sorted(own, key=lambda p: p.start):
        start, stop = (max(at, p - held.start) for p in (place.start, place.stop))
        pieces += [(held.text[at:start], False), (held.text[start:stop], True)]
        at = stop
    pieces.append((held.text[at:], False))
    marked = "".join(_marked(_short(text), coded=coded) for text, coded in pieces)
    return f"{'… ' if held.start else ''}{marked.strip()}{' …' if held.goes_on else ''}"


def _marked(text: str, *, coded: bool) -> str:
    """Return a piece of a transcript as Markdown, line by line, with the spaces at its ends."""
    lines = []
    for line in text.split("\n"):
        said = show.plain(line)
        before, after = (" " if edge.isspace() else "" for edge in (line[:1], line[-1:]))
        lines.append(
            f"{before}:blue-background[{said}]{after}"
            if coded and said
            else f"{before}{said}{after}"
        )
    return "  \n".join(lines)


def _short(text: str) -> str:
    half = _LONG // 2
    return text if len(text) <= _LONG else f"{text[:half]} […] {text[-half:]}"


def outcomes() -> dict[str, str]:
    """Return what may become of a coding, in words."""
    return {"kept": _("kept"), "dropped": _("dropped"), "changed": _("changed")}


def _decided(held: Shown) -> None:
    """Show what runs of consensus decided on the codings of both sides."""
    told = outcomes()
    for number, side in enumerate(held.sides):
        for place in side:
            made = place.decision
            if made is not None:
                st.markdown(
                    _(
                        "✓ {side}: **{outcome}** by {who} in “{run}”: {reason}",
                        side=(_("first side"), _("second side"))[number],
                        outcome=told[made.outcome],
                        who=show.plain(made.who),
                        run=show.plain(made.run),
                        reason=show.plain(made.reason),
                    )
                )


def _begin(project: Project, framework: str) -> None:
    """Let the researcher begin a run of consensus, in which differences are decided."""
    with st.container(border=True):
        st.markdown(f"**{_('No run of consensus yet')}**")
        st.markdown(
            _(
                "Differences are decided in a run of consensus; the runs of both sides stay as "
                "they are. Blind runs of this framework version are open to all from then on."
            )
        )
        name = st.text_input(
            _("Name of the run"), value=_("{name} consensus", name=framework), key="consensus name"
        )
        if st.button(_("Begin a run of consensus"), type="primary", key="begin consensus"):
            with show.problems():
                edits.start_run(project, name, framework, kind="consensus")
                st.rerun()


def _form(
    project: Project,
    runs: Sequence[str],
    sides: tuple[str, str],
    found: Sequence[Difference],
    at: int,
    held: Shown,
    rows: Sequence[Any],
) -> None:
    one = found[at]
    base = _begun_with(one, held)
    run = session.choose(_("Run of consensus"), runs, "consensus") if len(runs) > 1 else runs[0]
    told = _verdicts(one, sides)
    verdict = st.radio(
        _("What stands?"),
        list(told),
        format_func=told.__getitem__,
        index=None,
        key=f"verdict {one.key}",
        horizontal=True,
    )
    other = _other(one, sides, held, rows) if verdict == "other" else None
    reason = st.text_area(_("Why"), key=f"why {one.key}", height=80)
    label = _("Decide anew") if one.decided else _("Decide, and show the next")
    ready = verdict is not None
    if not st.button(label, type="primary", key="decide", disabled=not ready):
        return
    try:
        deciding.settle(project, run, one, str(verdict), reason, other, base)
    except ChangedMeanwhile:
        now = deciding.shown(project, one)
        session.remember(_read(one), now)
        show.meanwhile("; ".join(dict.fromkeys(d.reason for d in now.decisions)))
        return
    except WorkbenchError as problem:
        show.error(problem)
        return
    session.remember(_read(one), None)
    _next(found, at)


def _read(one: Difference) -> str:
    return f"difference read {one.key}"


def _begun_with(one: Difference, held: Shown) -> Shown:
    """Return the difference as it was when the researcher began to decide it."""
    begun = any(st.session_state.get(f"{field} {one.key}") for field in ("verdict", "why"))
    read: Shown | None = session.remembered(_read(one), None)
    base = read if begun and read else held
    session.remember(_read(one), base)
    return base


def _verdicts(one: Difference, sides: tuple[str, str]) -> dict[str, str]:
    """Return what may stand, in words; where one side is silent, its coding or nothing."""
    names = [show.plain(s) for s in sides]
    if one.kind == "one-sided":
        own = "first" if one.codings[0] else "second"
        told = {own: _("The coding stands"), "neither": _("Nothing stands")}
    else:
        told = {
            "first": _("That of {name}", name=names[0]),
            "second": _("That of {name}", name=names[1]),
            "both": _("Both"),
            "neither": _("Neither"),
        }
    return {**told, "other": _("Something else")}


def _other(one: Difference, sides: tuple[str, str], held: Shown, rows: Sequence[Any]) -> Other:
    """Let the researcher say which code stands instead, and on which words."""
    named = {str(r["of"]): numbers.named(r) for r in rows if r["level"] == "code"}
    first = next(c for c in one.code_ids if c)
    left, right = st.columns(2)
    with left:
        code = st.selectbox(
            _("Code"),
            list(named),
            index=list(named).index(first) if first in named else 0,
            format_func=named.__getitem__,
            key=f"other code {one.key}",
        )
    words = {(one.start, one.stop): _("all these words")}
    for name, places_of in zip(sides, held.sides, strict=True):
        if places_of:
            ends = min(p.start for p in places_of), max(p.stop for p in places_of)
            words.setdefault(ends, _("the words of {name}", name=name))
    if one.shared:
        low, high = (
            [edge(getattr(p, end) for p in side) for side in held.sides]
            for edge, end in ((min, "start"), (max, "stop"))
        )
        if max(low) < min(high):
            words.setdefault((max(low), min(high)), _("the words that both share"))
    with right:
        start, stop = st.selectbox(
            _("Words"), list(words), format_func=words.__getitem__, key=f"other words {one.key}"
        )
    return Other(str(code), int(start), int(stop))


def _next(found: Sequence[Difference], at: int) -> None:
    """Show the next difference that is open: after this one, else from the beginning."""
    still = [*found[at + 1 :], *found[:at]]
    after = next((d for d in still if not d.decided), None)
    left = sum(not d.decided for d in still)
    st.toast(_("Decided.") + " " + n_("{n} is open here.", "{n} are open here.", left))
    if after is not None:
        session.ask("difference", after.key)
    st.rerun()

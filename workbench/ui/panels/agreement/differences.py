"""Where two sides differ: a list to work through, and beside it the one at hand."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from workbench.project import agreement_page, deciding
from workbench.project.agreement_page import Comparison
from workbench.project.deciding import Difference
from workbench.project.door import Project
from workbench.ui import parts, session, show
from workbench.ui.kept import kept
from workbench.ui.panels.agreement import choice, decision, numbers, proposal
from workbench.ui.panels.agreement.numbers import ALL, OF_CATEGORY
from workbench.ui.words import _, n_

KEY = "agreement differences"
_AT_ONCE = 100
OPEN, DECIDED = "open", "decided"


def panel(project: Project, of: Comparison) -> None:
    """Show the list as it is filtered, and the difference that is chosen."""
    of = of._replace(unit="turn", resamples=0, bands="")
    compared = kept(
        project,
        ("agreement sides", project.who, of),
        lambda: agreement_page.compared_rows(project, of),
    )
    runs, rows = compared.attrs["runs"], compared.to_dict("records")
    pairs = agreement_page.pairs(compared)
    bar = st.columns([2, 3, 2, 2, *([3] if len(pairs) > 1 else [])], vertical_alignment="bottom")
    pair = 0
    if len(pairs) > 1:
        with bar[4]:
            pair = _pair(pairs)
    sides = pairs[pair]
    every, said = kept(
        project,
        ("differences", project.who, of, pair),
        lambda: _listed(project, of, sides, runs),
    )
    found = _filtered(every, rows, bar)
    st.caption(choice.told_of_list({**said, "sides": sides}))
    if not every:
        show.empty(_("No difference"), _("The two sides coded alike."))
        return
    done = sum(d.decided for d in every)
    st.progress(done / len(every), _("{done} of {n} differences decided", done=done, n=len(every)))
    if not found:
        show.empty(_("No difference is left by the filters"), _("Choose others above."))
        return
    at = _chosen(every, found)
    left, right = st.columns([5, 8], gap="medium")
    with left:
        _list(found, at)
    with right:
        decision.panel(project, said["framework"], sides, found, at, rows)
        proposal.panel(project, said["framework"], found[at])


def _listed(
    project: Project, of: Comparison, sides: tuple[str, str], runs: Sequence[str]
) -> tuple[list[Difference], dict[Any, Any]]:
    table = agreement_page.differences(project, of, sides, runs)
    return deciding.listed(table), dict(table.attrs)


def _pair(pairs: Sequence[tuple[str, str]]) -> int:
    names = [" / ".join(pair) for pair in pairs]
    told = {str(n): name for n, name in enumerate(names)}
    return int(session.choose(_("Which two"), list(told), "pair", shown=told.__getitem__))


def _filtered(
    every: Sequence[Difference], rows: Sequence[Any], bar: Sequence[Any]
) -> list[Difference]:
    """Let the researcher say which differences to look at."""
    called = {"*all": _("all kinds"), **decision.kinds()}
    with bar[0]:
        kind = session.choose(_("Kind"), list(called), "kind", shown=called.__getitem__)
    codes = {ALL: _("all codes")}
    codes |= {
        str(r["of"]) if r["level"] == "code" else f"{OF_CATEGORY}{r['of']}": numbers.named(r)
        for r in rows
        if r["level"] != "overall"
    }
    with bar[1]:
        of = session.choose(_("Code"), list(codes), "of", shown=codes.__getitem__)
    texts = [ALL, *dict.fromkeys(d.transcript for d in every)]
    with bar[2]:
        text = session.choose(
            _("Transcript"), texts, "in", shown=lambda t: _("all") if t == ALL else t
        )
    states = {ALL: _("all"), OPEN: _("open"), DECIDED: _("decided")}
    with bar[3]:
        state = session.choose(_("State"), list(states), "state", shown=states.__getitem__)
    category = {r["of"]: r["category"] for r in rows if r["level"] == "code"}
    wanted = {
        r["of"]
        for r in rows
        if of in (ALL, r["of"])
        or (of.startswith(OF_CATEGORY) and category.get(r["of"]) == codes[of])
    }
    return [
        d
        for d in every
        if kind in (ALL, d.kind)
        and wanted.intersection(d.code_ids)
        and text in (ALL, d.transcript)
        and (state == ALL or d.decided == (state == DECIDED))
    ]


def _chosen(every: Sequence[Difference], found: Sequence[Difference]) -> int:
    """Return the number of the difference that is looked at: asked for, held, or the next open."""
    went = parts.told(KEY).get("difference")
    asked = session.addressed("difference")
    if asked and all(d.key != asked for d in every):
        session.not_here(_("Difference"), asked)
    keys = {d.key: n for n, d in enumerate(found)}
    held = session.remembered("difference", None)
    known = next((keys[str(k)] for k in (went, asked, held) if k in keys), None)
    if known is None:
        known = next((n for n, d in enumerate(found) if not d.decided), 0)
    session.remember("difference", found[known].key)
    session.put_address("difference", found[known].key)
    return known


def _list(found: Sequence[Difference], at: int) -> None:
    """Show the differences around the one that is looked at, a line each."""
    first = at // _AT_ONCE * _AT_ONCE
    part = found[first : first + _AT_ONCE]
    called = decision.kinds()
    rows = [
        [
            {"text": decision.codes(d), "go": {"difference": d.key}},
            f"{d.transcript} · {called[d.kind]}\n{show_words(d.words)}",
            "✓ " + _("decided") if d.decided else _("open"),
        ]
        for d in part
    ]
    data = {
        "label": _("Differences"),
        "columns": [_("Code"), _("Where"), _("State")],
        "rows": rows,
        "picks": True,
        "first": "32%",
        "picked": at - first,
        "tall": True,
    }
    parts.part("listing", KEY, data)
    many = n_("{n} difference", "{n} differences", len(found))
    if len(found) <= _AT_ONCE:
        st.caption(many)
        return
    told, back, on = st.columns([3, 2, 2], vertical_alignment="center")
    last = first + len(part)
    told.caption(_("{first}–{last} of {many}", first=first + 1, last=last, many=many))
    if back.button(_("Before"), disabled=not first, key="differences before", width="stretch"):
        _go(found[first - _AT_ONCE])
    if on.button(_("After"), disabled=last == len(found), key="differences after", width="stretch"):
        _go(found[last])


def _go(one: Difference) -> None:
    session.ask("difference", one.key)
    st.rerun()


def show_words(text: str, most: int = 60) -> str:
    """Return words in one line, cut where they are many."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"

"""What waits for a person: codings and memos without a place, codings to look at again."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from workbench.project import edits, migration, transcript_page
from workbench.project.door import Project
from workbench.project.waiting import Waiting, WaitingMemo, unplaced, unplaced_memos
from workbench.ui import differences, show
from workbench.ui.kept import kept
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_

MOST = 25
"""Questions that are shown at once; the next come when these are answered."""

T = TypeVar("T", Waiting, WaitingMemo)
_WIDTHS = (1, 8, 12, 12)
_FEW = 6
"""Rows that are shown at their full height; more are scrolled."""


def places(project: Project, transcript: str) -> None:
    """Show what waits for a place since a text was corrected: words then and now."""
    seen = {run["name"] for run in transcript_page.visible_runs(project)}
    held = kept(project, "unplaced", lambda: unplaced(project))
    memos = kept(project, "unplaced memos", lambda: unplaced_memos(project))
    codings = [one for one in held if one.run in seen]
    here = [one for one in codings if one.transcript == transcript]
    beside = [one for one in memos if one.transcript == transcript]
    said = []
    if here:
        said.append(n_("{n} coding waits for a place", "{n} codings wait for a place", len(here)))
    if beside:
        said.append(n_("{n} memo waits for a place", "{n} memos wait for a place", len(beside)))
    if said:
        with st.expander(" · ".join(said), key="waiting places"):
            st.caption(_("This text was corrected, and their words are other ones now, or gone."))
            if here:
                _codings(project, here)
            if beside:
                _memos(project, beside)
    _elsewhere(transcript, [*(c.transcript for c in codings), *(m.transcript for m in memos)])


def preview(project: Project, transcript: str) -> None:
    """Show the words that would wait for a place, then and now, within a rehearsal."""
    seen = {run["name"] for run in transcript_page.visible_runs(project)}
    held = [one for one in unplaced(project, transcript) if one.run in seen]
    words = list(dict.fromkeys((one.quote, one.now) for one in held))
    lines = []
    for quote, now in words[:MOST]:
        before, after = differences.compared(quote, now)
        lines.append(f"- {before} → {after if now else '*' + _('gone') + '*'}")
    st.markdown("\n".join(lines))
    if len(words) > MOST:
        st.caption(_("The first {most} are shown.", most=MOST))


def _elsewhere(transcript: str, names: Sequence[str]) -> None:
    others = dict.fromkeys(name for name in names if name != transcript)
    if others:
        called = ", ".join(show.plain(name, 40) for name in others)
        st.caption(_("Something waits for a place in: {transcripts}", transcripts=called))


# --- codings without a place --------------------------------------------------------------


def _codings(project: Project, held: Sequence[Waiting]) -> None:
    chosen = _ticked(
        held,
        lambda one: one.coding_id,
        lambda one: f"{show.plain(f'{one.number} {one.code}'.strip())} · {show.plain(one.coder)}",
        lambda one: show.plain(one.run),
    )
    place, withdraw = st.columns(2)
    there = [one for one in chosen if one.fate != "gone"]
    if place.button(
        n_("Place {n} on the words of now", "Place {n} on the words of now", len(there)),
        type="primary",
        disabled=not there,
        width="stretch",
        key="waiting place",
    ):
        _do(lambda: edits.place_codings(project, [one.coding_id for one in there]))
    if withdraw.button(
        n_("Withdraw {n}", "Withdraw {n}", len(chosen)),
        disabled=not chosen,
        width="stretch",
        key="waiting withdraw",
    ):
        _do(lambda: edits.withdraw_codings(project, [one.coding_id for one in chosen]))
    if len(chosen) == 1:
        _other_words(project, chosen[0])
    else:
        st.caption(_("Tick a single one to place it on other words."))


def _other_words(project: Project, one: Waiting) -> None:
    with st.form("waiting other words", border=False):
        words = st.text_input(
            _("Other words, copied from the text"), key=f"waiting words {one.coding_id}"
        )
        if st.form_submit_button(_("Place it on these")):
            _do(
                lambda: edits.place_coding(
                    project, one.coding_id, words=words.strip(), row_version=one.row_version
                )
            )


# --- memos without a place ----------------------------------------------------------------


def _memos(project: Project, held: Sequence[WaitingMemo]) -> None:
    chosen = _ticked(
        held,
        lambda one: one.memo_id,
        lambda one: f"{_('Memo')} · {show.plain(one.title or one.text, 60)}",
        lambda one: "",
    )
    place, withdraw = st.columns(2)
    only = chosen[0] if len(chosen) == 1 else None
    if (
        place.button(
            _("Place the memo beside the words of now"),
            disabled=only is None or only.fate == "gone",
            width="stretch",
            key="waiting memo place",
        )
        and only
    ):
        _do(lambda: edits.place_memo(project, only.memo_id, row_version=only.row_version))
    if (
        withdraw.button(
            _("Withdraw the memo"),
            disabled=only is None,
            width="stretch",
            key="waiting memo withdraw",
        )
        and only
    ):
        _do(lambda: edits.withdraw_memo(project, only.memo_id))


def _do(act: Callable[[], object]) -> None:
    """Do it, and show the page anew; or say why not, with everything as it was."""
    with show.problems():
        act()
        st.rerun()


# --- one row a question -------------------------------------------------------------------


def _ticked(
    held: Sequence[T],
    id_of: Callable[[T], str],
    called: Callable[[T], str],
    within: Callable[[T], str],
) -> list[T]:
    """Show one row each, words then and now side by side; return those that are ticked."""
    shown = held[:MOST]
    keys = [f"waiting {id_of(one)}" for one in shown]
    every, was, now = st.columns((_WIDTHS[0] + _WIDTHS[1], *_WIDTHS[2:]))
    with every:
        _all_of_them(keys)
    was.markdown(f"**{_('As it was')}**")
    now.markdown(f"**{_('As it is now')}**")
    found = []
    with st.container(height=460 if len(shown) > _FEW else "content", border=False):
        for one, key in zip(shown, keys, strict=True):
            tick, name, was, now = st.columns(_WIDTHS)
            label = show.plain(one.quote, 60) or called(one)
            if tick.checkbox(label, key=key, label_visibility="collapsed"):
                found.append(one)
            name.markdown(called(one))
            if within(one):
                name.caption(within(one))
            before, after = differences.compared(one.quote, one.now)
            was.markdown(before)
            now.markdown(after if one.now else f"*{_('gone')}*")
    if len(held) > MOST:
        st.caption(_("The first {most} are shown.", most=MOST))
    return found


def _all_of_them(keys: Sequence[str]) -> None:
    """Let the researcher tick every row that is shown, or none."""
    every = f"waiting all {keys[0]} {len(keys)}"
    if len(keys) > 1:
        st.checkbox(_("All of them"), key=every, on_change=_tick, args=(every, keys))


def _tick(every: str, keys: Sequence[str]) -> None:
    for key in keys:
        st.session_state[key] = st.session_state[every]


# --- codings to look at again -------------------------------------------------------------


def look_again(project: Project, version: str, transcript: str) -> None:
    """Show the carried codings of a transcript whose code says something else now."""
    held = kept(project, ("look again", version), lambda: migration.look_again(project, version))
    seen = {run["name"] for run in transcript_page.visible_runs(project, version)}
    here = held.loc[(held["transcript"] == transcript) & held["run"].isin(seen)]
    if here.empty:
        return
    said = n_("{n} coding to look at again", "{n} codings to look at again", len(here))
    with st.expander(said, key="waiting looks"):
        chosen = []
        for one in here.head(MOST).to_dict("records"):
            tick, code, words = st.columns((1, 6, 10))
            if tick.checkbox(
                show.plain(one["quote"], 60),
                key=f"looked at {one['coding_id']}",
                label_visibility="collapsed",
            ):
                chosen.append(str(one["coding_id"]))
            code.markdown(f"**{show.plain(one['code'])}**")
            code.caption(show.plain(sentence(one["look"])))
            words.markdown(show.plain(one["quote"]))
        if len(here) > MOST:
            st.caption(_("The first {most} are shown.", most=MOST))
        holds, withdraw = st.columns(2)
        if holds.button(
            n_("{n} still holds", "{n} still hold", len(chosen)),
            type="primary",
            disabled=not chosen,
            width="stretch",
            key="looked holds",
        ):
            _do(lambda: edits.confirm_coding(project, chosen))
        if withdraw.button(
            n_("Withdraw {n}", "Withdraw {n}", len(chosen)),
            disabled=not chosen,
            width="stretch",
            key="looked withdraw",
        ):
            _do(lambda: edits.withdraw_codings(project, chosen))

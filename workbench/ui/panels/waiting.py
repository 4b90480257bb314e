"""What waits for a person: codings and memos without a place, codings to look at again."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

import streamlit as st

from workbench.project import edits, migration, transcript_page
from workbench.project.door import Project
from workbench.project.waiting import Waiting, WaitingMemo, unplaced, unplaced_memos
from workbench.ui import show
from workbench.ui.kept import kept
from workbench.ui.words import _, n_

MOST = 25
"""Questions that are shown at once; the next come when these are answered."""

T = TypeVar("T", Waiting, WaitingMemo)
_WIDTHS = (1, 4, 6, 6)


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
    )
    place, withdraw = st.columns(2)
    there = [one for one in chosen if one.fate != "gone"]
    if place.button(
        n_("Place {n} on the words of now", "Place {n} on the words of now", len(there)),
        type="primary",
        disabled=not there or len(there) < len(chosen),
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


def _ticked(held: Sequence[T], id_of: Callable[[T], str], called: Callable[[T], str]) -> list[T]:
    """Show one row each, words then and now side by side; return those that are ticked."""
    heads = st.columns(_WIDTHS)
    heads[2].markdown(f"**{_('As it was')}**")
    heads[3].markdown(f"**{_('As it is now')}**")
    found = []
    for one in held[:MOST]:
        tick, name, was, now = st.columns(_WIDTHS)
        label = show.plain(one.quote, 60) or called(one)
        if tick.checkbox(label, key=f"waiting {id_of(one)}", label_visibility="collapsed"):
            found.append(one)
        name.markdown(called(one))
        before, after = compared(one.quote, one.now)
        was.markdown(before)
        now.markdown(after if one.now else f"*{_('gone')}*")
    if len(held) > MOST:
        st.caption(_("The first {most} are shown.", most=MOST))
    return found


def compared(was: str, now: str) -> tuple[str, str]:
    """Return two texts as Markdown: words that are gone struck through, new ones bold.

    >>> compared("locked after six", "locked after ten")
    ('locked after :red-background[~~six~~]', 'locked after :green-background[**ten**]')
    """
    old, new = was.split(), now.split()
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    gone = _marked(old, ((kind, a, b) for kind, a, b, _, _ in codes), ":red-background[~~{}~~]")
    come = _marked(new, ((kind, c, d) for kind, _, _, c, d in codes), ":green-background[**{}**]")
    return gone, come


def _marked(words: Sequence[str], parts: Iterator[tuple[str, int, int]], mark: str) -> str:
    shown = []
    for kind, first, last in parts:
        text = show.plain(" ".join(words[first:last]))
        if text:
            shown.append(text if kind == "equal" else mark.format(text))
    return " ".join(shown)


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
            code.caption(show.plain(one["look"]))
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

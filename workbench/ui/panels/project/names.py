"""Names of people and places: found, given pseudonyms, looked at in context, and replaced."""

from typing import Any

import pandas as pd
import streamlit as st

from workbench.model.report import counted
from workbench.project import edits, pseudonyms
from workbench.project.door import Project
from workbench.project.name_places import REPLACEABLE
from workbench.project.pseudonyms import COMMON, NameHit, NameRow
from workbench.ui import session, show
from workbench.ui.kept import kept
from workbench.ui.panels.project import originals
from workbench.ui.panels.project.name_words import place, places
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_

_FOUND, _ROUND, _KEY, _DONE = "names found", "names round", "names key", "names replaced"


def panel(project: Project) -> None:
    """Show the three steps to pseudonyms, and below them how names go for good."""
    st.markdown(
        _(
            "Names give way to pseudonyms in all transcripts at once, and in what was written of "
            "them. It is one act, and codings go along. Which name is whose stays in a key that "
            "only you have."
        )
    )
    _tell_done()
    with st.container(border=True):
        _find(project)
    rows = session.remembered(_FOUND, None)
    if rows:
        with st.container(border=True):
            chosen = _choose(rows)
        if any(row.replacement for row in chosen):
            with st.container(border=True):
                _look(project, chosen)
            with st.container(border=True):
                _replace(project, chosen)
    with st.container(border=True):
        originals.panel(project)


def _tell_done() -> None:
    """Say once what was replaced."""
    told = session.remembered(_DONE, None)
    if told is None:
        return
    session.remember(_DONE, None)
    said = [sentence(counted(number, what)) for what, number in told.counts.items()]
    st.success(show.plain(", ".join(said)))
    for note in told.notes:
        st.warning(show.plain(sentence(note)))


# --- finding ------------------------------------------------------------------------------


def _find(project: Project) -> None:
    st.markdown(f"**{_('1. Find names')}**")
    with st.form("find names", border=False):
        known, looks = st.columns(2)
        given = known.text_area(_("Names that you know, one a line"), height=110, key="names given")
        patterns = looks.text_area(
            _("What a name looks like, one regular expression a line"),
            height=110,
            key="names patterns",
            placeholder=r"\d{3} \d{2} \d{3}",
        )
        often, model, go = st.columns([2, 2, 1], vertical_alignment="bottom")
        least = often.number_input(
            _("Capitalised words that stand within sentences so often"),
            min_value=1,
            value=2,
            key="names least",
        )
        language = model.text_input(
            _("Language model of spaCy, if one is installed"),
            key="names model",
            placeholder="nb_core_news_sm",
        )
        if go.form_submit_button(_("Find names"), width="stretch"):
            with show.problems(), st.spinner(_("Looking …")):
                found = pseudonyms.proposed(
                    project,
                    given=[NameRow(name) for name in dict.fromkeys(_lines(given))],
                    patterns=_lines(patterns),
                    model=language.strip() or None,
                    least=int(least),
                )
                _begin(found)
                if not found:
                    st.info(_("Nothing looks like a name."))


def _lines(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if line.strip()]


def _begin(found: list[NameRow]) -> None:
    """Put a new table in place of the one before, and of its key."""
    session.remember(_FOUND, found)
    session.remember(_KEY, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


# --- the table ----------------------------------------------------------------------------


def _choose(rows: list[NameRow]) -> list[NameRow]:
    """Show the table; return its rows, those that are not ticked without a pseudonym."""
    st.markdown(f"**{_('2. Say which are names, and what stands in their place')}**")
    kinds = _kinds()
    frame = pd.DataFrame(
        [
            [
                bool(r.replacement),
                r.name,
                r.replacement,
                kinds.get(r.kind, r.kind),
                r.number,
                r.context,
            ]
            for r in rows
        ],
        columns=["replace", "name", "replacement", "kind", "hits", "context"],
    )
    edited = st.data_editor(
        frame,
        key=f"names table {st.session_state.get(_ROUND, 0)}",
        column_config={
            "replace": st.column_config.CheckboxColumn(_("Replace"), default=True, width="small"),
            "name": st.column_config.TextColumn(_("Name"), required=True),
            "replacement": st.column_config.TextColumn(_("Pseudonym")),
            "kind": st.column_config.TextColumn(_("Found as"), disabled=True),
            "hits": st.column_config.NumberColumn(_("Places"), disabled=True, width="small"),
            "context": st.column_config.TextColumn(_("For example"), disabled=True, width="large"),
        },
        num_rows="dynamic",
        hide_index=True,
        height=min(36 * (len(frame) + 2) + 4, 420),
    )
    if any(row.kind == COMMON for row in rows):
        st.caption(_("Common words come last and stay, unless you tick them and give a pseudonym."))
    called = places()
    where = st.multiselect(
        _("Replace them in"),
        list(REPLACEABLE),
        default=list(REPLACEABLE),
        format_func=called.__getitem__,
        placeholder=_("choose one or more"),
        key="names where",
    )
    return rows_of(edited, rows, tuple(where))


def rows_of(edited: pd.DataFrame, rows: list[NameRow], where: tuple[str, ...]) -> list[NameRow]:
    """Return the rows of an edited table; one without a name is passed over."""
    kind = {row.name: row.kind for row in rows}
    found = []
    columns = (edited[column] for column in ("replace", "name", "replacement"))
    for tick, called, becomes in zip(*columns, strict=True):
        name, pseudonym = _typed(called), _typed(becomes)
        ticked = not pd.isna(tick) and bool(tick) and bool(where)
        if name:
            found.append(NameRow(name, kind.get(name, ""), pseudonym if ticked else "", where))
    return found


def _typed(value: Any) -> str:
    return "" if pd.isna(value) else " ".join(str(value).split())


def _kinds() -> dict[str, str]:
    return {
        "given": _("given"),
        "speaker": _("speaker"),
        "pattern": _("pattern"),
        "recurring": _("capital letter"),
        "common": _("capital letter, also a common word"),
        "person": _("person"),
        "place": _("place"),
        "organisation": _("organisation"),
    }


# --- in context ---------------------------------------------------------------------------


def _look(project: Project, rows: list[NameRow]) -> None:
    replaced = tuple(row for row in rows if row.replacement)
    with show.problems():
        hits = kept(project, ("hits", replaced), lambda: pseudonyms.hits_of(project, replaced))
        st.markdown(f"**{_('3. Look at every place')}**")
        st.caption(n_("{n} place", "{n} places", len(hits)))
        st.dataframe(_shown(hits), hide_index=True, height=min(36 * (len(hits) + 1) + 4, 360))


def _shown(hits: list[NameHit]) -> pd.DataFrame:
    titles = [_("Where"), _("Of"), _("Before"), _("Name"), _("After"), _("Becomes")]
    rows = [
        [place(h.place), sentence(h.of), h.before, h.match, h.after, h.becomes or _("stays")]
        for h in hits
    ]
    return pd.DataFrame(rows, columns=titles)


# --- key, and replacing -------------------------------------------------------------------


def _replace(project: Project, rows: list[NameRow]) -> None:
    """Let the key be made and taken away; only then are names replaced."""
    st.markdown(f"**{_('4. Take the key, and replace them')}**")
    st.caption(
        _(
            "The key tells which pseudonym stands for whom. Its passphrase opens it, and nothing "
            "else does: nobody can tell you a forgotten one. Keep it away from the project."
        )
    )
    with st.form("make key", border=False):
        first, second, held = st.columns(3)
        secret = first.text_input(_("Passphrase"), type="password", key="names secret")
        again = second.text_input(
            _("The passphrase once more"), type="password", key="names secret again"
        )
        before = held.file_uploader(_("A key to add to, if there is one"), key="names key before")
        if st.form_submit_button(_("Make the key")):
            if secret != again:
                st.error(_("The two passphrases are not the same."))
            else:
                with show.problems(), st.spinner(_("Making the key …")):
                    key = pseudonyms.key_for(rows, secret, before.getvalue() if before else None)
                    session.remember(_KEY, {"of": tuple(rows), "key": key, "taken": False})
    made = session.remembered(_KEY, None)
    if made is None:
        return
    if made["of"] != tuple(rows):
        st.info(_("The table was changed since: make the key once more."))
        return
    take, go = st.columns(2)
    take.download_button(
        _("Take the key"),
        made["key"],
        file_name="names.key",
        key="names take key",
        on_click=lambda: made.update(taken=True),
        width="stretch",
    )
    if go.button(
        _("Replace the names"),
        type="primary",
        disabled=not made["taken"],
        width="stretch",
        key="names replace",
        help=None if made["taken"] else _("Take the key first."),
    ):
        with show.problems(), st.spinner(_("Replacing …")):
            report = edits.pseudonymise(project, pseudonyms.chosen(rows))
            session.remember(_DONE, report)
            session.remember(_FOUND, None)
            session.remember(_KEY, None)
            st.rerun()

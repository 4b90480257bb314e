"""Earlier texts, with the names in them, are sealed outside the project or go for good."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import streamlit as st

from workbench.errors import Refused
from workbench.project import backups, originals
from workbench.project.door import Project
from workbench.project.originals import Going
from workbench.ui import session, show
from workbench.ui.dialogs import dialog
from workbench.ui.panels.project.name_words import place
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_

_GOING, _DONE = "originals going", "originals gone"


def panel(project: Project) -> None:
    """Show what would go, and the way to it."""
    st.markdown(f"**{_('Take the names out for good')}**")
    st.caption(
        _(
            "The earlier texts and the history hold the names, so that all can be undone. Sealing "
            "puts these texts into a file that the passphrase of the key opens, and takes them "
            "out of the project; removing takes them out and keeps nothing. What goes does not "
            "come back by undo."
        )
    )
    told = session.remembered(_DONE, None)
    if told is not None:
        session.remember(_DONE, None)
        st.success(show.plain(sentence(project.history(1)[0]["summary"])))
        for note in told:
            st.warning(show.plain(sentence(note)))
    with st.form("look at originals", border=False):
        file, secret = st.columns(2)
        key = file.file_uploader(_("The key"), key="originals key")
        said = secret.text_input(
            _("Passphrase of the key"), type="password", key="originals secret"
        )
        looked = secret.form_submit_button(_("See what would go"), width="stretch")
    if looked and key is None:
        st.error(_("Give the key first: no name in it may be left in the project."))
    elif looked and key is not None:
        with show.problems(), st.spinner(_("Looking …")), _as_file(key.getvalue()) as path:
            found = originals.going(project, path, said)
            session.remember(_GOING, (_state(project, key.getvalue()), found))
    if key is None:
        return
    looked_at: tuple[object, Going] | None = session.remembered(_GOING, None)
    if looked_at is not None and looked_at[0] == _state(project, key.getvalue()):
        _tell(looked_at[1])
        _decide(project, looked_at[1], key.getvalue(), said)


def _state(project: Project, key: bytes) -> tuple[object, ...]:
    """Return what a look is true for: the newest act, and the key."""
    return (*(act["seq"] for act in project.history(1)), key)


@contextmanager
def _as_file(content: bytes) -> Iterator[Path]:
    """Give an uploaded file a place for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.key"
        path.write_bytes(content)
        yield path


def _tell(going: Going) -> None:
    goes = [n_("{n} earlier text", "{n} earlier texts", going.texts)]
    if going.files:
        goes.append(
            n_("the file of {n} current text", "the files of {n} current texts", going.files)
        )
    goes.append(
        n_("what {n} entry of the history says", "what {n} entries of the history say", going.acts)
    )
    st.markdown(_("To go for good: {what}.", what=", ".join(goes)))
    if going.codings or going.memos:
        codings = n_("{n} coding", "{n} codings", going.codings)
        memos = n_("{n} memo", "{n} memos", going.memos)
        st.error(
            _(
                "{codings} and {memos} wait for a place on earlier texts. Place or withdraw them "
                "on the page Indexing first.",
                codings=codings,
                memos=memos,
            )
        )
    if going.left:
        st.warning(
            n_(
                "{n} name of the key would stay in the project. Change it there first, or say "
                "below that it may stay.",
                "{n} names of the key would stay in the project. Change them there first, or say "
                "below that they may stay.",
                len(going.left),
            )
        )
        titles = [_("Name"), _("Where"), _("Of"), _("Before"), _("Name there"), _("After")]
        rows = [[n.name, place(n.place), sentence(n.of), *n[3:]] for n in going.left]
        st.dataframe(pd.DataFrame(rows, columns=titles), hide_index=True)


def _decide(project: Project, going: Going, key: bytes, secret: str) -> None:
    """Let the researcher choose how the texts go, and open the form that asks once more."""
    ways = {"seal": _("Seal them in a file"), "remove": _("Remove them, and keep nothing")}
    way = st.radio(_("How they go"), list(ways), format_func=ways.__getitem__, key="originals way")
    folder = Path(project.where).parent if project.store.is_file else Path.cwd()
    sealed = None
    if way == "seal":
        name = Path(originals.name_of(project)).stem
        file = st.text_input(_("The file"), str(folder / f"{name}.sealed"), key="originals place")
        sealed = folder / Path(file.strip()).expanduser() if file.strip() else None
    copies = _copies(project)
    delete = bool(copies) and st.checkbox(
        n_(
            "Delete the {n} copy beside the project too: it holds the names",
            "Delete the {n} copies beside the project too: they hold the names",
            len(copies),
        ),
        key="originals backups",
    )
    anyway = bool(going.left) and st.checkbox(
        _("These words are no names there: they may stay"), key="originals anyway"
    )
    waits = bool(going.codings or going.memos or (going.left and not anyway))
    if st.button(
        ways[way],
        type="primary",
        disabled=waits or (way == "seal" and sealed is None),
        key="originals go",
    ):
        dialog(_("Nothing of this can be undone"), _meant, key, secret, sealed, anyway, delete)


def _copies(project: Project) -> list[backups.Backup]:
    try:
        return backups.held(project)
    except Refused:  # a server's database has none beside it
        return []


def _meant(key: bytes, secret: str, sealed: Path | None, anyway: bool, delete: bool) -> None:
    """Ask for the name of the project, and take the texts out."""
    project = session.project()
    name = originals.name_of(project)
    st.markdown(
        _("The earlier texts go into {file}.", file=show.plain(sealed.name))
        if sealed is not None
        else _("The earlier texts go, and nobody can bring them back.")
    )
    st.markdown(_("Type the name of the project to go on:") + f" **{show.plain(name)}**")
    said = st.text_input(_("Name of the project"), key="originals name")
    if not st.button(_("Take them out"), type="primary", key="originals meant"):
        return
    with show.problems(), st.spinner(_("Taking them out …")), _as_file(key) as path:
        if sealed is not None:
            report = originals.seal(
                project, path, secret, sealed, name=said, anyway=anyway, delete_backups=delete
            )
        else:
            report = originals.remove(
                project, path, secret, name=said, anyway=anyway, delete_backups=delete
            )
        session.remember(_GOING, None)
        session.remember(_DONE, report.notes)
        st.rerun()

"""Reproduction: a study rebuilt from its folder, held against the tables that were printed."""

from pathlib import Path

import streamlit as st

from workbench.model.published import VERDICTS
from workbench.project import reproducing, studies
from workbench.project.door import Project
from workbench.project.quoted import Quote
from workbench.project.reproducing import Reproduction
from workbench.ui import background, session, show
from workbench.ui.panels import printed_tables, register
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_

OTHER = "*other"
"""The choice of a folder that is typed."""


def page(project: Project) -> None:
    """Let the researcher choose a study, rebuild it, and show what came of every cell."""
    folder = _folder()
    if folder is None:
        return
    name = f"reproduce {folder}"
    if st.session_state.pop("rebuild", False):
        background.begin(name, lambda: reproducing.reproduce_with_words(folder))
    if background.is_under_way(name):
        _waiting(name, folder)
    elif background.has_ended(name):
        done, words = background.result(name)
        _shown(done, words)
    else:
        show.empty(
            _("This study has not been rebuilt yet"),
            _(
                "“Rebuild and compare” builds it anew from its transcripts, in a place of its "
                "own, and holds every printed cell against it. The open project is not touched."
            ),
        )


def _folder() -> Path | None:
    """Let the researcher choose a study that comes with the workbench, or name a folder."""
    shipped = {folder.name: folder for folder in reproducing.shipped_studies()}
    row = st.columns([4, 5, 3], vertical_alignment="bottom")
    with row[0]:
        chosen = session.choose(
            _("Study"),
            [*shipped, OTHER],
            "study",
            shown=lambda n: n if n in shipped else _("another folder …"),
        )
    if chosen in shipped:
        folder = shipped[chosen]
    else:
        typed = row[1].text_input(
            _("Folder of the study on this computer"),
            key="study folder",
            persist_state="session",
            placeholder="/home/…/my-study",
        )
        if not typed.strip():
            st.caption(_("A study is a folder with a study.yaml and a folder “published”."))
            return None
        folder = Path(typed.strip()).expanduser()
        if not studies.is_study(folder):
            show.error(_("There is no study in that folder: it has no study.yaml."))
            return None
    row[2].button(
        _("Rebuild and compare"),
        type="primary",
        width="stretch",
        key="rebuild study",
        on_click=lambda: st.session_state.update(rebuild=True),
    )
    return folder


def _waiting(name: str, folder: Path) -> None:
    """Show that the study is being rebuilt; look again each second."""

    @st.fragment(run_every=1)
    def wait() -> None:
        if background.has_ended(name):
            st.rerun()
        told = _("Rebuilding “{study}” from its transcripts: some seconds …", study=folder.name)
        # at the end of a with block it would say that the work is done
        status = st.status(told, state="running", expanded=True)
        status.caption(_("Other pages can be used meanwhile; the result waits here."))

    wait()


def _shown(done: Reproduction, words: dict[str, Quote]) -> None:
    st.markdown(f"**{show.plain(done.title)}**")
    _verdict(done)
    for problem in done.passed_over:
        st.warning(
            _("A row of its tables could not be taken: {why}", why=show.plain(sentence(problem)))
        )
    for problem in done.broken:
        st.warning(show.plain(sentence(problem)))
    views = {"tables": _("Printed tables"), "register": _("Register")}
    row = st.columns([5, 4, 3], vertical_alignment="center")
    view = row[0].segmented_control(
        _("Show"),
        list(views),
        default="tables",
        required=True,
        format_func=lambda v: views[v],
        key="reproduction shows",
        label_visibility="collapsed",
        persist_state="session",
    )
    with row[2]:
        printed_tables.report_button(done)
    if view == "register":
        register.panel(done)
    else:
        printed_tables.panel(done, words)


def _verdict(done: Reproduction) -> None:
    counts = done.tables.drop(columns=["study", "table"]).sum()
    called = printed_tables.verdicts()
    parts = [f"{int(counts[v])} {called[v]}" for v in VERDICTS if counts[v]]
    entries = len(done.register)
    held = int(done.register["holds"].sum())
    parts.append(
        n_(
            "{held} of {n} entry of the register holds",
            "{held} of {n} entries of the register hold",
            entries,
            held=held,
        )
    )
    told = _("{n} printed cells", n=int(counts["cells"])) + ": " + ", ".join(parts) + "."
    if done.reproduces:
        st.success(_("This study is reproduced.") + " " + told)
    else:
        st.error(_("This study is not reproduced.") + " " + told)

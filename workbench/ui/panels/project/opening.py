"""Without a project: make one, open one, or look at a sample."""

import tempfile
from pathlib import Path

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import door, opening, samples, studies
from workbench.ui import session, show
from workbench.ui.words import _, n_

_ENDING = ".fwb"


def panel() -> None:
    """Show the three ways to begin."""
    st.markdown(_("A project is one file that holds the transcripts and all the work on them."))
    make, find, look = st.columns(3, gap="medium")
    with make, st.container(border=True, height="stretch"):
        _make()
    with find, st.container(border=True, height="stretch"):
        _find()
    with look, st.container(border=True, height="stretch"):
        _look()


def _make() -> None:
    st.subheader(_("Begin a project"))
    with st.form("make project", border=False):
        name = st.text_input(
            _("Name of its file, or the address of a PostgreSQL database"),
            placeholder="study.fwb",
            key="make place",
        )
        here = st.text_input(_("Folder"), value=str(Path.cwd()), key="make folder")
        if st.form_submit_button(_("Begin it"), type="primary", width="stretch"):
            _made(name, here)


def _made(name: str, folder: str) -> None:
    place = placed(name.strip(), folder.strip())
    try:
        door.create(place, who=opening.somebody()).close()
    except WorkbenchError as problem:
        show.error(problem)
        return
    _enter(place)


def placed(name: str, folder: str) -> str:
    """Return where a project is to be: an address as it is, a file with its ending in a folder.

    >>> placed("study", "/home/anna"), placed("postgresql://host/db", "/home/anna")
    ('/home/anna/study.fwb', 'postgresql://host/db')
    """
    if "://" in name or not name:
        return name
    path = Path(folder).expanduser() / Path(name).expanduser()
    return str(path if path.suffix else path.with_name(path.name + _ENDING))


def _find() -> None:
    st.subheader(_("Open a project"))
    with st.form("open project", border=False):
        typed = st.text_input(
            _("Its file, or the address of its database"), key="open place", placeholder="study.fwb"
        )
        if st.form_submit_button(_("Open it"), type="primary", width="stretch"):
            _opened(typed.strip())
    known = [place for place in session.opened() if "://" in place or Path(place).is_file()]
    seen = {session.key_of(place) for place in known}
    lying = [str(p) for p in _files() if session.key_of(str(p)) not in seen]
    for title, places in ((_("Opened before"), known), (_("In this folder"), lying)):
        if places:
            st.caption(title)
        for place in places:
            name = opening_name(place)
            if st.button(show.plain(name, 60), key=f"open {place}", width="stretch", help=None):
                _opened(place)


def opening_name(place: str) -> str:
    """Return what a project is called in a list: its file, or its database without a password.

    >>> opening_name("/home/anna/study.fwb"), opening_name("postgresql://a:b@host/db")
    ('study.fwb', 'db')
    """
    return place.rstrip("/").rpartition("/")[2].partition("?")[0]


def _files() -> list[Path]:
    return sorted(p for p in Path.cwd().glob(f"*{_ENDING}") if ".backup-" not in p.name)


def _opened(place: str) -> None:
    if not place:
        show.error(_("Type the name of a project's file, or choose one below."))
        return
    where = placed(place, str(Path.cwd()))
    try:
        door.open_project(where, who=opening.somebody()).close()
    except WorkbenchError as problem:
        show.error(problem)
        return
    _enter(where)


def _enter(place: str) -> None:
    session.enter(place)
    session.forget_who()
    st.rerun()


def _look() -> None:
    st.subheader(_("Look at a sample"))
    st.markdown(
        _(
            "Everything in the samples is invented. One is built into a temporary file: try "
            "what you like."
        )
    )
    for study, (title, told, seconds) in _samples().items():
        st.markdown(f"**{title}.** {told}")
        said = n_(
            "Build “{title}”: about {n} second",
            "Build “{title}”: about {n} seconds",
            seconds,
            title=title,
        )
        if st.button(said, key=f"sample {study}", width="stretch"):
            with show.problems():
                place = _built(study, title)
                _enter(place)


def _samples() -> dict[str, tuple[str, str, int]]:
    """Return title, contents, and seconds to build on a machine with two cores, by study."""
    return {
        "open-library": (
            _("Open without staff"),
            _(
                "Four invented interviews about a library that is open without staff, analysed "
                "from the first reading to the network."
            ),
            1,
        ),
        "return-letters": (
            _("Return letters"),
            _(
                "Two invented interviews and two invented focus groups about letters that send "
                "referrals back: a content analysis, with printed tables to hold it against."
            ),
            1,
        ),
        "low-value-imaging": (
            _("Low-value imaging"),
            _(
                "27 invented interviews about pictures that nobody needed: two readings and "
                "their consensus, drivers and their links, with printed tables to hold it against."
            ),
            3,
        ),
    }


def _built(study: str, title: str) -> str:
    """Build a sample study in a temporary folder, saying what is done; return where it is."""
    doing = {
        "transcripts": _("bringing the interviews in"),
        "codings": _("giving codes to their words"),
        "statements": _("writing the chart"),
        "ladder": _("building the ladder to themes"),
        "links": _("linking the drivers"),
        "memos": _("putting memos and records beside"),
    }
    path = Path(tempfile.mkdtemp(prefix="workbench-sample-")) / f"{study}{_ENDING}"
    folder = samples.study(study)
    with st.status(_("Building “{title}” …", title=title)) as status:

        def at(what: str) -> None:
            if what in doing:
                told = _("Building “{title}”: {doing} …", title=title, doing=doing[what])
                status.update(label=told)

        with door.create(path, who=opening.somebody()) as project:
            studies.build(project, folder, at=at)
    return str(path)

"""What is compared, and how: framework version, runs, unit, and the choices that count."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from workbench.project import agreement_page, code_list, team, transcript_page
from workbench.project.agreement_page import UNITS, Comparison
from workbench.project.door import Project
from workbench.ui import session, show
from workbench.ui.words import _, n_

_ADDRESS = "runs"


def unit_names() -> dict[str, str]:
    """Return what each unit is called."""
    return {
        "turn": _("Turns"),
        "case": _("Cases"),
        "sentence": _("Sentences"),
        "continuum": _("Continuum"),
        "character": _("Characters"),
    }


def chosen(project: Project, columns: Sequence[Any], versions: Sequence[str]) -> Comparison:
    """Let the researcher choose what is compared, in four columns."""
    with columns[0]:
        version = session.choose_version(versions, first=code_list.in_use(project))
    with columns[1]:
        runs = _runs(project, version)
    told = unit_names()
    with columns[2]:
        unit = session.choose(
            _("Unit"),
            UNITS,
            "unit",
            shown=told.__getitem__,
            help=_("What is looked at one by one: did both give the code to it?"),
        )
    with columns[3].popover(_("Choices"), width="stretch"):
        given = _choices(project, unit)
    return Comparison(framework=version, runs=runs, unit=unit, **given)  # type: ignore[arg-type]  # one of UNITS


def _runs(project: Project, version: str) -> tuple[str, ...]:
    """Let the researcher choose runs that may be seen; their ids stand in the address."""
    name = {str(r["id"]): str(r["name"]) for r in transcript_page.visible_runs(project, version)}
    key = f"agreement runs {session.key()} {version} {project.who}"
    asked = session.addressed(_ADDRESS)
    if asked is not None:
        st.session_state[key] = [i for i in asked.split(",") if i in name]
    elif key not in st.session_state:
        held: list[str] = session.remembered(key, [])
        st.session_state[key] = [i for i in held if i in name]
    else:
        st.session_state[key] = [i for i in st.session_state[key] if i in name]
    ids = st.multiselect(
        _("Runs"),
        list(name),
        format_func=lambda i: name[i],
        key=key,
        placeholder=_("the independent ones"),
        help=_("Two or more; of one run, its coders are compared."),
    )
    session.remember(key, ids)
    session.put_address(_ADDRESS, ",".join(ids) or None)
    return tuple(name[i] for i in ids)


def _choices(project: Project, unit: str) -> dict[str, Any]:
    """Let the researcher make the choices that change the number."""
    sounding = unit in ("turn", "sentence")
    given: dict[str, Any] = {
        "uncoded": _ticked(
            "uncoded", _("Text that nobody coded counts"), off=unit == "continuum", first=True
        ),
        "children": _ticked("children", _("Codes count for the codes above them")),
        "interviewer": _ticked(
            "interviewer", _("What interviewers say counts"), off=not sounding, first=True
        ),
        "unite": _ticked("unite", _("Codings of a code that overlap are joined"), first=True),
    }
    handles = [p.handle for p in team.people(project)]
    names = transcript_page.transcript_names(project)
    given["coders"] = _several("coders", _("People instead of runs"), handles, _("runs"))
    given["transcripts"] = _several("transcripts", _("Transcripts"), names, _("all"))
    if _ticked("intervals", _("95 % intervals, by drawing transcripts anew")):
        draws = st.number_input(
            _("Draws"), 100, 10_000, agreement_page.DRAWS, step=100, **_stays("draws")
        )
        seed = st.number_input(
            _("Seed"), 0, None, agreement_page.FIRST_SEED, step=1, **_stays("seed")
        )
        given |= {"resamples": int(draws), "seed": int(seed)}
    given["bands"] = st.text_input(
        _("Words for stretches of the scale"),
        placeholder=_("none"),
        help=_(
            "Conventions of their authors: landis-koch (of κ), krippendorff (of α), or own ones, "
            "such as: alpha: talk=-1, fine=0.7"
        ),
        **_stays("bands"),
    ).strip()
    return given


def _stays(what: str) -> dict[str, Any]:
    """Return what keeps a widget's answer while other pages are looked at."""
    return {"key": f"agreement {what} {session.key()}", "persist_state": "session"}


def _ticked(what: str, label: str, *, off: bool = False, first: bool = False) -> bool:
    return bool(st.checkbox(label, value=first, disabled=off, **_stays(what)))


def _several(what: str, label: str, options: Sequence[str], none: str) -> tuple[str, ...]:
    found = st.multiselect(label, options, placeholder=none, **_stays(what))
    return tuple(name for name in found if name in options)


def told(said: Mapping[Any, Any], of: Comparison) -> str:
    """Return of what the numbers are, in a line of Markdown."""
    return " · ".join([*compared(said), *_counted(said, of), *_waiting(said)])


def told_of_list(said: Mapping[Any, Any]) -> str:
    """Return of what a list of differences is, in a line of Markdown."""
    same = n_("{n} coding is alike", "{n} codings are alike", int(said["same"]))
    return " · ".join([*compared(said), same, *_waiting(said)])


def compared(said: Mapping[Any, Any]) -> list[str]:
    """Return which framework version and which sides are compared."""
    sides = " / ".join(show.plain(s) for s in said["sides"])
    return [f"**{show.plain(said['framework'])}**", _("sides: {sides}", sides=sides)]


def _waiting(said: Mapping[Any, Any]) -> list[str]:
    waiting = int(said["unplaced"])
    many = n_(
        "{n} coding waits for a place and does not count",
        "{n} codings wait for a place and do not count",
        waiting,
    )
    return [many] if waiting else []


def _counted(said: Mapping[Any, Any], of: Comparison) -> list[str]:
    """Return what counts, and how."""
    parts = [_("unit: {unit}", unit=unit_names()[of.unit].lower())]
    if "transcripts" in said:
        many = int(said["transcripts"])
        parts.append(
            n_(
                "{n} transcript that two of them looked at",
                "{n} transcripts that two of them looked at",
                many,
            )
        )
    if of.unit != "continuum":
        parts.append(
            _("text that nobody coded counts")
            if of.uncoded
            else _("text that nobody coded is left out")
        )
    if not of.interviewer and of.has_interviewers:
        parts.append(_("without interviewers"))
    if of.children:
        parts.append(_("codes count for those above them"))
    if not of.unite:
        parts.append(_("codings that overlap are not joined"))
    if of.resamples:
        parts.append(
            _("intervals from {n} draws, seed {seed}", n=f"{of.resamples:,}", seed=of.seed)
        )
    return parts

"""What of the network is shown, and how: ladder, bands, colours, and filters."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from workbench.model import link as model
from workbench.project import network_picture
from workbench.project.network_picture import SHAPES, Shape
from workbench.ui import session
from workbench.ui.words import _

EVERY = ""
"""The choice that leaves nothing out."""
THEME, ABOVE = "*theme", "*above"
"""Colours that are no facet."""


Filters = tuple[tuple[str, Any], ...]
"""Those of `interpreting.network`, each with its value."""


class Choice(NamedTuple):
    """What the researcher chose."""

    shape: Shape
    scheme: str
    colour: str
    filters: Filters

    @property
    def chosen(self) -> int:
        """How many filters leave something out, the ladder aside."""
        given = dict(self.filters)
        return sum(bool(given.get(k)) for k in ("groups", "basis", "sign", "facet", "contested"))


def sign_words() -> dict[str, str]:
    """Return what each sign says."""
    return {
        "+": _("+ strengthens"),
        "−": _("− weakens"),
        "±": _("± both, or it depends"),
    }


def basis_words() -> dict[str, str]:
    """Return on whose word a link may rest."""
    return {
        "participant": _("participants’ accounts"),
        "quote": _("a quotation"),
        "authors": _("the authors’ reading"),
        "literature": _("literature"),
    }


def choice(
    row: Sequence[Any],
    ladders: Sequence[str],
    first: str,
    schemes: Mapping[str, Sequence[str]],
    groups: Mapping[str, Sequence[str]],
) -> Choice:
    """Let the researcher choose, in three places of a row.

    `groups` are the values of attributes of cases.
    """
    with row[0]:
        ladder = session.choose(
            _("Network of"),
            [EVERY, *ladders],
            "ladder",
            shown=lambda n: n or _("all ladders"),
            first=first,
            collapsed=True,
        )
    with row[1].popover(_("Drawing"), width="stretch"):
        shape = session.choose(_("Drawn in"), SHAPES, "shape", shown=_shape)
        scheme = session.choose(
            _("One for each"), list(schemes) or [EVERY], "bands", shown=lambda s: s or _("nothing")
        )
        colour = session.choose(
            _("Colours"), [THEME, ABOVE, *schemes], "colour", shown=_colour, first=THEME
        )
    with row[2].popover(_("Filters"), width="stretch"):
        filters = _filters(schemes, groups)
    only = _of_ladder(ladder, filters)
    return Choice("columns" if shape == "columns" else "rings", scheme, colour, only)


def first_filters(ladder: str) -> Filters:
    """Return the filters of a ladder's network before somebody chose any."""
    none = {"by": None, "groups": (), "basis": (), "sign": (), "facet": None, "contested": None}
    return _of_ladder(ladder, {**none, "only_linked": True})


def _of_ladder(ladder: str, filters: Mapping[str, Any]) -> Filters:
    return (("ladder", ladder or None), *filters.items())


def _shape(name: str) -> str:
    return {"rings": _("rings"), "columns": _("columns")}[name]


def _colour(name: str) -> str:
    fixed = {THEME: _("by theme"), ABOVE: _("by what stands right above")}
    return fixed.get(name) or _("by {scheme}", scheme=name)


def _filters(
    schemes: Mapping[str, Sequence[str]], groups: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Show the filters and return them, as values that can be told apart."""
    by = _one(_("Only what some say: cases grouped by"), [EVERY, *groups], "by")
    of = _many(_("Groups"), list(groups.get(by, ())), f"groups of {by}", dict) if by else ()
    basis = _many(_("On whose word"), model.BASES, "basis", basis_words)
    sign = _many(_("Sign"), model.SIGNS, "sign", sign_words)
    scheme = _one(_("Only nodes of one"), [EVERY, *schemes], "facet")
    value = _one(_("Which"), [EVERY, *schemes.get(scheme, ())], f"value of {scheme}")
    told = {EVERY: _("all"), "yes": _("only those"), "no": _("only the others")}
    contested = _one(_("Links that a case speaks against"), list(told), "contested", told)
    linked = st.toggle(
        _("Only nodes with a link"), value=True, key=_key("linked"), persist_state="session"
    )
    return {
        "by": by if of else None,
        "groups": of,
        "basis": basis,
        "sign": sign,
        "facet": (scheme, value) if scheme and value else None,
        "contested": {"yes": True, "no": False}.get(contested),
        "only_linked": linked,
    }


def _key(name: str) -> str:
    return f"network:{session.key()}:{name}"


def _one(
    label: str, options: Sequence[str], name: str, told: Mapping[str, str] | None = None
) -> str:
    held = _key(name)
    if held in st.session_state and st.session_state[held] not in options:
        del st.session_state[held]
    shown = told or {}
    chosen = st.selectbox(
        label,
        options,
        key=held,
        format_func=lambda v: shown.get(v) or v or _("all"),
        persist_state="session",
    )
    return str(chosen)


def _many(label: str, options: Sequence[str], name: str, told: Any) -> tuple[str, ...]:
    held, words = _key(name), told()
    if held in st.session_state:
        st.session_state[held] = [v for v in st.session_state[held] if v in options]
    chosen = st.multiselect(
        label,
        options,
        key=held,
        format_func=lambda v: words.get(v, v),
        placeholder=_("all"),
        persist_state="session",
    )
    return tuple(chosen)


def kinds(choice: Choice, project: Any) -> str | dict[str, str] | None:
    """Return what colours the nodes, as `network_picture.picture` takes it."""
    if choice.colour in (THEME, ABOVE):
        return network_picture.over(project, top=choice.colour == THEME)
    return choice.colour or None


def told(shown: int, nodes: int, links: int, of: int) -> str:
    """Say how much of the network is in the picture."""
    return _(
        "{shown} of {nodes} nodes, {links} of {of} links",
        shown=shown,
        nodes=nodes,
        links=links,
        of=of,
    )

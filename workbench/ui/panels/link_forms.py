"""Forms that change a link: what it says, and what it cites."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import streamlit as st

from workbench.errors import ChangedMeanwhile, WorkbenchError
from workbench.model import link as model
from workbench.project import edits, link_page
from workbench.project.door import Project
from workbench.project.link_page import ShownLink
from workbench.ui import session, show
from workbench.ui.dialogs import dialog
from workbench.ui.panels import networks, quote_choice
from workbench.ui.panels.network_choice import basis_words, sign_words
from workbench.ui.words import _


class Said(NamedTuple):
    """What a form says of a link, the ends and the evidence aside."""

    sign: model.Sign
    basis: tuple[Any, ...]
    relation: str
    groups: tuple[str, ...]
    note: str


def fields(key: str, known_groups: Sequence[str], held: ShownLink | None = None) -> Said:
    """Show the fields of a link; `known_groups` are offered, others can be typed."""
    signs, bases = sign_words(), basis_words()
    sign = st.segmented_control(
        _("Sign"),
        model.SIGNS,
        format_func=lambda s: s,
        default=held.sign if held and held.sign in model.SIGNS else model.SIGNS[0],
        required=True,
        key=f"sign {key}",
        help="  \n".join(signs.values()),
    )
    basis = st.multiselect(
        _("On whose word"),
        model.BASES,
        default=list(held.basis) if held else [model.BASES[0]],
        format_func=lambda b: bases[b],
        placeholder=_("choose one or more"),
        key=f"basis {key}",
    )
    relation = st.text_input(
        _("What it does, in a few words"),
        value=held.relation if held else "",
        placeholder=_("makes room for it"),
        key=f"relation {key}",
    )
    given = list(held.groups) if held else []
    groups = st.multiselect(
        _("Groups that hold it"),
        list(dict.fromkeys([*given, *known_groups])),
        default=given,
        accept_new_options=True,
        placeholder=_("none named"),
        key=f"groups {key}",
    )
    note = st.text_area(_("Note"), value=held.note if held else "", key=f"note {key}", height=68)
    return Said(sign, tuple(basis), relation, tuple(groups), note)


def passages_beside(project: Project, source: str, target: str) -> dict[str, list[str]]:
    """Return the codings below two nodes, by what their list is called."""
    at_source, at_target = (networks.codings_of(project, n) for n in (source, target))
    both = [i for i in at_source if i in set(at_target)]
    return {
        _("below both"): both,
        _("below the node that acts"): list(at_source),
        _("below the node acted upon"): list(at_target),
    }


def change(link: ShownLink) -> None:
    """Open the form that changes what a link says."""
    dialog(_("Change the link"), change_form, link)


def change_form(link: ShownLink) -> None:
    """Show the form that changes a link; of two changes at once the second is asked."""
    st.markdown(f"{show.plain(link.source)} → {show.plain(link.target)}")
    key = f"change {link.link_id} {link.row_version}"
    said, read = fields(key, link.groups, link), f"version {key}"
    if not st.button(_("Save"), type="primary", key=f"save {link.link_id}"):
        return
    project, version = session.project(), session.remembered(read, link.row_version)
    try:
        edits.change_link(project, link.link_id, **said._asdict(), row_version=version)
    except ChangedMeanwhile:
        held = link_page.links_of_pair(project, link.source_id, link.target_id)
        now = next((one for one in held if one.link_id == link.link_id), link)
        session.remember(read, now.row_version)
        show.meanwhile(" ".join((now.sign, now.relation, ", ".join(now.groups), now.note)))
        return
    except WorkbenchError as problem:
        show.error(problem)
        return
    st.rerun()


def cite(link: ShownLink) -> None:
    """Open the form that puts more words under a link."""
    dialog(_("Cite more words"), cite_form, link, width="large")


def cite_form(link: ShownLink) -> None:
    """Show the form that puts words under a link, for it or against it."""
    project, name = session.project(), f"cite {link.link_id}"
    st.markdown(f"{show.plain(link.source)} → {show.plain(link.target)}")
    held = [q.coding_id for q in (*link.speaks_for, *link.against)]
    beside = passages_beside(project, link.source_id, link.target_id)
    chosen = quote_choice.choose(project, name, beside, without=held)
    if st.button(_("Cite them"), type="primary", disabled=not chosen, key=f"save {name}"):
        try:
            edits.cite_for_link(
                project,
                link.link_id,
                quote_choice.ids(chosen, "for"),
                against=quote_choice.ids(chosen, "against"),
            )
        except WorkbenchError as problem:
            show.error(problem)
            return
        quote_choice.empty(name)
        st.rerun()

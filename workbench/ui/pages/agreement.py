"""Agreement: how far coders agree, on what they do not, and what became of it."""

from collections.abc import Callable

import streamlit as st

from workbench.errors import Refused
from workbench.project import code_list
from workbench.project.agreement_page import Comparison
from workbench.project.door import Project
from workbench.ui import session, show
from workbench.ui.panels.agreement import (
    by_two,
    choice,
    differences,
    numbers,
    pairs,
    ratings,
    rounds,
    saving,
)
from workbench.ui.sentences import sentence
from workbench.ui.words import _

_RATINGS = "ratings"
"""The part that compares no runs: it needs neither a framework nor the choices above."""


def page(project: Project) -> None:
    """Show the numbers of what is compared, the map of its pairs, or its differences."""
    versions = code_list.references(project)
    views: dict[str, tuple[str, Callable[[Project, Comparison], None]]] = {
        "numbers": (_("Numbers"), numbers.panel),
        "pairs": (_("Code × pair"), pairs.panel),
        "differences": (_("Differences"), differences.panel),
        "rounds": (_("Rounds"), rounds.panel),
        "charting": (_("Charting by two"), by_two.panel),
    }
    above = st.container()
    told = {name: told for name, (told, _panel) in views.items()}
    view = session.tab("agreement", {**told, _RATINGS: _("Ratings")})
    if view == _RATINGS:
        ratings.panel(project)
        return
    if not versions:
        show.empty(_("No framework yet"), _("Begin one on the page Framework."))
        return
    bar = above.columns([3, 5, 2.1, 1.7, 1.7], vertical_alignment="bottom")
    of = choice.chosen(project, bar, versions)
    with bar[4]:
        saving.buttons(of)
    try:
        views[view][1](project, of)
    except Refused as problem:
        _nothing(problem)


def _nothing(problem: Refused) -> None:
    """Say why there is nothing to compare, and what is not shown."""
    show.empty(_("Nothing to compare"), show.plain(sentence(str(problem))))
    st.caption(
        _(
            "A run that is blind and somebody else’s is not shown here until it is open: when all "
            "of its round have finished, or a run of consensus has begun."
        )
    )

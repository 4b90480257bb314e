"""What the levels of a ladder are called: chosen among the methods, or typed."""

from collections.abc import Callable

import streamlit as st

from workbench.model.ladder import FIRST_LEVEL, LAST_LEVEL, TEMPLATES, chosen_template, template_of
from workbench.ui import show
from workbench.ui.words import _

_OWN = "own"
_BETWEEN = " / "


def ask(label: str, held: str, key: Callable[[str], str]) -> str:
    """Let the researcher choose a template or type own names; return what `template_of` reads.

    `held` is what is stored, `key` makes the key of a field from its name. What is typed may
    not be whole yet: the act that stores it says so.
    """
    kind = held if held in TEMPLATES else _OWN
    options = [*TEMPLATES, _OWN]
    chosen = st.selectbox(
        label,
        options,
        index=options.index(kind),
        format_func=lambda one: TEMPLATES[one].title if one in TEMPLATES else _("Own names"),
        key=key("template"),
    )
    if chosen != _OWN:
        template = TEMPLATES[chosen]
        st.caption(
            _(
                "{names}. Source: {source}.",
                names=show.plain(in_order(chosen)),
                source=template.source,
            )
        )
        return chosen
    own = _own(held)
    return _BETWEEN.join(
        st.text_input(
            _("Level {n}", n=level),
            value=own.get(level, ""),
            placeholder=TEMPLATES["framework"].level_name(level),
            key=key(f"level {level}"),
        ).strip()
        for level in range(FIRST_LEVEL, LAST_LEVEL + 1)
    )


def _own(held: str) -> dict[int, str]:
    """Return the own names that are held, by their levels."""
    return {} if held in TEMPLATES else dict(enumerate(template_of(held).levels))


def in_order(held: str) -> str:
    """Return the names of a template from the statement up."""
    return " → ".join(chosen_template(held).levels[FIRST_LEVEL - 1 :])

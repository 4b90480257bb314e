"""The words of the interface, in English and Norwegian, from one gettext catalogue.

English is what stands in the source. `locale/nb/LC_MESSAGES/workbench.po` is the Norwegian;
the file of the same name with `.mo` is compiled from it.
"""

import gettext
from functools import cache
from pathlib import Path

import streamlit as st

LANGUAGES = {"en": "English", "nb": "Norsk"}
LOCALE = Path(__file__).parent / "locale"
DOMAIN = "workbench"
_CHOSEN = "language"
_COOKIE = "workbench-language"
_NORWEGIAN = {"no": "nb", "nn": "nb"}


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the texts of a language; of one without a catalogue, those of the source."""
    return gettext.translation(DOMAIN, LOCALE, [language], fallback=True)


def language() -> str:
    """Return the language of this browser session."""
    chosen = st.session_state.get(_CHOSEN)
    if chosen not in LANGUAGES:
        chosen = _of_browser()
        choose(chosen)
    return str(chosen)


def _of_browser() -> str:
    """Return what this browser was answered in last (kept by `core.js`), or speaks itself."""
    own = (st.context.locale or "").lower().partition("-")[0]
    asked = (st.context.cookies.get(_COOKIE), _NORWEGIAN.get(own, own))
    return next((code for code in asked if code in LANGUAGES), "en")


def choose(code: str) -> None:
    """Show everything in that language from now on."""
    st.session_state[_CHOSEN] = code


def _(text: str, **parts: object) -> str:
    """Return a text of the interface in the session's language, its {parts} filled in."""
    said = catalogue(language()).gettext(text)
    return said.format(**parts) if parts else said


def N_(text: str) -> str:  # noqa: N802  # as gettext calls it
    """Mark a text for the catalogue where it cannot be translated yet."""
    return text


def n_(one: str, many: str, number: int, **parts: object) -> str:
    """Return `one` or `many` as the number asks for, its {n} and {parts} filled in."""
    return catalogue(language()).ngettext(one, many, number).format(n=number, **parts)

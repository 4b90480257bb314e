"""Showing safely: text of users is never markup, an error is one sentence.

Streamlit reads labels, messages and tables' captions as Markdown; what users wrote goes
through `plain` before it gets there.
"""

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui.sentences import sentence
from workbench.ui.words import _

log = logging.getLogger("workbench.ui")
_HALF_FIRST, _HALF_LAST = re.compile(r"^\S+\s+(?=\S)"), re.compile(r"(?<=\S)\s+\S+$")
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str, most: int | None = None) -> str:
    r"""Return a text so that Markdown shows it letter by letter, in one line.

    >>> plain("*a*\n![b](http://c)")
    '\\*a\\* \\!\\[b\\]\\(http\\:\\/\\/c\\)'
    """
    flat = " ".join(text.split())
    if most is not None and len(flat) > most:
        flat = flat[: most - 1].rstrip() + "…"
    return _MARKS.sub(r"\\\1", flat)


def whole_words(before: str, after: str, most: int) -> tuple[str, str]:
    """Return what stands around a passage, without a word that was cut in two.

    `most` is how many characters each side was cut to; a shorter side is whole.

    >>> whole_words("nce, dull and", "lists. I was", 13)
    ('dull and', 'lists. I was')
    """
    if len(before) >= most:
        before = _HALF_FIRST.sub("", before)
    if len(after) >= most:
        after = _HALF_LAST.sub("", after)
    return before, after


def error(problem: WorkbenchError | str) -> None:
    """Show one sentence, in the language of the page."""
    st.error(plain(sentence(str(problem))))


def meanwhile(now: str) -> None:
    """Say that somebody else changed a thing meanwhile, and what it says now."""
    st.warning(
        _("Somebody else changed this meanwhile. It says now: “{now}”.", now=plain(now))
        + " "
        + _("Yours is still here: save once more to put it in place of theirs.")
    )


def unforeseen(problem: BaseException) -> str:
    """Log what nobody foresaw, without the texts it may carry; return what to tell.

    The server's log has the places in the code and the kind of the error, not its message:
    a message may quote a transcript.
    """
    places = "".join(traceback.format_tb(problem.__traceback__))
    log.error("%s\n%s", type(problem).__name__, places)
    return _(
        "Something went wrong that the workbench did not foresee ({kind}). Nothing of this "
        "step was stored; what you typed is still here.",
        kind=type(problem).__name__,
    )


@contextmanager
def problems() -> Iterator[None]:
    """Show what goes wrong inside as one sentence, and go on with the page."""
    try:
        yield
    except WorkbenchError as problem:
        error(problem)
    except Exception as problem:  # noqa: BLE001  # a page tells it in a sentence and logs it
        error(unforeseen(problem))


def empty(what: str, next_step: str) -> None:
    """Say that there is nothing yet, and what to do next."""
    with st.container(border=True):
        st.markdown(f"**{what}**")
        st.markdown(next_step)

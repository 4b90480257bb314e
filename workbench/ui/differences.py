"""Two texts side by side, with what is different between them marked."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from workbench.ui import show


def compared(was: str, now: str) -> tuple[str, str]:
    """Return two texts as Markdown: words that are gone struck through, new ones bold.

    >>> compared("locked after six", "locked after ten")
    ('locked after :red-background[~~six~~]', 'locked after :green-background[**ten**]')
    """
    old, new = was.split(), now.split()
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    gone = _marked(old, ((kind, a, b) for kind, a, b, _, _ in codes), ":red-background[~~{}~~]")
    come = _marked(new, ((kind, c, d) for kind, _, _, c, d in codes), ":green-background[**{}**]")
    return gone, come


def _marked(words: Sequence[str], parts: Iterator[tuple[str, int, int]], mark: str) -> str:
    shown = []
    for kind, first, last in parts:
        text = show.plain(" ".join(words[first:last]))
        if text:
            shown.append(text if kind == "equal" else mark.format(text))
    return " ".join(shown)

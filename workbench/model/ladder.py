"""The ladder: the names of its levels in three methods, or names of one's own.

Level 0 is the coded segment and level 1 the statement; nodes stand on levels 2 and
up. A template only names levels: the same nodes can be shown under another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.errors import BadValue


@dataclass(frozen=True, slots=True)
class LadderTemplate:
    """The level names of a method, from level 0 upwards.

    `key` is how a project stores it: one of `TEMPLATES`, or own names (see `template_of`).
    """

    key: str
    title: str
    levels: tuple[str, ...]
    source: str

    def level_name(self, level: int) -> str:
        """Return what the method calls a level; unnamed levels say their number."""
        return self.levels[level] if 0 <= level < len(self.levels) else f"level {level}"


TEMPLATES: dict[str, LadderTemplate] = {
    t.key: t
    for t in (
        LadderTemplate(
            "framework",
            "Framework analysis",
            ("segment", "statement", "element", "dimension", "category", "theme"),
            "J. Ritchie & L. Spencer (1994), Qualitative data analysis for applied policy research",
        ),
        LadderTemplate(
            "elo-kyngas",
            "Content analysis (Elo & Kyngäs)",
            ("segment", "summary", "condensed text", "key element", "category", "main category"),
            "S. Elo & H. Kyngäs (2008), Journal of Advanced Nursing 62:107-115",
        ),
        LadderTemplate(
            "graneheim-lundman",
            "Content analysis (Graneheim & Lundman)",
            (
                "meaning unit",
                "condensed meaning unit",
                "code",
                "sub-category",
                "category",
                "theme",
            ),
            "U. Graneheim & B. Lundman (2004), Nurse Education Today 24:105-112",
        ),
    )
}

FIRST_LEVEL, LAST_LEVEL = 2, 5
"""The levels on which nodes stand."""

USUAL = "findings"
"""The ladder of the rows of a table that name none."""

OWN_NAMES = "four names with “/” between, such as finding / pattern / domain / message"
"""How names of one's own are written, the lowest first."""

_BETWEEN, _LONGEST_NAME = " / ", 60
_TAKEN = ("segment", "statement", "case", "kind", "ladder", "statement_id", "case_id")
"""Names that the columns beside the levels have in the table of a ladder."""


def template_of(text: str) -> LadderTemplate:
    """Return the template that a text says: a key of `TEMPLATES`, or own names of levels 2 to 5.

    Blanks around the names do not count, so that `key` may differ from what was said.

    Raises:
        BadValue: it is neither; a name is empty, too long, a number, there twice, or one
            that a column beside the levels has.

    >>> template_of("finding/pattern/domain/message").key
    'finding / pattern / domain / message'
    >>> template_of("finding / pattern / domain / message").level_name(2)
    'finding'
    """
    if text.strip() in TEMPLATES:
        return TEMPLATES[text.strip()]
    names = [" ".join(name.split()) for name in text.split("/")]
    if len(names) != LAST_LEVEL - FIRST_LEVEL + 1 or not all(names):
        raise BadValue("The names of the levels", text, f"{', '.join(TEMPLATES)}, or {OWN_NAMES}")
    for name in names:
        if len(name) > _LONGEST_NAME or name.isdecimal() or not name.isprintable():
            raise BadValue(
                "The name of a level", name, f"some words, at most {_LONGEST_NAME} letters"
            )
    _refuse_taken(names)
    return LadderTemplate(_BETWEEN.join(names), "", ("segment", "statement", *names), "")


def _refuse_taken(names: Sequence[str]) -> None:
    """Check that the table of a ladder has no column twice, each level's ids included."""
    known = set(_TAKEN)
    for name in names:
        columns = {name.casefold(), f"{name} id".casefold()}
        if columns & known:
            raise BadValue("The name of a level", name, "another name: this one is taken")
        known |= columns


def chosen_template(text: str) -> LadderTemplate:
    """Return the template that a project's setting says; framework analysis where it says none."""
    try:
        return template_of(text)
    except BadValue:
        return TEMPLATES["framework"]

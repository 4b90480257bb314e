"""The ladder: the names of its levels in three methods.

Level 0 is the coded segment and level 1 the statement; nodes stand on levels 2 and
up. A template only names levels: the same nodes can be shown under another one.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LadderTemplate:
    """The level names of a method, from level 0 upwards."""

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

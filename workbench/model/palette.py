"""The colours of categories: sets to choose from, each readable on white and on black.

Every colour has a contrast of 3:1 or more with both (WCAG 2.2, success criterion 1.4.11), so
its luminance lies between 0.1 and 0.3. A code that has a colour of its own keeps it.
"""

from dataclasses import dataclass

from workbench.errors import BadValue

USUAL = "usual"
"""The palette of a project that has chosen none."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours that categories get one after the other, from the first again when they run out."""

    key: str
    colours: tuple[str, ...]

    def colour(self, place: int) -> str:
        """Return the colour of the category on that place, counted from 0."""
        return self.colours[place % len(self.colours)]


PALETTES: dict[str, Palette] = {
    p.key: p
    for p in (
        Palette(
            USUAL,
            (
                "#2f6f9f",
                "#c0642c",
                "#3f8f5a",
                "#9b3f7d",
                "#8a7a1f",
                "#5b57b0",
                "#b23a48",
                "#1f8a8a",
                "#7a5638",
                "#5f7f2f",
            ),
        ),
        Palette(
            "colour-blind",
            (
                "#0072b2",
                "#e77400",
                "#6316ff",
                "#97975b",
                "#ba0000",
                "#cd7b97",
                "#735445",
                "#b061ff",
            ),
        ),
        Palette(
            "muted",
            (
                "#4d6986",
                "#af739d",
                "#666a3d",
                "#54918b",
                "#825595",
                "#a2805e",
                "#41714f",
                "#8680b6",
                "#a7666d",
                "#6e9c5a",
            ),
        ),
    )
}
"""Key → palette.

In “colour-blind” no two come nearer to each other than 24 in CIELAB (ΔE*ab, 1976), to usual
eyes and to eyes without red, green or blue cones, as G. Machado, M. Oliveira & L. Fernandes
(2009) simulate them, IEEE Transactions on Visualization and Computer Graphics 15:1291-1298.
Its blue is that of M. Okabe & K. Ito (2008), Color Universal Design. In “usual” and “muted”
such eyes cannot tell all colours apart; “muted” has less of each hue.
"""


def palette_of(text: str) -> Palette:
    """Return the palette of that key.

    Raises:
        BadValue: there is none.
    """
    if text not in PALETTES:
        raise BadValue("The colours of a project", text, ", ".join(PALETTES))
    return PALETTES[text]


def chosen_palette(text: str) -> Palette:
    """Return the palette that a project's setting says; the usual one where it says none."""
    return PALETTES.get(text, PALETTES[USUAL])

"""How a drawing of the network looks: its colours on light and on dark paper, its lines."""

from dataclasses import dataclass

from workbench.formats.network_words import AUTHORS_WORDS, ENGLISH, SIGN_WORDS, Tongue

FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
WIDTHS = ((0, 1.1), (1, 1.4), (3, 2.1), (6, 3.2), (11, 4.6), (21, 6.2))
"""From so many cases on, so many pixels."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one sort of arrow looks, and what the legend calls it."""

    words: str
    colour: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Looks:
    """The colours of a drawing; `kinds` and `tints` come round again when they run out.

    `signs` are those of arrows that strengthen, weaken and do both; `aside` is that of
    arrows on the authors' word.
    """

    paper: str
    ink: str
    soft: str
    faint: str
    kinds: tuple[str, ...]
    tints: tuple[str, ...]
    rims: tuple[str, ...]
    signs: tuple[str, str, str]
    aside: str
    dispute: str
    sample: str

    @property
    def halo(self) -> str:
        """The shadow of a label, which keeps arrows away from its letters."""
        return ", ".join(f"0 0 {width}px {self.paper}" for width in (2, 2, 3, 4))

    @property
    def styles(self) -> dict[str, Style]:
        """The style of an arrow by its sign."""
        return {
            sign: Style(words, colour)
            for (sign, words), colour in zip(SIGN_WORDS.items(), self.signs, strict=True)
        }

    @property
    def authors(self) -> Style:
        """The style of an arrow on the authors' word alone."""
        return Style(AUTHORS_WORDS, self.aside, dashed=True)


LIGHT = Looks(
    paper="#ffffff",
    ink="#1f2933",
    soft="#52606d",
    faint="#b8bfc6",
    kinds=(
        "#2f6690",
        "#c8843c",
        "#5b8c5a",
        "#b0495c",
        "#74579a",
        "#2a9493",
        "#8c6d46",
        "#c0779a",
        "#7d8a2e",
        "#5c677d",
    ),
    tints=("#fbeeee", "#fdf5e4", "#e9f3f5", "#f1eef8", "#eef5ea", "#f4f1ec"),
    rims=("#dcb4b4", "#e0cb98", "#a9cbd1", "#c6bce0", "#bdd3b3", "#cfc6b6"),
    signs=("#3d5570", "#c1440e", "#7b3fa0"),
    aside="#8b939c",
    dispute="#c1440e",
    sample="#6b7885",
)
DARK = Looks(
    paper="#171614",
    ink="#eef1f4",
    soft="#b6c0ca",
    faint="#4d5763",
    kinds=(
        "#6aa7d6",
        "#e0a462",
        "#86bb85",
        "#dd7f90",
        "#a98fd0",
        "#5cc2c1",
        "#c0a077",
        "#dfa2c0",
        "#b2bf62",
        "#98a3b8",
    ),
    tints=("#2c2122", "#2a251b", "#1b272c", "#252230", "#202a20", "#292621"),
    rims=("#5d3d43", "#574a2f", "#2f525e", "#463f66", "#3a5639", "#4e463a"),
    signs=("#a9bed4", "#ff8a5b", "#c99af0"),
    aside="#7f8994",
    dispute="#ff8a5b",
    sample="#9aa5b1",
)


def band_of_width(weight: int) -> int:
    """Return the number of the width band of an arrow with so many cases.

    >>> band_of_width(0), band_of_width(2), band_of_width(99)
    (0, 1, 5)
    """
    return max(number for number, (least, _) in enumerate(WIDTHS) if weight >= least)


def width_words(band: int, tongue: Tongue = ENGLISH) -> str:
    """Say how many cases an arrow of that width stands for.

    >>> width_words(1), width_words(5)
    ('1–2 cases', '21 cases or more')
    """
    least = WIDTHS[band][0]
    if not least:
        return tongue.say("no case here yet")
    if band + 1 == len(WIDTHS):
        return tongue.say("{n} cases or more").format(n=least)
    return tongue.say("{first}–{last} cases").format(first=least, last=WIDTHS[band + 1][0] - 1)

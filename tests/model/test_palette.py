"""Colours of categories can be read on white and on black, and told apart."""

import itertools
import math

import pytest

from workbench.errors import BadValue
from workbench.model.palette import PALETTES, chosen_palette, palette_of

SEEN = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira & Fernandes (2009), severity 1, in linear RGB."""

EVERY = [(key, colour) for key, p in PALETTES.items() for colour in p.colours]


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour):
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one, other):
    """WCAG 2.2: contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    """CIELAB of a colour in linear RGB under D65."""
    rows = (
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    )
    xyz = [sum(w * p for w, p in zip(row, rgb, strict=True)) for row in rows]
    parts = [v / white for v, white in zip(xyz, (0.95047, 1, 1.08883), strict=True)]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, eyes):
    rgb = linear(colour)
    rows = [sum(w * p for w, p in zip(row, rgb, strict=True)) for row in SEEN[eyes]]
    return lab([min(1, max(0, p)) for p in rows])


def nearest(key, eyes):
    pairs = itertools.combinations(PALETTES[key].colours, 2)
    return min(math.dist(seen(a, eyes), seen(b, eyes)) for a, b in pairs)


def test_the_contrast_of_black_and_white_is_twenty_one_and_grey_is_between():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_white_is_white_to_all_eyes():
    for eyes in SEEN:
        assert seen("#ffffff", eyes) == pytest.approx((100, 0, 0), abs=0.1)


@pytest.mark.parametrize(("key", "colour"), EVERY)
@pytest.mark.parametrize("paper", ["#ffffff", "#000000"])
def test_every_colour_can_be_read_on_white_and_on_black(key, colour, paper):
    assert contrast(colour, paper) >= 3


@pytest.mark.parametrize("eyes", list(SEEN))
def test_colour_blind_eyes_tell_the_colours_made_for_them_apart(eyes):
    assert nearest("colour-blind", eyes) >= 24


def test_they_would_not_tell_the_usual_ones_apart():
    assert min(nearest("usual", eyes) for eyes in SEEN) < 5


def test_muted_colours_have_less_of_their_hue_and_differ():
    def hue(key):
        parts = [seen(colour, "usual") for colour in PALETTES[key].colours]
        return sum(math.hypot(a, b) for _, a, b in parts) / len(parts)

    assert hue("muted") < 0.75 * hue("usual")
    assert nearest("muted", "usual") >= 18


def test_a_palette_begins_again_when_it_runs_out():
    assert chosen_palette("").colour(0) == chosen_palette("none").colour(10) == "#2f6f9f"
    assert palette_of("colour-blind").colour(9) == "#e77400"


def test_an_unknown_palette_is_refused():
    with pytest.raises(BadValue, match="give usual, colour-blind, muted"):
        palette_of("red")

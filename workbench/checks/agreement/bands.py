"""Bands: words for stretches of a coefficient's scale. None are taken unless asked for."""

from dataclasses import dataclass

from workbench.errors import BadValue


@dataclass(frozen=True, slots=True)
class Bands:
    """Words for values from a lower bound on, the lowest first.

    A value is rounded to `digits` first, as the bounds are those of printed values.
    """

    of: str
    bounds: tuple[tuple[float, str], ...]
    digits: int = 3

    def named(self, value: float) -> str:
        """Return the word for a value; nothing for none, or for one below all bounds.

        >>> LANDIS_KOCH.named(0.205), LANDIS_KOCH.named(0.61), LANDIS_KOCH.named(float("nan"))
        ('slight', 'substantial', '')
        """
        shown = round(value, self.digits)
        return next((name for low, name in reversed(self.bounds) if shown >= low), "")


LANDIS_KOCH = Bands(
    "kappa",
    (
        (float("-inf"), "poor"),
        (0.0, "slight"),
        (0.21, "fair"),
        (0.41, "moderate"),
        (0.61, "substantial"),
        (0.81, "almost perfect"),
    ),
    digits=2,
)
"""J. Landis, G. Koch (1977), Biometrics 33:159-174: of kappa, and arbitrary as they say."""
KRIPPENDORFF = Bands(
    "alpha", ((float("-inf"), "not reliable"), (0.667, "tentative"), (0.8, "reliable"))
)
"""K. Krippendorff (2004), Human Communication Research 30:411-433."""
KNOWN = {"landis-koch": LANDIS_KOCH, "krippendorff": KRIPPENDORFF}


def parsed(said: str) -> Bands:
    """Return known bands by name, or own ones: “alpha: weak=0, good=0.7”.

    Without the coefficient in front they are of alpha. Below the first there is no word.

    Raises:
        BadValue: they are neither.

    >>> parsed("kappa: weak=0, good=.7").named(0.75)
    'good'
    """
    if said in KNOWN:
        return KNOWN[said]
    of, colon, rest = said.partition(":")
    bounds = []
    for part in (rest if colon else said).split(","):
        name, equals, low = part.rpartition("=")
        try:
            bounds.append((float(low), name.strip()))
        except ValueError:
            equals = ""
        if not (equals and name.strip()):
            wanted = "landis-koch, krippendorff, or words with where they begin: weak=0, good=0.7"
            raise BadValue("The bands", said, wanted)
    return Bands(of.strip() if colon else "alpha", tuple(sorted(bounds)))

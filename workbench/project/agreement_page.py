"""What the page of agreement and its files show: one comparison, its table, pairs and list."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from workbench.checks.agreement.compared import RESAMPLES, SEED, Unit
from workbench.project import agreeing
from workbench.project.opening import Project

UNITS: tuple[Unit, ...] = ("turn", "case", "sentence", "continuum", "character")
"""In the order to look at them: what depends most on the length of a text comes last."""
DRAWS, FIRST_SEED = RESAMPLES, SEED

ON_CONTINUUM = ("alpha_u", "u_alpha", "binary_u_alpha", "cu_alpha", "k_u_alpha")
ON_UNITS = (
    "percent",
    "positive",
    "negative",
    "kappa",
    "kappa_max",
    "kappa_se",
    "pabak",
    "ac1",
    "alpha",
)


OF_TWO = ("kappa", "kappa_max", "kappa_se")
"""What has no value for three sides and more; in their place stands Fleiss' kappa."""
OF_SETS = ("alpha_jaccard", "alpha_masi")


class Comparison(NamedTuple):
    """What is compared and how: what `agreeing.agreement` is asked."""

    framework: str | None = None
    runs: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    transcripts: tuple[str, ...] = ()
    unit: Unit = "turn"
    interviewer: bool = True
    uncoded: bool = True
    children: bool = False
    unite: bool = True
    resamples: int = 0
    seed: int = SEED
    bands: str = ""

    @property
    def shown(self) -> tuple[str, ...]:
        """The coefficients that are shown for the unit, in order."""
        return ON_CONTINUUM if self.unit == "continuum" else ON_UNITS

    def shown_of(self, sides: int) -> tuple[str, ...]:
        """Return the coefficients that are shown of so many sides compared at once."""
        if sides <= 2 or self.unit == "continuum":
            return self.shown
        first = self.shown.index(OF_TWO[0])
        rest = [c for c in self.shown[first:] if c not in OF_TWO]
        return (*self.shown[:first], "fleiss", *rest)

    @property
    def has_interviewers(self) -> bool:
        """Whether interviewers can be left out of the units."""
        return self.unit in ("turn", "sentence")


def table(project: Project, of: Comparison) -> pd.DataFrame:
    """Return the table of agreement (see `agreeing.agreement`)."""
    drawn: dict[str, Any] = {"resamples": of.resamples, "seed": of.seed, "bands": of.bands}
    return agreeing.agreement(project, of.runs, **_sides(of), **_choices(of), **drawn)


def compared_rows(project: Project, of: Comparison) -> pd.DataFrame:
    """Return what the rows of the table are, without its numbers (see `agreeing.compared_rows`)."""
    return agreeing.compared_rows(project, of.runs, **_sides(of))


def by_pair(project: Project, of: Comparison) -> pd.DataFrame:
    """Return the table of each two sides (see `agreeing.agreement_by_pair`)."""
    return agreeing.agreement_by_pair(project, of.runs, **_sides(of), **_choices(of))


def pairs(found: pd.DataFrame) -> list[tuple[str, str]]:
    """Return each two sides of a table of agreement."""
    return list(combinations(found.attrs["sides"], 2))


def differences(
    project: Project, of: Comparison, sides: Sequence[str], runs: Sequence[str]
) -> pd.DataFrame:
    """Return what two of the sides coded differently (see `agreeing.differences`).

    `sides` are two of those of the table, `runs` the runs that it compared.
    """
    people = bool(of.coders) or len(runs) == 1
    return agreeing.differences(
        project,
        runs if people else sides,
        coders=sides if people else (),
        framework=of.framework,
        transcripts=of.transcripts,
    )


def _sides(of: Comparison) -> dict[str, Any]:
    return {"coders": of.coders, "framework": of.framework, "transcripts": of.transcripts}


def _choices(of: Comparison) -> dict[str, Any]:
    """Return the choices that hold for the unit: interviewers are left out of two alone."""
    return {
        "unit": of.unit,
        "interviewer": of.interviewer or not of.has_interviewers,
        "uncoded": of.uncoded,
        "children": of.children,
        "unite": of.unite,
    }

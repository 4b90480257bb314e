"""Agreement of ratings as a workbook: the settings on its cover, the numbers, what differs."""

import datetime
import math
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pandas as pd

from workbench.checks.agreement.nominal import Level
from workbench.errors import BadValue
from workbench.formats.ratings_table import Ratings
from workbench.formats.xlsx import agreement as workbook
from workbench.formats.xlsx.agreement import AgreementBook, Sheet
from workbench.model.manifest import Manifest
from workbench.model.report import counted
from workbench.project import manifests, rating

_COLUMNS = (
    ("units", "what two of them rated"),
    ("apart", "how many of these they rated differently"),
    ("percent", "pairs of raters that gave the same value, 1 is all"),
    ("alpha", "Krippendorff’s alpha, at the level"),
    ("undefined", "what has no value, and why"),
)
_NO_VALUE, _DIGITS = "undefined", 4
_CLOSING = "The numbers help to find where to talk. They are no verdict."


def write(path: Path, held: Ratings, level: Level = "ordinal", order: Sequence[str] = ()) -> str:
    """Write how far raters agree as xlsx and return a sentence about it.

    Beside the numbers stands what anybody rated differently, with the value of each rater.

    Raises:
        BadValue: the file has another ending; or as `rating.agreement_of`.
        Refused: as that.
        CannotWrite: the file cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise BadValue("The ending of a file of ratings", path.name, ".xlsx")
    found = rating.agreement_of(held, level, order)
    apart = rating.differing(held, found["apart"][0])
    sheets = [
        Sheet("Numbers", _readable(found), "agreement of all raters, then of each two"),
        Sheet("Rated differently", apart, "what anybody rated differently, and how"),
    ]
    settings = [
        ("Ratings", held.source),
        ("Raters", ", ".join(held.raters)),
        ("Level", level),
        ("Values", ", ".join(found.attrs["values"])),
        ("No two rated, which does not count", ", ".join(found.attrs["alone"]) or "none"),
    ]
    manifest = Manifest(
        import_module("workbench").__version__,
        project="",
        what="agreement of ratings",
        made=f"{datetime.datetime.now(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
        act="",
        filters=dict(settings),
        sha256=manifests.of_data([[s.name, manifests.of_frame(s.frame)] for s in sheets]),
    )
    facts = dict(manifest.facts())
    settings += [(name, facts[name]) for name in ("Made with", "Made", "Hash of the content")]
    title = f"Agreement of ratings: {Path(held.source).stem}"
    book = AgreementBook(title, settings, sheets, _COLUMNS, closing=_CLOSING)
    workbook.write(book, path, manifest.properties())
    raters = counted(len(held.raters), "raters")
    return f"{path}: agreement of {raters}, {counted(len(apart), 'things')} rated differently."


def _readable(found: pd.DataFrame) -> pd.DataFrame:
    """Return the table as a workbook shows it: rounded, with a word where there is no number."""
    out = found.assign(apart=[len(names) for names in found["apart"]])
    for column in ("percent", "alpha"):
        out[column] = [
            round(value, _DIGITS) if math.isfinite(value) else _NO_VALUE for value in out[column]
        ]
    out["undefined"] = [
        "; ".join(f"{column}: {reason}" for column, reason in why.items())
        for why in out["undefined"]
    ]
    return out

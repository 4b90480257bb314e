"""Agreement as a file: a workbook with the settings on its cover, or the numbers as csv."""

import dataclasses
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.errors import BadValue
from workbench.formats import csvfile
from workbench.formats.xlsx import agreement as workbook
from workbench.formats.xlsx.agreement import AgreementBook, Sheet
from workbench.model.manifest import Manifest
from workbench.model.report import counted
from workbench.project import agreement_page, deciding, lists, manifests
from workbench.project.agreement_page import Comparison
from workbench.project.opening import Project

ENDINGS = (".xlsx", ".csv")
_WHAT = "agreement"
_NO_VALUE = "undefined"
"""What a workbook says; in csv the number is missing, and the last column says why."""
_DIGITS = 4
"""Of a number in a workbook; csv has all."""
_LEFT_OUT = ("The transcripts and all codings that are alike.",)
_COLUMNS: Mapping[str, str] = {
    "units": "units compared; on the continuum: codings",
    "n: a side": "to how many units that side gave the code",
    "prevalence": "the share of units with the code, mean of the sides",
    "bias": "how much more the first side gave it than the second; of three or more, the most "
    "above the fewest",
    "percent": "pairs of sides that agree on a unit, 1 is all",
    "positive": "how likely the other gave it where one did",
    "negative": "how likely the other did not where one did not",
    "kappa": "Cohen’s kappa, of two sides",
    "kappa_max": "the most that their numbers allow",
    "kappa_se": "the error of kappa for independent units",
    "pabak": "kappa as if the code were on half of the units and both gave it as often",
    "ac1": "Gwet’s AC1, which does not fall where a code is rare",
    "scott": "Scott’s pi, of two sides",
    "fleiss": "Fleiss’ kappa, of any number of sides",
    "alpha": "Krippendorff’s alpha, nominal; some may be missing",
    "alpha_jaccard": "alpha of sets of codes, by Jaccard’s distance",
    "alpha_masi": "alpha of sets of codes, by MASI",
    "alpha_u": "alpha of unitizing (Krippendorff 1995): do the same stretches have the code?",
    "u_alpha": "of the family of 2016: stretches and codes",
    "binary_u_alpha": "of the family of 2016: stretches alone",
    "cu_alpha": "of the family of 2016: codes where both have one",
    "k_u_alpha": "of the family of 2016: how well one code is told from the others",
    "undefined": "what has no value, and why",
}


def write(project: Project, path: Path, of: Comparison, *, safe_for_excel: bool = False) -> str:
    """Write what is compared as xlsx or csv and return a sentence about it.

    The workbook has the numbers, the numbers of each two sides and their differences with
    the words; csv has the numbers, and its manifest beside it.

    Raises:
        BadValue: the file has another ending.
        Refused: see `agreeing.agreement`.
        CannotWrite: the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise BadValue("The ending of a file of agreement", path.name, ", ".join(ENDINGS))
    found = agreement_page.table(project, of)
    manifest = _manifest(project, found.attrs, of)
    told = f"{path}: agreement of {' / '.join(found.attrs['sides'])}, {counted(len(found), 'rows')}"
    if ending == ".csv":
        csvfile.write(_readable(found), path, safe_for_excel=safe_for_excel)
        manifests.write_beside(manifest, path)
        return f"{told}."
    pairs = agreement_page.pairs(found)
    numbers = _said(_readable(found))
    by_pair = _said(_readable(agreement_page.by_pair(project, of)))
    apart = pd.concat([_differences(project, of, pair, found.attrs) for pair in pairs])
    sheets = [
        Sheet("Numbers", numbers, "agreement: codes, then categories, then overall"),
        Sheet("By pair", by_pair, "the same for each two sides, without intervals"),
        Sheet("Differences", apart, "what two sides coded differently, with the words"),
    ]
    hashes = [[sheet.name, manifests.of_frame(sheet.frame)] for sheet in sheets]
    manifest = manifests.hashed(manifest, manifests.of_data(hashes))
    with project.reading() as connection:
        said = lists.settings(connection)
    known = {c: t for c, t in _COLUMNS.items() if c in numbers or c == "n: a side"}
    book = AgreementBook(
        f"Agreement: {said.get('title') or Path(project.where).stem}",
        _settings(manifest, found.attrs, of),
        sheets,
        tuple(known.items()),
        _cautions(of),
        said.get("synthetic", ""),
    )
    workbook.write(book, path, manifest.properties())
    return f"{told}, {counted(len(apart), 'differences')}."


def _manifest(project: Project, said: Mapping[Any, Any], of: Comparison) -> Manifest:
    """Return the manifest; its runs are those that are compared."""
    made = manifests.manifest(
        project,
        _WHAT,
        framework=said["framework"],
        filters=dict(_choices(said, of)),
        left_out=_LEFT_OUT,
    )
    return dataclasses.replace(made, runs=tuple(said["runs"]), left_out=_LEFT_OUT)


def _choices(said: Mapping[Any, Any], of: Comparison) -> list[tuple[str, str]]:
    """Return what was chosen, in words."""
    yes = {True: "yes", False: "no"}
    told = [
        ("Unit", of.unit),
        ("Sides", " / ".join(said["sides"])),
        ("Transcripts", ", ".join(said["transcript_names"])),
        ("Text that nobody coded counts", yes[of.uncoded or of.unit == "continuum"]),
        ("Codes count for the codes above them", yes[of.children]),
        ("Codings of a code that overlap are joined", yes[of.unite]),
    ]
    if of.has_interviewers:
        told.append(("What interviewers say counts", yes[of.interviewer]))
    if of.resamples:
        told += [
            ("95 % intervals", f"{of.resamples:,} draws of transcripts"),
            ("Seed", str(of.seed)),
        ]
    else:
        told.append(("95 % intervals", "none"))
    return [*told, ("Bands", of.bands or "none")]


def _settings(manifest: Manifest, said: Mapping[Any, Any], of: Comparison) -> list[tuple[str, str]]:
    """Return what stands on the cover: framework, runs, choices, program, and the rest."""
    facts = dict(manifest.facts())
    waiting = int(said["unplaced"])
    told = [
        ("Framework", manifest.framework),
        ("Hash of the framework", manifest.framework_sha256 or "none: a draft"),
        ("Runs", ", ".join(manifest.runs)),
        *_choices(said, of),
    ]
    if waiting:
        told.append(("Wait for a place and do not count", counted(waiting, "codings")))
    names = ("Made with", "Made", "Newest act of the history", "Left out", "Hash of the content")
    return [*told, *((name, facts[name]) for name in names)]


def _cautions(of: Comparison) -> list[str]:
    if of.unit != "character":
        return []
    return [
        "The longer the text, the better characters agree, and each counts as a decision though "
        "nobody made one: look at turns first."
    ]


def _readable(found: pd.DataFrame) -> pd.DataFrame:
    """Return a table of agreement as a file shows it: a column a side, and what is undefined."""
    if "side" in found:
        sides = [("n: side", 0), ("n: other", 1)]
    else:
        sides = [(f"n: {name}", n) for n, name in enumerate(found.attrs["sides"])]
    out: dict[str, Any] = {c: found[c] for c in ("side", "other") if c in found}
    out |= {c: found[c] for c in ("level", "number", "name", "category", "units")}
    out |= {head: [row[n] for row in found["by_side"]] for head, n in sides}
    gone = ("of", "by_side", "undefined", *out)
    for column in (str(c) for c in found.columns if c not in gone):
        out[column] = found[column]
    out["undefined"] = [_why(row) for row in found["undefined"]]
    return pd.DataFrame(out, index=range(len(found)))


def _said(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its numbers rounded, and with a word where there is none."""
    return table.map(
        lambda v: (
            (round(v, _DIGITS) if math.isfinite(v) else _NO_VALUE) if isinstance(v, float) else v
        )
    )


def _why(row: Mapping[str, str]) -> str:
    by: dict[str, list[str]] = {}
    for column, reason in row.items():
        name = column.removesuffix("_low") + (", interval" if column.endswith("_low") else "")
        by.setdefault(reason, []).append(name)
    return "; ".join(f"{', '.join(names)}: {reason}" for reason, names in by.items())


def _differences(
    project: Project, of: Comparison, pair: tuple[str, str], said: Mapping[Any, Any]
) -> pd.DataFrame:
    """Return the differences of two sides as a file shows them."""
    table = agreement_page.differences(project, of, pair, said["runs"])
    told = deciding.told(project, deciding.listed(table))
    return pd.DataFrame(
        {
            "side": pair[0],
            "other side": pair[1],
            "kind": table["kind"],
            "transcript": table["transcript"],
            "start": table["start"],
            "stop": table["stop"],
            "code": table["code"],
            "other code": table["other"],
            "shared characters": table["shared"],
            "all characters": table["together"],
            "words": table["words"],
            "decided": ["yes" if d else "no" for d in table["decided"]],
            "decision": [outcome for outcome, _ in told],
            "reason": [reason for _, reason in told],
        }
    )

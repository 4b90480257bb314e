"""The counts that stand beside the interviews, summed by their labels."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

import pandas as pd

from workbench.errors import UnknownName
from workbench.project.opening import Project
from workbench.store import records

_LISTED = 10
"""Names that an error lists."""


def counts(project: Project, series: str | None = None, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the counts that stand beside the interviews, summed.

    Without `series` and `by` a row is a series with its labels, `counts` of them and their
    sum. With `by` a row is one combination of these labels; with a series alone, one
    count. Rows are in the order in which they came in. A count without a label has none.

    Raises:
        UnknownName: there is no such series, or no such label in it.
    """
    with project.reading() as connection:
        tallies = records.find(connection, "tally")
    known = list(dict.fromkeys(str(t["series"]) for t in tallies))
    if series is not None and series not in known:
        raise UnknownName("series", series, get_close_matches(series, known))
    rows = [
        (str(t["series"]), json.loads(t["labels"]), int(t["count"]))
        for t in tallies
        if series in (None, t["series"])
    ]
    if series is None and not by:
        return _series(rows)
    labels = list(dict.fromkeys(k for _, of, _ in rows for k in of))
    for label in by:
        if label not in labels:
            hint = f"Labels here: {', '.join(labels[:_LISTED])}."
            raise UnknownName("label of counts", label, hint=hint)
    sums: Counter[tuple[str, ...]] = Counter()
    for name, of, count in rows:
        sums[name, *(of.get(k, "") for k in by or labels)] += count
    columns: list[str] = ["series"]
    for label in by or labels:
        columns.append(free_label(label, [*columns, "count"]))
    found = [(*key, count) for key, count in sums.items()]
    return pd.DataFrame(found, columns=[*columns, "count"])


def _series(rows: Iterable[tuple[str, Mapping[str, str], int]]) -> pd.DataFrame:
    """Return one row a series: its labels, how many counts it has, and their sum."""
    labels: dict[str, dict[str, None]] = {}
    number, sums = Counter[str](), Counter[str]()
    for name, of, count in rows:
        labels.setdefault(name, {}).update(dict.fromkeys(of))
        number[name] += 1
        sums[name] += count
    found = [(name, "; ".join(of), number[name], sums[name]) for name, of in labels.items()]
    return pd.DataFrame(found, columns=["series", "labels", "counts", "count"])


def free_label(wanted: str, taken: Iterable[str]) -> str:
    """Return a label that is not taken yet: as wanted, or with (2), (3) … behind it."""
    held, label, n = set(taken), wanted, 2
    while label in held:
        label, n = f"{wanted} ({n})", n + 1
    return label

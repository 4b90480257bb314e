"""The table of agreement: per code, per category, overall, with intervals and evidence."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain

import numpy as np
import pandas as pd

from workbench.checks.agreement.compared import UNITS, Choices, Compared, Unit
from workbench.checks.agreement.of_continuum import of_continuum
from workbench.checks.agreement.of_units import of_units
from workbench.errors import BadValue
from workbench.model import frames
from workbench.model.evidence_ids import EvidenceIds

ANY, ALL = "any code", "all codes"
"""The rows overall: whether a unit has any code, and all decisions on all codes as one."""


def agreement(compared: Compared, unit: Unit, choices: Choices | None = None) -> pd.DataFrame:
    """Return the table of agreement (`frames.AGREEMENT`): codes, then categories, then overall.

    The last two rows are whether a unit has any code, and all decisions on all codes as one,
    which hides what the codes show each. `attrs` says the unit, the sides and the choices;
    `attrs["evidence"]` maps (row, side) to coding ids, the row being its `of`.

    Raises:
        BadValue: there is no such unit, or the bands are of no coefficient.
    """
    chosen = choices or Choices()
    if unit not in UNITS:
        raise BadValue("The unit of agreement", unit, f"one of {', '.join(UNITS)}")
    frames.require(compared.codes, frames.CODES, "codes")
    made = of_continuum if unit == "continuum" else of_units
    table = labels(compared).join(made(compared, unit, chosen))
    if chosen.bands:
        if chosen.bands.of not in table:
            raise BadValue("The coefficient of bands", chosen.bands.of, "a column of the table")
        table["band"] = [chosen.bands.named(v) for v in table[chosen.bands.of]]
    table.attrs = {
        "unit": unit,
        "sides": tuple(compared.sides),
        "transcripts": int((compared.present.sum(axis=1) >= 2).sum()),
        "uncoded": chosen.uncoded,
        "children": chosen.children,
        "unite": chosen.unite,
        "resamples": chosen.resamples,
        "seed": chosen.seed,
        "evidence": RowEvidence(compared, chosen),
    }
    return table


def labels(compared: Compared) -> pd.DataFrame:
    """Return what the rows of the table are: `level`, `of`, `number`, `name` and `category`."""
    codes, categories = compared.codes, compared.categories
    parts = [
        pd.DataFrame(
            {
                "level": "code",
                "of": codes["code_id"],
                "number": codes["number"],
                "name": codes["code"],
                "category": codes["category"],
            }
        ),
        pd.DataFrame(
            {
                "level": "category",
                "of": categories["category_id"],
                "number": "",
                "name": categories["category"],
                "category": categories["category"],
            }
        ),
        pd.DataFrame(
            {"level": "overall", "of": [ANY, ALL], "number": "", "name": [ANY, ALL], "category": ""}
        ),
    ]
    return pd.concat(parts, ignore_index=True).astype(
        dict.fromkeys(("level", "of", "number", "name", "category"), "str")
    )


class RowEvidence(Mapping[tuple[str, str], tuple[str, ...]]):
    """The codings behind each row of the table, by side: (`of`, side) → coding ids.

    They are put together when they are first asked for, and travel with copies of the table.
    """

    def __init__(self, compared: Compared, choices: Choices) -> None:
        self._compared, self._choices = compared, choices

    def of(self, row: str) -> tuple[str, ...]:
        """Return the codings of all sides behind a row."""
        sides = self._compared.sides
        return tuple(chain.from_iterable(self.get((row, side), ()) for side in sides))

    @cached_property
    def _ids(self) -> EvidenceIds:
        compared, coding = self._compared, self._compared.numbered
        size, categories = len(compared.codes), compared.categories["category_id"].tolist()
        labels = [*compared.codes["code_id"].tolist(), *categories, ANY, ALL]
        row, target = compared.targets(children=self._choices.children).of(coding.code)
        category = compared.category[coding.code]
        known, every = np.flatnonzero(category >= 0), np.arange(len(coding))
        rows = np.concatenate([row, known, every, every])
        last = np.repeat([len(labels) - 2, len(labels) - 1], len(every))
        of = np.concatenate([target, size + category[known], last])
        ids = compared.codings["coding_id"].iloc[compared.rows[rows]].reset_index(drop=True)
        return EvidenceIds(of, coding.coder[rows], ids, labels, list(compared.sides))

    def __getitem__(self, cell: tuple[str, str]) -> tuple[str, ...]:
        return self._ids[cell]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __deepcopy__(self, memo: object) -> "RowEvidence":
        return self

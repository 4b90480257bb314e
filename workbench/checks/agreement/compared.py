"""What is compared: two sides or more, what they coded, and what they looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.checks.agreement import units
from workbench.checks.agreement.bands import Bands
from workbench.checks.agreement.units import Codings, Targets, Units
from workbench.errors import FrameMismatch
from workbench.model import frames

Unit = Literal["case", "turn", "sentence", "character", "continuum"]
UNITS: tuple[Unit, ...] = ("case", "turn", "sentence", "character", "continuum")
RESAMPLES, SEED = 1_000, 1994

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Choices:
    """What changes the numbers, beside the unit.

    Without `uncoded`, only text counts that somebody gave any code. With `children`, a code
    counts for the codes above it too. Without `unite`, codings of one code and side that
    overlap are not joined first, so that a continuum cannot be told of that code. `resamples`
    draws of transcripts from `seed` make the intervals; none makes none.
    """

    uncoded: bool = True
    children: bool = False
    unite: bool = True
    resamples: int = RESAMPLES
    seed: int = SEED
    bands: Bands | None = None


@dataclass(frozen=True)
class Compared:
    """Two sides or more, their codings, and the texts they looked at.

    `codings` has the columns of `frames.CODINGS` and `side`; `looked` is `frames.LOOKED`,
    `codes` `frames.CODES`, `transcripts` `frames.TRANSCRIPTS`, `stretches`
    `frames.STRETCHES` (for a continuum and for characters it is not asked).
    """

    sides: Sequence[str]
    codings: pd.DataFrame
    looked: pd.DataFrame
    transcripts: pd.DataFrame
    codes: pd.DataFrame
    stretches: pd.DataFrame | None = None

    @cached_property
    def present(self) -> Bools:
        """Which side looked at which transcript: transcripts × sides."""
        frames.require(self.looked, frames.LOOKED, "looked")
        out = np.zeros((len(self.transcripts), len(self.sides)), bool)
        text = frames.places(
            self.looked["transcript_version_id"], self.transcripts["transcript_version_id"]
        )
        side = frames.places(self.looked["side"], pd.Series(list(self.sides), dtype="str"))
        there = (text >= 0) & (side >= 0)
        out[text[there], side[there]] = True
        return out

    @cached_property
    def rows(self) -> Ints:
        """The rows of the codings that are compared, by place: of a text that two sides saw."""
        text, side, code = self._places
        known = (text >= 0) & (side >= 0) & (code >= 0)
        text, side = np.where(known, text, 0), np.where(known, side, 0)
        if not len(self.transcripts):
            return np.empty(0, np.int64)
        both = self.present[text, side] & (self.present.sum(axis=1) >= 2)[text]
        rows = np.flatnonzero(known & both)
        place = text[rows] * (int(self.lengths.max()) + 1)
        return rows[np.argsort(place + self.codings["start"].to_numpy()[rows], kind="stable")]

    @cached_property
    def _places(self) -> tuple[Ints, Ints, Ints]:
        frames.require(self.codings, {**frames.CODINGS, "side": "str"}, "codings")
        return (
            frames.places(
                self.codings["transcript_version_id"], self.transcripts["transcript_version_id"]
            ),
            frames.places(self.codings["side"], pd.Series(list(self.sides), dtype="str")),
            frames.places(self.codings["code_id"], self.codes["code_id"]),
        )

    @cached_property
    def numbered(self) -> Codings:
        """The compared codings as numbers."""
        text, side, code = (place[self.rows] for place in self._places)
        ends = (self.codings[c].to_numpy()[self.rows] for c in ("start", "stop"))
        return Codings(text, side, code, *ends)

    @cached_property
    def lengths(self) -> Ints:
        """How long each transcript is."""
        return self.transcripts["length"].to_numpy()

    @cached_property
    def units(self) -> Units:
        """The units of the stretches; transcripts that share a unit are drawn together."""
        stretches = self.stretches
        if stretches is None:
            raise FrameMismatch("stretches", list(frames.STRETCHES))
        frames.require(stretches, frames.STRETCHES, "stretches")
        text = frames.places(
            stretches["transcript_version_id"], self.transcripts["transcript_version_id"]
        )
        start, stop = stretches["start"].to_numpy(), stretches["stop"].to_numpy()
        keep = (text >= 0) & (stop > start)
        keep[keep] = (self.present.sum(axis=1) >= 2)[text[keep]]
        unit, text = (
            pd.factorize(stretches["unit"].to_numpy()[keep])[0].astype(np.int64),
            text[keep],
        )
        size = int(unit.max(initial=-1)) + 1
        first = np.full(size, -1)
        first[unit[::-1]] = text[::-1]
        several = np.unique(unit[text != first[unit]])
        group = self._groups(unit, text, several)
        present = self.present[first]
        for one in several.tolist():
            present[one] = self.present[text[unit == one]].all(axis=0)
        return Units(
            text,
            start[keep],
            stop[keep],
            unit,
            group[first],
            present,
            int(group.max(initial=-1)) + 1,
        )

    def _groups(self, unit: Ints, text: Ints, several: Ints) -> Ints:
        shared = [np.unique(text[unit == one]).tolist() for one in several.tolist()]
        return units.together(shared, len(self.transcripts))

    def targets(self, *, children: bool) -> Targets:
        """Return the codes as targets, with `children` each code of those above it too."""
        size = len(self.codes)
        if not children:
            return Targets.each(size)
        above = frames.places(self.codes["parent_id"], self.codes["code_id"])
        code, target = np.arange(size), np.arange(size)
        pairs = [(code, target)]
        while (rising := above[target] >= 0).any() and len(pairs) <= size:
            code, target = code[rising], above[target[rising]]
            pairs.append((code, target))
        codes, targets = (np.concatenate(side) for side in zip(*pairs, strict=True))
        return Targets(codes, targets, size)

    @cached_property
    def categories(self) -> pd.DataFrame:
        """The categories that have codes, in the framework's order."""
        held = self.codes.loc[self.codes["category_id"] != "", ["category_id", "category"]]
        return held.drop_duplicates("category_id", ignore_index=True)

    @cached_property
    def category(self) -> Ints:
        """The category of each code as a number, −1 for none."""
        return frames.places(self.codes["category_id"], self.categories["category_id"])

"""Agreement on a continuum: α of unitizing for each code, each category and overall."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.checks.agreement import unitizing
from workbench.checks.agreement.compared import Choices, Compared, Unit
from workbench.checks.agreement.intervals import draws, interval
from workbench.checks.agreement.unitizing import Units
from workbench.checks.agreement.units import Targets
from workbench.model import segments, undefined

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Why = list[dict[str, str]]

COLUMNS = ("alpha_u", "u_alpha", "binary_u_alpha", "cu_alpha", "k_u_alpha")


def of_continuum(held: Compared, unit: Unit, choices: Choices) -> pd.DataFrame:
    """Return the figures of each row of the table of agreement, without its labels.

    `units` counts codings, those that overlap joined. A code alone has α_U and u-α, and
    (k)u-α among all codes; categories and all codes have α_U of their sums, and the u-α
    family where no side has two of their codes on the same words. Without the text that
    nobody coded a continuum would be none: it always counts.
    """
    return _Continuum(held, choices).table()


class _Continuum:
    def __init__(self, held: Compared, choices: Choices) -> None:
        self.held, self.choices = held, choices
        self.size = len(held.codes)
        self.rows = self.size + len(held.categories) + 2
        self.why: Why = [{} for _ in range(self.rows)]
        self.columns: dict[str, Floats] = {}
        for name in COLUMNS:
            for end in ("", "_low", "_high") if choices.resamples else ("",):
                self.columns[f"{name}{end}"] = np.full(self.rows, np.nan)
        compared = held.present.sum(axis=1) >= 2
        self.taken = draws(compared & (held.lengths > 0), choices.resamples, choices.seed)
        self.present = held.present & compared[:, None]
        self.lengths = np.where(compared, held.lengths, 0)
        self.compared = bool(self.lengths.any())
        self.one = np.ones((1, len(compared)))

    def table(self) -> pd.DataFrame:
        """Return the figures of all rows."""
        codes = self._units(self.held.targets(children=self.choices.children))
        grouped = Targets.grouped(self.held.category, len(self.held.categories))
        every = Targets.whole(self.size)
        parts = [codes, self._units(grouped), self._units(every)]
        self._of_codes(codes)
        plain = codes if not self.choices.children else self._units(Targets.each(self.size))
        self._of_groups(codes, plain)
        for row in range(self.rows):
            for name in COLUMNS:
                if not np.isfinite(self.columns[name][row]):
                    self.why[row].setdefault(
                        name, undefined.NO_VARIATION if self.compared else undefined.NO_PAIRS
                    )
        by_side, shares = self._numbers(parts)
        frame = pd.DataFrame(
            {
                "units": by_side.sum(axis=1),
                "by_side": pd.Series([tuple(r) for r in by_side.tolist()], dtype="object"),
                "prevalence": shares.mean(axis=1),
                "bias": shares[:, 0] - shares[:, 1]
                if shares.shape[1] == 2
                else shares.max(axis=1) - shares.min(axis=1),
                **self.columns,
            }
        )
        frame["undefined"] = pd.Series(self.why, dtype="object")
        return frame

    def _units(self, targets: Targets) -> Units:
        coding = self.held.numbered
        row, target = targets.of(coding.code)
        units = Units(
            coding.document[row],
            coding.coder[row],
            target,
            coding.start[row],
            coding.stop[row],
            self.lengths,
            self.present,
            targets.size,
        )
        whole = units.of(units.stop > units.start)
        return unitizing.united(whole) if self.choices.unite else whole

    def _of_codes(self, codes: Units) -> None:
        """Fill the rows of codes, and that of any code."""
        crossed = unitizing.overlapping(codes, apart=True).tolist()
        rows = [r for r in range(self.size) if r not in crossed]
        self._classic(rows, [np.array([r]) for r in rows], unitizing.classic(codes))
        held = unitizing.sums(codes, apart=True)
        self._family("u_alpha", unitizing.one_u_alpha, held, rows, rows)
        every = self._units(Targets.whole(self.size))
        row = self.rows - 2
        if not len(unitizing.overlapping(every, apart=True)):
            self._classic([row], [np.array([0])], unitizing.classic(every))
            held = unitizing.sums(every, apart=True)
            self._family("u_alpha", unitizing.one_u_alpha, held, [row], [0])
        else:
            crossed.append(row)
        for row in (*range(self.size), self.rows - 2):
            self.why[row] |= {
                "binary_u_alpha": undefined.OF_SEVERAL,
                "cu_alpha": undefined.OF_SEVERAL,
            }
        self.why[self.rows - 2]["k_u_alpha"] = undefined.OF_ONE
        for row in crossed:
            self.why[row] |= {"alpha_u": undefined.OVERLAP, "u_alpha": undefined.OVERLAP}

    def _of_groups(self, codes: Units, plain: Units) -> None:
        """Fill the rows of categories and of all codes, and how each code is told from others."""
        classic = unitizing.classic(codes)
        whole = np.arange(self.size)
        groups = [np.flatnonzero(self.held.category == n) for n in range(len(self.held.categories))]
        crossed = set(unitizing.overlapping(codes, apart=True).tolist())
        for row, of in zip(
            [*range(self.size, self.rows - 2), self.rows - 1], [*groups, whole], strict=True
        ):
            self.why[row]["k_u_alpha"] = undefined.OF_ONE
            if crossed & set(of.tolist()):
                self.why[row]["alpha_u"] = undefined.OVERLAP
            else:
                self._classic([row], [of], classic)
            place = np.full(self.size, -1)
            place[of] = np.arange(len(of))
            own = plain.of(place[plain.value] >= 0, place[plain.value], len(of))
            if len(unitizing.overlapping(own)):
                for name in ("u_alpha", "binary_u_alpha", "cu_alpha"):
                    self.why[row][name] = undefined.OVERLAP
                if row == self.rows - 1:
                    for one in range(self.size):
                        self.why[one]["k_u_alpha"] = undefined.OVERLAP
                continue
            held = unitizing.sums(own)
            for name, figure in (
                ("u_alpha", unitizing.u_alpha),
                ("binary_u_alpha", unitizing.binary_u_alpha),
                ("cu_alpha", unitizing.cu_alpha),
            ):
                self._family(name, figure, held, [row], [0])
            if not np.isfinite(self.columns["cu_alpha"][row]) and not held.met.any():
                self.why[row]["cu_alpha"] = undefined.NOT_SHARED
            if row == self.rows - 1:
                self._family("k_u_alpha", unitizing.k_u_alpha, held, whole.tolist(), whole.tolist())
                for one in np.flatnonzero(held.met.sum(axis=0) == 0).tolist():
                    self.why[one]["k_u_alpha"] = undefined.NOT_SHARED

    def _classic(self, rows: list[int], of: list[Ints], classic: tuple[Floats, Floats]) -> None:
        """Fill α_U of some rows, each of some values, from observed and expected disagreement."""
        parts = [
            np.stack([part[:, values].sum(axis=1) for values in of], axis=1)
            if of
            else np.zeros((len(part), 0))
            for part in classic
        ]

        def figure(times: Floats) -> Floats:
            seen, chance = (times @ part for part in parts)
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.asarray(np.where(chance > 0, 1 - seen / chance, np.nan))

        self._put("alpha_u", rows, figure)

    def _family(
        self,
        name: str,
        figure: Callable[[unitizing.Sums], Floats],
        held: unitizing.Sums,
        rows: list[int],
        columns: list[int],
    ) -> None:
        """Fill a coefficient of the u-α family of some rows, each a column of its figure."""

        def of(times: Floats) -> Floats:
            found = figure(held.drawn(times))
            return found.reshape(len(times), -1)[:, columns]

        self._put(name, rows, of)

    def _put(self, name: str, rows: list[int], figure: Callable[[Floats], Floats]) -> None:
        value = figure(self.one)[0]
        self.columns[name][rows] = value
        if not self.choices.resamples:
            return
        drawn = figure(self.taken) if self.taken is not None else None
        low, high, because = interval(drawn, value)
        self.columns[f"{name}_low"][rows], self.columns[f"{name}_high"][rows] = low, high
        for row, why in zip(rows, because.tolist(), strict=True):
            if why:
                self.why[row][f"{name}_low"] = why

    def _numbers(self, parts: list[Units]) -> tuple[Ints, Floats]:
        """Return how many units each side has in each row, and the share of text in them."""
        sides = self.present.shape[1]
        text = (self.present * self.lengths[:, None]).sum(axis=0).astype(float)
        text[text == 0] = np.nan
        numbers, shares = [], []
        for units in parts:
            group = units.value * sides + units.coder
            size = units.values * sides
            numbers.append(np.bincount(group, minlength=size).reshape(-1, sides))
            covered = segments.distinct_length(
                group, units.document, units.start, units.stop, size
            ).reshape(-1, sides)
            shares.append(covered / text)
        numbers.append(numbers[0].sum(axis=0, keepdims=True))
        shares.append(shares[0].mean(axis=0, keepdims=True))
        return np.concatenate(numbers), np.concatenate(shares)

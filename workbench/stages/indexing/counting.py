"""Counting: how much of each code there is in each case.

A coding lies in one transcript, so every figure is a sum over transcripts: `partial`
counts the codings of some whole transcripts, `combine` adds what it returned. Any
split of the transcripts gives the same figures.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.model import frames, segments
from workbench.model.evidence_ids import EvidenceIds

Ints = NDArray[np.int64]

_TABLE = 8
"""A table with so many places for each row is filled sooner than the rows are sorted."""


def partial(case_codings: pd.DataFrame) -> pd.DataFrame:
    """Return one row per case and code that meet (`frames.FIGURES`), by id.

    `case_codings` has the columns of `frames.CASE_CODINGS` and holds all the codings
    of the transcripts in it. `codings` counts distinct codings and `transcripts` those
    they lie in; `characters` sums the codings' lengths within the case, so two codings of
    one passage count it twice, and `distinct_characters` counts it once.
    """
    frames.require(case_codings, frames.CASE_CODINGS, "case_codings")
    if case_codings.empty:
        return frames.empty(frames.FIGURES)
    case, cases = pd.factorize(case_codings["case_id"], sort=True)
    code, codes = pd.factorize(case_codings["code_id"], sort=True)
    group, cells = pd.factorize(case * len(codes) + code, sort=True)
    coding, transcript = (
        pd.factorize(case_codings[c])[0] for c in ("coding_id", "transcript_version_id")
    )
    start, stop = case_codings["start"].to_numpy(), case_codings["stop"].to_numpy()
    size = len(cells)
    return pd.DataFrame(
        {
            "case_id": cases.take(cells // len(codes)),
            "code_id": codes.take(cells % len(codes)),
            "codings": _distinct(group, coding, size),
            "characters": np.bincount(group, stop - start, size),
            "distinct_characters": segments.distinct_length(group, transcript, start, stop, size),
            "transcripts": _distinct(group, transcript, size),
        }
    ).astype(frames.FIGURES)


def combine(partials: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the sum of partial figures; no transcript may be in two of them."""
    filled = [p for p in partials if len(p)]
    if not filled:
        return frames.empty(frames.FIGURES)
    together = pd.concat(filled, ignore_index=True)
    frames.require(together, frames.FIGURES, "figures")
    return together.groupby(["case_id", "code_id"], as_index=False).sum().astype(frames.FIGURES)


def evidence(case_codings: pd.DataFrame) -> EvidenceIds:
    """Return the ids behind each figure: (case id, code id) → coding ids, in their order."""
    frames.require(case_codings, frames.CASE_CODINGS, "case_codings")
    return EvidenceIds.gather(
        case_codings["case_id"], case_codings["code_id"], case_codings["coding_id"]
    )


def frequencies(
    codings: pd.DataFrame, case_codings: pd.DataFrame, codes: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per code (`frames.FREQUENCIES`), in the framework's order, unused too.

    Codings, transcripts and coders are of all `codings`, those in no case included;
    cases are of `case_codings`.
    """
    frames.require(codings, frames.COUNTED, "codings")
    frames.require(case_codings, frames.CASE_CODINGS, "case_codings")
    size = len(codes)

    def count(frame: pd.DataFrame, column: str) -> Ints:
        at = frames.places(frame["code_id"], codes["code_id"])
        member = pd.factorize(frame[column])[0].astype(np.int64)
        return _distinct(at[at >= 0], member[at >= 0], size)

    return pd.DataFrame(
        {
            "code_id": codes["code_id"].array,
            "codings": count(codings, "coding_id"),
            "transcripts": count(codings, "transcript_version_id"),
            "coders": count(codings, "coder"),
            "cases": count(case_codings, "case_id"),
        }
    )


def _distinct(groups: Ints, members: Ints, size: int) -> Ints:
    """Return how many different members each group 0 … size-1 has."""
    if not len(groups):
        return np.zeros(size, np.int64)
    most = int(members.max()) + 1
    pairs = groups * most + members
    if size * most <= _TABLE * len(pairs):
        there = np.zeros(size * most, bool)
        there[pairs] = True
        counts: Ints = there.reshape(size, most).sum(axis=1, dtype=np.int64)
        return counts
    pairs.sort()
    fresh = np.concatenate([[True], pairs[1:] != pairs[:-1]])
    return np.bincount(pairs[fresh] // most, minlength=size).astype(np.int64)

"""Co-occurrence: which codes stand together, by overlap, by turn, and by case.

Every function returns `frames.PAIRS`: each pair of different codes that meet, once,
the code that comes first in the framework in front. Codings of codes outside the
framework version are left out; leave one coder's or one run's in by choosing codings.
`by_overlap` and `by_turn` are sums over transcripts: `combine` adds what they return
for some whole transcripts each. `by_case` starts from figures that are combined already.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.model import frames, segments

Ints = NDArray[np.int64]


def by_overlap(codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Count the pairs of codings of two codes that share a character.

    Touching codings do not overlap. Two codings of the same code are no pair of codes.
    `overlapping` lists the pairs counted here.
    """
    frames.require(codings, frames.COUNTED, "codings")
    code = frames.places(codings["code_id"], codes["code_id"])
    keep = np.flatnonzero(code >= 0)
    counts = np.zeros(len(codes) ** 2, np.int64)
    for a, b in _meetings(codings, keep):
        low, high = np.minimum(code[a], code[b]), np.maximum(code[a], code[b])
        counts += np.bincount(low * len(codes) + high, minlength=len(counts))
    return _listed(counts.reshape(len(codes), len(codes)), codes)


def by_turn(codings: pd.DataFrame, turns: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Count the turns whose words two codes meet, whether or not the codes overlap.

    `in_turns` lists the codings of each turn.
    """
    coding, turn = _in_turns(codings, turns)
    code = frames.places(codings["code_id"], codes["code_id"])[coding]
    met = np.sort(turn[code >= 0] * len(codes) + code[code >= 0])
    met = met[np.concatenate([[True], met[1:] != met[:-1]])] if len(met) else met
    turn, code = np.divmod(met, max(len(codes), 1))
    counts = np.zeros(len(codes) ** 2, np.int64)
    # the codes of one turn as segments of length 1 at one place: all of them meet
    here = np.zeros(len(turn), np.int64)
    for a, b in segments.meetings(turn, here, here + 1):
        counts += np.bincount(code[a] * len(codes) + code[b], minlength=len(counts))
    return _listed(counts.reshape(len(codes), len(codes)), codes)


def by_case(figures: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Count the cases in which two codes both occur, anywhere in the case.

    `figures` has the columns of `frames.FIGURES`, combined over all transcripts.
    """
    frames.require(figures, frames.FIGURES, "figures")
    code = frames.places(figures["code_id"], codes["code_id"])
    case, cases = pd.factorize(figures["case_id"])
    there = np.zeros((len(cases), len(codes)))
    used = (code >= 0) & (figures["codings"].to_numpy() > 0)
    there[case[used], code[used]] = 1
    return _listed((there.T @ there).astype(np.int64), codes)


def combine(partials: Iterable[pd.DataFrame], codes: pd.DataFrame) -> pd.DataFrame:
    """Return the sum of the pairs of some whole transcripts each, in the framework's order."""
    counts = np.zeros((len(codes), len(codes)), np.int64)
    for part in partials:
        frames.require(part, frames.PAIRS, "pairs")
        at = tuple(frames.places(part[c], codes["code_id"]) for c in ("code_id", "other_id"))
        np.add.at(counts, at, part["count"].to_numpy())
    return _listed(counts, codes)


def overlapping(codings: pd.DataFrame) -> pd.DataFrame:
    """Return each pair of codings of different codes that share a character, once."""
    frames.require(codings, frames.CODINGS, "codings")
    code = pd.factorize(codings["code_id"])[0]
    pairs = [
        (a[code[a] != code[b]], b[code[a] != code[b]])
        for a, b in _meetings(codings, np.arange(len(codings)))
    ]
    if not pairs:
        return frames.empty(frames.CODING_PAIRS)
    a, b = (np.concatenate(side) for side in zip(*pairs, strict=True))
    ids = codings["coding_id"].array
    return pd.DataFrame({"coding_id": ids.take(a), "other_id": ids.take(b)})


def in_turns(codings: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Return one row per turn and coding that meets its words (`frames.TURN_CODINGS`)."""
    coding, turn = _in_turns(codings, turns)
    order = np.lexsort((coding, turn))
    coding, turn = coding[order], turn[order]
    return pd.DataFrame(
        {
            "transcript_version_id": turns["transcript_version_id"].array.take(turn),
            "position": turns["position"].array.take(turn),
            "coding_id": codings["coding_id"].array.take(coding),
            "code_id": codings["code_id"].array.take(coding),
        }
    )


def _meetings(codings: pd.DataFrame, keep: Ints) -> Iterable[tuple[Ints, Ints]]:
    """Yield the row pairs of the kept codings that share a character, in blocks."""
    document = pd.factorize(codings["transcript_version_id"])[0].astype(np.int64)
    start, stop = codings["start"].to_numpy(), codings["stop"].to_numpy()
    for a, b in segments.meetings(document[keep], start[keep], stop[keep]):
        yield keep[a], keep[b]


def _in_turns(codings: pd.DataFrame, turns: pd.DataFrame) -> tuple[Ints, Ints]:
    """Return the row pairs (coding, turn) where the coding meets the turn's words."""
    frames.require(codings, frames.CODINGS, "codings")
    frames.require(turns, frames.TURNS, "turns")
    spoken = np.flatnonzero(turns["stop"].to_numpy() > turns["words_start"].to_numpy())
    document, other = frames.numbered(
        codings["transcript_version_id"], turns["transcript_version_id"]
    )
    coding, turn = segments.overlaps(
        document,
        codings["start"].to_numpy(),
        codings["stop"].to_numpy(),
        other[spoken],
        turns["words_start"].to_numpy()[spoken],
        turns["stop"].to_numpy()[spoken],
    )
    return coding, spoken[turn]


def _listed(counts: Ints, codes: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs above the diagonal of a square of counts, in its order."""
    first, second = np.nonzero(np.triu(counts, 1))
    ids = codes["code_id"].array
    return pd.DataFrame(
        {
            "code_id": ids.take(first),
            "other_id": ids.take(second),
            "count": counts[first, second],
        }
    )

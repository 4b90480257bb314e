"""Coverage: what participants said that no code holds yet."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.model import frames, segments

Ints = NDArray[np.int64]


def uncoded_turns(turns: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Return the participants' turns whose words no coding meets, in their order.

    A speaker whose role is unknown counts as a participant, so that nothing is lost
    to an unrecognised label. Turns without words are not asked after.
    """
    spoken = _participants(turns)
    _, turn, _ = _coded(spoken, codings)
    bare = np.ones(len(spoken), bool)
    bare[turn] = False
    return spoken.loc[bare].reset_index(drop=True)


def coded_shares(turns: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Return one row per transcript with turns (`frames.CODED_SHARES`), in their order.

    A turn is coded when any coding meets its words. Characters are those of the
    participants' words, white space included; one under several codings counts once.
    A share is between 0 and 1, and missing where participants said nothing.
    """
    spoken = _participants(turns)
    begin, turn, end = _coded(spoken, codings)
    versions = turns["transcript_version_id"].drop_duplicates().reset_index(drop=True)
    document = frames.places(spoken["transcript_version_id"], versions)
    size = len(versions)
    said = np.bincount(document, (spoken["stop"] - spoken["words_start"]).to_numpy(), size)
    all_turns = np.bincount(document, minlength=size)
    coded_turns = np.bincount(document[np.unique(turn)], minlength=size)
    covered = segments.distinct_length(document[turn], document[turn], begin, end, size)
    return pd.DataFrame(
        {
            "transcript_version_id": versions,
            "turns": all_turns,
            "coded_turns": coded_turns,
            "turn_share": _share(coded_turns, all_turns),
            "characters": said,
            "coded_characters": covered,
            "character_share": _share(covered, said),
        }
    ).astype(frames.CODED_SHARES)


def _participants(turns: pd.DataFrame) -> pd.DataFrame:
    frames.require(turns, frames.TURNS, "turns")
    heard = (turns["role"] != "interviewer") & (turns["stop"] > turns["words_start"])
    return turns.loc[heard].reset_index(drop=True)


def _coded(turns: pd.DataFrame, codings: pd.DataFrame) -> tuple[Ints, Ints, Ints]:
    """Return start, row of the turn, and stop of each stretch of words under a coding."""
    frames.require(codings, frames.CODINGS, "codings")
    document, other = frames.numbered(
        codings["transcript_version_id"], turns["transcript_version_id"]
    )
    begin, end = turns["words_start"].to_numpy(), turns["stop"].to_numpy()
    start, stop = codings["start"].to_numpy(), codings["stop"].to_numpy()
    coding, turn = segments.overlaps(document, start, stop, other, begin, end)
    return np.maximum(start[coding], begin[turn]), turn, np.minimum(stop[coding], end[turn])


def _share(part: Ints, whole: NDArray[np.generic]) -> "pd.Series[float]":
    of = pd.Series(whole, dtype="float64")
    return pd.Series(part, dtype="float64") / of.where(of > 0)

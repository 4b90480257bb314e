"""Speaking: how many words, and how long, by speaker."""

import re

import numpy as np
import pandas as pd

from workbench.model import frames

_WORD = re.compile(r"[^\W_]\S*")


def words(text: str) -> int:
    """Return the number of words: runs without white space that hold a letter or digit.

    >>> words("Well – I don't know, 2 or 3 times…")
    8
    """
    return sum(1 for _ in _WORD.finditer(text))


def by_speaker(turns: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per speaker of a transcript (`frames.SPEAKING`), in order of first turn.

    `turns` has the columns of `frames.TURNS`, `texts` transcript_version_id and text.
    `seconds` sums the turns that have both a begin and an end not before it, and
    `timed_turns` says how many these are; without any, `seconds` is missing, for an
    unknown time is not a time of 0. `word_share` is the speaker's share of the
    transcript's spoken words, between 0 and 1, missing where there are none. A speaker
    without a name has the name "".
    """
    frames.require(turns, frames.TURNS, "turns")
    frames.require(texts, {"transcript_version_id": "str", "text": "str"}, "texts")
    if turns.empty:
        return frames.empty(frames.SPEAKING)
    key = ["transcript_version_id", "speaker", "role"]
    spoken = _measured(turns, texts).groupby(key, sort=False, as_index=False)
    out = spoken.agg(
        turns=("words", "size"),
        words=("words", "sum"),
        seconds=("seconds", lambda s: s.sum(min_count=1)),
        timed_turns=("seconds", "count"),
    )
    all_words = out.groupby("transcript_version_id")["words"].transform("sum")
    out["word_share"] = out["words"] / all_words.where(all_words > 0)
    return out[list(frames.SPEAKING)].astype(frames.SPEAKING)


def _measured(turns: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per turn: its speaker, its words and its seconds."""
    text_of = dict(zip(texts["transcript_version_id"], texts["text"], strict=True))
    at = zip(turns["transcript_version_id"], turns["words_start"], turns["stop"], strict=True)
    lasted = (turns["end_ms"] - turns["begin_ms"]) / 1000
    return pd.DataFrame(
        {
            "transcript_version_id": turns["transcript_version_id"],
            "speaker": turns["speaker"].fillna(""),
            "role": turns["role"].fillna("unknown"),
            "words": np.array([words(text_of[v][a:b]) for v, a, b in at], np.int64),
            "seconds": lasted.where(lasted >= 0),
        }
    )

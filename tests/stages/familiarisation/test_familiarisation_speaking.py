"""Words and speaking time, worked by hand."""

import math

import pandas as pd

from workbench.model import frames
from workbench.stages.familiarisation.speaking import by_speaker, words

TEXT = "I: How long?\nP: Well – two years.\nI: Oh.\n"


def turn(version: str, n: int, speaker: str, role: str, at: tuple[int, int, int], ms=(None, None)):
    return (version, n, speaker, role, *at, *ms)


def turns(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(frames.TURNS)).astype(frames.TURNS)


def test_words_and_seconds_are_summed_by_speaker_and_unknown_times_stay_missing():
    given = turns(
        turn("v1", 1, "I", "interviewer", (0, 3, 12), (0, 1500)),
        turn("v1", 2, "P", "participant", (13, 16, 33)),
        turn("v1", 3, "I", "interviewer", (34, 37, 40), (4000, 4000)),
    )
    texts = pd.DataFrame({"transcript_version_id": ["v1"], "text": [TEXT]})
    found = by_speaker(given, texts)
    expected = pd.DataFrame(
        [
            ("v1", "I", "interviewer", 2, 3, 3 / 6, 1.5, 2),
            ("v1", "P", "participant", 1, 3, 3 / 6, math.nan, 0),
        ],
        columns=list(frames.SPEAKING),
    ).astype(frames.SPEAKING)
    pd.testing.assert_frame_equal(found, expected)


def test_seconds_are_of_the_timed_turns_alone():
    given = turns(
        turn("v1", 1, "P", "participant", (0, 3, 12), (0, 1500)),
        turn("v1", 2, "P", "participant", (13, 16, 33), (2000, None)),
        turn("v1", 3, "P", "participant", (34, 37, 40), (9000, 8000)),
    )
    texts = pd.DataFrame({"transcript_version_id": ["v1"], "text": [TEXT]})
    row = by_speaker(given, texts).iloc[0]
    assert (row["turns"], row["seconds"], row["timed_turns"]) == (3, 1.5, 1)


def test_a_transcript_without_words_has_no_shares():
    given = turns(turn("v1", 1, "P", "participant", (0, 0, 2)))
    texts = pd.DataFrame({"transcript_version_id": ["v1"], "text": ["… "]})
    row = by_speaker(given, texts).iloc[0]
    assert row["words"] == 0
    assert math.isnan(row["word_share"])


def test_shares_are_within_a_transcript_and_nameless_speakers_have_the_empty_name():
    given = turns(
        turn("v1", 1, "P", "participant", (0, 0, 3)),
        turn("v2", 1, None, "unknown", (0, 0, 7)),
        turn("v2", 2, "P", "participant", (8, 8, 11)),
    )
    texts = pd.DataFrame({"transcript_version_id": ["v1", "v2"], "text": ["a b", "a b c d e f"]})
    found = by_speaker(given, texts)
    assert found["speaker"].tolist() == ["P", "", "P"]
    assert found["word_share"].tolist() == [1, 4 / 6, 2 / 6]


def test_words_are_what_holds_a_letter_or_a_digit():
    assert words("- Well…  it's 2,5 (or so)\n— å_gå!") == 6
    assert words(" \n… _ –") == 0


def test_no_turns_give_no_speakers():
    found = by_speaker(
        frames.empty(frames.TURNS), pd.DataFrame({"transcript_version_id": [], "text": []})
    )
    assert len(found) == 0
    assert list(found.columns) == list(frames.SPEAKING)

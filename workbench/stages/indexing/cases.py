"""Which case a coding speaks for: codings laid over the spans of the cases."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.model import frames, segments

Ints = NDArray[np.int64]


def by_case(codings: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Return one row per coding, case and stretch (`frames.CASE_CODINGS`).

    A stretch is the part of the coding that lies in one span of the case. A coding
    over the turns of two speakers of a focus group counts for both; the turns of
    others between them count for neither. Rows keep the order of the codings, and
    within a coding that of the spans.
    """
    coding, span = _meetings(codings, spans)
    order = np.lexsort((span, coding))
    coding, span = coding[order], span[order]
    begin, end = (codings[c].to_numpy()[coding] for c in ("start", "stop"))
    low, high = (spans[c].to_numpy()[span] for c in ("start", "stop"))
    return pd.DataFrame(
        {
            "coding_id": codings["coding_id"].array.take(coding),
            "case_id": spans["case_id"].array.take(span),
            "code_id": codings["code_id"].array.take(coding),
            "transcript_version_id": codings["transcript_version_id"].array.take(coding),
            "start": np.maximum(begin, low),
            "stop": np.minimum(end, high),
        }
    )


def in_no_case(codings: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Return the codings that lie in no span of any case: no chart would count them."""
    coding, _ = _meetings(codings, spans)
    lost = np.ones(len(codings), bool)
    lost[coding] = False
    return codings.loc[lost].reset_index(drop=True)


def _meetings(codings: pd.DataFrame, spans: pd.DataFrame) -> tuple[Ints, Ints]:
    """Return the row pairs (coding, span) that share a character."""
    frames.require(codings, frames.COUNTED, "codings")
    frames.require(spans, frames.SPANS, "spans")
    document, other = frames.numbered(
        codings["transcript_version_id"], spans["transcript_version_id"]
    )
    filled = np.flatnonzero(spans["stop"].to_numpy() > spans["start"].to_numpy())
    coding, span = segments.overlaps(
        document,
        codings["start"].to_numpy(),
        codings["stop"].to_numpy(),
        other[filled],
        spans["start"].to_numpy()[filled],
        spans["stop"].to_numpy()[filled],
    )
    return coding, filled[span]

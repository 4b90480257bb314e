"""Coverage of the chart: cells still to be written, and statements without words under them."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.model import frames
from workbench.model.chart import (
    CHARTED,
    NOT_ASKED,
    NOT_CHARTED,
    NOT_INDEXED,
    NOTHING_SAID,
    REVIEWED,
    STALE,
    STATES,
)
from workbench.model.evidence_ids import EvidenceIds


def uncharted(
    cases: pd.DataFrame, codes: pd.DataFrame, case_codings: pd.DataFrame, statements: pd.DataFrame
) -> pd.DataFrame:
    """Return the cells that have codings and no statement (`frames.UNCHARTED`).

    Whatever a cell is marked as: codings speak against “not asked”. In the order of
    the chart; `evidence` holds the ids of the codings.
    """
    frames.require(case_codings, frames.CASE_CODINGS, "case_codings")
    frames.require(statements, frames.STATEMENTS, "statements")
    written = _cells(statements, cases, codes)
    at = _cells(case_codings, cases, codes)
    left = case_codings.loc[(at >= 0) & ~np.isin(at, written)]
    ids = EvidenceIds.gather(left["case_id"], left["code_id"], left["coding_id"])
    found = pd.DataFrame(list(ids), columns=["case_id", "code_id"], dtype="str")
    found["evidence"] = list(ids.values())
    found["codings"] = [len(e) for e in ids.values()]
    order = np.argsort(_cells(found, cases, codes))
    found = found.iloc[order].reset_index(drop=True)
    for name, of in (("case", cases), ("code", codes)):
        found[name] = of[name].array.take(frames.places(found[f"{name}_id"], of[f"{name}_id"]))
    return found[list(frames.UNCHARTED)].astype(frames.UNCHARTED)


def _cells(frame: pd.DataFrame, cases: pd.DataFrame, codes: pd.DataFrame) -> NDArray[np.int64]:
    """Return the number of each row's cell, case by case; −1 outside the chart."""
    case = frames.places(frame["case_id"], cases["case_id"])
    code = frames.places(frame["code_id"], codes["code_id"])
    return np.where((case >= 0) & (code >= 0), case * len(codes) + code, -1)


def without_evidence(statements: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return the summaries and verbatim statements that rest on no live coding.

    A comment may stand alone.
    """
    frames.require(statements, frames.STATEMENTS, "statements")
    frames.require(evidence, frames.EVIDENCE, "evidence")
    live = evidence.loc[~evidence["withdrawn"].astype(bool), "statement_id"].drop_duplicates()
    bare = (statements["kind"] != "comment") & (frames.places(statements["statement_id"], live) < 0)
    return statements.loc[bare].reset_index(drop=True)


def filling(states: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Return one row per code (`frames.FILLING`), in the framework's order.

    `states` has the columns of `frames.CELL_STATES`. `filled` counts the cells that
    are charted, reviewed or stale; `stale` is a part of it. The other columns are the
    kinds of emptiness, and with `filled` they make up `cells`.
    """
    frames.require(states, frames.CELL_STATES, "states")
    code = frames.places(states["code_id"], codes["code_id"])
    state = frames.places(states["state"], pd.Series(STATES, dtype="str"))
    inside = (code >= 0) & (state >= 0)
    counts = np.bincount(
        code[inside] * len(STATES) + state[inside], minlength=len(codes) * len(STATES)
    ).reshape(len(codes), len(STATES))
    of = {name: counts[:, n] for n, name in enumerate(STATES)}
    return pd.DataFrame(
        {
            "code_id": codes["code_id"].array,
            "code": codes["code"].array,
            "cells": counts.sum(axis=1),
            "filled": of[CHARTED] + of[REVIEWED] + of[STALE],
            "stale": of[STALE],
            "uncharted": of[NOT_CHARTED],
            "not_asked": of[NOT_ASKED],
            "nothing_said": of[NOTHING_SAID],
            "not_indexed": of[NOT_INDEXED],
        }
    )

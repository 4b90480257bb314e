"""The verification list: each quotation opened with its context and held against its transcript."""

from typing import Any

import streamlit as st

from workbench.project import verifications
from workbench.project.door import Project
from workbench.ui import outbox, parts, places, session, show
from workbench.ui.kept import kept
from workbench.ui.words import _, n_

_AROUND = 220
ALL = "*all"


def panel(project: Project) -> None:
    """Show how much is verified, and the quotations of the place that is chosen."""
    table = kept(
        project,
        "verifications",
        lambda: verifications.verification_list(project, context=_AROUND),
    )
    if table.empty:
        show.empty(
            _("No quotations to verify yet"),
            _("State a finding and cite words for it, or enter the quotations of a report."),
        )
        return
    rows = [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]
    done = sum(row["state"] == "done" for row in rows)
    told = _("{done} of {n} quotations are held against their transcript", done=done, n=len(rows))
    st.progress(done / len(rows), told)
    bar = st.columns([6, 4], vertical_alignment="bottom")
    known = list(dict.fromkeys(_place(row) for row in rows))
    with bar[0]:
        place = session.choose(
            _("Quoted in"),
            [ALL, *known],
            "quoted",
            shown=lambda p: _("all places") if p == ALL else p,
        )
    only = bar[1].toggle(
        _("Only what is still to be done"), key="verify open", persist_state="session"
    )
    shown = [
        row for row in rows if place in (ALL, _place(row)) and not (only and row["state"] == "done")
    ]
    st.caption(n_("{n} quotation", "{n} quotations", len(shown)))
    data = {
        "key": f"{session.key()} {place} {only}",
        "quotes": [_data(row) for row in shown],
        "seen": outbox.acknowledged(),
    }
    parts.part("verification", "verification", data)
    places.follow(parts.told("verification"))


def _place(row: dict[str, Any]) -> str:
    """Return the finding's title, or the report without the number in it."""
    place = str(row["place"])
    return place.rpartition(" ")[0] or place if row["quotation_id"] else place


def outcomes() -> dict[str, str]:
    """Return what may come of holding a quotation against its transcript, in words."""
    return {
        "as said": _("as said"),
        "differs": _("differs"),
        "out of context": _("out of context"),
    }


def _data(row: dict[str, Any]) -> dict[str, Any]:
    turn = row["turn"]
    where = str(row["transcript"])
    if turn == turn:  # not missing
        where += _(", turn {n}", n=int(turn))
    done = ", ".join(t for t in (row["verified_by"], str(row["at"])[:10]) if t)
    before, after = show.whole_words(row["before"], row["after"], _AROUND)
    return {
        "id": f"{row['finding_id']}{row['quotation_id']}{row['coding_id']}",
        "coding": row["coding_id"],
        "finding": row["finding_id"] or None,
        "quotation": row["quotation_id"] or None,
        "entry": row["verification_id"],
        "row": int(row["row_version"]),
        "place": row["place"],
        "words": row["words"],
        "before": before,
        "after": after,
        "where": where,
        "speaker": row["speaker"],
        "opens": {"transcript": row["transcript"], "coding": row["coding_id"]},
        "state": row["state"],
        "outcome": row["outcome"],
        "told": done,
        "note": row["note"],
        "gone": bool(row["withdrawn"]),
    }

"""The tables of rounds: what is indexed twice or more, by whom, and how it was drawn."""

from sqlalchemy import Boolean, Column, Integer, Table, false

from workbench.store.declaring import rows, to, words


def declared() -> tuple[Table, Table, Table]:
    """Declare a round, the runs in it, and its transcripts.

    `seed` and `drawn_from` (how many transcripts there were) are of a round that was drawn
    at random, `attribute` what it was stratified by; a run is in one round at most.
    """
    return (
        rows(
            "round",
            words("name", None),
            to("framework_version"),
            Column("blind", Boolean, nullable=False, server_default=false()),
            Column("seed", Integer),
            Column("drawn_from", Integer),
            words("attribute"),
            unique=("name",),
        ),
        rows(
            "round_run",
            to("round", index=True),
            to("run"),
            unique=("run_id",),
        ),
        rows(
            "round_transcript",
            to("round", index=True),
            to("transcript"),
            unique=("round_id", "transcript_id"),
        ),
    )

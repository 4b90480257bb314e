"""The tables of charting by two: which cells, each person's own versions, and what was decided.

Beside the cells of the chart, of which there is one for a framework version, case and code,
stand the *own cells*: one for each of the two people of a round, with own statements and own
evidence. No view of the chart reads them. A decision writes statements of the chart's cell and
says of which own statements each is; own cells stay as they are.
"""

from sqlalchemy import Boolean, Column, Integer, Table, false

from workbench.store.declaring import rows, to, words


def declared() -> tuple[Table, ...]:
    """Declare a round of charting, its cells, own cells with what they hold, and decisions.

    `seed` and `drawn_from` (how many cells there were) are of a round that was drawn at random.
    `own_statement_id` is empty for a statement that was written when it was decided.
    """
    return (
        rows(
            "charting_round",
            words("name", None),
            to("framework_version"),
            to("person", "first_id"),
            to("person", "second_id"),
            Column("blind", Boolean, nullable=False, server_default=false()),
            Column("seed", Integer),
            Column("drawn_from", Integer),
            unique=("name",),
        ),
        rows(
            "charting_round_cell",
            to("charting_round", index=True),
            to("case", index=True),
            to("code"),
            unique=("charting_round_id", "case_id", "code_id"),
        ),
        rows(
            "own_cell",
            to("charting_round_cell", index=True),
            to("person"),
            Column("finished", Boolean, nullable=False, server_default=false()),
            unique=("charting_round_cell_id", "person_id"),
        ),
        rows(
            "own_statement",
            to("own_cell", index=True),
            Column("position", Integer, nullable=False),
            words("kind", None),
            words("text", None),
        ),
        rows(
            "own_evidence",
            to("own_statement", index=True),
            to("coding", index=True),
            unique=("own_statement_id", "coding_id"),
        ),
        rows(
            "cell_decision",
            to("charting_round_cell", index=True),
            words("outcome", None),
            words("reason"),
            to("person"),
            unique=("charting_round_cell_id",),
        ),
        rows(
            "decided_statement",
            to("cell_decision", index=True),
            to("statement", index=True),
            to("own_statement", null=True),
        ),
    )

"""How tables of the work are declared: what all of them have, and how columns are said."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ROWS: dict[str, Table] = {}
"""Tables of the work, parents before children."""

BULKY: dict[str, tuple[str, ...]] = {
    "transcript_version": ("text", "turns"),
    "original": ("content",),
    "kept_part": ("content",),
}
"""Unchangeable columns that the history need not repeat.

They stand last in their tables: SQLite reads through all that stands before a column, so
that whether a row is withdrawn would cost reading its text.
"""

LIVE = "NOT withdrawn"


def rows(name: str, *columns: SchemaItem, unique: tuple[str, ...] = ()) -> Table:
    """Declare a table of the work; `unique` columns are unique among live rows."""
    bulky = [c for c in columns if isinstance(c, Column) and c.name in BULKY.get(name, ())]
    table = Table(
        name,
        metadata,
        Column("id", String(36), primary_key=True),
        *(c for c in columns if c not in bulky),
        Column("made_in", Integer, ForeignKey("act.seq"), nullable=False, index=True),
        Column("changed_in", Integer, ForeignKey("act.seq"), nullable=False),
        Column("row_version", Integer, nullable=False, server_default=text("1")),
        Column("withdrawn", Boolean, nullable=False, server_default=false()),
        *bulky,
    )
    if unique:
        Index(
            f"live_{name}_{'_'.join(unique)}",
            *(table.c[c] for c in unique),
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        )
    ROWS[name] = table
    return table


def to(
    table: str, name: str | None = None, *, null: bool = False, index: bool = False
) -> Column[object]:
    """Declare a reference to a row of another table."""
    return Column(
        name or f"{table}_id", String(36), ForeignKey(f"{table}.id"), nullable=null, index=index
    )


def words(name: str, default: str | None = "") -> Column[object]:
    """Declare a text; without a default it must be given."""
    return Column(
        name, Text, nullable=False, server_default=None if default is None else text(f"'{default}'")
    )

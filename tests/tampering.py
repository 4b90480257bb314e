"""What somebody does to a project with another program: past triggers and foreign keys."""

import sqlite3

import psycopg

from workbench.project.door import Project
from workbench.store import engine


def by_force(project: Project, *statements: str) -> None:
    """Run statements against a project's database as if it had no guards; they stand after."""
    where = project.where
    project.close()
    if engine.is_url(where):
        with psycopg.connect(where) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(statement)
        return
    kept = sqlite3.connect(where, isolation_level=None)
    kept.execute("BEGIN")
    guards = kept.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        kept.execute(f'DROP TRIGGER "{name}"')
    for statement in (*statements, *(sql for _, sql in guards)):
        kept.execute(statement)
    kept.commit()
    kept.close()

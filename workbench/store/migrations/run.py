"""Run Alembic's revisions over an open connection, without an alembic.ini."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from workbench.store import schema


def scripts() -> ScriptDirectory:
    """Return the revisions of this workbench."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def upgrade(connection: Connection, revision: str) -> None:
    """Bring a database up to a revision, inside the caller's transaction."""
    script = scripts()

    def steps(found: str, _context: object) -> list[MigrationStep]:
        return list(script._upgrade_revs(revision, found))

    environment = EnvironmentContext(Config(), script, fn=steps)
    with environment:
        environment.configure(
            connection=connection, target_metadata=schema.metadata, render_as_batch=True
        )
        environment.run_migrations()

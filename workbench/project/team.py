"""The people of a project, as plain rows."""

from typing import NamedTuple

from workbench.project.opening import Project
from workbench.store import records


class Person(NamedTuple):
    """One member of the team with the profile that a report needs."""

    handle: str
    name: str
    role: str
    credentials: str
    occupation: str
    experience: str
    row_version: int


def people(project: Project) -> list[Person]:
    """Return the members of the team in the order in which they came."""
    with project.reading() as connection:
        rows = records.find(connection, "person", *Person._fields)
    return [Person(**row) for row in rows]

"""The Python door: a project with everything it shows as methods.

The rooms behind are loaded when a method first needs them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.project import opening

if TYPE_CHECKING:
    import pandas as pd

    from workbench.model.report import ImportReport


class Project(opening.Project):
    """One research project, held in one file or one database.

    `who` is the handle that the history writes beside each act. Everything that changes
    the project is a function of `workbench.edits`; everything that shows it is a method
    here or a function of `workbench.views`.
    """

    def import_files(self, *paths: str | Path, **options: object) -> "ImportReport":
        """Bring files, or one study folder, in by content (see `workbench.project.imports`)."""
        from workbench.project import imports, studies

        files = [Path(p) for p in paths]
        if len(files) == 1 and studies.is_study(files[0]):
            return studies.build(self, files[0], imports.Options(**options))  # type: ignore[arg-type]  # the options of Options, passed on by name
        return imports.import_files(self, files, **options)

    def rehearse_import(self, *paths: str | Path, **options: object) -> "ImportReport":
        """Return the report that `import_files` would, and keep nothing of what it does."""
        with self.rehearsing():
            return self.import_files(*paths, **options)

    def merge(self, other: opening.Project, **choices: Any) -> Any:
        """Take over what another copy did (see `edits.merge`).

        `choices` are those of `merging.Choices`: answers, prefer, same_names.
        """
        from workbench.project import edits, merging

        return edits.merge(self, other, merging.Choices(**choices))

    def rehearse_merge(self, other: opening.Project, **choices: Any) -> Any:
        """Return the report that `merge` would, with its questions, and keep nothing of it."""
        from workbench.project import merging

        return merging.preview(self, other, merging.Choices(**choices))

    def correct(self, transcript: str, path: str | Path, *, reason: str = "") -> "ImportReport":
        """Give a transcript the text of a file as its next version (see `imports.correct`)."""
        from workbench.project import imports

        return imports.correct(self, transcript, Path(path), reason=reason)

    def unplaced(self, transcript: str | None = None) -> "pd.DataFrame":
        """Return the codings that wait for a place since their text was corrected."""
        from workbench.project import views

        return views.unplaced(self, transcript)

    def frameworks(self) -> "pd.DataFrame":
        """Return one row per framework version: name, version, parent, objective, …"""
        from workbench.project import views

        return views.frameworks(self)

    def chart(self, version: str | None = None, **options: Any) -> "pd.DataFrame":
        """Return the chart of a framework version: cases × codes (see `views.chart`).

        `attrs["evidence"]` holds the coding ids of every cell that has any.
        """
        from workbench.project import views

        return views.chart(self, version, **options)

    def network(self, **filters: Any) -> Any:
        """Return the links as a networkx graph (see `interpreting.network`)."""
        from workbench.project import interpreting

        return interpreting.network(self, **filters)

    def search(self, words: str, **options: Any) -> "pd.DataFrame":
        """Return every hit of words in the transcripts, in context."""
        from workbench.project import views

        return views.search(self, words, **options)

    def trace(self, thing: str) -> Any:
        """Return what an id rests on, down to the quotes (see `project.trace`)."""
        from workbench.project import trace

        return trace.trace(self, thing)

    def check(self) -> Any:
        """Hold the project against the ten laws; return the findings."""
        from workbench.project import checking

        return checking.check(self)

    def export(self, *paths: str | Path, **options: Any) -> list[str]:
        """Write files by their endings and return what was written, in sentences."""
        from workbench.project import outputs

        return [outputs.export(self, Path(p), **options) for p in paths]

    def export_study(self, folder: str | Path) -> "ImportReport":
        """Write the project as a study folder; the report says what a study cannot hold."""
        from workbench.project import study_out

        return study_out.export(self, Path(folder))


def open_project(where: str | Path, *, who: str | None = None) -> Project:
    """Open a project: a file, or a database URL.

    Raises:
        NotAProject, NewerSchema, OlderSchema, StoreUnreachable: see `errors`.
    """
    return _furnished(opening.open_project(where, who=who))


def create(where: str | Path, *, who: str | None = None) -> Project:
    """Make an empty project and open it.

    Raises:
        ProjectExists: something stands there already.
        CannotWrite: there is no such folder.
    """
    return _furnished(opening.create(where, who=who))


@contextmanager
def opened_or_made(where: str | Path, *, who: str | None = None) -> Iterator[Project]:
    """Open a project to bring something in, or make one (see `opening.opened_or_made`)."""
    with opening.opened_or_made(where, who=who) as project:
        yield _furnished(project)


def _furnished(project: opening.Project) -> Project:
    return Project(project.store, project.who)

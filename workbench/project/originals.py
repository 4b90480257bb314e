"""Earlier texts from rehearsal to removal: sealed outside the project, or gone for good."""

from collections.abc import Sequence
from pathlib import Path

from workbench.errors import BadValue, Refused
from workbench.formats import keyfile, sealed_texts
from workbench.model.report import ImportReport, counted
from workbench.project import backups, edits, removal
from workbench.project.merging import called
from workbench.project.opening import Project
from workbench.project.removal import Going, NameLeft

__all__ = ["Going", "NameLeft", "going", "name_of", "remove", "seal", "unseal"]


def going(project: Project, key: Path, passphrase: str) -> Going:
    """Return what would be removed, what stands in the way, and which names would stay.

    Raises:
        BadFile: it is no key, or the passphrase does not open it.
    """
    names = _names(key, passphrase)
    with project.reading() as connection:
        return removal.going(connection, names)


def seal(
    project: Project,
    key: Path,
    passphrase: str,
    to: Path,
    *,
    name: str,
    anyway: bool = False,
    delete_backups: bool = False,
) -> ImportReport:
    """Write the earlier texts into a file that the passphrase of the key opens, and remove them.

    `name` is that of the project, as a person gives it who means it: `study.fwb`.

    Raises:
        BadValue: the name is another.
        BadFile: it is no key, or the passphrase does not open it.
        Refused, CannotWrite: see `edits.remove_originals`.
    """
    return _removed(project, key, passphrase, to, name, anyway, delete_backups)


def remove(
    project: Project,
    key: Path,
    passphrase: str,
    *,
    name: str,
    anyway: bool = False,
    delete_backups: bool = False,
) -> ImportReport:
    """Remove the earlier texts for good: nobody can bring them back.

    Raises:
        BadValue, BadFile, Refused: as of `seal`.
    """
    return _removed(project, key, passphrase, None, name, anyway, delete_backups)


def unseal(path: Path, passphrase: str, folder: Path) -> list[Path]:
    """Write what a sealed file holds into an empty folder; return the files.

    Raises:
        BadFile: it is no such file, or the passphrase does not open it.
        CannotWrite: something is in the folder, or the system refuses.
    """
    return sealed_texts.write_out(sealed_texts.read(path, passphrase), folder)


def name_of(project: Project) -> str:
    """Return what a person says who means this project: its file, or its database."""
    return called(project.where)


def _names(key: Path, passphrase: str) -> list[str]:
    return [row.name for row in keyfile.read(key, passphrase)]


def _removed(
    project: Project,
    key: Path,
    passphrase: str,
    to: Path | None,
    name: str,
    anyway: bool,
    delete_backups: bool,
) -> ImportReport:
    names = _names(key, passphrase)
    if name.strip() != name_of(project):
        raise BadValue("The name of the project", name, name_of(project))
    if project.rehearses:
        raise Refused("Texts cannot be removed in a rehearsal. Ask what would go instead.")
    report = edits.remove_originals(
        project, names, sealed_in=to, passphrase=passphrase, anyway=anyway
    )
    _tell_of_files(project, report)
    _tell_of_copies(project, report, delete_backups)
    return report


def _tell_of_files(project: Project, report: ImportReport) -> None:
    """Note where what was removed can still be read: in files that were not written anew."""
    if project.not_anew:
        report.notes.append(
            f"What was removed can still be read in the files of {name_of(project)}, as they "
            f"could not be written anew ({project.not_anew}). Close the project everywhere else, "
            "and remove once more."
        )
    if not project.store.is_file:
        report.notes.append(
            "Backups and logs of the database server are out of reach, and hold what was removed "
            "until the server replaces them."
        )


def _tell_of_copies(project: Project, report: ImportReport, delete: bool) -> None:
    """Delete the copies beside a project's file, if wanted; note those that are left."""
    copies = [b.path for b in backups.held(project)] if project.store.is_file else []
    left = _deleted(copies) if delete else copies
    if len(left) < len(copies):
        gone = len(copies) - len(left)
        report.notes.append(f"Deleted {counted(gone, 'copies')} beside the project.")
    for path in left:
        if delete:
            report.notes.append(f"{path} could not be deleted, and holds the names still.")
        else:
            report.notes.append(
                f"{path} is a copy from before and holds the names still. Delete it (--backups)."
            )


def _deleted(copies: Sequence[Path]) -> list[Path]:
    """Delete files; return those that could not be."""
    left = []
    for path in copies:
        try:
            path.unlink()
        except OSError:
            left.append(path)
    return left

"""Earlier texts are removed for good, sealed in a file before or not: the one act that deletes."""

from collections.abc import Sequence
from pathlib import Path

from workbench.errors import BadValue, CannotWrite, Refused
from workbench.formats import files, sealed_texts
from workbench.formats.sealed_texts import SealedText
from workbench.model.report import ImportReport, counted
from workbench.project import removal
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.removal import Going
from workbench.store import removing
from workbench.store.history import Act


@edit(removing.VERB)
def remove_originals(
    act: Act,
    names: Sequence[str],
    *,
    sealed_in: Path | None = None,
    passphrase: str = "",
    anyway: bool = False,
) -> ImportReport:
    """Remove all texts but the current ones, and what the history repeats of what was written.

    With `sealed_in` the texts, and the files that they came from, are written there first,
    encrypted. `names` are those that must not remain: where one would stay in the project
    nothing is removed, unless it is to be done `anyway`. Undo does not reach beyond this act
    (see `store.removing`). After it the project's files are written anew; `Project.not_anew`
    says why that failed, if it did.

    Raises:
        Refused: codings or memos wait for a place on an earlier text; a name would stay; there
            is nothing to seal; or what would be left breaks a law.
        CannotWrite: something stands where the texts are to be sealed, or it cannot be written.
        BadValue: the passphrase is empty.
    """
    found = removal.going(act.connection, names)
    _refuse(found, anyway)
    if sealed_in is not None:
        _seal(act, sealed_in, passphrase)
    try:
        removing.remove(act)
        _refuse_broken(act)
    except BaseException:
        if sealed_in is not None:
            sealed_in.unlink(missing_ok=True)
        raise
    report = ImportReport("originals")
    for what, number in (
        ("earlier texts", found.texts),
        ("files of current texts", found.files),
        ("entries of the history", found.acts),
    ):
        if number:
            report.count(what, number)
    if found.left:
        stay = "stays" if len(found.left) == 1 else "stay"
        report.notes.append(
            f"{counted(len(found.left), 'names')} of the key {stay} in the project."
        )
    texts = counted(found.texts, "earlier texts")
    act.says(
        f"Removed {texts} for good, sealed in a file"
        if sealed_in is not None
        else f"Removed {texts} for good"
    )
    act.report = report.as_dict()
    return report


def _refuse(found: Going, anyway: bool) -> None:
    waiting = found.codings + found.memos
    if waiting:
        stand = "stands" if waiting == 1 else "stand"
        raise Refused(
            f"{counted(waiting, 'codings or memos')} still {stand} on earlier texts. Place or "
            "withdraw what “workbench unplaced PROJECT” lists (memos: --memos), and try again."
        )
    if found.left and not anyway:
        one = found.left[0]
        around = short(f"{one.before}{one.match}{one.after}", 60)
        raise Refused(
            f"{counted(len(found.left), 'names')} of the key would stay in the project, the first "
            f"in {one.place}: “{around}”. Replace or change them, or say that they may stay."
        )


def _seal(act: Act, path: Path, passphrase: str) -> None:
    if not passphrase:
        raise BadValue("The passphrase", passphrase, "at least one letter")
    if files.stands(path):
        raise CannotWrite(path, "something stands there already; name another file")
    texts = [SealedText(**one._asdict()) for one in removing.earlier(act.connection)]
    if not texts:
        raise Refused(
            "There is no earlier text to seal. What the history holds is removed by “workbench "
            "pseudonyms remove”."
        )
    sealed_texts.write(texts, path, passphrase)


def _refuse_broken(act: Act) -> None:
    """Check that what is left keeps the laws.

    Raises:
        Refused: it does not.
    """
    from workbench.project import laws  # loads pandas, which other acts do without

    broken = [f for f in laws.of_the_work(act.connection) if f.severity == "broken"]
    if broken:
        raise Refused(
            f"The earlier texts cannot go as things are. {broken[0].sentence()} Settle it, and "
            "try again."
        )

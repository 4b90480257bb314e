"""The transcripts of a case beside one of its cells: what is the case's, what has the code."""

from typing import NamedTuple

from workbench.project import transcript_page
from workbench.project.cell_codings import CellCodings, Stretch
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.transcript_page import Mark
from workbench.store import passages


class CaseWords(NamedTuple):
    """One transcript that a case speaks in; `transcripts` names all of them, as they came in.

    `own` are the stretches that are the case's. `marks` are the codings with the cell's code
    there, of the runs that count and may be seen; `runs` are those in which words may be
    coded for the chart, each with the handle of its coder, if it has one.
    """

    transcripts: tuple[str, ...]
    transcript: str
    version_id: str
    own: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    runs: tuple[tuple[str, str], ...]


def case_words(
    project: Project, framework: str, case: str, code: str, transcript: str | None = None
) -> CaseWords | None:
    """Return a transcript of a case, the first one if none of its is named; None without any.

    Raises:
        UnknownName, AmbiguousName: there is no such version, case or code, or several.
    """
    with project.reading() as connection:
        names = Names(connection)
        version = names.version(framework)
        case_id, code_id = names.case(case)["id"], names.code(version, code)["code_id"]
        codings = CellCodings(connection, version["id"])
        spans = codings.spans(case_id)
        texts = {name: v for _, v, name, _ in passages.transcripts(connection) if v in spans}
        seen = transcript_page.visible_to(connection, project.who, str(version["reference"]))
    if not texts:
        return None
    shown = transcript if transcript in texts else next(iter(texts))
    counting = [r for r in seen if r["id"] in codings.run_ids]
    held = transcript_page.marks(project, shown, [r["name"] for r in counting])
    own = tuple(sorted(spans[texts[shown]]))
    return CaseWords(
        tuple(texts),
        shown,
        texts[shown],
        own,
        tuple(m for m in held if m.code_id == code_id and _meets(m, own)),
        tuple((str(r["name"]), str(r["coder"])) for r in counting or seen),
    )


def _meets(mark: Mark, own: tuple[Stretch, ...]) -> bool:
    return any(mark.start < stop and start < mark.stop for start, stop in own)

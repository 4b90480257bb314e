"""Study folders: a study as files that a person can read and a program can rebuild.

    study.yaml        title, method, people, runs …; see study.schema.json
    transcripts/      the interviews, in any format; or
    …                 files of other tools, named in study.yaml under `imports`
    published/        printed tables to hold the study against, register.csv beside them
    manifest.json     of which project it was written, when, and what is not in it
    frameworks/       <name>/<version>.yaml, here or in a folder above
    cases.csv …       tables of `table_rows`, named for their kind; also tsv and xlsx

Only study.yaml and transcripts/, or imports, must be there. What is in the folder and has no
meaning here is listed, never passed over in silence.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from workbench.errors import BadTable, BadValue
from workbench.formats import (
    framework_yaml,
    published,
    strict_yaml,
    study_files,
    study_imports,
    table_rows,
    tables,
)
from workbench.formats.strict_yaml import Document, Place
from workbench.formats.study_imports import StudyImport
from workbench.formats.table_rows import (
    CaseRow,
    CellRow,
    CodingRow,
    CountRow,
    DecisionRow,
    FacetRow,
    LadderRow,
    LinkRow,
    MeetingRow,
    MemoRow,
    PlacementRow,
    QuotationRow,
    ReadingRow,
    SpanRow,
    StatementRow,
)
from workbench.formats.tables import Kind
from workbench.model.case import AttributeType
from workbench.model.coding import RunKind
from workbench.model.framework import FrameworkVersion
from workbench.model.ladder import USUAL, LadderTemplate, template_of
from workbench.model.memo import PersonRole
from workbench.model.method import STAGE_TEMPLATES
from workbench.model.palette import PALETTES
from workbench.model.published import Printed
from workbench.model.report import ImportReport, LeftOut
from workbench.model.transcript import Role

STAGES = "ritchie-spencer-1994"
"""The stages of a study that names none."""

_SCHEMA = "study.schema.json"

_RowType = TypeVar("_RowType")


@dataclass(frozen=True, slots=True)
class StudyPerson:
    """One person of the team, with the reporting profile."""

    handle: str
    name: str
    role: PersonRole
    credentials: str
    occupation: str
    experience: str


@dataclass(frozen=True, slots=True)
class StudyAttribute:
    """One attribute of cases, and the type that its values have."""

    name: str
    type: AttributeType


@dataclass(frozen=True, slots=True)
class StudyLadder:
    """One ladder; `framework` is the version its statements are of, or empty.

    `template` names its levels (see `ladder.template_of`).
    """

    name: str
    framework: str
    template: str = "framework"
    objective: str = ""


@dataclass(frozen=True, slots=True)
class StudyRun:
    """One run of indexing; `finished` names the transcripts that it has gone through."""

    name: str
    framework: str
    kind: RunKind
    coder: str
    blind: bool
    finished: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StudyType:
    """One type of a typology: dimension → value."""

    name: str
    definition: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StudyTypology:
    """One typology; `dimensions` maps each dimension to the values it can have."""

    name: str
    dimensions: Mapping[str, tuple[str, ...]]
    types: tuple[StudyType, ...]


@dataclass(frozen=True, slots=True)
class TranscriptSettings:
    """What to tell the readers of transcripts, and what they cannot find in the files.

    `interviewers` are labels; `cases` is the rule that makes cases where no table does,
    empty for the usual one; `headers` are (transcript, field → value), `speakers`
    (transcript, label, role).
    """

    interviewers: tuple[str, ...] = ()
    cases: Literal["auto", "file", "speaker", "none", ""] = ""
    headers: tuple[tuple[str, Mapping[str, str]], ...] = ()
    speakers: tuple[tuple[str, str, Role], ...] = ()


@dataclass(frozen=True, slots=True)
class StudyTables:
    """The rows of the tables that the folder has; a table that is not there has none."""

    cases: tuple[CaseRow, ...] = ()
    spans: tuple[SpanRow, ...] = ()
    codings: tuple[CodingRow, ...] = ()
    statements: tuple[StatementRow, ...] = ()
    cells: tuple[CellRow, ...] = ()
    ladder: tuple[LadderRow, ...] = ()
    links: tuple[LinkRow, ...] = ()
    facets: tuple[FacetRow, ...] = ()
    placements: tuple[PlacementRow, ...] = ()
    memos: tuple[MemoRow, ...] = ()
    readings: tuple[ReadingRow, ...] = ()
    decisions: tuple[DecisionRow, ...] = ()
    meetings: tuple[MeetingRow, ...] = ()
    quotations: tuple[QuotationRow, ...] = ()
    counts: tuple[CountRow, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """All that a study folder says, read and checked, nothing of it stored yet.

    `method` names the levels (see `ladder.template_of`), `stages` is a key of
    `method.STAGE_TEMPLATES`, `colours` one of `palette.PALETTES`, or empty. `transcripts`
    are in the order of their names; a transcript is known by its file name without the
    ending. `imports` are files of other
    tools in the order in which they are to come in. `tables` says from which
    file the rows of each kind come, and `unknown` what in the folder was not read.
    """

    folder: Path
    title: str
    doi: str
    authors: tuple[str, ...]
    method: str
    stages: str
    colours: str
    objective: str
    synthetic: str
    language: str
    people: tuple[StudyPerson, ...]
    frameworks: tuple[FrameworkVersion, ...]
    attributes: tuple[StudyAttribute, ...]
    ladders: tuple[StudyLadder, ...]
    runs: tuple[StudyRun, ...]
    typologies: tuple[StudyTypology, ...]
    settings: TranscriptSettings
    imports: tuple[StudyImport, ...]
    transcripts: tuple[Path, ...]
    rows: StudyTables
    tables: Mapping[Kind, tables.Table]
    printed: Printed
    unknown: tuple[str, ...]
    report: ImportReport


def is_study(folder: Path | str) -> bool:
    """Tell whether a folder holds a study.yaml."""
    return (Path(folder) / "study.yaml").is_file()


def read(folder: Path | str) -> StudyFolder:
    """Return what a study folder says.

    Raises:
        MissingFile: there is no study.yaml, no file of `imports`, no framework file, or
            neither imports nor a transcripts folder.
        BadTable: study.yaml or a table says something that cannot be taken.
        InvalidFramework, ReleasedFrameworkChanged: a framework file, likewise.
        BadFile: a file lies outside the folder, or cannot be read.
    """
    home = Path(folder)
    document = strict_yaml.read(study_files.inside(home, home / "study.yaml"), BadTable)
    strict_yaml.validate(document, _SCHEMA)
    imports = study_imports.read(document, home)
    transcripts = study_files.transcripts(home, needed=not imports)
    found = {kind: tables.read(path, kind) for kind, path in study_files.tables(home).items()}
    rows = _rows(found, document)
    references = strict_yaml.strings(document.data.get("frameworks"))
    unknown = study_files.unknown(home, references, [i.file for i in imports])
    report = ImportReport(str(home)).add(table.report for table in found.values())
    for name in unknown:
        report.left_out.append(LeftOut("files", f"nothing here reads “{name}”"))
    report.count("transcripts", len(transcripts))
    data = document.data
    return StudyFolder(
        folder=home,
        title=data["title"].strip(),
        doi=data.get("doi") or "",
        authors=strict_yaml.strings(data.get("authors")),
        method=_method(document),
        stages=_key(document, "stages", STAGE_TEMPLATES, STAGES),
        colours=_key(document, "colours", PALETTES, ""),
        objective=data.get("objective") or "",
        synthetic=data.get("synthetic") or "",
        language=data.get("language") or "",
        people=_people(document),
        frameworks=tuple(_frameworks(document, home)),
        attributes=_attributes(document),
        ladders=_ladders(document),
        runs=_runs(document, [p.stem for p in transcripts]),
        typologies=_typologies(document),
        settings=_settings(document, [p.stem for p in transcripts]),
        imports=imports,
        transcripts=transcripts,
        rows=rows,
        tables=found,
        printed=published.read(home),
        unknown=unknown,
        report=report,
    )


# --- study.yaml ------------------------------------------------------------------


def _method(document: Document) -> str:
    return _template(document, ("method",), document.data.get("method") or "framework").key


def _template(document: Document, place: Place, said: str) -> LadderTemplate:
    try:
        return template_of(said)
    except BadValue as error:
        problem = f"“{error.value}” cannot be taken; give {error.wanted}."
        raise document.refused(place, problem) from error


def _key(document: Document, name: str, known: Iterable[str], default: str) -> str:
    said = document.data.get(name) or default
    if said and said not in known:
        raise document.refused((name,), f"“{said}” is not one of {', '.join(known)}.")
    return str(said)


def _people(document: Document) -> tuple[StudyPerson, ...]:
    people = tuple(
        StudyPerson(
            p["handle"].strip(),
            p.get("name") or "",
            p.get("role", "coder"),
            p.get("credentials") or "",
            p.get("occupation") or "",
            p.get("experience") or "",
        )
        for p in document.data.get("people") or ()
    )
    _once(document, "people", "handle", [p.handle for p in people])
    return people


def _attributes(document: Document) -> tuple[StudyAttribute, ...]:
    attributes = tuple(
        StudyAttribute(entry["name"].strip(), entry["type"])
        for entry in document.data.get("attributes") or ()
    )
    _once(document, "attributes", "name", [entry.name for entry in attributes])
    return attributes


def _ladders(document: Document) -> tuple[StudyLadder, ...]:
    ladders = tuple(
        StudyLadder(
            entry["name"].strip(),
            entry.get("framework", ""),
            _template(
                document,
                ("ladders", i, "template"),
                entry.get("template") or _method(document),
            ).key,
            entry.get("objective") or "",
        )
        for i, entry in enumerate(document.data.get("ladders") or ())
    )
    _once(document, "ladders", "name", [entry.name for entry in ladders])
    for i, entry in enumerate(ladders):
        if entry.framework:
            _known_framework(document, ("ladders", i, "framework"), entry.framework)
    return ladders


def _runs(document: Document, transcripts: list[str]) -> tuple[StudyRun, ...]:
    entries = document.data.get("runs") or ()
    _once(document, "runs", "name", [entry["name"].strip() for entry in entries])
    return tuple(_run(document, ("runs", i), e, transcripts) for i, e in enumerate(entries))


def _run(document: Document, place: Place, entry: Any, transcripts: list[str]) -> StudyRun:
    _known_framework(document, (*place, "framework"), entry["framework"])
    handles = [p["handle"].strip() for p in document.data.get("people") or ()]
    coder = (entry.get("coder") or "").strip()
    if coder and handles and coder not in handles:
        raise document.refused(
            (*place, "coder"), f"“{coder}” is not one of the people: {', '.join(handles)}."
        )
    finished = entry.get("finished") or ()
    for i, name in enumerate(() if finished == "all" else finished):
        _known_transcript(document, (*place, "finished", i), name, transcripts)
    return StudyRun(
        name=entry["name"].strip(),
        framework=entry["framework"],
        kind=entry["kind"],
        coder=coder,
        blind=entry.get("blind", False),
        finished=tuple(transcripts if finished == "all" else finished),
    )


def _known_framework(document: Document, place: Place, name: str) -> None:
    known = document.data.get("frameworks") or ()
    if name not in known:
        raise document.refused(
            place, f"“{name}” is not one of the frameworks: {', '.join(known) or 'there are none'}."
        )


def _typologies(document: Document) -> tuple[StudyTypology, ...]:
    entries = document.data.get("typologies") or ()
    _once(document, "typologies", "name", [entry["name"].strip() for entry in entries])
    return tuple(_typology(document, ("typologies", i), e) for i, e in enumerate(entries))


def _typology(document: Document, place: Place, entry: Any) -> StudyTypology:
    names = [t["name"].strip() for t in entry["types"]]
    _once(document, (*place, "types"), "name", names)
    for i, type_ in enumerate(entry["types"]):
        _check_values(document, (*place, "types", i), type_["values"], entry["dimensions"])
    return StudyTypology(
        name=entry["name"].strip(),
        dimensions={d: tuple(values) for d, values in entry["dimensions"].items()},
        types=tuple(
            StudyType(t["name"].strip(), t.get("definition") or "", dict(t["values"]))
            for t in entry["types"]
        ),
    )


def _check_values(document: Document, place: Place, values: Any, dimensions: Any) -> None:
    """Check that a type has one value on every dimension, each a value of it."""
    missing = [d for d in dimensions if d not in values]
    if missing:
        said = ", ".join(f"“{d}”" for d in missing)
        raise document.refused((*place, "values"), f"a value on {said} is missing.")
    for dimension, value in values.items():
        at = (*place, "values", dimension)
        if dimension not in dimensions:
            known = ", ".join(dimensions)
            raise document.refused(at, f"“{dimension}” is not one of the dimensions: {known}.")
        if value not in dimensions[dimension]:
            known = ", ".join(dimensions[dimension])
            raise document.refused(at, f"“{value}” is not one of {known}.")


def _settings(document: Document, transcripts: list[str]) -> TranscriptSettings:
    said = document.data.get("transcripts") or {}
    headers, speakers = said.get("headers") or (), said.get("speakers") or ()
    for name, entries in (("headers", headers), ("speakers", speakers)):
        for i, entry in enumerate(entries):
            _known_transcript(
                document, ("transcripts", name, i, "transcript"), entry["transcript"], transcripts
            )
    return TranscriptSettings(
        strict_yaml.strings(said.get("interviewers")),
        said.get("cases") or "",
        tuple((e["transcript"], _header(e)) for e in headers),
        tuple((e["transcript"], e["speaker"], e["role"]) for e in speakers),
    )


def _header(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a header as text; one that says nothing is empty."""
    fields = ((k, v) for k, v in entry.items() if k != "transcript")
    return {k: "" if v is None else str(v) for k, v in fields}


def _known_transcript(document: Document, place: Place, name: str, transcripts: list[str]) -> None:
    if name not in transcripts:
        raise document.refused(place, f"there is no “{name}” in the folder transcripts.")


def _once(document: Document, place: str | Place, field: str, names: list[str]) -> None:
    at = (place,) if isinstance(place, str) else place
    for i, name in enumerate(names):
        if name in names[:i]:
            raise document.refused((*at, i, field), f"“{name}” stands here a second time.")


# --- frameworks ------------------------------------------------------------------


def _frameworks(document: Document, home: Path) -> Iterator[FrameworkVersion]:
    for i, reference in enumerate(document.data.get("frameworks") or ()):
        version = framework_yaml.read(study_files.framework(home, reference))
        if version.reference != reference:
            raise document.refused(
                ("frameworks", i),
                f"the file of “{reference}” says that it is {version.reference}.",
            )
        yield version


# --- tables ----------------------------------------------------------------------


def _rows(found: Mapping[Kind, tables.Table], document: Document) -> StudyTables:
    own = {ladder.name: template_of(ladder.template) for ladder in _ladders(document)}
    usual = template_of(_method(document))
    own[""] = own.get(USUAL, usual)

    def of(kind: Kind, typed: Callable[[tables.Table], tuple[_RowType, ...]]) -> Any:
        return typed(found[kind]) if kind in found else ()

    return StudyTables(
        cases=of("cases", table_rows.cases),
        spans=of("spans", table_rows.spans),
        codings=of("codings", table_rows.codings),
        statements=of("statements", table_rows.statements),
        cells=of("cells", table_rows.cells),
        ladder=of("ladder", lambda table: table_rows.ladder(table, usual, own)),
        links=of("links", table_rows.links),
        facets=of("facets", table_rows.facets),
        placements=of("placements", table_rows.placements),
        memos=of("memos", table_rows.memos),
        readings=of("readings", table_rows.readings),
        decisions=of("decisions", table_rows.decisions),
        meetings=of("meetings", table_rows.meetings),
        quotations=of("quotations", table_rows.quotations),
        counts=of("counts", table_rows.counts),
    )

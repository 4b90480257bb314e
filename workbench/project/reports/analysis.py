"""The report of the whole framework analysis, from the material to the network."""

from collections.abc import Iterator

from workbench.model.document import (
    Block,
    Document,
    Heading,
    Lines,
    Paragraph,
    Said,
    Table,
    Turned,
    cell,
    line,
)
from workbench.model.method import STAGE_TEMPLATES
from workbench.model.report import counted
from workbench.project import findings, lists, stages
from workbench.project.opening import Project
from workbench.project.reports import codebook, linkage, theme
from workbench.project.reports.words import Words, rows_of, said_of
from workbench.store import records

ACROSS = 4
"""Codes that stand side by side on a page of a chart."""
_SILENT = ("not asked", "nothing said")


def document(project: Project, words: Words) -> Document:
    """Return the report: material, stages, versions, codebook, charts, themes, network."""
    title = words.settings.get("title") or "Framework analysis"
    blocks: list[Block] = []
    for key, said in (("objective", "Objective. "), ("description", "")):
        if words.settings.get(key):
            blocks.append(Paragraph(line(Said(said, "strong"), words.settings[key])))
    facts = f"Framework {words.m.reference}; runs that count: "
    blocks.append(Paragraph(line(facts + (", ".join(words.m.run_names) or "none yet")), "note"))
    blocks += [Heading("Material", 1), *_material(words)]
    blocks += [Heading("Stages", 1), _stages(words)]
    blocks += [Heading("Framework versions", 1), _versions(words)]
    blocks += [Heading("Codebook", 1), *codebook.blocks(words, 2)]
    if len(words.m.cases) and len(words.m.codes):
        blocks.append(Turned((Heading("Charts", 1), *charts(words))))
    if words.ladders:
        blocks += [Heading("Themes", 1), *theme.all_themes(words, 2)]
    blocks += _findings(project)
    blocks += linkage.of_all(project, words, 1)
    return words.document(title, blocks)


def _material(words: Words) -> Iterator[Block]:
    many = f"{counted(len(words.m.transcripts), 'transcripts')}, "
    many += f"{counted(len(words.m.cases), 'cases')}."
    yield Paragraph(line(many))
    if len(words.m.cases):
        rows = tuple(
            (cell(label), *(cell(words.values[case].get(a, "")) for a in words.attributes))
            for case, label in words.label.items()
        )
        for at in range(0, max(len(words.attributes), 1), 6):
            part = [r[:1] + r[1 + at : 7 + at] for r in rows]
            yield Table("", ("Case", *words.attributes[at : at + 6]), tuple(part))


def _stages(words: Words) -> Table:
    """Return what stands at each stage, under the names that the project gives them."""
    holds = {
        "prepare": (("transcript", "transcripts"),),
        "read": (("reading", "readings"), ("memo", "memos")),
        "build": (("framework_version", "framework versions"), ("decision_record", "decisions")),
        "index": (("run", "runs"), ("coding", "codings")),
        "chart": (("cell", "cells"), ("statement", "statements")),
        "map": (("node", "nodes of ladders"), ("typology", "typologies")),
        "interpret": (("link", "links"), ("finding", "findings")),
    }
    names = STAGE_TEMPLATES[_template(words)].names
    said: dict[str, list[str]] = {}
    name = next(iter(names.values()))
    for step, things in holds.items():
        name = names.get(step, name)
        said.setdefault(name, []).extend(_number(words, *thing) for thing in things)
    rows = tuple((cell(stage), cell(", ".join(of))) for stage, of in said.items())
    return Table("", ("Stage", "Holds"), rows, (2, 5))


def _number(words: Words, kind: str, many: str) -> str:
    return counted(records.count(words.connection, kind), many)


def _template(words: Words) -> str:
    chosen = words.settings.get("stages", "")
    return chosen if chosen in STAGE_TEMPLATES else stages.DEFAULT


def _versions(words: Words) -> Table:
    head = ("Version", "Made from", "State", "Categories", "Codes", "Objective")
    rows = tuple(
        (
            cell("@".join((str(v["name"]), str(v["version"])))),
            cell(v["parent"] or ""),
            cell(v["state"]),
            cell(v["categories"]),
            cell(v["codes"]),
            cell(v["objective"]),
        )
        for v in lists.frameworks(words.connection)
    )
    return Table("", head, rows, (3, 3, 2, 2.4, 1.6, 5))


def charts(words: Words) -> Iterator[Heading | Table]:
    """Yield one chart a category, in parts of a few codes that fit on a page."""
    cells = _cells(words)
    for category, codes in words.m.codes.groupby("category", sort=False):
        yield Heading(str(category) or "Codes", 2)
        for at in range(0, len(codes), ACROSS):
            part = codes.iloc[at : at + ACROSS]
            heads = [f"{n} {c}".strip() for n, c in zip(part["number"], part["code"], strict=True)]
            rows = tuple(
                (
                    ((Said(label, "strong"),),),
                    *(cells.get((case, str(code)), ()) for code in part["code_id"]),
                )
                for case, label in words.label.items()
            )
            caption = " – ".join(dict.fromkeys((heads[0], heads[-1])))
            widths = (1.6, *(3.0,) * len(heads))
            yield Table(caption, ("Case", *heads), rows, widths)


def _cells(words: Words) -> dict[tuple[str, str], Lines]:
    """Return what the chart says in each cell that says something."""
    out: dict[tuple[str, str], Lines] = {}
    groups = words.m.statements.groupby(["case_id", "code_id"], sort=False)
    for key, of in groups:
        case, code = key
        out[str(case), str(code)] = tuple((said,) for said in said_of(words, of))
    for row in rows_of(words.m.states):
        at = row.case_id, row.code_id
        if row.state in _SILENT:
            out[at] = (*out.get(at, ()), (Said(row.state, "faint"),))
        elif row.state == "indexed, not charted":
            ids = words.in_cell.get(at, ())
            told = f"not charted ({counted(len(ids), 'codings')})"
            out[at] = (*out.get(at, ()), (Said(told, "faint", ids),))
        elif row.state == "stale":
            out[at] = (*out.get(at, ()), (Said(f"stale: {row.reason}", "faint"),))
    return out


def _findings(project: Project) -> Iterator[Block]:
    held = findings.findings(project)
    if held.empty:
        return
    yield Heading("Findings", 1)
    rows = tuple(
        (
            cell(f.number),
            tuple(line(t) for t in (f.finding, f.text) if t),
            cell(f.cases, f.evidence),
            cell(f.against, f.dissent),
        )
        for f in rows_of(held)
    )
    head = ("No.", "Finding", "Cases for", "Cases against")
    yield Table("", head, rows, (1, 9, 1.7, 2))

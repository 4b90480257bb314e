"""Files out that are made of frames: charts, tables, the network; and framework files."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.errors import Refused
from workbench.formats import (
    csvfile,
    framework_yaml,
    gexf,
    graphml,
    network_html,
    network_svg,
    parquet,
    xlsx,
)
from workbench.formats.files import replacing
from workbench.model.chart_file import Origin
from workbench.model.manifest import Manifest
from workbench.model.report import counted
from workbench.project import interpreting, lists, manifests, mapping, quotations, views
from workbench.project.framework_rows import as_version
from workbench.project.material import Material
from workbench.project.opening import Project
from workbench.stages.charting import chart as charting
from workbench.stages.charting.axes import in_category
from workbench.stages.indexing import counting
from workbench.stages.interpretation import drawing, layout
from workbench.stages.mapping import ladder as climbing
from workbench.store import frames as stored
from workbench.store import history, passages

_OF_FRAMEWORK = ("chart", "statements", "states", "frequencies")
"""Tables that are of one framework version."""
_OF_ANY = ("codings", "quotations")
"""Tables that are of all, unless one is named."""


def table(
    project: Project,
    path: Path,
    *,
    what: str,
    framework: str | None,
    by: str,
    values: charting.Values,
    category: str | None,
    safe_for_excel: bool,
) -> str:
    """Write one table as xlsx, csv or parquet and return a sentence about it."""
    chart = what == "chart"
    manifest = manifests.manifest(
        project,
        f"{what} ({values} by {by})" if chart else what,
        framework=framework,
        of_framework=what in _OF_FRAMEWORK or (what in _OF_ANY and framework is not None),
        filters={"category": category if chart else None},
    )
    frame, ending = _table(project, what, framework, by, values, category), path.suffix.lower()
    notes: tuple[str, ...] = ()
    if ending == ".csv":
        csvfile.write(frame, path, safe_for_excel=safe_for_excel)
        manifests.write_beside(manifest, path)
    else:
        manifest = manifests.hashed(manifest, manifests.of_frame(frame))
        if ending == ".xlsx":
            notes = xlsx.write_table(frame, path, what, properties=manifest.properties()).notes
        else:
            frame.attrs = {**frame.attrs, "manifest": manifest.as_dict()}
            parquet.write(frame, path)
    return " ".join([f"{path}: {counted(len(frame), f'rows of {what}')}.", *notes])


def _table(
    project: Project,
    what: str,
    framework: str | None,
    by: str,
    values: charting.Values,
    category: str | None,
) -> pd.DataFrame:
    makers: dict[str, Callable[[], pd.DataFrame]] = {
        "chart": lambda: views.chart(
            project, framework, by=by, values=values, category=category
        ).reset_index(),
        "codings": lambda: views.codings(project, framework),
        "quotations": lambda: quotations.quotations(project, framework),
        "statements": lambda: views.statements(project, framework),
        "cases": lambda: views.cases(project),
        "states": lambda: views.states(project, framework),
        "ladder": lambda: mapping.ladder_tables(project),
        "links": lambda: interpreting.links(project),
        "frequencies": lambda: views.frequencies(project, framework),
    }
    return makers[what]()


def framework_file(project: Project, path: Path, framework: str | None) -> str:
    """Write a framework version as yaml and return a sentence about it."""
    version = views.framework(project, framework)
    text = framework_yaml.dumps(version, views.parent_of(project, version))
    with replacing(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")
    left_out = ["Codings, cells and all that rests on them: a framework file has none."]
    manifests.write_beside(
        manifests.manifest(project, "framework", framework=framework, left_out=left_out), path
    )
    return f"{path}: {version.reference}, {counted(len(version.codes), 'codes')}."


def network(project: Project, path: Path, ending: str) -> str:
    """Write the network of links as graphml, gexf, html or svg and return a sentence about it."""
    graph = interpreting.network(project)
    if not len(graph):
        raise Refused("There are no links yet, so there is no network to draw. Add links first.")
    said = views.settings(project)
    title = said.get("title") or Path(project.where).stem
    manifest = manifests.manifest(project, "network", of_framework=False)
    manifest = manifests.hashed(manifest, manifests.of_data(_plain_network(graph)))
    if ending == ".graphml":
        graphml.write(path, graph, title, manifest.as_json())
    elif ending == ".gexf":
        gexf.write(path, graph, title, manifest.as_json())
    else:
        scheme = interpreting.first_scheme(graph)
        placed = layout.rings(graph, scheme, interpreting.values_as_entered(project, scheme))
        drawn = drawing.drawn_nodes(graph, placed), drawing.drawn_edges(graph), placed.bands
        note, told = said.get("synthetic", ""), manifest.as_json()
        if ending == ".svg":
            network_svg.write(path, *drawn, title=title, note=note, manifest=told)
        else:
            quotes = interpreting.quotes_of(project, graph)
            network_html.write(path, *drawn, quotes, title=title, note=note, manifest=told)
    return (
        f"{path}: {counted(graph.number_of_nodes(), 'nodes')} and "
        f"{counted(graph.number_of_edges(), 'links')}."
    )


def _plain_network(graph: Any) -> object:
    nodes = sorted((str(node), of) for node, of in graph.nodes(data=True))
    return [nodes, sorted((str(s), str(t), of) for s, t, of in graph.edges(data=True))]


def workbook(
    project: Project,
    path: Path,
    framework: str | None,
    values: charting.Values,
    category: str | None,
) -> str:
    """Write the chart by case with all its evidence as xlsx and return a sentence about it."""
    book = chart_book(project, framework, values, category)
    manifest = manifests.manifest(
        project,
        f"chart ({values} by case)",
        framework=framework,
        filters={"category": category},
    )
    manifest = manifests.hashed(manifest, _hash_of(book))
    book = replace(book, cover=(*book.cover, *_told(manifest)))
    written = xlsx.write(book, path, properties=manifest.properties())
    told = (
        f"{path}: {len(written.sheets)} sheets, {counted(len(book.cases), 'cases')} × "
        f"{counted(len(book.codes), 'codes')}."
    )
    many = [lists.TOO_MANY] if len(book.quotes) > lists.MANY else []
    return " ".join([told, *written.notes, *many])


_ON_COVER = ("Made with", "Newest act of the history", "Filters", "Left out", "Hash of the content")
"""What the cover tells of the manifest, beside what it tells anyway."""


def _told(manifest: Manifest) -> tuple[tuple[str, str], ...]:
    return tuple(fact for fact in manifest.facts() if fact[0] in _ON_COVER)


def _hash_of(book: xlsx.ChartBook) -> str:
    """Return the hash of all that a workbook shows, but for when it was made."""
    names = [f.name for f in fields(book) if f.name not in ("made", "origin")]
    shown = {name: getattr(book, name) for name in names}
    return manifests.of_data(
        {k: manifests.of_frame(v) if isinstance(v, pd.DataFrame) else v for k, v in shown.items()}
    )


def chart_book(
    project: Project,
    framework: str | None = None,
    values: charting.Values = "statements",
    category: str | None = None,
) -> xlsx.ChartBook:
    """Return all that the Excel workbook of a framework version shows."""
    said = views.settings(project)
    links = interpreting.links(project)
    with project.reading() as connection:
        m = Material(connection, framework)
        version = as_version(connection, m.version)
        held = mapping.every_ladder(connection)
        codes = m.codes.loc[in_category(m.codes, category)]
        cited = [*m.codings["coding_id"], *m.evidence["coding_id"], *_ids(links)]
        synthetic = " ".join(s for s in (said.get("synthetic", ""), version.synthetic) if s)
        return xlsx.ChartBook(
            title=said.get("title") or Path(project.where).stem,
            framework=m.reference,
            framework_hash=version.sha256 or version.content_hash(),
            made=datetime.datetime.now(datetime.UTC),
            synthetic=synthetic,
            cover=tuple(
                (what, told)
                for what, told in (
                    ("Objective", said.get("objective", "")),
                    ("State of the framework", version.state),
                    ("Objective of the framework", version.objective),
                    ("Runs that count", ", ".join(m.run_names) or "none yet"),
                    ("Not answered yet", _waiting(m.unanswered)),
                )
                if told
            ),
            codes=codes,
            cases=m.cases,
            statements=m.statements,
            evidence=m.evidence,
            states=m.states,
            codings=m.case_codings,
            quotes=_with_times(connection, stored.quotes(connection, cited)),
            figures=None if values == "statements" else _figures(m, values),
            figures_are="" if values == "statements" else views.UNITS[values],
            ladder=_ladder(held),
            themes=_themes(held),
            links=_links(links),
            origin=Origin(
                history.first(connection), history.newest(connection), str(m.version["id"])
            ),
        )


def _with_times(connection: Connection, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return quotes with `begin_ms` of their turns and `page`, where any transcript has such."""
    places = list(zip(quotes["transcript_version_id"], quotes["start"].tolist(), strict=True))
    found = passages.in_sources(connection, places)
    for column, values in zip(("begin_ms", "page"), zip(*found, strict=True), strict=False):
        if any(value is not None for value in values):
            held = pd.Series(list(values), dtype="Int64", index=quotes.index)
            quotes = quotes.assign(**{column: held})
    return quotes


def _waiting(unanswered: int) -> str:
    if not unanswered:
        return ""
    codings = counted(unanswered, "codings")
    return f"{codings} of other framework versions: nobody has said what they are under this one"


def _ids(links: pd.DataFrame) -> list[str]:
    return [i for column in ("evidence", "dissent") for ids in links[column] for i in ids]


def _figures(m: Material, values: charting.Values) -> pd.DataFrame:
    """Return one figure for every case and code that meet, with its evidence."""
    counted = counting.combine([counting.partial(m.case_codings)])
    ids = counting.evidence(m.case_codings)
    column = {"counts": "codings", "characters": "distinct_characters"}.get(values)
    figure = counted[column] if column else pd.Series(1, index=counted.index)
    keys = zip(counted["case_id"], counted["code_id"], strict=True)
    return pd.DataFrame(
        {
            "case_id": counted["case_id"],
            "code_id": counted["code_id"],
            "value": figure,
            "evidence": pd.Series([ids[(str(a), str(b))] for a, b in keys], dtype="object"),
        }
    )


def _ladder(ladders: Sequence[mapping.LadderFrames]) -> pd.DataFrame | None:
    if not ladders:
        return None
    table = mapping.one_below_the_other([(held.name, held.table) for held in ladders])
    first = [c for c in ("ladder", "case") if c in table]
    return table[[*first, *(c for c in table if c not in first)]]


def _themes(ladders: Sequence[mapping.LadderFrames]) -> pd.DataFrame | None:
    if not ladders:
        return None
    return mapping.one_below_the_other([(held.name, _supported(held)) for held in ladders])


def _supported(held: mapping.LadderFrames) -> pd.DataFrame:
    support = climbing.support(held.nodes, held.node_edges, held.below)
    support = support.sort_values(["level"], ascending=False, kind="stable")
    label = held.cases.set_index("case_id")["case"].to_dict()
    names = [", ".join(label[c] for c in ids) for ids in support["case_ids"]]
    return pd.DataFrame(
        {
            "level": [held.template.level_name(level) for level in support["level"]],
            "node": support["node"],
            "cases": support["cases"],
            "statements": support["statements"],
            "codings": support["codings"],
            "which cases": pd.Series(names, dtype="str", index=support.index),
            "evidence": support["evidence"],
        }
    )


def _links(links: pd.DataFrame) -> pd.DataFrame:
    """Return the links under headings that a reader knows."""
    shown = {
        "source_node": "from",
        "sign": "sign",
        "target_node": "to",
        "weight": "cases for",
        "against": "cases against",
        "mentions": "codings for",
        "relation": "relation",
        "basis": "basis",
        "groups": "groups",
        "on_authors": "on the authors alone",
        "evidence": "evidence",
        "dissent": "evidence against",
    }
    return links[list(shown)].rename(columns=shown)

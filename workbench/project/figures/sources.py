"""What figures are computed from: the frames of a whole project, each read once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.errors import BadValue, UnknownName
from workbench.model import frames
from workbench.project.edits.refs import Refs, node_named
from workbench.project.interpreting import NetworkFrames, network_frames
from workbench.project.mapping import LadderFrames, every_ladder
from workbench.project.material import Material
from workbench.project.names import Names
from workbench.stages.indexing import cases as indexing_cases
from workbench.store import frames as stored
from workbench.store import records
from workbench.store.records import Row


class Sources:
    """A project's frames as figures need them; `refs` are the names that a study uses."""

    def __init__(self, connection: Connection, refs: Refs | None = None) -> None:
        self.connection = connection
        self.refs = refs or Refs()
        self.names = Names(connection)
        self._material: dict[str, Material] = {}

    def material(self, framework: str) -> Material:
        """Return the frames of one framework version."""
        if framework not in self._material:
            self._material[framework] = Material(self.connection, framework)
        return self._material[framework]

    # --- cases -------------------------------------------------------------------

    @cached_property
    def cases(self) -> pd.DataFrame:
        """`frames.CASES` with a column for each attribute."""
        return stored.cases(self.connection)

    def cases_where(self, filters: Mapping[str, str]) -> pd.DataFrame:
        """Return the cases whose attributes have these values, written as they are shown.

        Raises:
            UnknownName: there is no such attribute.
            BadValue: no case has the value.
        """
        found = self.cases
        for attribute, wanted in filters.items():
            values = self.attribute(attribute).map(as_text)
            if wanted not in set(values):
                known = sorted({v for v in values if v})
                shown = ", ".join(known[:10])
                raise BadValue(f"The attribute “{attribute}”", wanted, f"one of {shown}")
            found = found.loc[values.loc[found.index] == wanted]
        return found

    def attribute(self, name: str) -> pd.Series:
        """Return the values of an attribute by row of `cases`; raises UnknownName."""
        if name not in self.cases.columns[2:]:
            raise UnknownName("attribute", name, list(self.cases.columns[2:]))
        return self.cases[name]

    def group_of(self, by: str) -> dict[str, str]:
        """Return case id → its group."""
        values = self.attribute(by).map(as_text)
        return dict(zip(self.cases["case_id"], values, strict=True))

    @cached_property
    def speaking(self) -> dict[str, set[str]]:
        """Transcript version id → the ids of the cases that speak in it."""
        found: dict[str, set[str]] = defaultdict(set)
        spans = stored.spans(self.connection)
        for case, version in zip(spans["case_id"], spans["transcript_version_id"], strict=True):
            found[version].add(case)
        return found

    @cached_property
    def case_label(self) -> dict[str, str]:
        """Case id → label."""
        return dict(zip(self.cases["case_id"], self.cases["case"], strict=True))

    # --- codings -----------------------------------------------------------------

    @cached_property
    def quotes(self) -> pd.DataFrame:
        """`frames.QUOTES` of all live codings, by their id."""
        return stored.quotes(self.connection).set_index("coding_id", drop=False)

    @cached_property
    def words(self) -> dict[str, str]:
        """Coding id → transcript, place, code and words: what a seal is made of."""
        called = {
            (c["framework_version_id"], c["code_id"]): f"{c['number']} {c['name']}"
            for c in records.find(self.connection, "code_version")
        }
        version = {r["id"]: r["framework_version_id"] for r in records.find(self.connection, "run")}
        indexed_with = {
            c["id"]: version[c["run_id"]]
            for c in records.find(self.connection, "coding", "id", "run_id")
        }
        columns = ("coding_id", "transcript", "start", "stop", "code_id", "quote")
        return {
            coding: json.dumps(
                [transcript, start, stop, called[indexed_with[coding], code], quote],
                ensure_ascii=False,
            )
            for coding, transcript, start, stop, code, quote in zip(
                *(self.quotes[c].to_list() for c in columns), strict=True
            )
        }

    @cached_property
    def cases_of(self) -> dict[str, set[str]]:
        """Coding id → the ids of the cases whose words it holds."""
        codings = self.quotes.reset_index(drop=True).assign(run_id="")[list(frames.CODINGS)]
        placed = indexing_cases.by_case(codings, stored.spans(self.connection))
        found: dict[str, set[str]] = defaultdict(set)
        for coding, case in zip(placed["coding_id"], placed["case_id"], strict=True):
            found[coding].add(case)
        return found

    def spoken_in(self, codings: Iterable[str], group: str, by: str) -> tuple[str, ...]:
        """Return those codings that hold words of a case of a group."""
        of = self.group_of(by)
        if group not in of.values():
            raise UnknownName(f"group of “{by}”", group, sorted(set(of.values())))
        found = (c for c in codings if any(of.get(k) == group for k in self.cases_of.get(c, ())))
        return tuple(sorted(set(found)))

    # --- ladder and links ----------------------------------------------------------

    @cached_property
    def ladders(self) -> list[LadderFrames]:
        """All ladders."""
        return every_ladder(self.connection)

    def ladder(self, name: str) -> LadderFrames:
        """Return the ladder of that name; raises UnknownName."""
        found = next((h for h in self.ladders if h.name == name), None)
        if found is None:
            raise UnknownName("ladder", name, [h.name for h in self.ladders])
        return found

    def node(self, said: str) -> Row:
        """Return the node that a ref of the study, a label or an id names."""
        return node_named(self.names, self.refs, said)

    @cached_property
    def edges(self) -> pd.DataFrame:
        """`frames.NODE_EDGES`."""
        return stored.node_edges(self.connection)

    def under(self, node_id: str) -> set[str]:
        """Return a node and all nodes below it."""
        below: dict[str, list[str]] = defaultdict(list)
        for child, parent in zip(self.edges["child_id"], self.edges["parent_id"], strict=True):
            below[parent].append(child)
        found, open_ = {node_id}, [node_id]
        while open_:
            new = [c for c in below[open_.pop()] if c not in found]
            found.update(new)
            open_ += new
        return found

    @cached_property
    def reached(self) -> pd.DataFrame:
        """`frames.REACHED` of all ladders."""
        return self.network[4]

    def behind_node(self, node_id: str) -> tuple[str, ...]:
        """Return the codings that reach a node through statements."""
        return self._behind.get(node_id, ())

    @cached_property
    def _behind(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        reached = self.reached.dropna(subset=["coding_id"])
        for node, coding in zip(reached["node_id"], reached["coding_id"], strict=True):
            found[node].add(coding)
        return {node: tuple(sorted(codings)) for node, codings in found.items()}

    @cached_property
    def network(self) -> NetworkFrames:
        """Nodes, link list, links, facets and what stands below the nodes."""
        return network_frames(self.connection)

    @cached_property
    def links(self) -> list[Row]:
        """Every link with its ends' ladders, its lists apart, and its codings by stance."""
        nodes, link_list, links, _, _ = self.network
        ladder = dict(zip(nodes["node_id"], nodes["ladder"], strict=True))
        label = dict(zip(nodes["node_id"], nodes["node"], strict=True))
        cited: dict[tuple[str, str], set[str]] = defaultdict(set)
        for link, stance, coding in zip(
            links["link_id"], links["stance"], links["coding_id"], strict=True
        ):
            cited[link, stance].add(coding)
        return [
            {
                **{str(k): v for k, v in row.items()},
                "ladder": ladder.get(row["source"], ""),
                "source label": label.get(row["source"], ""),
                "target label": label.get(row["target"], ""),
                "bases": tuple(b for b in str(row["basis"]).split(",") if b),
                "groups": tuple(g.strip() for g in str(row["groups"]).split(",") if g.strip()),
                "for": tuple(sorted(cited[row["link_id"], "for"])),
                "against": tuple(sorted(cited[row["link_id"], "against"])),
            }
            for row in link_list.to_dict("records")
        ]

    # --- beside the interviews -------------------------------------------------------

    @cached_property
    def tallies(self) -> list[Row]:
        """Every count with its labels as a mapping, in the order it came in."""
        return [
            {**t, "labels": json.loads(t["labels"])} for t in records.find(self.connection, "tally")
        ]

    @cached_property
    def tallies_with(self) -> Mapping[tuple[str, str, str], list[Row]]:
        """Series, label and its value → the counts that have it, in their order."""
        found: dict[tuple[str, str, str], list[Row]] = {}
        for row in self.tallies:
            for label, value in row["labels"].items():
                found.setdefault((row["series"], label, str(value)), []).append(row)
        return found

    @cached_property
    def series(self) -> dict[str, list[Row]]:
        """Series → its counts."""
        found: dict[str, list[Row]] = defaultdict(list)
        for tally in self.tallies:
            found[str(tally["series"])].append(tally)
        return dict(found)

    @cached_property
    def labels_of(self) -> dict[str, set[str]]:
        """Series → the names of the labels that its counts have."""
        return {name: {k for t in of for k in t["labels"]} for name, of in self.series.items()}

    @cached_property
    def quotations(self) -> list[Row]:
        """The register of quotations, by report and number."""
        rows = records.find(self.connection, "quotation")
        return sorted(rows, key=lambda r: (r["report"], r["number"]))

    @cached_property
    def handles(self) -> dict[str, str]:
        """Person id → handle."""
        return {
            p["id"]: p["handle"] for p in records.find(self.connection, "person", "id", "handle")
        }


def as_text(value: object) -> str:
    """Return an attribute's value as a person writes it; nothing where there is none."""
    if value is None or (isinstance(value, float) and pd.isna(value)) or value is pd.NA:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "isoformat"):
        return str(value)[:10]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

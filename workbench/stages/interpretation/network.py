"""The drivers' network: who acts on whom, on how many cases' word.

Frames become a graph, and questions about the graph become frames again. Filters act
on the frames, before the graph is made, so that every weight is that of what is left.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import networkx as nx
import pandas as pd

from workbench.errors import UnknownName, few
from workbench.model import frames
from workbench.model.link import NEEDS_EVIDENCE, STANCES

Network: TypeAlias = "nx.DiGraph[str]"
"""A graph as `graph` makes it."""

Filtered: TypeAlias = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
"""Nodes, link list and links that passed."""

_Pair: TypeAlias = tuple[str, str]
"""Source and target."""


def edges(links: pd.DataFrame) -> pd.DataFrame:
    """Return `frames.EDGES`: one row per pair of drivers that some coding speaks about.

    `weight` counts the distinct cases that speak for the link, so a talkative
    interviewee weighs no more than a brief one; `mentions` counts their codings;
    `against` counts the cases that speak against it. A case may do both.
    """
    frames.require(links, frames.LINKS, "links")
    said: dict[_Pair, dict[str, tuple[set[str], set[str]]]] = {}
    for source, target, stance, case, coding in zip(
        *(links[c] for c in ("source", "target", "stance", "case_id", "coding_id")), strict=True
    ):
        sides = said.setdefault((source, target), {s: (set(), set()) for s in STANCES})
        sides[stance][0].add(case)
        sides[stance][1].add(coding)
    rows = []
    for pair, sides in sorted(said.items()):
        (cases, codings), (against, dissent) = (sides[s] for s in STANCES)
        counts = (len(cases), len(codings), len(against))
        rows.append((*pair, *counts, tuple(sorted(codings)), tuple(sorted(dissent))))
    return pd.DataFrame(rows, columns=list(frames.EDGES)).astype(frames.EDGES)


def graph(
    nodes: pd.DataFrame,
    link_list: pd.DataFrame,
    links: pd.DataFrame,
    facets: pd.DataFrame,
    below: pd.DataFrame | None = None,
) -> Network:
    """Return the network of these nodes; links with an end elsewhere are left out.

    A node has label, ladder, level (None for a free concept), facets (scheme → values),
    cases (distinct cases whose words reach it), case_ids and evidence. They reach it
    through the links that they speak for, and through the ladder when `below` is given
    (`frames.REACHED`).

    An edge stands for all links of one pair: weight, mentions, against, evidence and
    dissent as in `edges`; sign (“±” when the links differ); basis, groups, relation and
    links as tuples of all theirs; on_authors, when no participant speaks for any of
    them, neither by its basis nor by a coding. Such an edge weighs 0.
    """
    frames.require(nodes, frames.NODES, "nodes")
    frames.require(link_list, frames.LINK_LIST, "link list")
    frames.require(facets, frames.FACETS, "facets")
    out: Network = nx.DiGraph()
    shown = _between(link_list, nodes["node_id"])
    spoken = links.loc[links["link_id"].isin(shown["link_id"])]
    words = _words_of_nodes(spoken, below)
    classes = _facets(facets)
    ladders = nodes["ladder"].fillna("")
    for key, label, ladder, level in zip(
        nodes["node_id"], nodes["node"], ladders, nodes["level"], strict=True
    ):
        cases, codings = words.get(key, (set(), set()))
        out.add_node(
            key,
            label=label,
            ladder=ladder,
            level=None if pd.isna(level) else int(level),
            facets=classes.get(key, {}),
            cases=len(cases),
            case_ids=tuple(sorted(cases)),
            evidence=tuple(sorted(codings)),
        )
    words_of = {(w["source"], w["target"]): w for w in edges(spoken).to_dict("records")}
    of_pair: dict[tuple[str, str], list[dict[Hashable, Any]]] = defaultdict(list)
    for link in shown.to_dict("records"):
        of_pair[str(link["source"]), str(link["target"])].append(link)
    for (source, target), of in of_pair.items():
        out.add_edge(source, target, **_edge(of, words_of.get((source, target), {})))
    return out


def edge_list(network: Network) -> pd.DataFrame:
    """Return one row per edge, with the labels of its ends beside their ids.

    Heaviest first, then by label.
    """
    label = labels(network)
    rows = [
        {"source": s, "source_node": label[s], "target": t, "target_node": label[t], **said}
        for s, t, said in network.edges(data=True)
    ]
    columns = ["source", "source_node", "target", "target_node", *_EDGE]
    out = pd.DataFrame(rows, columns=columns)
    order = {"weight": False, "mentions": False, "source_node": True, "target_node": True}
    return out.sort_values(
        [*order, "source", "target"], ascending=[*order.values(), True, True], ignore_index=True
    )


def labels(network: Network) -> dict[str, str]:
    """Return the label of every node."""
    return {str(node): str(of["label"]) for node, of in network.nodes(data=True)}


def linked(nodes: pd.DataFrame, link_list: pd.DataFrame) -> pd.DataFrame:
    """Return the nodes that some link starts from or leads to."""
    ends = pd.concat([link_list["source"], link_list["target"]])
    return nodes.loc[nodes["node_id"].isin(ends)].reset_index(drop=True)


def filtered(
    nodes: pd.DataFrame,
    link_list: pd.DataFrame,
    links: pd.DataFrame,
    facets: pd.DataFrame,
    *,
    groups: Collection[str] = (),
    group_of: dict[str, str] | None = None,
    basis: Collection[str] = (),
    sign: Collection[str] = (),
    facet: tuple[str, str] | None = None,
    contested: bool | None = None,
) -> Filtered:
    """Return nodes, link list and links of one view; an empty argument filters nothing.

    groups: only what cases of these groups say (`group_of`: case id → group). A link
        stays when one of them speaks for or against it, or when it names the group.
    basis: links with at least one of these bases.
    sign: links with one of these signs.
    facet: nodes with this (scheme, value), and the links among them.
    contested: links that some case left speaks against, or (False) that none does.

    Raises:
        UnknownName: no case is of a group, or no node has the facet.
    """
    said = links
    if groups:
        _refuse_unknown("group", groups, _named_groups(link_list) | set((group_of or {}).values()))
        said = said.loc[said["case_id"].map(group_of or {}).isin(groups)]
        link_list = link_list.loc[
            link_list["link_id"].isin(said["link_id"])
            | link_list["groups"].map(lambda names: bool(set(_split(names)) & set(groups)))
        ]
    if basis:
        link_list = link_list.loc[
            link_list["basis"].map(lambda bases: bool(set(_split(bases)) & set(basis)))
        ]
    if sign:
        link_list = link_list.loc[link_list["sign"].isin(sign)]
    if contested is not None:
        disputed = said.loc[said["stance"] == "against", "link_id"]
        link_list = link_list.loc[link_list["link_id"].isin(disputed) == contested]
    if facet:
        scheme, value = facet
        of_scheme = facets.loc[facets["scheme"] == scheme]
        _refuse_unknown(f"value of the facet “{scheme}”", [value], set(of_scheme["value"]))
        inside = of_scheme.loc[of_scheme["value"] == value, "node_id"]
        nodes = nodes.loc[nodes["node_id"].isin(inside)]
    link_list = _between(link_list, nodes["node_id"])
    said = said.loc[said["link_id"].isin(link_list["link_id"])]
    return (
        nodes.reset_index(drop=True),
        link_list.reset_index(drop=True),
        said.reset_index(drop=True),
    )


_EDGE = (
    "sign",
    "relation",
    "basis",
    "groups",
    "weight",
    "mentions",
    "against",
    "on_authors",
    "links",
    "evidence",
    "dissent",
)
"""The attributes of an edge, in the order of the tables."""


def _edge(links: Sequence[Mapping[Hashable, Any]], words: Mapping[Hashable, Any]) -> dict[str, Any]:
    """Merge the links of one pair, rows of the link list, and what codings say of it."""
    signs = list(dict.fromkeys(link["sign"] for link in links))
    bases = _merged(link["basis"] for link in links)
    weight = int(words.get("weight", 0))
    return {
        "sign": signs[0] if len(signs) == 1 else "±",
        "relation": tuple(dict.fromkeys(link["relation"] for link in links if link["relation"])),
        "basis": bases,
        "groups": _merged(link["groups"] for link in links),
        "weight": weight,
        "mentions": int(words.get("mentions", 0)),
        "against": int(words.get("against", 0)),
        "on_authors": not weight and NEEDS_EVIDENCE.isdisjoint(bases),
        "links": tuple(link["link_id"] for link in links),
        "evidence": words.get("evidence", ()),
        "dissent": words.get("dissent", ()),
    }


def _between(link_list: pd.DataFrame, node_ids: "pd.Series[str]") -> pd.DataFrame:
    """Return the links with both ends among the nodes."""
    return link_list.loc[link_list["source"].isin(node_ids) & link_list["target"].isin(node_ids)]


def _words_of_nodes(
    links: pd.DataFrame, below: pd.DataFrame | None
) -> dict[str, tuple[set[str], set[str]]]:
    """Return the case ids and coding ids behind each node."""
    said = links.loc[links["stance"] == "for"]
    spoken = [(said[end], said) for end in ("source", "target")]
    if below is not None:
        frames.require(below, frames.REACHED, "reached")
        spoken.append((below["node_id"], below))
    words: dict[str, tuple[set[str], set[str]]] = {}
    for nodes, of in spoken:
        known = of["coding_id"].notna()
        for node, case, coding, is_known in zip(
            nodes, of["case_id"], of["coding_id"], known, strict=True
        ):
            cases, codings = words.setdefault(node, (set(), set()))
            cases.add(case)
            if is_known:
                codings.add(coding)
    return words


def _facets(facets: pd.DataFrame) -> dict[str, dict[str, tuple[str, ...]]]:
    said: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for node, scheme, value in zip(
        facets["node_id"], facets["scheme"], facets["value"], strict=True
    ):
        said[str(node)][str(scheme)][value] = None
    return {node: {s: tuple(of) for s, of in schemes.items()} for node, schemes in said.items()}


def _split(joined: object) -> list[str]:
    """Take apart what a comma joins.

    >>> _split("participant, quote"), _split("")
    (['participant', 'quote'], [])
    """
    if not isinstance(joined, str):
        return []
    return [part for part in (piece.strip() for piece in joined.split(",")) if part]


def _merged(joined: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for text in joined for part in _split(text)))


def _named_groups(link_list: pd.DataFrame) -> set[str]:
    return set(_merged(link_list["groups"]))


def _refuse_unknown(kind: str, asked: Iterable[str], known: set[str]) -> None:
    for name in asked:
        if name not in known:
            there = sorted(known)
            raise UnknownName(kind, name, there, hint=f"There are: {few(there) or 'none'}.")

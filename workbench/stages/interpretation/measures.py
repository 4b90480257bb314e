"""Questions to the drivers' network: places, ways, loops, and groups of drivers.

Each answer is a frame; its `attrs["note"]` says in a sentence what the figures are of,
and whether the work was cut short. None of them uses the weights, unless it says so.
"""

from collections import deque
from collections.abc import Iterator
from itertools import islice, pairwise

import networkx as nx
import pandas as pd

from workbench.errors import BadValue, Refused, UnknownName
from workbench.stages.interpretation.network import Network, labels

EXACT_UP_TO = 500
"""Nodes; above this, betweenness is estimated."""
SAMPLED_FROM = 200
SEED = 1994
MOST_STEPS = 5_000_000
"""How many steps a search for loops may take before it is cut: some seconds."""
ROUTE_STEPS = 10
"""What looking at one beginning of a loop costs, in looks at a single link."""

Route = tuple[str, ...]


def degree(network: Network) -> pd.DataFrame:
    """Return one row per node: how many links come in and go out, best linked first.

    `weight_in` and `weight_out` add the weights of those links, so a case that speaks
    for two links counts twice there; `cases` is the node's own count.
    """
    incoming, outgoing = dict(network.in_degree()), dict(network.out_degree())
    weight_in = dict(network.in_degree(weight="weight"))
    weight_out = dict(network.out_degree(weight="weight"))
    cases = {node: of["cases"] for node, of in network.nodes(data=True)}
    rows = [
        (node, name, incoming[node], outgoing[node], weight_in[node], weight_out[node], cases[node])
        for node, name in labels(network).items()
    ]
    rows.sort(key=lambda row: (-row[2] - row[3], row[1], row[0]))
    columns = ["node_id", "node", "in", "out", "weight_in", "weight_out", "cases"]
    out = pd.DataFrame(rows, columns=columns)
    out.attrs["note"] = f"{_size(network)} Links are counted, each pair of drivers once."
    return out


def betweenness(network: Network) -> pd.DataFrame:
    """Return one row per node: the share of shortest ways between others that pass it.

    0 to 1; direction is obeyed, every link counts as one step. Above `EXACT_UP_TO`
    nodes the figures are estimated from `SAMPLED_FROM` starting nodes drawn with a
    fixed seed; `attrs["exact"]` and `attrs["note"]` say so. Not a measure of
    importance where links rest on few words: read it beside the weights.

    Raises:
        Refused: fewer than three nodes, so nothing can lie between two others.

    Source: L. Freeman (1977), Sociometry 40:35-41; U. Brandes (2001), Journal of
    Mathematical Sociology 25:163-177.
    """
    if len(network) < 3:
        raise Refused(f"Betweenness needs three drivers or more; this network has {len(network)}.")
    exact = len(network) <= EXACT_UP_TO
    sample = None if exact else SAMPLED_FROM
    found = nx.betweenness_centrality(network, k=sample, normalized=True, seed=SEED)
    label = labels(network)
    out = pd.DataFrame(
        [(node, label[node], share) for node, share in found.items()],
        columns=["node_id", "node", "betweenness"],
    ).sort_values(
        ["betweenness", "node", "node_id"], ascending=[False, True, True], ignore_index=True
    )
    how = "Exact." if exact else f"Estimated from {SAMPLED_FROM} starting nodes (seed {SEED})."
    out.attrs |= {"exact": exact, "note": f"{_size(network)} {how}"}
    return out


def paths(
    network: Network, source: str, target: str, cutoff: int = 4, most: int = 200
) -> pd.DataFrame:
    """Return the ways from one driver to another, shortest first, no driver twice.

    `cutoff` is the most links a way may have. One row has the node ids, their labels as
    a line, `length` in links, the `sign` of the whole (the product; “±” when a link on
    it is “±”), `weight` of its weakest link, whether a link is `on_authors` alone, and
    the ids of its links. At most `most` rows; `attrs["complete"]` says if that is all.

    Raises:
        UnknownName: one of the nodes is not in the network.
        BadValue: both ends are the same; loops are what `cycles` finds.
    """
    for node in (source, target):
        if node not in network:
            raise UnknownName("driver", node)
    if source == target:
        raise BadValue("The end of the way", labels(network)[source], "another driver")
    found = list(islice(_shortest_first(network, source, target, cutoff), most + 1))
    out = _routes(network, found[:most])
    complete = len(found) <= most
    said = f"Ways of at most {cutoff} links"
    out.attrs |= {"complete": complete, "note": f"{said}{'' if complete else f'; first {most}'}."}
    return out


def cycles(network: Network, longest: int = 5, most: int = 500) -> pd.DataFrame:
    """Return the loops: drivers that feed back into themselves, shortest first.

    One row as in `paths`, and `loop`: *reinforcing* when the product of the signs is +,
    *balancing* when it is −, *undetermined* when a link is “±”. Each loop comes once,
    starting from its first node in the network's order. The work is bounded by `most`
    loops and `MOST_STEPS` steps; when it was cut, `attrs["complete_to"]` is the length
    up to which no loop is missing.

    Source: J. Sterman (2000), Business Dynamics, ch. 5, for the two kinds of loop.
    """
    search = _LoopSearch(network, MOST_STEPS)
    found: list[Route] = []
    complete_to = 0
    for length in range(1, longest + 1):
        found += islice(search.of_length(length), most - len(found) + 1)
        if search.cut or len(found) > most:
            break
        complete_to = length
    out = _routes(network, found[:most], closed=True)
    kinds = {"+": "reinforcing", "−": "balancing", "±": "undetermined"}
    out["loop"] = out["sign"].map(kinds).astype("str")
    note = f"Loops of at most {longest} links."
    if complete_to < longest:
        note += f" The search was cut: loops longer than {complete_to} may be missing."
    out.attrs |= {"complete_to": complete_to, "complete": complete_to == longest, "note": note}
    return out


def bridges(network: Network) -> pd.DataFrame:
    """Return the nodes without which the network falls apart, and into how many parts.

    Directions are ignored. `parts` counts the pieces that only this node holds together.

    Source: J. Hopcroft & R. Tarjan (1973), Communications of the ACM 16:372-378.
    """
    plain = network.to_undirected(as_view=True)
    label = labels(network)
    rows = []
    for node in nx.articulation_points(plain):
        rest = plain.subgraph(set(nx.node_connected_component(plain, node)) - {node})
        rows.append((node, label[node], nx.number_connected_components(rest)))
    out = pd.DataFrame(rows, columns=["node_id", "node", "parts"]).sort_values(
        ["parts", "node", "node_id"], ascending=[False, True, True], ignore_index=True
    )
    out.attrs["note"] = f"{_size(network)} Directions are ignored."
    return out


def communities(network: Network) -> pd.DataFrame:
    """Return one row per node with the number of its community, 1 the largest.

    Greedy modularity, without directions or weights, so that links on the authors' word
    count as well; leave them out of the network first if they should not.
    `attrs["modularity"]` is what the division scores.

    Raises:
        Refused: there is no link, so nothing is divided.

    Source: A. Clauset, M. Newman & C. Moore (2004), Physical Review E 70:066111.
    """
    if not network.number_of_edges():
        raise Refused("There are no links here, so there are no communities. Draw a link first.")
    order = list(network)
    place = {node: number for number, node in enumerate(order)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(place.values())
    plain.add_edges_from((place[source], place[target]) for source, target in network.edges)
    found = [set(part) for part in nx.community.greedy_modularity_communities(plain)]
    found.sort(key=lambda part: (-len(part), min(part)))
    label = labels(network)
    out = pd.DataFrame(
        [
            (order[node], label[order[node]], number)
            for number, part in enumerate(found, start=1)
            for node in sorted(part)
        ],
        columns=["node_id", "node", "community"],
    )
    modularity = nx.community.modularity(plain, found)
    out.attrs |= {
        "modularity": modularity,
        "note": f"{_size(network)} Modularity {modularity:.2f}; directions and weights ignored.",
    }
    return out


class _LoopSearch:
    """A search for loops that stops after so many steps.

    Each loop is looked for from its first node in the order of the network, among that
    node and later ones, and only towards nodes from which the start is within reach.
    """

    def __init__(self, network: Network, steps: int) -> None:
        self.network, self.left = network, steps
        self.rank = {node: place for place, node in enumerate(network)}

    @property
    def cut(self) -> bool:
        return self.left < 0

    def of_length(self, length: int) -> Iterator[Route]:
        """Yield the loops of exactly that length."""
        for start in self.network:
            home = self.distances(start, length - 1)
            stack: list[Route] = [(start,)]
            while stack and not self.cut:
                route = stack.pop()
                self.left -= ROUTE_STEPS
                if len(route) == length:
                    if self.network.has_edge(route[-1], start):
                        yield route
                    continue
                stack += [
                    (*route, node)
                    for node in reversed(list(self.network.successors(route[-1])))
                    if home.get(node, length) <= length - len(route) and node not in route
                ]

    def distances(self, start: str, furthest: int) -> dict[str, int]:
        """Return how many links lead from each node back to the start, up to the furthest."""
        home, edge = {start: 0}, deque([start])
        while edge and home[edge[0]] < furthest and not self.cut:
            node = edge.popleft()
            for earlier in self.network.predecessors(node):
                self.left -= 1
                if earlier not in home and self.rank[earlier] > self.rank[start]:
                    home[earlier] = home[node] + 1
                    edge.append(earlier)
        return home


def _shortest_first(network: Network, source: str, target: str, cutoff: int) -> Iterator[Route]:
    try:
        for route in nx.shortest_simple_paths(network, source, target):
            if len(route) - 1 > cutoff:
                return
            yield tuple(route)
    except nx.NetworkXNoPath:
        return


def _routes(network: Network, routes: list[Route], *, closed: bool = False) -> pd.DataFrame:
    """Return one row per way or loop, with what its links say together."""
    label = labels(network)
    rows = []
    for route in routes:
        stations = (*route, route[0]) if closed else route
        steps = [network.edges[pair] for pair in pairwise(stations)]
        rows.append(
            (
                route,
                " → ".join(label[node] for node in stations),
                len(steps),
                _product([step["sign"] for step in steps]),
                min(step["weight"] for step in steps),
                any(step["on_authors"] for step in steps),
                tuple(link for step in steps for link in step["links"]),
            )
        )
    columns = ["node_ids", "way", "length", "sign", "weight", "on_authors", "links"]
    return pd.DataFrame(rows, columns=columns)


def _product(signs: list[str]) -> str:
    """Return the sign of a chain of links.

    >>> _product(["+", "−", "−"]), _product(["+", "−"]), _product(["−", "±"])
    ('+', '−', '±')
    """
    if "±" in signs:
        return "±"
    return "−" if signs.count("−") % 2 else "+"


def _size(network: Network) -> str:
    return f"{len(network)} drivers, {network.number_of_edges()} links."

"""Figures of the network: links, their signs, who backs them, and group support."""

from collections.abc import Iterable

from workbench.errors import BadValue
from workbench.model.link import BASES, NEEDS_EVIDENCE, SIGNS, STANCES
from workbench.model.link import sign as read_sign
from workbench.model.published import Figure
from workbench.project.figures.registry import figure, one_of, whole
from workbench.project.figures.sources import Sources
from workbench.store.records import Row

ALL_GROUPS = "all groups"
"""Among the groups of a link: a report says that every group holds it."""
_LETTERS = {"A": "covered by all groups", "N": "named", "Q": "quoted", "C": "dissent"}
_SAYS = ("source", "target", "sign", "basis", "groups", "relation", "contested")


@figure("links")
def links(
    sources: Sources,
    ladder: str = "",
    sign: str = "",
    basis: str = "",
    contested: str = "",
    on_authors: str = "",
) -> Figure:
    """How many links there are, by ladder, sign, basis, whether contested or on authors alone."""
    if sign and read_sign(sign) is None:
        raise BadValue("The sign of a link", sign, f"one of {', '.join(SIGNS)}")
    if basis:
        one_of("The basis of a link", basis, BASES)
    found = [
        k
        for k in _in_ladder(sources, ladder)
        if (not sign or k["sign"] == read_sign(sign))
        and (not basis or basis in k["bases"])
        and (not contested or bool(k["against"]) == _yes(contested))
        and (not on_authors or _on_authors(k) == _yes(on_authors))
    ]
    return Figure(len(found), _behind(found))


@figure("linked nodes")
def linked_nodes(sources: Sources, ladder: str = "") -> Figure:
    """How many nodes take part in a link."""
    found = _in_ladder(sources, ladder)
    return Figure(len({k[e] for k in found for e in ("source", "target")}), _behind(found))


@figure("incoming")
def incoming(sources: Sources, node: str) -> Figure:
    """How many links lead to a node."""
    return _at(sources, node, "target")


@figure("outgoing")
def outgoing(sources: Sources, node: str) -> Figure:
    """How many links lead from a node."""
    return _at(sources, node, "source")


@figure("most incoming")
def most_incoming(sources: Sources, rank: str, ladder: str = "") -> Figure:
    """The node or nodes with most links leading to them; rank=2 the next, and so on."""
    return _ranked(sources, "target", rank, ladder)


@figure("most outgoing")
def most_outgoing(sources: Sources, rank: str, ladder: str = "") -> Figure:
    """The node or nodes with most links leading from them; rank=2 the next, and so on."""
    return _ranked(sources, "source", rank, ladder)


@figure("link")
def link(sources: Sources, link: str, say: str) -> Figure:
    """What one link says: source, target, sign, basis, groups, relation, or whether contested."""
    row = _link(sources, link)
    behind = _behind([row])
    match say:
        case "source" | "target":
            return Figure(str(row[f"{say} label"]), behind)
        case "basis":
            return Figure(row["bases"], behind)
        case "groups":
            return Figure(row["groups"] or ("none",), behind)
        case "sign" | "relation":
            return Figure(str(row[say]), behind)
        case "contested":
            return Figure("yes" if row["against"] else "no", behind)
    raise BadValue("What to say of a link", say, f"one of {', '.join(_SAYS)}")


@figure("backing")
def backing(
    sources: Sources, link: str, group: str = "", stance: str = "for", by: str = "group"
) -> Figure:
    """How many cases, of a group, speak for a link or against it."""
    one_of("A stance", stance, STANCES)
    ids = _link(sources, link)[stance]
    if group:
        ids = sources.spoken_in(ids, group, by)
    of = sources.group_of(by) if group else {}
    cases = {c for i in ids for c in sources.cases_of.get(i, ()) if not group or of[c] == group}
    return Figure(len(cases), tuple(ids))


@figure("backed")
def backed(
    sources: Sources, link: str, group: str, stance: str = "for", by: str = "group"
) -> Figure:
    """Whether a group speaks for a link or against it: yes or no."""
    found = backing(sources, link, group, stance, by)
    return Figure("yes" if found.value else "no", found.evidence)


@figure("support")
def support(sources: Sources, node: str, group: str, by: str = "group") -> Figure:
    """How a group stands behind a category, by the links that start in it and its quotations.

    A: a link on the word of all groups, with words of this one. N: a link that names the
    group, with its words. Q: a quotation of the group. C: words of the group against a link.
    """
    below = sources.under(str(sources.node(node)["id"]))
    behind: dict[str, set[str]] = {letter: set() for letter in _LETTERS}
    for row in sources.links:
        if row["source"] not in below:
            continue
        for_it = sources.spoken_in(row["for"], group, by)
        behind["A"].update(for_it if ALL_GROUPS in row["groups"] else ())
        behind["N"].update(for_it if group in row["groups"] else ())
        behind["C"].update(sources.spoken_in(row["against"], group, by))
    quoted = (str(q["coding_id"]) for q in sources.quotations if q["node_id"] in below)
    behind["Q"].update(sources.spoken_in(quoted, group, by))
    letters = tuple(letter for letter, ids in behind.items() if ids)
    return Figure(letters or ("–",), tuple(sorted(set().union(*behind.values()))))


def _in_ladder(sources: Sources, ladder: str) -> list[Row]:
    if ladder:
        sources.ladder(ladder)
    return [k for k in sources.links if not ladder or k["ladder"] == ladder]


def _link(sources: Sources, said: str) -> Row:
    wanted = sources.refs.links.get(said, said)
    link_id = sources.names.by_id_start("link", wanted)["id"]
    return next(k for k in sources.links if k["link_id"] == link_id)


def _behind(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted({i for row in rows for i in (*row["for"], *row["against"])}))


def _on_authors(row: Row) -> bool:
    return not row["for"] and not NEEDS_EVIDENCE & set(row["bases"])


def _yes(said: str) -> bool:
    if said not in ("yes", "no"):
        raise BadValue("A condition", said, "yes or no")
    return said == "yes"


def _at(sources: Sources, node: str, end: str) -> Figure:
    row = sources.node(node)
    found = [k for k in sources.links if k[end] == row["id"]]
    return Figure(len(found), _behind(found))


def _ranked(sources: Sources, end: str, rank: str, ladder: str) -> Figure:
    at = whole("A rank", rank)
    by_node: dict[str, list[Row]] = {}
    for row in _in_ladder(sources, ladder):
        by_node.setdefault(row[end], []).append(row)
    sizes = sorted({len(rows) for rows in by_node.values()}, reverse=True)
    if at > len(sizes):
        raise BadValue("A rank", rank, f"at most {len(sizes)}")
    leading = [rows for rows in by_node.values() if len(rows) == sizes[at - 1]]
    labels = sorted(rows[0][f"{end} label"] for rows in leading)
    return Figure(tuple(labels), _behind(k for rows in leading for k in rows))

"""Interpretation: links between nodes, with evidence for and against."""

from collections.abc import Sequence

from workbench.errors import BadValue, Refused
from workbench.model import link as model
from workbench.model.report import counted
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("add link")
def add_link(
    act: Act,
    source: str,
    target: str,
    sign: str,
    *,
    basis: Sequence[model.Basis] = ("participant",),
    evidence: Sequence[str] = (),
    against: Sequence[str] = (),
    relation: str = "",
    groups: Sequence[str] = (),
    note: str = "",
) -> str:
    """Say that one node acts on another, and on whose word; return the link's id.

    `sign` is +, − or ± ; `evidence` and `against` are ids of codings. A link on the word
    of participants needs at least one coding for it.
    """
    names = Names(act.connection)
    link_id = put_link(
        act,
        names.node(source),
        names.node(target),
        sign,
        basis=basis,
        evidence=[names.by_id_start("coding", i) for i in evidence],
        against=[names.by_id_start("coding", i) for i in against],
        relation=relation,
        groups=groups,
        note=note,
    )
    act.says(f"Linked “{source}” to “{target}” ({sign})")
    return link_id


def put_link(
    act: Act,
    source: Row,
    target: Row,
    sign: str,
    *,
    basis: Sequence[model.Basis],
    evidence: Sequence[Row],
    against: Sequence[Row],
    relation: str = "",
    groups: Sequence[str] = (),
    note: str = "",
) -> str:
    """Do what `add_link` does, inside an act that does more.

    Raises:
        BadValue: the sign or a basis is unknown.
        Refused: a node would act on itself, a participants' link has no evidence, or a
            group's name has a comma.
    """
    if source["id"] == target["id"]:
        raise Refused(f"“{source['label']}” cannot act on itself; a loop needs a second node.")
    said = {"sign": _sign(sign), "basis": _basis(basis), "groups": _groups(groups)}
    _refuse_bare(source, target, said["basis"], bool(evidence))
    row = {
        "source_id": source["id"],
        "target_id": target["id"],
        **said,
        "relation": relation,
        "note": note,
        "person_id": put_person(act, act.who),
    }
    (link_id,) = records.insert(act, "link", [row])
    put_evidence(act, link_id, evidence, "for")
    put_evidence(act, link_id, against, "against")
    return link_id


def _sign(said: str) -> str:
    read = model.sign(said)
    if read is None:
        raise BadValue("The sign of a link", said, " ".join(model.SIGNS))
    return read


def _basis(said: Sequence[str]) -> str:
    """Return the bases as they are stored, in their order."""
    unknown = [b for b in said if b not in model.BASES]
    if unknown or not said:
        raise BadValue("The basis of a link", ", ".join(unknown), ", ".join(model.BASES))
    return ",".join(b for b in model.BASES if b in said)


def _groups(said: Sequence[str]) -> str:
    """Return the groups as they are stored."""
    odd = [g for g in said if "," in g]
    if odd:
        raise Refused(f"The group “{odd[0]}” has a comma. Name each group by itself, without one.")
    return ",".join(g.strip() for g in said if g.strip())


def _refuse_bare(source: Row, target: Row, basis: str, supported: bool) -> None:
    """Check that a link on the word of participants has a coding for it (law 5)."""
    if model.NEEDS_EVIDENCE & set(basis.split(",")) and not supported:
        raise Refused(
            f"The link from “{source['label']}” to “{target['label']}” rests on participants, "
            "so it needs at least one coding for it; or give authors or literature as its basis."
        )


@edit("change link")
def change_link(
    act: Act,
    link: str,
    *,
    sign: str | None = None,
    basis: Sequence[model.Basis] | None = None,
    relation: str | None = None,
    groups: Sequence[str] | None = None,
    note: str | None = None,
    row_version: int | None = None,
) -> None:
    """Change what a link says; what is not given stays, its ends and evidence always.

    Raises:
        BadValue: the sign or a basis is unknown.
        Refused: it would rest on participants without a coding for it, or a group's name
            has a comma.
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
    """
    row = Names(act.connection).by_id_start("link", link)
    new: dict[str, str] = {
        **({} if sign is None else {"sign": _sign(sign)}),
        **({} if basis is None else {"basis": _basis(basis)}),
        **({} if relation is None else {"relation": relation}),
        **({} if groups is None else {"groups": _groups(groups)}),
        **({} if note is None else {"note": note}),
    }
    source, target = _ends(act, row)
    if basis is not None:
        _refuse_bare(source, target, new["basis"], bool(_speaking_for(act, row["id"])))
    records.update(act, "link", row["id"], new, row_version=row_version)
    act.says(f"Changed the link from “{source['label']}” to “{target['label']}”")


def _ends(act: Act, link: Row) -> tuple[Row, Row]:
    """Return the nodes from which and to which a link goes."""
    ids = [link["source_id"], link["target_id"]]
    node = {n["id"]: n for n in records.by_ids(act.connection, "node", ids)}
    return node[ids[0]], node[ids[1]]


def _speaking_for(act: Act, link_id: str) -> list[str]:
    """Return the live codings that a link cites for it."""
    held = records.find(act.connection, "link_evidence", link_id=link_id, stance="for")
    cited = records.by_ids(act.connection, "coding", [e["coding_id"] for e in held])
    return [c["id"] for c in cited if not c["withdrawn"]]


def put_evidence(act: Act, link_id: str, codings: Sequence[Row], stance: model.Stance) -> None:
    """Put codings under a link, for or against it.

    Raises:
        Refused: a coding lies in no case (nobody would count it, law 6), or it is cited
            by this link already.
    """
    held = {e["coding_id"] for e in records.find(act.connection, "link_evidence", link_id=link_id)}
    for coding in codings:
        if coding["id"] in held:
            raise Refused(f"The link cites the coding {coding['id']} already.")
        refuse_of_no_case(act, coding, "link")
        held.add(coding["id"])
    records.insert(
        act,
        "link_evidence",
        [{"link_id": link_id, "coding_id": c["id"], "stance": stance} for c in codings],
    )


def put_missing_evidence(
    act: Act, link_id: str, speaks_for: Sequence[Row], against: Sequence[Row]
) -> int:
    """Put those codings under a link that it does not cite yet; return how many.

    Raises:
        Refused: it cites one with the other stance, and see `put_evidence`.
    """
    held = {
        (e["coding_id"], e["stance"])
        for e in records.find(act.connection, "link_evidence", link_id=link_id)
    }
    added = 0
    stances: tuple[tuple[model.Stance, Sequence[Row]], ...] = (
        ("for", speaks_for),
        ("against", against),
    )
    for stance, codings in stances:
        fresh = [c for c in codings if (c["id"], stance) not in held]
        put_evidence(act, link_id, fresh, stance)
        added += len(fresh)
    return added


def in_some_case(act: Act, coding: Row) -> bool:
    """Whether any word of a coding belongs to a case, so that somebody counts (law 6)."""
    spans = records.find(
        act.connection,
        "case_span",
        "start",
        "stop",
        transcript_version_id=coding["transcript_version_id"],
    )
    return any(s["start"] < coding["stop"] and coding["start"] < s["stop"] for s in spans)


def refuse_of_no_case(act: Act, coding: Row, cited_for: str) -> None:
    """Check that a coding is of some case's words: a claim's weight is the number of its cases.

    Raises:
        Refused: it is of none.
    """
    if not in_some_case(act, coding):
        raise Refused(
            f"The coding {coding['id']} is of words that belong to no case, so no case "
            f"would count for the {cited_for}. Assign the words to a case first."
        )


@edit("cite for link")
def cite_for_link(
    act: Act, link: str, codings: Sequence[str] = (), *, against: Sequence[str] = ()
) -> None:
    """Add codings for a link and against it; no codings are no act.

    Raises:
        Refused: the link cites one already, or it is given twice; or one is of no case.
    """
    names = Names(act.connection)
    row = names.by_id_start("link", link)
    put_evidence(act, row["id"], [names.by_id_start("coding", i) for i in codings], "for")
    put_evidence(act, row["id"], [names.by_id_start("coding", i) for i in against], "against")
    act.says(f"Cited {sides(len(codings), len(against))} a link")


def sides(speak_for: int, against: int) -> str:
    """Return how many codings are cited on which side.

    >>> sides(2, 0), sides(2, 1)
    ('2 codings for', '2 codings for and 1 against')
    """
    if not against:
        return f"{counted(speak_for, 'codings')} for"
    if not speak_for:
        return f"{counted(against, 'codings')} against"
    return f"{counted(speak_for, 'codings')} for and {against} against"


@edit("uncite for link")
def uncite_link(act: Act, link: str, codings: Sequence[str]) -> None:
    """Take codings out of the evidence of a link, those that were withdrawn since too.

    Raises:
        Refused: the link does not cite one of them; or it rests on participants, and no
            coding would be left that speaks for it.
    """
    row = Names(act.connection).by_id_start("link", link)
    held = records.find(act.connection, "link_evidence", link_id=row["id"])
    gone = dict.fromkeys(str(_cited(held, one)["id"]) for one in codings)
    done = records.withdraw(act, "link_evidence", gone)
    source, target = _ends(act, row)
    if done:
        _refuse_bare(source, target, row["basis"], bool(_speaking_for(act, row["id"])))
    said = f"the link from “{source['label']}” to “{target['label']}”"
    act.says(f"Took {counted(done, 'codings')} out of {said}")


def _cited(evidence: Sequence[Row], part: str) -> Row:
    """Return the one row that cites the coding with that id, or with those last 8 letters of it."""
    found = [e for e in evidence if part in (e["coding_id"], e["coding_id"][-8:])]
    if not found:
        raise Refused(f"The link does not cite the coding {part}.")
    return found[0]


@edit("withdraw link")
def withdraw_link(act: Act, link: str) -> None:
    """Take a link back, with its evidence."""
    row = Names(act.connection).by_id_start("link", link)
    evidence = records.find(act.connection, "link_evidence", "id", link_id=row["id"])
    records.withdraw(act, "link_evidence", [e["id"] for e in evidence])
    records.withdraw(act, "link", [row["id"]])
    act.says("Withdrew a link")

"""Links say on whose word they rest, and a participants' link has their words."""

import builders
import pytest
from builders import Garden

from workbench import errors
from workbench.project import edits, interpreting


def link(garden: Garden, link_id: str) -> dict[str, object]:
    return next(k for k in garden.live()["link"] if k["id"] == link_id)


def cited(garden: Garden, link_id: str) -> dict[str, str]:
    """Return the short names of the codings a link cites, with their stance."""
    name = {v: k for k, v in garden.codings.items()}
    rows = garden.live()["link_evidence"]
    return {name[e["coding_id"]]: e["stance"] for e in rows if e["link_id"] == link_id}


def test_a_link_keeps_sign_basis_groups_and_evidence_for_and_against(garden):
    made = edits.add_link(
        garden.project,
        "Lists",
        "Use of the garden",
        "~",
        basis=["literature", "participant"],
        evidence=[garden.codings["list"]],
        against=[garden.codings["stale list"]],
        relation="helps",
        groups=["old", " ", "young "],
        note="Not sure.",
    )
    row = link(garden, made)
    assert [row[k] for k in ("sign", "basis", "relation", "groups", "note")] == [
        "±",
        "participant,literature",
        "helps",
        "old,young",
        "Not sure.",
    ]
    assert cited(garden, made) == {"list": "for", "stale list": "against"}


def test_a_links_weight_is_its_number_of_cases_with_mentions_beside(garden):
    edits.cite_for_link(garden.project, garden.link, [garden.codings["stale list"]])
    table = interpreting.links(garden.project)
    (row,) = table.to_dict("records")
    assert (row["weight"], row["mentions"], row["against"]) == (2, 3, 1)
    assert set(row["evidence"]) == {garden.codings[n] for n in ("rain", "gate", "stale list")}
    assert row["dissent"] == (garden.codings["july"],)


@pytest.mark.parametrize(
    ("source", "target", "sign", "more", "error", "said"),
    [
        ("Lists", "Access", "+", {}, errors.Refused, "rests on participants, so it needs at least"),
        ("Lists", "Access", "+", {"basis": ["quote"]}, errors.Refused, "at least one coding"),
        ("Lists", "Access", "x", {"basis": ["authors"]}, errors.BadValue, "The sign of a link"),
        ("Lists", "Access", "", {"basis": ["authors"]}, errors.BadValue, "The sign of a link"),
        ("Lists", "Access", "+", {"basis": ["me"]}, errors.BadValue, "participant, quote, authors"),
        ("Lists", "Access", "+", {"basis": []}, errors.BadValue, "The basis of a link"),
        (
            "Lists",
            "Lists",
            "+",
            {"basis": ["authors"]},
            errors.Refused,
            "“Lists” cannot act on its",
        ),
        ("List", "Access", "+", {"basis": ["authors"]}, errors.UnknownName, "“Lists”"),
        ("Lists", "Access", "+", {"evidence": ["12345678"]}, errors.UnknownName, "no coding"),
    ],
)
def test_a_link_that_cannot_be_is_refused_whole(garden, source, target, sign, more, error, said):
    before = garden.live()
    with pytest.raises(error, match=said):
        edits.add_link(garden.project, source, target, sign, **more)
    assert garden.live() == before


def test_only_words_against_are_no_ground_for_a_participants_link(garden):
    with pytest.raises(errors.Refused, match="needs at least one coding for it"):
        edits.add_link(garden.project, "Lists", "Access", "+", against=[garden.codings["july"]])


def test_a_link_on_the_authors_word_needs_no_coding(garden):
    made = edits.add_link(garden.project, "Lists", "Access", "-", basis=["authors"])
    assert (link(garden, made)["sign"], cited(garden, made)) == ("−", {})
    assert garden.project.check() == []


def test_words_that_no_case_owns_cannot_be_cited(garden):
    builders.bring(garden.project, ("notes", "P1: Rain again."), case_by="none")
    nobody = edits.code_quote(garden.project, "notes", "Rain again.", "1.2").coding_id
    before = garden.live()
    with pytest.raises(errors.Refused, match="belong to no case, so no case would count"):
        edits.cite_for_link(garden.project, garden.link, [garden.codings["list"], nobody])
    assert garden.live() == before
    edits.assign_case(garden.project, "Notes", "notes")
    edits.cite_for_link(garden.project, garden.link, [nobody])


def test_a_coding_is_cited_once_and_on_one_side(garden):
    before = garden.live()
    for stance in ("for", "against"):
        with pytest.raises(errors.Refused, match=r"The link cites the coding .* already"):
            edits.cite_for_link(
                garden.project, garden.link, [garden.codings["rain"]], stance=stance
            )
    with pytest.raises(errors.Refused, match="already"):
        edits.cite_for_link(garden.project, garden.link, [garden.codings["tools"]] * 2)
    with pytest.raises(errors.BadValue, match="for, against"):
        edits.cite_for_link(garden.project, garden.link, [garden.codings["tools"]], stance="both")
    assert garden.live() == before


def test_a_withdrawn_link_takes_its_evidence_along(garden):
    edits.withdraw_link(garden.project, garden.link)
    rows = garden.live()
    assert (rows["link"], rows["link_evidence"]) == ([], [])
    assert interpreting.links(garden.project).empty
    with pytest.raises(errors.UnknownName, match="no link"):
        edits.withdraw_link(garden.project, garden.link)
    garden.project.undo()
    assert cited(garden, garden.link) == {"rain": "for", "gate": "for", "july": "against"}

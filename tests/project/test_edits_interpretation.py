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
    rain = [garden.codings["rain"]]
    for sides in ({"codings": rain}, {"against": rain}):
        with pytest.raises(errors.Refused, match=r"The link cites the coding .* already"):
            edits.cite_for_link(garden.project, garden.link, **sides)
    with pytest.raises(errors.Refused, match="already"):
        edits.cite_for_link(garden.project, garden.link, [garden.codings["tools"]] * 2)
    tools = [garden.codings["tools"]]
    with pytest.raises(errors.Refused, match="already"):
        edits.cite_for_link(garden.project, garden.link, tools, against=tools)
    assert garden.live() == before


def test_words_cited_on_both_sides_of_a_link_are_one_act(garden):
    before = garden.live()
    edits.cite_for_link(
        garden.project, garden.link, [garden.codings["list"]], against=[garden.codings["tools"]]
    )
    made = garden.live()["link_evidence"][len(before["link_evidence"]) :]
    assert [(e["coding_id"], e["stance"]) for e in made] == [
        (garden.codings["list"], "for"),
        (garden.codings["tools"], "against"),
    ]
    assert garden.project.history(1)[0]["summary"] == "Cited 1 coding for and 1 against a link"
    garden.project.undo()
    assert garden.live()["link_evidence"] == before["link_evidence"]


def test_a_withdrawn_link_takes_its_evidence_along(garden):
    edits.withdraw_link(garden.project, garden.link)
    rows = garden.live()
    assert (rows["link"], rows["link_evidence"]) == ([], [])
    assert interpreting.links(garden.project).empty
    with pytest.raises(errors.UnknownName, match="no link"):
        edits.withdraw_link(garden.project, garden.link)
    garden.project.undo()
    assert cited(garden, garden.link) == {"rain": "for", "gate": "for", "july": "against"}


# --- changed -------------------------------------------------------------------------


def cited_by(garden: Garden) -> list[str]:
    name = {v: k for k, v in garden.codings.items()}
    return sorted(name[e["coding_id"]] for e in garden.live()["link_evidence"])


def test_a_link_changes_what_it_says_and_keeps_its_ends_and_evidence(garden):
    held, cited = link(garden, garden.link), cited_by(garden)
    edits.change_link(garden.project, garden.link, sign="~", groups=[" old ", "new"], row_version=1)
    assert link(garden, garden.link) == {**held, "sign": "±", "groups": "old,new"}
    edits.change_link(
        garden.project, garden.link, basis=["quote", "participant"], relation="ends", note="?"
    )
    assert link(garden, garden.link) == {
        **held,
        "sign": "±",
        "groups": "old,new",
        "basis": "participant,quote",
        "relation": "ends",
        "note": "?",
    }
    assert cited_by(garden) == cited
    summary = garden.project.history(1)[0]["summary"]
    assert summary == "Changed the link from “Locked out” to “Use of the garden”"
    with pytest.raises(errors.ChangedMeanwhile, match="The link was changed"):
        edits.change_link(garden.project, garden.link, sign="+", row_version=2)


@pytest.mark.parametrize(
    ("bad", "error", "said"),
    [
        ({"sign": "x"}, errors.BadValue, "The sign of a link"),
        ({"basis": []}, errors.BadValue, "The basis of a link"),
        ({"basis": ["hearsay"]}, errors.BadValue, "The basis of a link"),
        ({"groups": ["a,b"]}, errors.Refused, "“a,b” has a comma"),
    ],
)
def test_a_link_that_would_say_nothing_known_is_refused(garden, bad, error, said):
    before = garden.live()
    with pytest.raises(error, match=said):
        edits.change_link(garden.project, garden.link, **bad)
    assert garden.live() == before


def test_a_link_comes_to_rest_on_participants_only_with_a_coding_for_it(garden):
    bare = edits.add_link(garden.project, "Lists", "Access", "+", basis=["authors"])
    edits.cite_for_link(garden.project, bare, against=[garden.codings["july"]])
    with pytest.raises(errors.Refused, match="from “Lists” to “Access” rests on participants"):
        edits.change_link(garden.project, bare, basis=["participant"])
    edits.cite_for_link(garden.project, bare, [garden.codings["list"]])
    edits.change_link(garden.project, bare, basis=["participant"])
    assert garden.project.check() == []


def test_a_link_keeps_one_coding_that_speaks_for_it(garden):
    rain, gate, july = (garden.codings[n] for n in ("rain", "gate", "july"))
    edits.uncite_link(garden.project, garden.link, [july, rain[-8:]])
    assert cited_by(garden) == ["gate"]
    with pytest.raises(errors.Refused, match="needs at least one coding for it"):
        edits.uncite_link(garden.project, garden.link, [gate])
    with pytest.raises(errors.Refused, match=f"The link does not cite the coding {rain}"):
        edits.uncite_link(garden.project, garden.link, [rain])
    edits.change_link(garden.project, garden.link, basis=["literature"])
    edits.uncite_link(garden.project, garden.link, [gate, gate])
    assert cited_by(garden) == []
    assert garden.project.check() == []


def test_a_withdrawn_coding_is_taken_out_of_a_link_but_does_not_speak_for_it(garden):
    rain, gate = garden.codings["rain"], garden.codings["gate"]
    edits.withdraw_coding(garden.project, rain)
    with pytest.raises(errors.Refused, match="needs at least one coding for it"):
        edits.uncite_link(garden.project, garden.link, [gate])
    edits.uncite_link(garden.project, garden.link, [rain])
    assert cited_by(garden) == ["gate", "july"]

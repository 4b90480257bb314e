"""Every figure that a printed cell can be held against, worked out by hand.

The study is that of `laundry`: two people, six codings r1 to r6, links l1 to l3, nodes c1
(category), d1 and d2 (dimensions), e1 to e3 (elements). Each figure stands here with its
value and the codings behind it; a figure without a line fails a test.
"""

from collections.abc import Iterator
from dataclasses import replace

import builders
import laundry
import pytest
from builders import ANNA, BO, Garden

from workbench.model.framework import FrameworkVersion
from workbench.model.published import Figure, PublishedCell
from workbench.project import edits, reproducing
from workbench.project.figures import BY_NAME, Sources, rebuilt
from workbench.project.opening import create

ALL = "r1 r2 r3 r4 r5 r6"
CHARTED = "r1 r2 r3 r4 r5"
Value = int | float | str | tuple[str, ...]

FIGURES: list[tuple[str, str, Value, str]] = [
    ("categories", "framework=rooms@1", 2, ""),
    ("codes", "framework=rooms@1", 4, ""),
    ("codes", "framework=rooms@2", 3, ""),
    ("cells", "framework=rooms@1", 8, ""),
    ("parent", "framework=rooms@2", "rooms@1", ""),
    ("parent", "framework=rooms@1", "none", ""),
    ("children", "framework=rooms@1", ("rooms@2",), ""),
    ("shared codes", "framework=rooms@1; other=rooms@2", 3, ""),
    ("steps", "framework=rooms@2", 2, ""),
    ("steps", "framework=rooms@1", 0, ""),
    # indexing and charting
    ("codings", "framework=rooms@1", 6, ALL),
    ("codings", "framework=rooms@1; code=1.1", 2, "r1 r5"),
    ("codings", "framework=rooms@1; code=2.2", 0, ""),
    ("codings", "framework=rooms@1; case=Ben", 3, "r4 r5 r6"),
    ("codings", "framework=rooms@1; case=Ada; code=1.2; run=all", 1, "r2"),
    ("codings", "framework=rooms@2; run=lee alone", 0, ""),
    ("indexed", "run=all", 2, ALL),
    ("indexed", "run=lee alone", 1, ""),
    ("indexed twice", "framework=rooms@2", 1, ""),
    ("indexed twice", "framework=rooms@1", 0, ""),
    ("decisions", "run=all", 2, "r5 r6"),
    ("decisions", "run=all; outcome=kept", 1, "r6"),
    ("decisions", "run=all; outcome=dropped", 0, ""),
    ("people", "stage=read", ("kim", "lee"), ""),
    ("people", "stage=read; how=listened", ("lee",), ""),
    ("people", "stage=index", ("kim", "lee"), ALL),
    ("people", "stage=build", ("kim", "lee"), ""),
    ("people", "stage=chart; how=decided", ("kim",), ""),
    ("present", "meeting=Codes", ("kim", "lee"), ""),
    ("present", "meeting=Charts", ("kim",), ""),
    ("coders", "run=all", ("kim", "lee"), ALL),
    ("charted", "framework=rooms@1", 5, CHARTED),
    ("charted", "framework=rooms@2", 0, ""),
    ("in state", "framework=rooms@1; state=charted", 5, CHARTED),
    ("in state", "framework=rooms@1; state=indexed, not charted", 1, "r6"),
    ("in state", "framework=rooms@1; state=not asked", 1, ""),
    ("in state", "framework=rooms@1; state=nothing said", 1, ""),
    ("in state", "framework=rooms@1; state=not indexed", 0, ""),
    ("statements", "framework=rooms@1", 5, CHARTED),
    ("statements", "framework=rooms@1; kind=verbatim", 1, "r3"),
    # links
    ("links", "", 3, "r1 r3 r6"),
    ("links", "ladder=findings", 3, "r1 r3 r6"),
    ("links", "sign=-", 1, "r3 r6"),
    ("links", "sign=±", 0, ""),
    ("links", "basis=participant", 2, "r1 r3 r6"),
    ("links", "basis=quote; sign=−", 1, "r3 r6"),
    ("links", "contested=yes", 1, "r3 r6"),
    ("links", "contested=no", 2, "r1"),
    ("links", "on authors=yes", 1, ""),
    ("links", "on authors=no", 2, "r1 r3 r6"),
    ("linked nodes", "", 4, "r1 r3 r6"),
    ("incoming", "node=e2", 3, "r1 r3 r6"),
    ("incoming", "node=e1", 0, ""),
    ("outgoing", "node=e1", 1, "r1"),
    ("most incoming", "rank=1", ("Standing in line",), "r1 r3 r6"),
    ("most outgoing", "rank=1", ("A list", "Old machines fail", "Own rules"), "r1 r3 r6"),
    ("link", "link=l2; say=source", "A list", "r3 r6"),
    ("link", "link=l2; say=target", "Standing in line", "r3 r6"),
    ("link", "link=l2; say=sign", "−", "r3 r6"),
    ("link", "link=l2; say=basis", ("participant", "quote"), "r3 r6"),
    ("link", "link=l2; say=groups", ("all groups",), "r3 r6"),
    ("link", "link=l3; say=groups", ("none",), ""),
    ("link", "link=l1; say=relation", "makes longer", "r1"),
    ("link", "link=l2; say=contested", "yes", "r3 r6"),
    ("link", "link=l1; say=contested", "no", "r1"),
    ("backing", "link=l1", 1, "r1"),
    ("backing", "link=l1; group=Tenant", 1, "r1"),
    ("backing", "link=l1; group=Owner", 0, ""),
    ("backing", "link=l2; stance=against; group=Owner", 1, "r6"),
    ("backing", "link=l2; group=yes; by=keeps a key", 1, "r3"),
    ("backed", "link=l1; group=Tenant", "yes", "r1"),
    ("backed", "link=l1; group=Owner", "no", ""),
    ("backed", "link=l2; group=Owner; stance=against", "yes", "r6"),
    ("support", "node=e1; group=Tenant", ("N",), "r1"),
    ("support", "node=e3; group=Tenant", ("A",), "r3"),
    ("support", "node=e3; group=Owner", ("C",), "r6"),
    ("support", "node=d1; group=Tenant", ("N", "Q"), "r1 r2"),
    ("support", "node=d1; group=Owner", ("–",), ""),
    ("support", "node=c1; group=Tenant", ("A", "N", "Q"), "r1 r2 r3"),
    ("support", "node=c1; group=Owner", ("C", "Q"), "r6"),
    # the ladder
    ("nodes", "ladder=findings", 6, CHARTED),
    ("nodes", "ladder=findings; level=element", 3, CHARTED),
    ("nodes", "ladder=findings; level=3", 2, CHARTED),
    ("nodes", "ladder=findings; level=5", 0, ""),
    ("nodes", "ladder=findings; under=d1", 2, "r1 r2 r4 r5"),
    ("tops", "ladder=findings", ("Getting to wash",), CHARTED),
    ("label", "node=e3", "A list", "r3"),
    ("under", "node=d1", ("Old machines fail", "Standing in line"), "r1 r2 r4 r5"),
    ("under", "node=e1", ("none",), ""),
    ("above", "node=e1", ("Too few machines",), "r1 r2 r4 r5"),
    ("above", "node=c1", ("none",), ""),
    ("climb", "ladder=findings", "5 → 3 → 2 → 1", CHARTED),
    ("facet", "node=e2; scheme=ring", ("outside",), "r2 r4"),
    ("facet", "node=e2; scheme=ring; say=basis", ("ours",), "r2 r4"),
    ("facet", "node=e2; scheme=colour", ("none",), "r2 r4"),
    ("faceted", "scheme=ring; value=inside", 1, "r1 r5"),
    ("faceted", "scheme=ring; value=nowhere", 0, ""),
    ("reach", "node=e1", 2, "r1 r5"),
    ("reach", "node=e2; group=Owner", 1, "r4"),
    ("reach", "node=Standing in line; group=Owner", 1, "r4"),
    ("supported", "node=e3; group=Tenant", "yes", "r3"),
    ("supported", "node=e3; group=Owner", "no", ""),
    ("supporters", "node=d1", ("Owner", "Tenant"), "r1 r2 r4 r5"),
    ("supporters", "node=e3", ("Tenant",), "r3"),
    # beside the charts
    ("quotations", "", 3, "r2 r4 r6"),
    ("quotations", "report=P1", 2, "r2 r6"),
    ("quotations", "speaker=none", 1, "r6"),
    ("quotations", "report=P2; speaker=Tenant", 0, ""),
    ("quotations", "under=d1", 1, "r2"),
    ("quotations", "under=c1", 2, "r2 r6"),
    ("quotations", "participant=2", 1, "r4"),
    ("quotation", "report=P1; number=1; say=speaker", "Tenant", "r2"),
    ("quotation", "report=P1; number=1; say=participant", "7", "r2"),
    ("quotation", "report=P1; number=1; say=section", "Standing in line", "r2"),
    ("quotation", "number=2; say=speaker", "none", "r6"),
    ("quotation", "number=2; say=case", ("Ben",), "r6"),
    ("quotation", "report=P2; number=1; say=section", "none", "r4"),
    ("participants quoted", "", ("2", "7"), "r2 r4"),
    ("participants quoted", "report=P1", ("7",), "r2"),
    ("count", "series=washes", 20, ""),
    ("count", "series=washes; month=2024-02", 6, ""),
    ("count", "series=washes; month=2024-02; room=A", 0, ""),
    ("least count", "series=washes; by=month", 6, ""),
    ("least count", "series=washes; by=month, room", 0, ""),
    ("greatest count", "series=washes; by=month", 14, ""),
    ("greatest count", "series=washes; by=month; room=B", 6, ""),
    ("labels", "series=washes; by=room", 2, ""),
    ("labels", "series=washes; by=month, room", 4, ""),
    ("first label", "series=washes; by=month", "2024-01", ""),
    ("last label", "series=washes; by=month, room", "2024-02, B", ""),
    ("new labels", "series=washes; of=room; by=month; at=2024-01", 2, ""),
    ("new labels", "series=washes; of=month; by=room; at=B", 1, ""),
    # the sample
    ("cases", "", 2, ""),
    ("cases", "group=Tenant", 1, ""),
    ("cases", "keeps a key=no; since=2002-11-15", 1, ""),
    ("cases", "group=Owner; keeps a key=yes", 0, ""),
    ("share", "group=Tenant", 50, ""),
    ("transcripts", "", 2, ""),
    ("transcripts", "group=Tenant", 1, ""),
    ("mean", "attribute=age", 47.5, ""),
    ("mean", "attribute=age; group=Owner", 61, ""),
    ("mean of transcripts", "attribute=age", 47.5, ""),
    ("least", "attribute=age", 34, ""),
    ("greatest", "attribute=age", 61, ""),
    ("total", "attribute=age", 95, ""),
    ("first", "attribute=since", "2002-11-15", ""),
    ("last", "attribute=since", "2019-05-01", ""),
    ("first", "attribute=age", "34", ""),
    ("first month", "attribute=since", "2002-11", ""),
    ("last month", "attribute=since", "2019-05", ""),
    ("values", "attribute=group", ("Owner", "Tenant"), ""),
    ("values", "attribute=keeps a key", ("no", "yes"), ""),
]
"""(figure, of, its value, the codings behind it)."""


def asked(sources: Sources, figure: str, of: str) -> tuple[Figure | None, str]:
    """Return a figure, or why there is none."""
    pairs = tuple(tuple(p.strip().partition("=")[::2]) for p in of.split(";") if p.strip())
    cell = PublishedCell("x", "t", "", "", "1", figure, pairs)  # type: ignore[arg-type]
    figures, problems = rebuilt([cell], sources)
    return figures.get("x"), problems.get("x", "")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sources]:
    """What the figures of the study are made of; no test writes to its project."""
    study = laundry.write(tmp_path_factory.mktemp("studies"))
    with reproducing.rebuilding(study) as (project, refs, _, passed_over):
        assert passed_over == []
        with project.reading() as connection:
            yield Sources(connection, refs)


def by_hand(garden: Garden, figure: str, of: str) -> Figure | None:
    """Return a figure of the garden as it is now."""
    with garden.project.reading() as connection:
        return asked(Sources(connection), figure, of)[0]


def as_set(value: Value) -> Value | frozenset[str]:
    return frozenset(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize(("figure", "of", "value", "behind"), FIGURES)
def test_a_figure_is_what_was_worked_out_by_hand(built, figure, of, value, behind):
    found, why = asked(built, figure, of)
    assert found is not None, why
    assert as_set(found.value) == as_set(value)
    refs = {coding: ref for ref, coding in built.refs.codings.items()}
    assert sorted(refs[i] for i in found.evidence) == behind.split()


def test_every_figure_is_worked_out_here():
    assert {name for name, *_ in FIGURES} == set(BY_NAME)


def test_every_figure_says_what_it_is_in_a_sentence():
    assert [r.name for r in BY_NAME.values() if not r.says.endswith((".", ":"))] == []


# --- what the small study cannot show -----------------------------------------------------


def test_what_several_share_in_one_interview_counts_once_over_transcripts(garden):
    edits.add_cases(
        garden.project,
        {"gardener": {"minutes": "30"}, ANNA: {"minutes": "60"}, BO: {"minutes": "60"}},
    )
    assert by_hand(garden, "mean", "attribute=minutes") == Figure(50.0)
    assert by_hand(garden, "mean of transcripts", "attribute=minutes") == Figure(45.0)
    edits.set_attribute(garden.project, BO, "minutes", "40")
    assert by_hand(garden, "mean of transcripts", "attribute=minutes") is None


def test_a_case_is_counted_once_however_much_it_says(garden):
    found = by_hand(garden, "reach", "node=Access")
    assert found == Figure(1, tuple(sorted(garden.codings[c] for c in ("rain", "gate"))))


def test_a_coding_of_two_cases_speaks_for_both(garden):
    edits.code(garden.project, "group", 0, 90, "2.1")
    assert by_hand(garden, "codings", f"framework=garden@1; case={ANNA}; code=2.1").value == 2
    assert by_hand(garden, "codings", f"framework=garden@1; case={BO}; code=2.1").value == 2


def test_a_node_on_no_level_stands_on_none_that_is_asked_for(garden):
    assert by_hand(garden, "nodes", "ladder=findings").value == 5
    assert by_hand(garden, "nodes", "ladder=findings; level=element").value == 2
    assert by_hand(garden, "tops", "ladder=findings").value == ("Access",)
    assert by_hand(garden, "climb", "ladder=findings").value == "3 → 2 → 1 → 1"


def test_two_nodes_of_one_name_have_links_of_their_own(garden):
    edits.add_ladder(garden.project, "other", template="framework")
    edits.add_node(garden.project, "Lists", 2, ladder="other")
    nodes = [n["id"] for n in garden.live()["node"] if n["label"] == "Lists"]
    for node, to in zip(nodes, ("Access", "Weather and locks"), strict=True):
        edits.add_link(garden.project, node, to, "+", basis=["authors"])
    edits.add_link(garden.project, "Access", "Locked out", "+", basis=["authors"])
    edits.add_link(garden.project, "Access", "Weather and locks", "+", basis=["authors"])
    assert by_hand(garden, "most outgoing", "rank=1").value == ("Access",)
    assert by_hand(garden, "most outgoing", "rank=2").value == ("Lists", "Lists", "Locked out")


def test_numbers_within_labels_are_ordered_by_their_size(garden):
    for label in ("I10", "I2", "I1"):
        edits.record_count(garden.project, "codes", 1, {"talk": label})
    assert by_hand(garden, "first label", "series=codes; by=talk").value == "I1"
    assert by_hand(garden, "last label", "series=codes; by=talk").value == "I10"


def test_new_labels_follow_the_order_in_which_counts_came_in(garden):
    for talk, code in (("I2", "a"), ("I2", "b"), ("I1", "b"), ("I1", "c"), ("I3", "d")):
        edits.record_count(garden.project, "codes", 1, {"talk": talk, "code": code})
    edits.record_count(garden.project, "codes", 0, {"talk": "I3", "code": "e"})
    new = [
        by_hand(garden, "new labels", f"series=codes; of=code; by=talk; at={talk}").value
        for talk in ("I2", "I1", "I3")
    ]
    assert new == [2, 1, 1]


def test_a_count_that_lacks_a_label_belongs_to_none_of_its_values(garden):
    edits.record_count(garden.project, "visits", 9, {"year": "2024"})
    edits.record_count(garden.project, "visits", 4, {"year": "2024", "month": "May"})
    assert by_hand(garden, "labels", "series=visits; by=month").value == 1
    assert by_hand(garden, "least count", "series=visits; by=month").value == 4
    assert by_hand(garden, "count", "series=visits").value == 13


def test_a_code_of_two_versions_is_sealed_by_the_name_that_its_run_used(garden):
    def words() -> dict[str, str]:
        with garden.project.reading() as connection:
            return Sources(connection).words

    before = words()
    assert "1.2 Barriers" in before[garden.codings["rain"]]
    edits.add_framework(garden.project, renamed())
    assert words() == before


def renamed() -> FrameworkVersion:
    """Return a second version of the garden's framework in which every code has another name."""
    first = builders.version(number="2", parent=builders.VERSION)
    return replace(first, codes=tuple(replace(c, name=f"New {c.name}") for c in first.codes))


# --- formulas ------------------------------------------------------------------------------


def formulas(
    built: Sources, *cells: tuple[str, str, str]
) -> tuple[dict[str, Figure], dict[str, str]]:
    """Return what cells given as (name, figure, of) come to."""
    given = [
        PublishedCell(name, "t", "", "", "1", figure, (tuple(of.split("=", 1)),) if of else ())
        for name, figure, of in cells
    ]
    return rebuilt(given, built)


def test_a_formula_rests_on_the_codings_of_all_that_it_names(built):
    figures, problems = formulas(
        built,
        ("sum", "formula", "is=(old + links) / 2"),
        ("twice", "formula", "is=sum * 2"),
        ("old", "codings", "framework=rooms@1"),
        ("links", "links", ""),
    )
    assert problems == {}
    refs = built.refs.codings
    assert figures["sum"] == Figure(4.5, tuple(sorted(refs[r] for r in ALL.split())))
    assert figures["twice"] == Figure(9.0, figures["sum"].evidence)


def test_a_formula_may_name_no_formula_behind_it(built):
    figures, problems = formulas(
        built, ("first", "formula", "is=second"), ("second", "formula", "is=1 + 1")
    )
    assert figures == {"second": Figure(2.0)}
    assert problems == {
        "first": "A formula cannot be 'second'; give names of cells; there is no rebuilt figure "
        "second."
    }


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ("is=cases / (cases - 2)", "give a sum that can be worked out: this divides by zero."),
        ("is=broken + 1", "give names of cells; there is no rebuilt figure broken."),
        ("is=self", "give names of cells; there is no rebuilt figure self."),
        ("is=names + 1", "give numbers where it calculates."),
        ("is=cases = 2", "give one sum without a comparison."),
        ("is=", "give something after its last sign."),
        ("is=" + " * ".join(["999999999999"] * 2000), "give a sum of at most 15 digits."),
        ("is=" + "(" * 5000, "give brackets at most 20 deep."),
        ("was=cases", "A formula cannot be 'was=cases'; give is=… and nothing else."),
        ("", "A formula cannot be empty; give is=… and nothing else."),
    ],
)
def test_a_formula_that_cannot_be_worked_out_costs_its_own_cell_only(built, of, said):
    figures, problems = formulas(
        built,
        ("self", "formula", of),
        ("cases", "cases", ""),
        ("names", "tops", "ladder=findings"),
        ("broken", "codes", "framework=none@1"),
    )
    assert set(figures) == {"cases", "names"}
    assert set(problems) == {"self", "broken"}
    assert problems["self"].endswith(said)


# --- what no figure can be made of ------------------------------------------------------------

REFUSED: list[tuple[str, str, str]] = [
    (
        "coddings",
        "",
        "A figure cannot be 'coddings'; give one that “workbench help studies” lists, such as "
        "codings or ",
    ),
    ("?", "", "A figure cannot be '?'; give one that “workbench help studies” lists, such as ca"),
    ("codes", "", "What “codes” is of cannot be empty; give framework too."),
    (
        "shared codes",
        "framework=rooms@1",
        "What “shared codes” is of cannot be 'framework=rooms@1'; give other too.",
    ),
    ("codes", "framework=rooms@1; sources=x", "What “codes” is of cannot be 'sources'"),
    ("codes", "framework=rooms@1; self=x", "What “codes” is of cannot be 'self'"),
    ("links", "on_authors=yes", "What “links” is of cannot be 'on_authors'; give ladder, sign, "),
    ("cases", "sources=x", "There is no attribute “sources”"),
    ("cases", "filters=x", "There is no attribute “filters”"),
    ("cases", "__class__=x", "There is no attribute “__class__”"),
    ("cases", "case_id=x", "There is no attribute “case_id”"),
    ("cases", "group=Landlord", "The attribute “group” cannot be 'Landlord'; give one of Owner, "),
    ("cases", "keeps a key=True", "The attribute “keeps a key” cannot be 'True'; give one of no, "),
    ("mean", "attribute=group", "A figure cannot be 'group'; give an attribute that is a number"),
    ("mean", "attribute=since", "A figure cannot be 'since'; give an attribute that is a number"),
    ("mean", "attribute=keeps a key", "A figure cannot be 'keeps a key'; give an attribute that"),
    ("mean", "attribute=weight", "There is no attribute “weight”"),
    ("first month", "attribute=group", "A figure cannot be 'group'; give an attribute that is a d"),
    ("codes", "framework=rooms", "“rooms” could be more than one framework version: rooms@1, "),
    ("codes", "framework=flats@1", "There is no framework version “flats@1”"),
    ("codings", "framework=rooms@1; code=9.9", "There is no code “9.9”"),
    ("codings", "framework=rooms@1; case=Cara", "There is no case “Cara”"),
    ("codings", "framework=rooms@1; run=none", "There is no run “none”"),
    ("codings", "framework=rooms@2; run=all", "The run cannot be 'all'; give one that indexes wit"),
    ("decisions", "run=all; outcome=keep", "The outcome of a decision cannot be 'keep'; give one"),
    ("people", "stage=coffee", "A step of the method cannot be 'coffee'; give one of prepare, re"),
    ("people", "stage=read; how=heard", "How people took part cannot be 'heard'; give one of rea"),
    ("present", "meeting=Lunch", "There is no meeting “Lunch”"),
    ("in state", "framework=rooms@1; state=done", "The state of a cell cannot be 'done'; give one"),
    ("statements", "framework=rooms@1; kind=quote", "The kind of a statement cannot be 'quote'"),
    ("links", "sign=plus", "The sign of a link cannot be 'plus'; give one of +, −, ±."),
    ("links", "basis=hearsay", "The basis of a link cannot be 'hearsay'; give one of participant"),
    ("links", "contested=perhaps", "A condition cannot be 'perhaps'; give yes or no."),
    ("links", "on authors=true", "A condition cannot be 'true'; give yes or no."),
    ("links", "ladder=none", "There is no ladder “none”"),
    ("incoming", "node=e9", "There is no node “e9”"),
    ("most incoming", "rank=0", "A rank cannot be '0'; give a whole number such as 1."),
    ("most incoming", "rank=²", "A rank cannot be '²'; give a whole number such as 1."),
    ("most incoming", "rank=" + "1" * 5000, "A rank cannot be '1111"),
    ("most incoming", "rank=2", "A rank cannot be '2'; give at most 1."),
    ("link", "link=l2; say=colour", "What to say of a link cannot be 'colour'; give one of sourc"),
    (
        "link",
        "link=; say=sign",
        "The id of a link cannot be empty; give the whole id, or its last 8",
    ),
    ("link", "link=l9; say=sign", "The id of a link cannot be 'l9'; give the whole id, or its l"),
    ("link", "link=nowhere-at-all; say=sign", "There is no link “nowhere-at-all”"),
    ("backing", "link=l1; group=Guest", "There is no group of “group” “Guest”"),
    ("backing", "link=l1; group=Tenant; by=floor", "There is no attribute “floor”"),
    ("backing", "link=l1; stance=with", "A stance cannot be 'with'; give one of for, against."),
    ("backed", "link=l1; group=Guest", "There is no group of “group” “Guest”"),
    ("support", "node=c1; group=Guest", "There is no group of “group” “Guest”"),
    ("nodes", "ladder=findings; level=²", "A level cannot be '²'; give a number, or one of state"),
    ("nodes", "ladder=findings; level=99", "A level cannot be '99'; give a number, or one of st"),
    ("nodes", "ladder=findings; level=Element", "A level cannot be 'Element'; give a number, or "),
    ("facet", "node=e1; scheme=ring; say=id", "What to say of a facet cannot be 'id'; give value"),
    ("faceted", "scheme=colour; value=red", "There is no scheme “colour”"),
    ("quotations", "report=P9", "There is no report “P9”"),
    ("quotation", "number=1; say=speaker", "“1” could be more than one quotation: of P1, of P2. S"),
    ("quotation", "report=P1; number=3; say=speaker", "There is no quotation “3”"),
    ("quotation", "report=P1; number=1; say=id", "What to say of a quotation cannot be 'id'"),
    ("participants quoted", "report=P9", "There is no report “P9”"),
    ("count", "series=baths", "There is no series “baths”"),
    ("count", "series=washes; floor=1", "There is no label of the series “washes” “floor”"),
    ("count", "series=washes; room=C", "The label “room” of washes cannot be 'C'; give one that"),
    ("labels", "series=washes; by=floor", "There is no label of the series “washes” “floor”"),
    ("least count", "series=washes; by=", "There is no label of the series “washes” “”"),
    ("new labels", "series=washes; of=floor; by=month; at=2024-01", "There is no label of the se"),
    ("new labels", "series=washes; of=room; by=month; at=2023-01", "There is no month “2023-01”"),
]


@pytest.mark.parametrize(("figure", "of", "said"), REFUSED)
def test_a_figure_of_nothing_is_one_sentence_that_says_why(built, figure, of, said):
    found, why = asked(built, figure, of)
    assert found is None
    assert why.startswith(said), why
    assert "\n" not in why


HOSTILE = ["", "x", "²", "-1", "1" * 5000, "=", "'; DROP TABLE link; --", "\x1e", "🌱", "%", "nan"]


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_any_words_in_any_place_are_a_figure_or_one_sentence(built, name):
    recipe = BY_NAME[name]
    good = next((of for figure, of, *_ in FIGURES if figure == name), "")
    for key in (*recipe.needed, *recipe.optional, "further"):
        for value in HOSTILE:
            kept = [p for p in good.split("; ") if p and not p.startswith(f"{key}=")]
            found, why = asked(built, name, "; ".join([*kept, f"{key}={value}"]))
            assert (found is None) == bool(why), (key, value)


def test_a_project_with_nothing_in_it_says_so_in_every_figure(tmp_path):
    with create(tmp_path / "empty.fwb", who="kim") as project, project.reading() as connection:
        empty = Sources(connection)
        for name, of, *_ in FIGURES:
            found, why = asked(empty, name, of)
            assert why or found.value in (0, ()), (name, of, found)

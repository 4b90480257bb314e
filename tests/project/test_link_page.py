"""Links and nodes as a page shows them, with whose words, and where these stand."""

from builders import ANNA
from lxml import etree

from workbench.project import edits, interpreting, link_page, network_picture, quoted
from workbench.stages.interpretation.layout import NO_VALUE


def node(garden, label: str) -> str:
    return next(n["id"] for n in garden.live()["node"] if n["label"] == label)


def test_a_quote_says_whose_words_it_is_and_where(garden):
    tools, rain = quoted.quotes(
        garden.project, [garden.codings["rain"], garden.codings["tools"], "no such"]
    )[::-1]
    assert rain._asdict() == {
        "coding_id": garden.codings["rain"],
        "words": "Rain keeps me away.",
        "cases": ("gardener",),
        "transcript": "gardener",
        "turn": 4,
        "speaker": "P1",
        "code": "1.2 Barriers",
        "coder": "anna",
        "withdrawn": False,
    }
    assert (tools.cases, tools.turn, tools.code) == (("group: Bo",), 6, "2.2 Tools")


def test_a_quote_over_two_speakers_is_of_both_cases(garden):
    text = "It works well.\nBo: The list is never"
    coding = edits.code_quote(garden.project, "group", text, "2.1").coding_id
    (one,) = quoted.quotes(garden.project, [coding])
    assert one.cases == (ANNA, "group: Bo")


def test_a_withdrawn_coding_is_still_quoted_and_says_so(garden):
    edits.withdraw_coding(garden.project, garden.codings["rain"])
    (one,) = quoted.quotes(garden.project, [garden.codings["rain"]])
    assert (one.words, one.withdrawn) == ("Rain keeps me away.", True)


def test_codings_are_found_by_all_of_the_words_they_say(garden):
    def found(words: str) -> set[str]:
        return set(quoted.codings_saying(garden.project, words))

    assert found("rain") == {garden.codings["rain"], garden.codings["july"]}
    assert found("RAIN helps") == {garden.codings["july"]}
    assert found("100% rain_") == set()
    edits.withdraw_coding(garden.project, garden.codings["july"])
    assert found("rain") == {garden.codings["rain"]}


def test_codings_of_runs_that_do_not_count_are_not_found(garden):
    edits.start_run(garden.project, "alone", "garden@1", kind="independent")
    edits.code_quote(garden.project, "gardener", "Rain keeps", "1.2", run="alone")
    assert quoted.codings_saying(garden.project, "rain keeps") == [garden.codings["rain"]]


def test_a_link_is_shown_with_the_words_for_and_against_it_in_order(garden):
    ends = link_page.ends_of(garden.project, garden.link)
    assert ends == (node(garden, "Locked out"), node(garden, "Use of the garden"))
    (link,) = link_page.links_of_pair(garden.project, *ends)
    assert (link.link_id, link.source, link.target) == (
        garden.link,
        "Locked out",
        "Use of the garden",
    )
    assert (link.sign, link.basis, link.groups, link.who) == ("−", ("participant",), (), "anna")
    assert [q.words for q in link.speaks_for] == [
        "Rain keeps me away.",
        "The gate is locked after six, and nobody has a key.",
    ]
    assert [q.words for q in link.against] == ["Rain helps us."]
    assert link_page.links_of_pair(garden.project, *ends[::-1]) == []


def test_a_withdrawn_link_has_no_ends(garden):
    edits.withdraw_link(garden.project, garden.link)
    assert link_page.ends_of(garden.project, garden.link) is None


def test_nodes_come_from_the_top_of_each_ladder_and_concepts_last(garden):
    edits.add_ladder(garden.project, "another")
    edits.add_node(garden.project, "Else", 3, ladder="another")
    assert [(n.ladder, n.level, n.label) for n in link_page.nodes(garden.project)] == [
        ("findings", "theme", "Access"),
        ("findings", "category", "Weather and locks"),
        ("findings", "element", "Lists"),
        ("findings", "element", "Locked out"),
        ("findings", "", "Use of the garden"),
        ("another", "dimension", "Else"),
    ]


def test_nodes_of_one_name_are_told_apart_by_level_and_ladder(garden):
    edits.add_ladder(garden.project, "another")
    edits.add_node(garden.project, "Lists", 3, ladder="another")
    told = link_page.told_apart(link_page.nodes(garden.project)).values()
    assert [t for t in told if t.startswith("Lists")] == [
        "Lists (element, findings)",
        "Lists (dimension, another)",
    ]
    assert "Locked out" in told


def test_a_node_has_the_label_of_its_theme_and_of_what_it_stands_under(garden):
    top = network_picture.over(garden.project, top=True)
    assert {top[node(garden, n)] for n in ("Access", "Weather and locks", "Locked out")} == {
        "Access"
    }
    assert node(garden, "Lists") not in top
    near = network_picture.over(garden.project, top=False)
    assert near[node(garden, "Locked out")] == "Weather and locks"


def kinds(drawing: str) -> list[str]:
    """Return the colours of the drivers, named as the legend names them."""
    root = etree.fromstring(drawing)
    legend = root.xpath("//*[@class='legends']/*[name()='circle']")
    return [circle.getnext().text for circle in legend]


def test_the_picture_is_coloured_by_facet_or_by_words_for_each_node(garden):
    graph = interpreting.network(garden.project)
    assert network_picture.schemes(graph) == {"where": ["outside"]}
    by_band = network_picture.picture(graph, scheme="where")
    assert kinds(by_band) == [NO_VALUE, "outside"]
    top = network_picture.over(garden.project, top=True)
    assert kinds(network_picture.picture(graph, scheme="where", kinds=top)) == [NO_VALUE, "Access"]


def test_the_picture_has_other_colours_on_dark_paper(garden):
    graph = interpreting.network(garden.project)
    light = etree.fromstring(network_picture.picture(graph, scheme="where"))
    drawing = network_picture.picture(graph, scheme="where", shape="columns", dark=True)
    dark = etree.fromstring(drawing)
    papers = [root.xpath("string(//*[@class='paper']/@fill)") for root in (light, dark)]
    assert papers == ["#ffffff", "#171614"]
    assert dark.xpath("string(//*[@class='legends']/@fill)") == "#eef1f4"
    bands = [{b.tag.split("}")[1] for b in r.xpath("//*[@class='bands']/*")} for r in (light, dark)]
    assert bands == [{"circle"}, {"rect"}]


def test_a_network_of_one_ladder_leaves_the_others_out(garden):
    edits.add_ladder(garden.project, "another")
    for label in ("Else", "Other"):
        edits.add_node(garden.project, label, 3, ladder="another")
    edits.add_link(garden.project, "Else", "Other", "+", basis=["authors"])
    assert len(interpreting.network(garden.project)) == 4
    only = interpreting.network(garden.project, ladder="another")
    assert {of["label"] for _, of in only.nodes(data=True)} == {"Else", "Other"}
    assert only.number_of_edges() == 1


def test_the_picture_of_a_picked_arrow_fades_the_others(garden):
    edits.add_link(garden.project, "Lists", "Use of the garden", "+", basis=["authors"])
    graph = interpreting.network(garden.project)
    pick = (node(garden, "Lists"), node(garden, "Use of the garden"))
    root = etree.fromstring(network_picture.picture(graph, scheme="where", picked=pick))
    seen = {
        (edge.get("data-source"), edge.get("data-target")): edge.find("{*}g").get("opacity")
        for edge in root.xpath("//*[@class='edge']")
    }
    assert sorted(seen.values()) == ["0.08", "0.8"]
    assert seen[pick] == "0.8"
    (dashed,) = root.xpath("//*[@stroke-dasharray][ancestor::*[@class='edge']]")
    assert dashed.getparent().get("opacity") == "0.8"

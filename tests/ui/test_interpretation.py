"""The page of interpretation: what it gives its parts, and what its forms do."""

import json

import pytest

import workbench
from workbench.project import edits, interpreting, link_page


def payloads(at):
    """Return what each part of the page was given, by its name and key."""
    held = {}
    for one in at.get("bidi_component"):
        given = json.loads(one.proto.json or "{}")
        held[one.proto.component_name.removeprefix("workbench_"), given.get("key", "")] = given
    return held


def said(at) -> str:
    """Return all that the page says in its own words."""
    kinds = (at.markdown, at.caption, at.error, at.success, at.info)
    return "\n".join(one.value for kind in kinds for one in kind)


def node(study, label: str) -> str:
    with workbench.open(study) as project:
        return next(n.node_id for n in link_page.nodes(project) if n.label == label)


def link(study, source: str, target: str) -> link_page.ShownLink:
    with workbench.open(study) as project:
        (found,) = link_page.links_of_pair(project, node(study, source), node(study, target))
    return found


def figure(at):
    (chart,) = at.get("plotly_chart")
    return json.loads(chart.proto.spec)


def drawn(at) -> set[str]:
    """Return the ids of the nodes in the picture."""
    marked = (c for t in figure(at)["data"] for c in t.get("customdata", ()))
    return {c[1] for c in marked if c[0] == "node"}


def test_a_project_without_nodes_is_told_to_build_them_first(page, empty):
    at = page("interpretation", empty)
    assert "No links yet" in said(at)
    assert "on the page Mapping" in said(at)
    at = page("interpretation", empty, show="link")
    assert "fewer than two nodes" in said(at)


def test_the_picture_has_every_linked_node_and_the_list_beside_it_every_link(page, study):
    at = page("interpretation", study)
    with workbench.open(study) as project:
        graph = interpreting.network(project)
    assert drawn(at) == set(graph)
    (section,) = payloads(at)["evidence", "links"]["sections"]
    assert {tuple(one["pick"]) for one in section["links"]} == set(graph.edges)
    first = section["links"][0]
    assert first["label"] == "Uncounted work → Responsibility nobody owns"
    assert (first["sign"], first["cases"]) == ("+", "4 cases")
    assert "11 of 11 nodes, 14 of 14 links" in said(at)


def test_an_address_opens_a_link_with_its_words_for_and_against(page, study):
    wanted = link(study, "A cheap yes", "Uncounted work")
    at = page("interpretation", study, link=wanted.link_id)
    assert "A cheap yes → Uncounted work" in said(at)
    assert "3 cases for it · in 5 passages · 1 case against it" in said(at)
    for_it, against = payloads(at)["evidence", f"link {wanted.link_id}"]["sections"]
    assert [q["words"] for q in for_it["quotes"]] == [q.words for q in wanted.speaks_for]
    assert [q["id"] for q in against["quotes"]] == [q.coding_id for q in wanted.against]
    first, quote = for_it["quotes"][0], wanted.speaks_for[0]
    assert first["place"] == f"{quote.transcript}, turn {quote.turn}"
    assert first["cases"] == ", ".join(quote.cases)
    assert first["opens"] == {"transcript": quote.transcript, "coding": quote.coding_id}
    assert for_it["out"] == {"name": "uncite_link", "given": {"link": wanted.link_id}}


def test_an_address_opens_a_node_with_its_links_and_the_words_below_it(page, study):
    wanted = node(study, "Uncounted work")
    at = page("interpretation", study, node=wanted)
    assert "Open because somebody carries it" in said(at)
    links, words = payloads(at)["evidence", "picked"]["sections"]
    assert {(one["arrow"], one["label"]) for one in links["links"]} == {
        ("→", "Responsibility nobody owns"),
        ("→", "Known to somebody"),
        ("→", "Shut out"),
        ("←", "A cheap yes"),
        ("←", "Small disturbances"),
    }
    with workbench.open(study) as project:
        ids = interpreting.network(project).nodes[wanted]["evidence"]
    assert {q["id"] for q in words["quotes"]} == set(ids)
    colours = [t for t in figure(at)["data"] if t.get("mode") == "lines+markers"]
    assert any(t["opacity"] == pytest.approx(0.08) for t in colours)


def test_what_is_picked_stays_when_the_picture_changes(page, study):
    wanted = node(study, "Uncounted work")
    at = page("interpretation", study, node=wanted)
    at.selectbox(key="choose:shape").select("columns").run()
    assert not at.exception
    assert figure(at)["layout"]["shapes"][0]["type"] == "rect"
    assert ("evidence", "picked") in payloads(at)


def choose_many(at, label: str, values: list[str]) -> None:
    one = next(m for m in at.multiselect if m.label == label)
    one.set_value(values).run()
    assert not at.exception


def test_filters_leave_links_out_of_the_picture_and_say_so(page, study):
    at = page("interpretation", study)
    choose_many(at, "Sign", ["−"])
    with workbench.open(study) as project:
        weakening = interpreting.network(project, sign=["−"])
    assert 0 < len(weakening) < 11
    assert drawn(at) == set(weakening)
    assert f"{len(weakening)} of 11 nodes, 4 of 14 links · 1 filter" in said(at)


def test_what_the_filters_leave_out_is_still_read_beside_the_picture(page, study):
    wanted = link(study, "A cheap yes", "Uncounted work")
    at = page("interpretation", study, link=wanted.link_id)
    choose_many(at, "Sign", ["−"])
    assert "The filters leave this out of the picture." in said(at)
    assert ("evidence", f"link {wanted.link_id}") in payloads(at)


def test_loops_are_told_in_words(page, study):
    at = page("interpretation", study)
    how = next(b for b in at.button_group if "loops" in str(b.key) or "network how" in str(b.key))
    how.set_value("loops").run()
    assert not at.exception
    told = said(at)
    assert "Uncounted work → Responsibility nobody owns → A cheap yes → Uncounted work" in told
    assert "feeds itself" in told
    (bridges,) = payloads(at)["evidence", "bridges"]["sections"]
    assert [one["label"] for one in bridges["links"]] == ["Uncounted work"]


def test_a_withdrawn_link_is_gone_and_nothing_is_picked_any_more(page, study):
    wanted = link(study, "A cheap yes", "Uncounted work")
    at = page("interpretation", study, link=wanted.link_id)
    at.button(key=f"withdraw {wanted.link_id}").click().run()
    assert not at.exception
    assert "13 of 13 links" in said(at)
    assert ("evidence", "links") in payloads(at)
    with workbench.open(study) as project:
        assert len(interpreting.links(project)) == 13


def test_a_link_is_drawn_between_two_nodes_and_opened(page, study):
    source, target = node(study, "Unease"), node(study, "Known to somebody")
    at = page("interpretation", study, show="link")
    at.selectbox(key="new link source").select(source).run()
    at.selectbox(key="new link target").select(target).run()
    at.multiselect(key="basis new link 0").set_value(["authors"])
    at.text_input(key="relation new link 0").input("asks for").run()
    at.button(key="draw link").click().run()
    assert not at.exception
    new = link(study, "Unease", "Known to somebody")
    assert (new.sign, new.basis, new.relation) == ("+", ("authors",), "asks for")
    assert "Unease → Known to somebody" in said(at)


def test_a_link_that_is_refused_says_why_and_keeps_what_was_typed(page, study):
    at = page("interpretation", study, show="link")
    at.selectbox(key="new link source").select(node(study, "Unease")).run()
    at.selectbox(key="new link target").select(node(study, "Known to somebody")).run()
    at.text_input(key="relation new link 0").input("asks for").run()
    at.button(key="draw link").click().run()
    assert "needs at least one coding for it" in at.error[0].value.replace("\\", "")
    assert at.text_input(key="relation new link 0").value == "asks for"


def test_a_link_from_two_passages_cites_both(page, study):
    at = page("interpretation", study, show="link")
    at.button_group(key="new link way").set_value("quotes").run()
    found = link(study, "Uncounted work", "Responsibility nobody owns").speaks_for
    first = found[0]
    other = link(study, "A cheap yes", "Uncounted work").speaks_for[0]
    assert first.coding_id != other.coding_id
    for end, quote in (("source", first), ("target", other)):
        at.text_input(key=f"new link words {end}").input(quote.words[:40]).run()
        at.selectbox(key=f"new link quote {end}").select(quote.coding_id).run()
    ends = ("Uncounted work", "A cheap yes")
    for end, label, quote in zip(("source", "target"), ends, (first, other), strict=True):
        box = at.selectbox(key=f"new link node {end} {quote.coding_id}")
        assert label in [o.split(" (")[0] for o in box.options]
        box.select(node(study, label)).run()
    at.button(key="draw link").click().run()
    assert not at.exception
    new = link(study, *ends)
    assert {q.coding_id for q in new.speaks_for} == {first.coding_id, other.coding_id}


def test_a_trace_goes_down_to_the_words_and_up_to_what_rests_on_them(page, study):
    wanted = node(study, "Uncounted work")
    at = page("interpretation", study, show="trace", trace=wanted)
    given = payloads(at)
    down, up = given["chain", "down"]["step"], given["chain", "up"]["step"]
    assert down["text"] == up["text"] == "Uncounted work"

    def walk(step):
        yield step
        for one in step["under"]:
            yield from walk(one)

    words = [s for s in walk(down) if s["kind"] == "passage"]
    assert words
    assert all(s["opens"]["page"] == "indexing" for s in words)
    assert {"theme", "link"} <= {s["kind"] for s in walk(up)}
    statements = [s for s in walk(down) if s["kind"] == "summary"]
    assert statements[0]["opens"]["page"] == "charting"
    assert {"framework", "case", "code"} == set(statements[0]["opens"]["opens"])


def test_what_cannot_be_traced_is_told_in_a_sentence(page, study):
    at = page("interpretation", study, show="trace", trace="Nothing of that name")
    assert "Nothing of that name" in at.error[0].value.replace("\\", "")


def test_names_with_markup_are_shown_letter_by_letter(page, study):
    label = "<b>**bold**</b> ![x](http://y)"
    with workbench.open(study) as project:
        edits.rename_node(project, "Uncounted work", label)
    at = page("interpretation", study, node=node(study, label))
    assert any(r"\<b\>\*\*bold\*\*\<\/b\>" in m.value for m in at.markdown)
    names = [t.get("text", ()) for t in figure(at)["data"] if t.get("mode") == "text"]
    assert not any("<b>**" in str(text) for text in names)

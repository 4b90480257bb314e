"""The page of interpretation: what it gives its parts, and what its forms do."""

import json

import builders
import two_versions
from lxml import etree

import workbench
from workbench.project import (
    edits,
    finding_page,
    findings,
    interpreting,
    link_page,
    quoted,
    transcript_page,
    verifications,
)
from workbench.ui import kept, operations
from workbench.ui.panels import network_choice, networks


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


def drawn_page(page, *of, **asks):
    """Open the page and run it until it draws, as here no browser tells how much room it has."""
    at = page("interpretation", *of, **asks)
    assert "The picture is being drawn" in said(at)
    assert ("network", "") not in payloads(at)
    return at.run()


def picture(at):
    return etree.fromstring(payloads(at)["network", ""]["drawing"])


def drawn(at) -> set[str]:
    """Return the ids of the nodes in the picture."""
    return set(picture(at).xpath("//*[@class='dot']/@data-node"))


def test_a_project_without_nodes_is_told_to_build_them_first(page, empty):
    at = page("interpretation", empty)
    assert "No links yet" in said(at)
    assert "on the page Mapping" in said(at)
    at = page("interpretation", empty, show="link")
    assert "fewer than two nodes" in said(at)


def test_the_picture_has_every_linked_node_and_the_list_beside_it_every_link(page, study):
    at = drawn_page(page, study)
    with workbench.open(study) as project:
        graph = interpreting.network(project)
    assert drawn(at) == set(graph)
    (section,) = payloads(at)["evidence", "links"]["sections"]
    assert {tuple(one["pick"]) for one in section["links"]} == set(graph.edges)
    first = section["links"][0]
    assert first["label"] == "Uncounted work → Responsibility nobody owns"
    assert (first["sign"], first["cases"]) == ("+", "4 cases")
    assert "11 of 11 nodes, 14 of 14 links" in said(at)


def test_what_is_worked_out_ahead_is_what_a_first_look_asks_for(page, study):
    drawn_page(page, study)
    with workbench.open(study) as project:
        ladder = networks.first_ladder(interpreting.network(project))
    (held,) = (of for (place, _), (_, of) in kept._FOR_ALL.items() if place == str(study))
    asked = [what[1] for what in held if what[0] == "words of network"]
    assert asked == [network_choice.first_filters(ladder)]


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
    at = drawn_page(page, study, node=wanted)
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
    faded = picture(at).xpath("//*[@class='edge'][*[@opacity='0.08']]")
    assert faded
    assert not any(wanted in (e.get("data-source"), e.get("data-target")) for e in faded)


def test_what_is_picked_stays_when_the_picture_changes(page, study):
    wanted = node(study, "Uncounted work")
    at = page("interpretation", study, node=wanted)
    at.selectbox(key="choose:shape").select("columns").run()
    assert not at.exception
    assert picture(at).xpath("//*[@class='bands']/*[name()='rect']")
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


def test_a_statement_that_was_decided_by_two_leads_to_the_decision(page, tmp_path):
    file = tmp_path / "two.fwb"
    garden = builders.build(file)
    two_versions.written(garden)
    cell, why = two_versions.CELL, "Shorter."
    made = edits.decide_cell(garden.project, two_versions.ROUND, *cell, "B", why)[0]
    (decision,) = garden.live()["cell_decision"]
    garden.project.close()
    at = page("interpretation", file, show="trace", trace=made)
    *_words, step = payloads(at)["chain", "down"]["step"]["under"]
    assert (step["kind"], step["text"]) == ("decided by two", "B stands")
    assert step["told"].startswith("in the round of charting “double” · because Shorter. · anna, ")
    assert step["opens"]["page"] == "agreement"
    first, second = step["under"]
    assert [(one["kind"], one["text"]) for one in (first, second)] == [
        ("version A", "anna"),
        ("version B", "bo"),
    ]
    (own,) = first["under"]
    assert (own["kind"], own["text"]) == ("summary", two_versions.LOCKED)
    assert {one["text"] for one in own["under"]} == {
        "Rain keeps me away.",
        "The gate is locked after six, and nobody has a key.",
    }
    assert second["under"][0]["told"].startswith("taken into the chart · bo, ")
    assert not at.error
    at = page("interpretation", file, show="trace", trace=decision["id"])
    assert payloads(at)["chain", "down"]["step"] == step
    assert not at.error


def test_words_lead_up_to_both_versions_of_a_cell_that_two_charted(page, tmp_path, monkeypatch):
    file = tmp_path / "two.fwb"
    garden = builders.build(file)
    two_versions.plan(garden.project)
    two_versions.write(garden, "anna", two_versions.LOCKED, "gate")
    two_versions.write(garden, "bo", two_versions.LATER, "gate")
    two_versions.finish(garden, "anna")
    garden.project.close()

    def own(who: str):
        monkeypatch.setenv("WORKBENCH_USER", who)
        at = page("interpretation", file, show="trace", trace=garden.codings["gate"])
        assert not at.error
        at.session_state["language"] = "nb"
        at.run()
        up = payloads(at)["chain_nb", "up"]["step"]["under"]
        return [one for one in up if one["under"] and one["under"][0]["kind"] == "egen versjon"]

    for who, wrote in (("anna", two_versions.LOCKED), ("bo", two_versions.LATER)):
        (statement,) = own(who)
        assert (statement["kind"], statement["text"]) == ("sammendrag", wrote)
        assert statement["told"].startswith(f"{who}, ")
        (version,) = statement["under"]
        assert version["text"] == "gardener × 1.2 Barriers"
        assert version["told"] == "i matriserunden «double», ikke avgjort ennå"
        assert version["opens"]["page"] == "agreement"
    assert own("cato") == []


def test_why_something_stands_in_a_chain_is_said_in_the_language_of_the_page(page, tmp_path):
    file = tmp_path / "two.fwb"
    garden = builders.build(file)
    two_versions.written(garden)
    edits.decide_cell(garden.project, two_versions.ROUND, *two_versions.CELL, "neither", "Uklart.")
    edits.withdraw_statement(garden.project, garden.statements["gate"])
    garden.project.close()
    at = page("interpretation", file, show="trace", trace="gardener × 1.2")
    at.session_state["language"] = "nb"
    at.run()
    *_words, gate, step = payloads(at)["chain_nb", "down"]["step"]["under"]
    assert "fordi den står i denne cellen, og ingen utsagn viser til den" in gate["told"]
    assert (step["kind"], step["text"]) == ("avgjort av to", "Ingen av dem")
    assert step["told"].startswith("i matriserunden «double» · fordi Uklart. · anna, ")
    assert step["under"][0]["kind"] == "versjon A"


def test_what_cannot_be_traced_is_told_in_a_sentence(page, study):
    at = page("interpretation", study, show="trace", trace="Nothing of that name")
    assert "Nothing of that name" in at.error[0].value.replace("\\", "")


def test_names_with_markup_are_shown_letter_by_letter(page, study):
    label = "<b>**bold**</b> ![x](http://y)"
    with workbench.open(study) as project:
        edits.rename_node(project, "Uncounted work", label)
    at = drawn_page(page, study, node=node(study, label))
    assert any(r"\<b\>\*\*bold\*\*\<\/b\>" in m.value for m in at.markdown)
    names = picture(at).xpath("//*[@class='name']")
    assert "<b>**bold**</b>" in {"".join(name.itertext())[:15] for name in names}
    assert not picture(at).xpath("//*[name()='b']")


def state_finding(study, title: str = "Nobody owns the evening") -> tuple[str, list[str]]:
    """State a finding on a theme, with two passages for it and one against; return the ids."""
    held = link(study, "A cheap yes", "Uncounted work")
    with workbench.open(study, who="ingrid") as project:
        new = edits.add_finding(project, title, text="More.", node="Uncounted work")
        speaks_for = [q.coding_id for q in held.speaks_for[:2]]
        against = [held.against[0].coding_id]
        edits.cite_for_finding(project, new, speaks_for)
        edits.cite_for_finding(project, new, against=against, note="He lives far away.")
    return new, [*speaks_for, *against]


def test_a_project_without_findings_offers_to_state_one(page, study, form):
    at = page("interpretation", study, show="findings")
    assert "No findings yet" in said(at)
    assert at.button(key="new finding").label == "State a finding"
    at = form("findings.new_form")
    at.text_input(key="title new").input("Nobody owns the evening")
    at.selectbox(key="node new").select(node(study, "Uncounted work"))
    at.button(key="save new finding").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        table = findings.findings(project)
    assert table[["finding", "node"]].to_numpy().tolist() == [
        ["Nobody owns the evening", "Uncounted work"]
    ]


def test_a_finding_is_shown_with_its_cases_and_words_on_both_sides(page, study):
    new, (first, second, against) = state_finding(study)
    at = page("interpretation", study, finding=new)
    told = said(at)
    assert "Nobody owns the evening" in told
    assert "in 2 passages · 1 case against it" in told
    assert "speak of “Uncounted work”" in told
    for_it, contrary = payloads(at)["evidence", f"finding {new}"]["sections"]
    assert [q["id"] for q in for_it["quotes"]] == [first, second]
    assert [(q["id"], q["note"]) for q in contrary["quotes"]] == [(against, "He lives far away.")]
    assert contrary["out"] == {"name": "uncite_finding", "given": {"finding": new}}


def test_a_finding_is_told_by_groups_of_cases(page, study):
    new, _cited = state_finding(study)
    at = page("interpretation", study, finding=new)
    at.selectbox(key="choose:by").select("engagement").run()
    with workbench.open(study) as project:
        groups = findings.finding_groups(project, new, "engagement")
    shown = at.dataframe[0].value
    assert shown["Group"].tolist() == groups["group"].tolist()
    assert shown["For it"].sum() == groups["cases"].sum() > 0
    assert shown["Against it"].sum() == 1


def test_of_two_changes_of_a_finding_the_second_sees_both_texts_and_chooses(study, form):
    new, _cited = state_finding(study)
    at = form("findings.change_form", f"finding_page.finding(session.project(), {new!r})")
    with workbench.open(study) as project:
        version = finding_page.finding(project, new).row_version
        edits.change_finding(project, new, title="Another title")
    at.text_input(key=f"title {new} {version}").input("My title")
    at.button(key="save finding").click().run()
    assert "Another title" in at.warning[0].value.replace("\\", "")
    assert at.text_input(key=f"title {new} {version}").value == "My title"
    with workbench.open(study) as project:
        assert finding_page.finding(project, new).title == "Another title"
    at.button(key="save finding").click().run()
    with workbench.open(study) as project:
        assert finding_page.finding(project, new).title == "My title"


def test_of_two_changes_of_a_link_the_second_sees_both_and_chooses(study, form):
    held = link(study, "A cheap yes", "Uncounted work")
    pair = f"{held.source_id!r}, {held.target_id!r}"
    at = form("link_forms.change_form", f"link_page.links_of_pair(session.project(), {pair})[0]")
    with workbench.open(study) as project:
        edits.change_link(project, held.link_id, relation="breeds")
    key = f"relation change {held.link_id} {held.row_version}"
    at.text_input(key=key).input("leads to")
    at.button(key=f"save {held.link_id}").click().run()
    assert "breeds" in at.warning[0].value
    assert link(study, "A cheap yes", "Uncounted work").relation == "breeds"
    at.button(key=f"save {held.link_id}").click().run()
    assert link(study, "A cheap yes", "Uncounted work").relation == "leads to"


def test_the_verification_list_has_each_quotation_in_its_context(page, study):
    new, cited = state_finding(study)
    at = page("interpretation", study, show="verification")
    quotes = payloads(at)["verification", next(k for n, k in payloads(at) if n == "verification")]
    mine = {q["coding"]: q for q in quotes["quotes"] if q["finding"] == new}
    assert set(mine) == set(cited)
    one = mine[cited[0]]
    with workbench.open(study) as project:
        (quote,) = quoted.quotes(project, [cited[0]])
        text = transcript_page.shown_text(project, quote.transcript)
    whole = one["before"] + one["words"] + one["after"]
    assert any((t.words and t.words in whole) or whole in t.words for t in text.turns)
    assert (one["state"], one["words"]) == ("open", quote.words)
    assert one["opens"] == {"transcript": quote.transcript, "coding": cited[0]}


def test_a_verified_quotation_is_counted_and_can_be_left_out(page, study):
    new, cited = state_finding(study)
    with workbench.open(study, who="ingrid") as project:
        number = len(verifications.verification_list(project))
        operations.carry_out(
            project,
            "verify",
            {"coding": cited[0], "finding": new, "outcome": "differs", "note": "A word is gone."},
        )
    at = page("interpretation", study, show="verification")
    (bar,) = at.get("progress")
    assert bar.proto.text == f"1 of {number} quotations are held against their transcript"
    given = next(v for (name, _key), v in payloads(at).items() if name == "verification")
    (done,) = [q for q in given["quotes"] if q["state"] == "done"]
    assert (done["outcome"], done["note"], done["coding"]) == (
        "differs",
        "A word is gone.",
        cited[0],
    )
    at.toggle(key="verify open").set_value(True).run()
    given = next(v for (name, _key), v in payloads(at).items() if name == "verification")
    assert len(given["quotes"]) == number - 1


def test_operations_take_words_out_and_entries_back(study):
    new, cited = state_finding(study)
    held = link(study, "A cheap yes", "Uncounted work")
    with workbench.open(study, who="ingrid") as project:
        operations.carry_out(project, "uncite_finding", {"finding": new, "codings": cited[:1]})
        operations.carry_out(
            project,
            "uncite_link",
            {"link": held.link_id, "codings": [held.against[0].coding_id]},
        )
        assert [c.quote.coding_id for c in finding_page.finding(project, new).cited] == cited[1:]
        given = {"coding": cited[1], "finding": new, "outcome": "as said"}
        operations.carry_out(project, "verify", given)
        table = verifications.verification_list(project)
        (entry,) = table.loc[table["state"] == "done", "verification_id"]
        operations.carry_out(project, "unverify", {"verification": entry})
        assert set(verifications.verification_list(project)["state"]) == {"open"}
    assert link(study, "A cheap yes", "Uncounted work").against == ()

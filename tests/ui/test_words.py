"""The Norwegian of the interface is whole, and what is compiled is what is written."""

import ast
import gettext
import json
import re

import pytest
from lxml import etree
from parts_given import parts

import workbench
from workbench.project import edits
from workbench.ui import words
from workbench.ui.locale import below, collect
from workbench.ui.sentences import CONTEXT

PLACES = re.compile(r"\{\w*\}")


def as_tuple(text):
    return text if isinstance(text, tuple) else (text,)


@pytest.mark.parametrize("language", collect.languages())
def test_every_text_of_the_source_is_translated_with_its_places(language):
    catalogue = collect.read(language)
    held = {m.id: m.string for m in catalogue if m.id and not m.context}
    in_source = {as_tuple(text)[0] for _, text in collect.extracted()}
    assert {as_tuple(text)[0] for text in held} == in_source
    whole_with_places(held)


def whole_with_places(held):
    for text, said in held.items():
        for one, other in zip(as_tuple(text), as_tuple(said), strict=True):
            assert other.strip(), one
            wanted = set(PLACES.findall(one)) - ({"{n}"} if isinstance(text, tuple) else set())
            assert wanted <= set(PLACES.findall(other)) <= set(PLACES.findall(one)) | {"{n}"}, one


@pytest.mark.parametrize("language", collect.languages())
def test_every_sentence_from_below_is_translated_with_its_places(language):
    held = {m.id: m.string for m in collect.read(language) if m.context == CONTEXT}
    assert set(held) == set(below.sentences())
    whole_with_places(held)
    for text, said in held.items():
        if isinstance(text, str):
            assert sorted(PLACES.findall(text)) == sorted(PLACES.findall(said)), text


def test_the_templates_at_hand_are_those_of_the_source():
    told = json.loads((collect.HERE / "below.json").read_text("utf-8"))
    assert {tuple(t) if isinstance(t, list) else t for t in told} == set(below.sentences())


@pytest.mark.parametrize("language", collect.languages())
def test_what_is_compiled_is_the_catalogue(language):
    catalogue = collect.read(language)
    compiled = gettext.translation(words.DOMAIN, words.LOCALE, [language])
    for message in catalogue:
        if isinstance(message.id, tuple) and message.context:
            assert compiled.npgettext(message.context, *message.id, 1) == message.string[0]
            assert compiled.npgettext(message.context, *message.id, 2) == message.string[1]
        elif isinstance(message.id, tuple):
            assert compiled.ngettext(*message.id, 1) == message.string[0]
            assert compiled.ngettext(*message.id, 2) == message.string[1]
        elif message.context:
            assert compiled.pgettext(message.context, message.id) == message.string
        elif message.id:
            assert compiled.gettext(message.id) == message.string
    in_browser = json.loads((collect.ASSETS / f"{language}.json").read_text("utf-8"))
    assert in_browser == collect.for_parts(catalogue)


def test_the_page_speaks_the_language_that_is_chosen(page, study):
    at = page("indexing", study)
    assert at.title[0].value == "Indexing"
    at.session_state["language"] = "nb"
    at.run()
    assert not at.exception
    assert at.title[0].value == "Koding"
    assert next(s for s in at.selectbox).label == "Intervjutekst"
    assert "transcript_nb" in parts(at)


def test_the_networks_legend_and_hovers_are_in_the_language_of_the_page(page, study):
    at = page("interpretation", study)
    at.session_state["language"] = "nb"
    at.run()
    assert not at.exception
    (given,) = (
        json.loads(one.proto.json)
        for one in at.get("bidi_component")
        if one.proto.component_name == "workbench_network_nb"
    )
    drawn = etree.fromstring(given["drawing"])
    legend = drawn.xpath("//*[@class='legends']/*[name()='text']/text()")
    assert {"Koblinger", "styrker"} <= set(legend)
    assert "strengthens" not in legend
    hovers = drawn.xpath("//*[@class='edge']/*[name()='title']/text()")
    assert any("på ordet til: deltakernes" in h for h in hovers)


def test_a_choice_that_was_made_before_is_said_in_the_language_that_is_chosen(page, study):
    at = page("indexing", study)
    at.run()
    assert not at.selectbox(key="choose:run").proto.set_value  # the browser keeps what it shows
    at.session_state["language"] = "nb"
    at.run()
    shown = at.selectbox(key="choose:run").proto
    assert shown.set_value
    assert shown.raw_value == "first reading (kodingen som gjelder)"


def test_everybody_is_said_in_the_language_that_is_chosen(page, study):
    with workbench.open(study, who="bo") as project:
        edits.add_memo(project, "Two people have done something now.")
    at = page("project", study, view="history")
    at.run()
    assert not at.selectbox(key="history who").proto.set_value
    at.session_state["language"] = "nb"
    at.run()
    assert not at.exception
    shown = at.selectbox(key="history who").proto
    assert shown.set_value
    assert shown.raw_value == "alle"


def test_a_field_that_may_be_empty_says_so_in_the_language_of_the_page():
    """Else Streamlit says it in English."""
    silent = []
    for path in sorted(collect.HERE.parent.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            given = {k.arg: k.value for k in call.keywords}
            empty = isinstance(index := given.get("index"), ast.Constant) and index.value is None
            open_to = empty or "accept_new_options" in given
            if call.func.attr == "multiselect" or (call.func.attr == "selectbox" and open_to):
                silent += [f"{path.name}:{call.lineno}"] * ("placeholder" not in given)
    assert silent == []

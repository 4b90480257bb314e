"""Cases and attributes of REFI-QDA projects, in the three ways that tools write them."""

import pytest
from refi_files import ANE, USERS, code, codes, coding, g, qde, qdpx, selection, text

from workbench.formats.refi import reading
from workbench.formats.refi.project import RefiCase, RefiVariable
from workbench.model.report import Guess, LeftOut


@pytest.fixture
def project(tmp_path):
    """Return a function that reads a project from what stands in its XML."""
    return lambda body: reading.read(qdpx(tmp_path / "p.qdpx", qde(body)))


def variables(*kinds: str) -> str:
    held = "".join(
        f'<Variable guid="{g(50 + n)}" name="V{n}" typeOfVariable="{kind}"/>'
        for n, kind in enumerate(kinds)
    )
    return f"<Variables>{held}</Variables>"


def value(number: int, kind: str, said: str) -> str:
    inside = f"<{kind}Value>{said}</{kind}Value>" if said else ""
    return f'<VariableValue><VariableRef targetGUID="{g(50 + number)}"/>{inside}</VariableValue>'


def case(number: int, inside: str, name: str = "") -> str:
    named = f' name="{name}"' if name else ""
    return f'<Case guid="{g(number)}"{named}>{inside}</Case>'


def source_ref(number: int) -> str:
    return f'<SourceRef targetGUID="{g(number)}"/>'


AGE, TWO = value(0, "Integer", "41"), text(5, "P1.docx", "one") + text(6, "P2.txt", "two")


def test_nvivo_names_a_case_and_gives_it_values_and_words(project) -> None:
    refs = source_ref(5) + f'<SelectionRef targetGUID="{g(7)}"/>'
    sources = TWO.replace("</TextSource>", f"{selection(7, 0, 3)}</TextSource>", 1)
    held = project(
        variables("Integer")
        + f"<Cases>{case(1, f'<Description>d</Description>{AGE}{refs}', 'GP 1')}</Cases>"
        + f"<Sources>{sources}</Sources>"
    )
    assert held.cases == (RefiCase(g(1), "GP 1", "d", {g(50): "41"}, (g(5),), (g(7),)),)
    assert held.variables == (RefiVariable(g(50), "V0", "integer"),)
    assert held.report.counts == {
        "texts": 2,
        "cases": 1,
        "attributes": 1,
        "values": 1,
        "selections": 1,
    }


def test_quirkos_writes_a_case_without_a_name_for_a_source(project) -> None:
    cases = case(1, AGE + source_ref(5)) + case(2, AGE)
    held = project(variables("Integer") + f"<Cases>{cases}</Cases><Sources>{TWO}</Sources>")
    assert [(c.name, c.sources) for c in held.cases] == [("P1", (g(5),)), ("Case 2", ())]
    because = "the file gives the case no name"
    assert held.report.guesses == [
        Guess("a case is called “P1”", because, "likely", ("p.qdpx",)),
        Guess("a case is called “Case 2”", because, "likely", ("p.qdpx",)),
    ]


def test_maxqda_gives_the_values_to_the_text_which_is_a_case_then(project) -> None:
    first = text(5, "P1.docx", "one", AGE)
    held = project(variables("Integer") + f"<Sources>{first}{text(6, 'P2', 'two')}</Sources>")
    assert held.cases == (RefiCase(g(5), "P1", values={g(50): "41"}, sources=(g(5),)),)


def spoken(number: int, inside: str = "", words: str = "We waited.") -> str:
    held = f"<PlainTextContent>{words}</PlainTextContent>"
    transcript = f'<Transcript guid="{g(number + 1)}" name="Talk">{held}</Transcript>'
    return f'<AudioSource guid="{g(number)}" name="GP 7.m4a">{transcript}{inside}</AudioSource>'


def test_the_text_of_a_recording_is_the_words_of_its_case(project) -> None:
    cases = case(1, AGE + source_ref(20), "GP 1") + case(2, source_ref(30))
    recordings = spoken(20) + spoken(30, words="Nobody came.")
    held = project(variables("Integer") + f"<Cases>{cases}</Cases><Sources>{recordings}</Sources>")
    assert [(c.name, c.sources) for c in held.cases] == [("GP 1", (g(21),)), ("Talk", (g(31),))]


def test_maxqda_gives_values_to_a_recording_and_its_text_is_a_case_then(project) -> None:
    held = project(variables("Integer") + f"<Sources>{spoken(20, AGE)}</Sources>")
    assert held.cases == (RefiCase(g(20), "Talk", values={g(50): "41"}, sources=(g(21),)),)
    assert "values" not in {o.what for o in held.report.left_out}


def test_what_of_a_case_did_not_come_in_is_told(project) -> None:
    refs = f'<CodeRef targetGUID="{g(3)}"/>{source_ref(8)}<SelectionRef targetGUID="{g(9)}"/>'
    picture = f'<PictureSource guid="{g(8)}" name="a.jpg"/>'
    book = codes(code(3, "Queue"))
    held = project(f"{book}<Cases>{case(1, refs, 'GP 1')}</Cases><Sources>{picture}</Sources>")
    assert held.report.left_out[:3] == [
        LeftOut("codes of cases", "cases have words here, and codes have codings", 1, ("GP 1",)),
        LeftOut("sources of cases", "they have no text here", 1, ("GP 1",)),
        LeftOut("selections of cases", "they did not come in", 1, ("GP 1",)),
    ]


def test_a_case_that_names_its_own_code_loses_nothing(project) -> None:
    own = f'<CodeRef targetGUID="{g(1)}"/>'
    held = project(f"{codes(code(1, 'GP 1'))}<Cases>{case(1, own, 'GP 1')}</Cases>")
    assert held.report.left_out == []


def test_an_empty_value_is_none(project) -> None:
    ref = f'<VariableRef targetGUID="{g(50)}"/>'
    empty = f"<VariableValue>{ref}<FloatValue></FloatValue></VariableValue>"
    held = project(variables("Float") + f"<Cases>{case(1, empty, 'GP')}</Cases>")
    assert (held.cases[0].values, held.variables[0].kind) == ({}, "float")
    assert held.report.notes == ["Not as the standard says (1×): “FloatValue” holds no decimal."]


def test_values_of_a_text_go_to_the_case_that_names_it(project) -> None:
    given = value(0, "Integer", "42") + value(1, "Text", "Oslo")
    held = project(
        variables("Integer", "Text")
        + f"<Cases>{case(1, AGE + source_ref(5), 'GP 1')}</Cases>"
        + f"<Sources>{text(5, 'P1', 'one', given)}</Sources>"
    )
    assert [(c.name, c.values) for c in held.cases] == [("GP 1", {g(50): "41", g(51): "Oslo"})]
    why = "the case has another value already"
    assert held.report.left_out == [LeftOut("values", why, 1, ("GP 1",))]


def test_values_of_a_text_that_did_not_come_in_are_told(project) -> None:
    gone = f'<TextSource guid="{g(5)}" name="P">{AGE}{value(1, "Text", "x")}</TextSource>'
    held = project(variables("Integer", "Text") + f"<Sources>{gone}</Sources>")
    why = "the text that they describe did not come in"
    assert held.cases == ()
    assert LeftOut("values", why, 2, ("p.qdpx",)) in held.report.left_out


def test_qualilab_writes_the_source_before_the_values(project) -> None:
    cases = case(1, source_ref(5) + AGE, "GP 1")
    held = project(variables("Integer") + f"<Cases>{cases}</Cases><Sources>{TWO}</Sources>")
    assert held.cases[0].values == {g(50): "41"}


def test_nvivo_a_coding_with_a_case_gives_the_case_the_words(project) -> None:
    book = codes(code(1, "GP 1"), code(2, "Queue"))
    both = coding(7, 1, ANE) + coding(8, 2, ANE)
    held = project(
        USERS
        + book
        + f"<Cases>{case(1, '')}</Cases>"
        + f"<Sources>{text(5, 'P', 'one two', selection(6, 0, 3, both, 'one'))}</Sources>"
    )
    assert held.cases == (RefiCase(g(1), "GP 1", selections=(g(6),)),)
    assert [c.code for c in held.selections[0].codings] == [g(2)]
    assert [(c.name, c.is_case) for c in held.codes] == [("GP 1", True), ("Queue", False)]


def test_cases_of_one_name_are_told_apart(project) -> None:
    held = project(f"<Cases>{case(1, '', 'GP')}{case(2, '', 'gp')}</Cases>")
    assert [c.name for c in held.cases] == ["GP", "gp (2)"]


@pytest.mark.parametrize(
    ("declared", "said", "kind", "stored"),
    [
        ("Text", " a b ", "text", "a b"),
        ("Boolean", "true", "boolean", "true"),
        ("Integer", "41", "integer", "41"),
        ("Float", "1.5", "float", "1.5"),
        ("Date", "2020-02-29", "date", "2020-02-29"),
        ("Date", "2020-02-29+01:00", "date", "2020-02-29"),
        ("DateTime", "2020-02-29T10:00:00", "text", "2020-02-29T10:00:00"),
        ("Integer", "41 years", "text", "41 years"),
        ("Moon", "full", "text", "full"),
    ],
)
def test_values_keep_their_type_or_are_texts(project, declared, said, kind, stored) -> None:
    element = declared if declared != "Moon" else "Text"
    cases = case(1, value(0, element, said), "GP")
    held = project(variables(declared) + f"<Cases>{cases}</Cases>")
    assert (held.variables[0].kind, held.cases[0].values) == (kind, {g(50): stored})
    because = "not all of its values are of its type (integer)"
    guessed = Guess("the attribute “V0” is a text", because, "certain", ("p.qdpx",))
    assert held.report.guesses == ([guessed] if said == "41 years" else [])


def test_a_value_that_is_not_said_is_none_and_one_of_no_attribute_is_told(project) -> None:
    cases = case(1, value(0, "Float", "") + value(9, "Text", "x"), "GP")
    held = project(variables("Float") + f"<Cases>{cases}</Cases>")
    assert held.cases[0].values == {}
    why = "their attribute is not in the file"
    assert held.report.left_out == [LeftOut("values", why, 1, ("p.qdpx",))]


def test_attributes_of_one_name_are_told_apart(project) -> None:
    held = project(variables("Text", "Text").replace('"V1"', '"v0"'))
    assert [v.name for v in held.variables] == ["V0", "v0 (2)"]

import re
import uuid
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.errors import BadValue, InvalidFramework, MissingFile, ReleasedFrameworkChanged
from workbench.formats import framework_yaml
from workbench.model.framework import ORIGINS, Category, Code, FrameworkVersion, Step, stable_id

HEAD = 'framework: waiting\nversion: "1"\n'


def refusal(text: str) -> InvalidFramework:
    with pytest.raises(InvalidFramework) as caught:
        framework_yaml.loads(text, "waiting.yaml")
    return caught.value


# --- reading ---------------------------------------------------------------------


def test_a_file_becomes_categories_and_codes_under_their_parents() -> None:
    text = """\
framework: waiting
version: "2"
parent: waiting@1
objective: Who waits?
description: |-
  One line,
  and another.
synthetic: Invented.
state: draft
categories:
  - id: access
    number: "1"
    name: Access
    definition: Coming to a scan.
    codes:
      - {id: easy, number: "1.1", name: Easy access, definition: Near., use_when: Distance.,
         not_when: Referral., example: Just walk in., origin: inductive, colour: "#1f77b4",
         codes: [{name: Opening hours}]}
    categories:
      - {name: Money}
codes:
  - name: Ventetid på time
"""
    access, money = (stable_id("waiting", "category", s) for s in ("access", "money"))
    easy, hours, other = (
        stable_id("waiting", "code", s) for s in ("easy", "opening-hours", "ventetid-på-time")
    )
    assert framework_yaml.loads(text) == FrameworkVersion(
        framework="waiting",
        version="2",
        parent="waiting@1",
        objective="Who waits?",
        description="One line,\nand another.",
        synthetic="Invented.",
        categories=(
            Category(access, "1", "Access", "Coming to a scan."),
            Category(money, "1.2", "Money", parent_id=access),
        ),
        codes=(
            Code(other, "2", "Ventetid på time"),
            Code(
                easy,
                "1.1",
                "Easy access",
                "Near.",
                "Distance.",
                "Referral.",
                "Just walk in.",
                "inductive",
                "#1f77b4",
                access,
            ),
            Code(hours, "1.1.1", "Opening hours", category_id=access, parent_id=easy),
        ),
    )


def test_an_id_that_is_a_uuid_is_taken_as_it_is() -> None:
    own = "7e57ab1e-0000-4000-8000-00000000000A"
    version = framework_yaml.loads(HEAD + f"codes: [{{id: {own}, name: Access}}]")
    assert version.codes[0].code_id == own


def test_a_code_keeps_its_id_when_only_its_name_changes() -> None:
    first = framework_yaml.loads(HEAD + "codes: [{id: access, name: Access}]")
    second = framework_yaml.loads(HEAD + "codes: [{id: access, name: Coming there}]")
    assert first.codes[0].code_id == second.codes[0].code_id


def test_missing_numbers_are_given_in_order_and_pass_by_those_in_use() -> None:
    text = HEAD + (
        'categories: [{name: A, codes: [{name: a}, {name: b, number: "1.1"}, {name: c}],'
        " categories: [{name: D, codes: [{name: d}]}]}, {name: E}]\n"
        "codes: [{name: f}]"
    )
    version = framework_yaml.loads(text)
    assert {c.name: c.number for c in version.categories} == {"A": "1", "D": "1.4", "E": "2"}
    assert {c.name: c.number for c in version.codes} == {
        "f": "3",
        "a": "1.2",
        "b": "1.1",
        "c": "1.3",
        "d": "1.4.1",
    }


def test_a_file_with_a_byte_order_mark_is_read(tmp_path) -> None:
    file = tmp_path / "1.yaml"
    file.write_text(HEAD + "codes: [{name: Kø}]", "utf-8-sig")
    assert framework_yaml.read(file).codes[0].name == "Kø"


# --- released versions -----------------------------------------------------------


def released(text: str) -> str:
    return text + f"state: released\nhash: {framework_yaml.loads(text).content_hash()}\n"


def test_a_released_file_whose_hash_fits_is_read() -> None:
    version = framework_yaml.loads(released(HEAD + "codes: [{name: Access}]\n"))
    assert version.state == "released"
    assert version.sha256 == version.content_hash()


def test_a_changed_release_is_refused_with_both_hashes() -> None:
    text = released(HEAD + "codes: [{name: Access, definition: Near.}]\n")
    with pytest.raises(ReleasedFrameworkChanged) as caught:
        framework_yaml.loads(text.replace("Near.", "Far."))
    stated = re.search("hash: (.*)", text)[1]
    assert (caught.value.version, caught.value.released) == ("waiting@1", stated)
    found = framework_yaml.loads(HEAD + "codes: [{name: Access, definition: Far.}]\n")
    assert caught.value.found == found.content_hash()


# --- refusals --------------------------------------------------------------------

CODE = HEAD + "categories:\n- name: Access\n  codes:\n  - name: Easy\n"


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ("", "the file", "it is empty."),
        ("waiting", "line 1", "this must be fields (name: value)."),
        ("framework: waiting", "line 1", "“version” is missing."),
        (
            "framework: waiting\nversion: 1.10",
            "line 2, version",
            'YAML does not read 1.10 as text; put it in quotes: "1.10".',
        ),
        (
            CODE + "    number: 1.10",
            "line 7, categories 1 › codes 1 › number",
            'YAML does not read 1.10 as text; put it in quotes: "1.10".',
        ),
        (
            HEAD + "codes:\n- name: No",
            "line 4, codes 1 › name",
            'YAML does not read No as text; put it in quotes: "No".',
        ),
        (
            CODE + "    example: 2021-02-30",
            "line 7",
            "“2021-02-30” looks like a timestamp and is none; put it in quotes.",
        ),
        (
            HEAD + "version: '2'",
            "line 3",
            "“version” stands here a second time; keep one.",
        ),
        (
            HEAD + "categories: &a [{name: A}]\ncodes: *a",
            "line 3",
            "anchors (&) and aliases (*) are not taken; write it out.",
        ),
        (
            HEAD + "codes: !!python/object/apply:os.system ['true']",
            "line 3",
            "the tag tag:yaml.org,2002:python/object/apply:os.system is not taken; delete it.",
        ),
        (HEAD + "codes: [{name: A}", "line 3", None),
        (HEAD + "1: 2", "line 3", 'the name of a field must be text: write "1".'),
        (HEAD + "[a]: 2", "line 3", "the name of a field must be a plain word."),
        (HEAD + "---\na: b", "line 3", "a second document (---) begins; a file holds one."),
        (
            HEAD + "codes: [{name: a\x07}]",
            "line 3",
            "a control character (U+0007) stands here; delete it.",
        ),
        (
            HEAD + 'codes: [{name: "a\\uD800"}]',
            "line 3",
            "a character that no text can hold stands here; delete it.",
        ),
        (HEAD + "codes: " + "[" * 31, "line 3", "this is nested more than 30 levels deep."),
        (
            CODE + "    colur: '#000000'",
            "line 7, categories 1 › codes 1 › colur",
            "“colur” is not a field here; did you mean “colour”?",
        ),
        (
            CODE + "    colour: red",
            "line 7, categories 1 › codes 1 › colour",
            "“red” does not fit: this must be a colour in quotes, like "
            '"#1f77b4" (without quotes YAML takes it for a comment).',
        ),
        (
            CODE + "    colour: #1f77b4",
            "line 7, categories 1 › codes 1 › colour",
            'this must not be empty; give a colour in quotes, like "#1f77b4" (without quotes '
            "YAML takes it for a comment).",
        ),
        (
            CODE + '    colour: "#1f77b4\\n"',
            "line 7, categories 1 › codes 1 › colour",
            "“#1f77b4\n” does not fit: this must be a colour in quotes, like "
            '"#1f77b4" (without quotes YAML takes it for a comment).',
        ),
        (
            CODE + "    origin: deduced",
            "line 7, categories 1 › codes 1 › origin",
            "“deduced” is not one of a priori, inductive, analytic.",
        ),
        (HEAD + "codes:\n- definition: Near.", "line 4, codes 1", "“name” is missing."),
        (HEAD + "codes:\n- name: ' '", "line 4, codes 1 › name", None),
        (HEAD + "codes: {name: A}", "line 3, codes", "this must be a list."),
        (
            "framework: ../waiting\nversion: '1'",
            "line 1, framework",
            "“../waiting” does not fit: this must be letters, digits, - and _.",
        ),
        (
            "framework: waiting\nversion: ../../1",
            "line 2, version",
            "“../../1” does not fit: this must be letters, digits, - _ and . (not first).",
        ),
        (HEAD + "parent: waiting", "line 3, parent", None),
        (HEAD + "parent: waiting@1", "line 3, parent", "a version cannot be its own parent."),
        (
            HEAD + "hash: " + "a" * 64,
            "line 3, hash",
            "only a released version has a hash; delete it.",
        ),
        (
            HEAD + "state: released",
            "line 3, state",
            "a released version needs its hash; write “state: draft” until it has one.",
        ),
        (
            HEAD + "categories:\n- name: A\n  codes: [{name: Other}]\n"
            "- name: B c\n  codes: [{name: Other}]",
            "line 7, categories 2 › codes 1 › name",
            "the id “other” is that of another code already (line 5, categories 1 › codes 1); "
            "give this one another, such as “id: b-c-other”.",
        ),
        (
            HEAD + "codes: [{name: A, number: '1'},\n {name: B, number: '1'}]",
            "line 4, codes 2 › number",
            "the number “1” is that of another code already (line 3, codes 1); change one.",
        ),
        (
            HEAD + "codes: [{name: Near, id: a},\n {name: near, id: b}]",
            "line 4, codes 2 › name",
            "the name “near” is that of another code already (line 3, codes 1); change one.",
        ),
        (
            HEAD + "codes: [{name: A, id: 7e57ab1e-0000-4000-8000-00000000000a},\n"
            " {name: B, id: 7E57AB1E-0000-4000-8000-00000000000A}]",
            "line 4, codes 2 › id",
            "the id “7E57AB1E-0000-4000-8000-00000000000A” is that of another code already "
            "(line 3, codes 1); give this one another, such as “id: b-2”.",
        ),
        (
            HEAD + "codes: [{name: '?!'}]",
            "line 3, codes 1 › name",
            "no id can be made of “?!”; add one, such as “id: code-1”.",
        ),
    ],
)
def test_a_mistake_is_refused_in_one_sentence_that_says_where(text, where, problem) -> None:
    error = refusal(text)
    assert error.where == where
    said = str(error)
    assert said.startswith(f"waiting.yaml: {where}: ")
    if problem is not None:
        assert error.problem == f"{where}: {problem}"


def test_aliases_that_would_fill_the_memory_are_refused() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60)]
    assert "aliases" in str(refusal("\n".join(lines)))


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path) -> None:
    file = tmp_path / "1.yaml"
    file.write_bytes((HEAD + "codes: [{name: Kø}]").encode("cp1252"))
    with pytest.raises(InvalidFramework, match="line 3: this is not UTF-8"):
        framework_yaml.read(file)


def test_a_missing_file_is_said_to_be_missing(tmp_path) -> None:
    with pytest.raises(MissingFile):
        framework_yaml.read(tmp_path / "none.yaml")


def test_too_many_codes_are_refused() -> None:
    codes = ", ".join(f"{{name: c{i}}}" for i in range(framework_yaml.MAX_CODES + 1))
    assert "more than 5,000" in str(refusal(HEAD + f"codes: [{codes}]"))


# --- writing ---------------------------------------------------------------------


def test_what_is_written_reads_from_top_to_bottom() -> None:
    version = FrameworkVersion(
        framework="waiting",
        version="1.10",
        categories=(Category(stable_id("waiting", "category", "access"), "1", "Access"),),
        codes=(
            Code(
                stable_id("waiting", "code", "access-other"),
                "1.1",
                "Other",
                definition="First line.\nKø og ventetid.",
                colour="#1f77b4",
                category_id=stable_id("waiting", "category", "access"),
            ),
        ),
        objective="Who waits?",
    )
    assert framework_yaml.dumps(version) == (
        "framework: waiting\n"
        "version: '1.10'\n"
        "parent: null\n"
        "objective: Who waits?\n"
        "description: ''\n"
        "synthetic: ''\n"
        "state: draft\n"
        "categories:\n"
        "- id: access\n"
        "  number: '1'\n"
        "  name: Access\n"
        "  definition: ''\n"
        "  codes:\n"
        "  - id: access-other\n"
        "    number: '1.1'\n"
        "    name: Other\n"
        "    definition: |-\n"
        "      First line.\n"
        "      Kø og ventetid.\n"
        "    origin: a priori\n"
        "    colour: '#1f77b4'\n"
    )


def test_an_order_that_a_tree_cannot_have_is_refused() -> None:
    version = framework_yaml.loads(HEAD + "categories: [{name: A}, {name: B}]\ncodes: [{name: C}]")
    assert framework_yaml.dumps(version)
    under_b = replace(version.codes[0], category_id=version.categories[1].category_id)
    under_a = replace(
        version.codes[0],
        code_id=str(uuid.uuid4()),
        number="4",
        category_id=version.categories[0].category_id,
    )
    with pytest.raises(BadValue, match="The order of waiting@1"):
        framework_yaml.dumps(replace(version, codes=(under_b, under_a)))
    assert framework_yaml.dumps(replace(version, codes=(under_a, under_b)))


def test_an_id_that_is_no_uuid_is_refused() -> None:
    version = FrameworkVersion("waiting", "1", (), (Code("c1", "1", "Access"),))
    with pytest.raises(BadValue, match="The id of the code “Access” cannot be 'c1'"):
        framework_yaml.dumps(version)


def test_a_release_with_another_hash_is_not_written() -> None:
    version = FrameworkVersion("waiting", "1", (), (), state="released", sha256="0" * 64)
    with pytest.raises(ReleasedFrameworkChanged):
        framework_yaml.dumps(version)


def test_the_example_is_a_framework_with_every_field_explained() -> None:
    version = framework_yaml.loads(framework_yaml.example())
    assert version.reference == "waiting@1"
    assert [c.number for c in version.codes] == ["3", "1.1", "1.2", "2.1", "2.1.1", "2.1.2"]
    fields = set(framework_yaml.strict_yaml.schema("framework.schema.json").schema["properties"])
    assert {f for f in fields if f"\n{f}:" in framework_yaml.example()} == fields - {
        "hash",
        "steps",
    }


# --- the property: what is written is what is read -----------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
ODD = st.sampled_from(
    ["1.10", "No", "null", "~", "- a", "a: b", "# x", "'", '"', "|", "a\n  b\n", "\n", " a ", "=",
     "&a", "*a", "!x", "a\r\nb", "\x85", "\u2028", "\ufeff", "é", "👩🏽‍🔬", "a\tb", "@", "`",
     "%", "1:30", "2021-02-28", "<<", "a\n\nb", "a #b", "...", "---", "\x07", "x" * 300,
     "x y " * 80]
)  # fmt: skip
TEXT = ODD | WORDS | st.lists(ODD | WORDS, max_size=3).map("\n".join)
NAME = TEXT.filter(lambda t: t.strip() and re.search(r"\S", t))


def steps(version: FrameworkVersion) -> st.SearchStrategy[Step]:
    """Return steps of every kind that a file can hold, whether or not they make sense."""
    framework = version.parent.partition("@")[0]
    here = {
        "code": [c.code_id for c in version.codes],
        "category": [c.category_id for c in version.categories],
    }

    def of(thing: str) -> st.SearchStrategy[Step]:
        away = st.uuids().map(str) | st.sampled_from(["a", "kø", "1", "No"]).map(
            lambda s: stable_id(framework, thing, s)
        )
        some, gone = (st.lists(away, min_size=n, max_size=3, unique=True) for n in (1, 2))
        told = [some.map(lambda b: Step("retire", thing, tuple(b)))]
        if here[thing]:
            own = st.lists(st.sampled_from(here[thing]), min_size=1, max_size=3, unique=True)
            told += [
                own.map(lambda a: Step("add", thing, (), tuple(a))),
                st.tuples(st.sampled_from(["rename", "redefine", "move", "reorder"]), own).map(
                    lambda drawn: Step(drawn[0], thing, tuple(drawn[1]), tuple(drawn[1]))
                ),
                st.tuples(some | gone, own).map(
                    lambda drawn: Step("merge", thing, tuple(drawn[0]), tuple(drawn[1][:1]))
                ),
            ]
        if len(here[thing]) > 1:
            parts = st.lists(st.sampled_from(here[thing]), min_size=2, max_size=3, unique=True)
            told.append(
                st.tuples(away, parts).map(
                    lambda drawn: Step("split", thing, (drawn[0],), tuple(drawn[1]))
                )
            )
        return st.one_of(told)

    dates = st.sampled_from(["", "2022", "2022-03", "2022-03-01"])
    return st.builds(
        lambda step, author, date, reason: replace(step, author=author, date=date, reason=reason),
        of("code") | of("category"),
        TEXT,
        dates,
        NAME,
    )


@st.composite
def versions(draw) -> FrameworkVersion:
    categories: list[Category] = []
    codes: list[Code] = []

    def identity(kind: str, name: str) -> str:
        own = framework_yaml.slug(name)
        if own and draw(st.booleans()):
            return stable_id("ventetid", kind, own)
        return str(draw(st.uuids()))

    def number(taken) -> str:
        return draw(TEXT.filter(lambda t: t not in taken and len(t) <= 64) | st.just(""))

    def some(depth: int) -> list[str]:
        most = 3 - depth
        return draw(st.lists(NAME, max_size=most, unique_by=str.casefold))

    def add_codes(category: str | None, parent: str | None, depth: int) -> None:
        for name in some(depth):
            own = identity("code", name)
            if own in {c.code_id for c in codes}:
                continue
            codes.append(
                Code(
                    own,
                    number({c.number for c in codes}),
                    name,
                    *(draw(TEXT) for _ in range(4)),
                    draw(st.sampled_from(ORIGINS)),
                    draw(st.sampled_from(["", "#00ffAA"])),
                    category,
                    parent,
                )
            )
            add_codes(category, own, depth + 1)

    def add_categories(parent: str | None, depth: int) -> None:
        for name in some(depth):
            own = identity("category", name)
            if own in {c.category_id for c in categories}:
                continue
            taken = {c.number for c in categories}
            categories.append(Category(own, number(taken), name, draw(TEXT), parent))
            add_codes(own, None, depth + 1)
            add_categories(own, depth + 1)

    add_codes(None, None, 1)
    add_categories(None, 0)
    version = FrameworkVersion(
        "ventetid",
        draw(st.sampled_from(["1", "1.10", "No", "2021-02-28", "_å"])),
        tuple(categories),
        tuple(codes),
        draw(st.sampled_from([None, "ventetid@0", "annen@1.10"])),
        draw(TEXT),
        draw(TEXT),
        draw(TEXT),
    )
    if version.parent:
        version = replace(version, steps=draw(st.lists(steps(version), max_size=3).map(tuple)))
    if draw(st.booleans()):
        version = replace(version, state="released", sha256=version.content_hash())
    return version


@given(versions())
def test_what_is_written_is_read_back_the_same(version: FrameworkVersion) -> None:
    assert framework_yaml.loads(framework_yaml.dumps(version)) == version


@given(st.text(max_size=80) | st.binary(max_size=80).map(lambda b: b.decode("latin-1")))
@example("{framework: waiting, version: '1', codes: [{name: Access}]}")
def test_any_text_at_all_is_a_framework_that_can_be_written_or_one_refusal(text: str) -> None:
    found: FrameworkVersion | str
    try:
        found = framework_yaml.loads(text, "odd.yaml")
    except InvalidFramework as refused:
        found = str(refused)
    if isinstance(found, str):
        assert found.startswith("odd.yaml: ")
    else:
        assert framework_yaml.loads(framework_yaml.dumps(found)) == found

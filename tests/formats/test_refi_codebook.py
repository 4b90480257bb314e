"""Codes of REFI-QDA as framework versions."""

import pytest
from refi_files import code, codes, g, qde

from workbench.errors import UnknownFormat
from workbench.formats.refi import codebook
from workbench.model.framework import Category, Code, stable_id
from workbench.model.report import ImportReport, LeftOut


@pytest.fixture
def book(tmp_path):
    """Return a function that reads codes and makes a framework version of them."""

    def read(*inside: str, cases: str = "", taken: tuple[str, ...] = ()):
        file = tmp_path / "a.qde"
        file.write_text(qde(codes(*inside) + cases))
        held = codebook.read(file)
        report = ImportReport("a.qde")
        made, ids = codebook.framework(held.codes, "waiting", taken=taken, report=report)
        return made, ids, report

    return read


def tree(made) -> list[tuple[str, str, str, str]]:
    """Return number, name, category and parent of each code, in order."""
    category = {c.category_id: c.name for c in made.categories}
    parent = {c.code_id: c.name for c in made.codes}
    return [
        (c.number, c.name, category.get(c.category_id, ""), parent.get(c.parent_id, ""))
        for c in made.codes
    ]


def test_folders_are_categories_and_codes_stand_in_them_or_under_codes(book) -> None:
    more = 'color="#0AF"'
    made, ids, report = book(
        code(1, "Access", code(2, "Queue", "<Description>Lines</Description>", more=more), "false"),
        code(3, "Trust", code(4, "In staff", code(5, "In nurses"))),
    )
    assert made.categories == (Category(g(1), "1", "Access"),)
    assert made.codes[0] == Code(
        g(2), "1.1", "Queue", "Lines", origin="inductive", colour="#00aaff", category_id=g(1)
    )
    assert tree(made) == [
        ("1.1", "Queue", "Access", ""),
        ("2", "Trust", "", ""),
        ("2.1", "In staff", "", "Trust"),
        ("2.1.1", "In nurses", "", "In staff"),
    ]
    assert ids == {g(n): g(n) for n in range(1, 6)}
    assert (report.left_out, report.notes, made.reference) == ([], [], "waiting@1")


def test_nvivo_wraps_all_codes_in_a_folder_called_nodes(book) -> None:
    made, ids, report = book(code(1, "Nodes", code(2, "Queue") + code(3, "Door"), "false"))
    assert tree(made) == [("1", "Queue", "", ""), ("2", "Door", "", "")]
    assert (made.categories, set(ids)) == ((), {g(2), g(3)})
    assert report.notes == ["The folder around all codes was left away."]


@pytest.mark.parametrize(
    "inside",
    [
        [code(1, "Access", code(2, "Queue"), "false")],
        [code(1, "Nodes", code(2, "Queue"))],
        [code(1, "Nodes", code(2, "Queue"), "false"), code(3, "Door")],
    ],
)
def test_only_a_folder_of_that_name_that_holds_all_is_left_away(book, inside) -> None:
    made, ids, _ = book(*inside)
    assert g(1) in ids
    assert {c.category_id for c in made.categories} | {c.code_id for c in made.codes} == set(ids)


def test_a_folder_in_a_code_is_a_code(book) -> None:
    made, _, report = book(code(1, "Trust", code(2, "Staff", code(3, "Nurses"), "false")))
    assert made.categories == ()
    assert tree(made) == [
        ("1", "Trust", "", ""),
        ("1.1", "Staff", "", "Trust"),
        ("1.1.1", "Nurses", "", "Staff"),
    ]
    assert report.notes == ["Folders that stand in a code came in as codes: 1."]


def test_folders_stand_in_folders(book) -> None:
    made, _, _ = book(code(1, "A", code(2, "B", code(3, "C"), "false"), "0"))
    assert made.categories == (Category(g(1), "1", "A"), Category(g(2), "1.1", "B", "", g(1)))
    assert tree(made) == [("1.1.1", "C", "B", "")]


def test_codes_of_one_name_are_legal_and_stay_two(book) -> None:
    made, _, _ = book(
        code(1, "A", code(2, "Other"), "false"), code(3, "B", code(4, "Other"), "false")
    )
    assert [(c.code_id, c.name) for c in made.codes] == [(g(2), "Other"), (g(4), "Other")]


def test_nvivo_codes_that_are_cases_are_left_away_but_not_those_with_codes_under_them(book) -> None:
    cases = "".join(f'<Case guid="{g(n)}"/>' for n in (1, 2, 3))
    made, ids, report = book(
        code(1, "Cases", code(2, "GP 1")),
        code(3, "GP 2", code(4, "Queue")),
        cases=f"<Cases>{cases}</Cases>",
    )
    assert tree(made) == [("1", "GP 2", "", ""), ("1.1", "Queue", "", "GP 2")]
    assert set(ids) == {g(3), g(4)}
    why = "cases of the same identifiers are in the file"
    assert report.left_out == [LeftOut("codes", why, 2, ("a.qde",))]


def test_identifiers_become_ids_in_lower_case_but_where_they_are_taken_or_none(book) -> None:
    upper = code(0xAB, "Queue").replace(g(0xAB), f"{{{g(0xAB).upper()}}}")
    made, ids, _ = book(upper, code(2, "Door"), code(3, "x").replace(g(3), "odd"), taken=(g(2),))
    assert [c.code_id for c in made.codes] == [
        g(0xAB),
        stable_id("waiting", "code", g(2)),
        stable_id("waiting", "code", "odd"),
    ]
    assert ids[g(0xAB)] == g(0xAB)


def test_codes_with_one_identifier_or_none_are_not_lost(tmp_path) -> None:
    file = tmp_path / "a.qde"
    none = code(9, "None", code(3, "Inside")).replace(f'guid="{g(9)}"', "", 1)
    file.write_text(qde(codes(code(1, "One"), code(1, "Two"), none)))
    held = codebook.read(file)
    assert [c.name for c in held.codes] == ["One", "Two", "None", "Inside"]
    assert len({c.guid for c in held.codes}) == 4
    assert held.codes[3].parent == held.codes[2].guid
    assert held.report.notes[-2:] == [
        "Two codes have one identifier; codings of both are given to the first, not “Two”.",
        "The code “None” has no identifier.",
    ]


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("#0AF", "#00aaff"),
        ("#aabbcc", "#aabbcc"),
        ("#aabbccdd", ""),
        ("rgba(1,2,3,0)", ""),
        ("", ""),
    ],
)
def test_requal_crashes_on_bad_colours_and_here_they_are_told(tmp_path, written, colour) -> None:
    file = tmp_path / "a.qde"
    file.write_text(qde(codes(code(1, "One", more=f'color="{written}"'))))
    held = codebook.read(file)
    assert held.codes[0].colour == colour
    why = "they are not written as #rrggbb"
    told = [LeftOut("colours", why, 1, ("a.qde",))] if written and not colour else []
    assert held.report.left_out == told


def test_a_codebook_of_its_own_has_codes_and_sets(tmp_path) -> None:
    file = tmp_path / "a.qdc"
    held = f"<Codes>{code(1, 'Ørsta')}</Codes><Sets><Set guid='{g(2)}' name='s'>"
    held += f"<MemberCode guid='{g(1)}'/></Set></Sets>"
    file.write_text(
        f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Tool">{held}</CodeBook>', "utf-8"
    )
    found = codebook.read(file)
    assert (found.origin, [c.name for c in found.codes]) == ("Tool", ["Ørsta"])
    assert [(s.name, s.codes) for s in found.sets] == [("s", (g(1),))]
    assert found.report.notes == []


def test_taguettes_codebook_is_read_though_it_leaves_the_standard(tmp_path) -> None:
    file = tmp_path / "a.qdc"
    inside = f"<Codes>{code(1, 'a.b')}</Codes><Sets/>"
    file.write_text(f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0">{inside}</CodeBook>')
    found = codebook.read(file)
    assert [c.name for c in found.codes] == ["a.b"]
    assert found.report.notes == ["Not as the standard says (1×): “Sets” has no “Set”."]


def test_atlas_and_taguette_write_paths_into_names_and_names_stay_as_they_are(book) -> None:
    made, _, _ = book(code(1, "Access::Queue"), code(2, "access.door"))
    assert tree(made) == [("1", "Access::Queue", "", ""), ("2", "access.door", "", "")]


def test_a_code_that_does_not_say_so_can_be_given(book) -> None:
    bare = code(1, "Queue").replace('isCodable="true"', "")
    made, _, _ = book(bare, code(2, "Folder", code(3, "Door"), "FALSE"))
    assert [c.name for c in made.codes] == ["Queue", "Door"]
    assert [c.name for c in made.categories] == ["Folder"]


def test_what_is_no_codebook_is_refused(tmp_path) -> None:
    file = tmp_path / "a.qdc"
    file.write_text("<Codes/>")
    with pytest.raises(UnknownFormat):
        codebook.read(file)


def test_taguettes_codebook_is_flat_and_ends_with_empty_sets(tmp_path) -> None:
    path = tmp_path / "taguette.qdc"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.4.1"><Codes>'
        '<Code guid="0D62985D-B147-5D01-A9B5-CAE5DCD98342" name="waiting.queue" isCodable="true"/>'
        '<Code guid="1A62985D-B147-5D01-A9B5-CAE5DCD98342" name="price" isCodable="true"/>'
        "</Codes><Sets/></CodeBook>",
        encoding="utf-8",
    )
    held = codebook.read(path)
    assert held.origin == "Taguette 1.4.1"
    version, _ = codebook.framework(held.codes, "book")
    assert [(c.number, c.name) for c in version.codes] == [("1", "waiting.queue"), ("2", "price")]
    assert held.sets == ()

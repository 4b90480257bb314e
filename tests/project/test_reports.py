"""Reports block by block, and as Word files through the door."""

from pathlib import Path

import builders
import docx
import pytest
from builders import ANNA, BO, VERSION, Garden

from workbench.errors import AmbiguousName, Refused, UnknownName
from workbench.model.document import Heading, Paragraph, Picture, Quotation, Table, Turned
from workbench.project import edits, reports
from workbench.project.door import create


def plain(garden: Garden, blocks) -> list[object]:
    """Blocks as short rows; ids of codings as the names that the garden gives them."""
    name = {i: n for n, i in garden.codings.items()}
    out: list[object] = []
    for block in blocks:
        match block:
            case Heading():
                out.append((block.level, block.text))
            case Paragraph():
                out.append((block.style, shown(block.line, name)))
            case Quotation():
                out.append((block.citation, block.words, block.about, name[block.coding_id]))
            case Table():
                rows = [[" / ".join(shown(one, name) for one in c) for c in r] for r in block.rows]
                out.append((block.caption, list(block.head), *rows))
            case Picture():
                out.append(("picture", block.caption))
            case Turned():
                out.append(("turned", *plain(garden, block.blocks)))
    return out


def shown(line, name) -> str:
    """A line; after what rests on codings, their names."""
    return "".join(
        s.text + (f" [{', '.join(name[i] for i in s.evidence)}]" if s.evidence else "")
        for s in line
    )


QUIET = "The quiet. On a bad day I come here 🌱 and it helps."
RAIN, GATE = "Rain keeps me away.", "The gate is locked after six, and nobody has a key."
GARDENER = "plot: 12; member: yes"


def test_words_are_cited_with_the_time_at_which_their_turn_begins(garden: Garden, tmp_path: Path):
    timed, without = builders.walk(garden, tmp_path)
    document = reports.report(garden.project, "case", of="walk")
    cited = {b.coding_id: b.citation for b in document.blocks if isinstance(b, Quotation)}
    assert cited == {timed: "walk, turn 2 at 1:02:05", without: "walk, turn 3"}
    assert document.citations[timed] == "walk, turn 2 at 1:02:05"


def test_the_codebook_says_each_code_how_it_was_used_and_in_which_words(garden: Garden):
    sha256 = edits_hash(garden)
    document = reports.report(garden.project, "codebook")
    assert document.title == "Codebook: garden@1"
    assert plain(garden, document.blocks) == [
        (0, "Codebook: garden@1"),
        ("note", f"garden@1, released; SHA-256 {sha256}. Runs that count: first."),
        (1, "Coming"),
        (2, "1.1 Reasons to come"),
        ("definition", "Definition. What people say about reasons to come."),
        ("definition", "Origin: a priori"),
        ("note", "Used in 2 of 3 cases, 2 codings. [quiet, july]"),
        ("gardener, turn 2", QUIET, GARDENER, "quiet"),
        ("group: Anna, turn 4", "Rain helps us.", "plot: 3", "july"),
        (2, "1.2 Barriers"),
        ("definition", "Definition. What people say about barriers."),
        ("definition", "Origin: a priori"),
        ("note", "Used in 1 of 3 cases, 2 codings. [rain, gate]"),
        ("gardener, turn 4", RAIN, GARDENER, "rain"),
        ("gardener, turn 4", GATE, GARDENER, "gate"),
        (1, "Sharing"),
        (2, "2.1 Shared work"),
        ("definition", "Definition. What people say about shared work."),
        ("definition", "Origin: a priori"),
        ("note", "Used in 2 of 3 cases, 2 codings. [list, stale list]"),
        (
            "group: Anna, turn 2",
            "We have a list on the shed. It works well.",
            "plot: 3",
            "list",
        ),
        ("group: Bo, turn 3", "The list is never up to date.", "", "stale list"),
        (2, "2.2 Tools"),
        ("definition", "Definition. What people say about tools."),
        ("definition", "Origin: a priori"),
        ("note", "Used in 1 of 3 cases, 1 coding. [tools]"),
        ("group: Bo, turn 6", "Tools are lent and come back late.", "", "tools"),
    ]


def edits_hash(garden: Garden) -> str:
    return next(v["sha256"] for v in garden.live()["framework_version"])


def test_a_theme_has_all_below_it_with_the_words_that_carry_it(garden: Garden):
    blocks = reports.report(garden.project, "theme", of="Access").blocks
    assert plain(garden, blocks) == [
        (0, "Access"),
        ("note", "Theme, carried by 1 of 3 cases. [rain, gate]"),
        (1, "Weather and locks"),
        ("note", "Category, carried by 1 of 3 cases. [rain, gate]"),
        (2, "Locked out"),
        ("note", "Element, carried by 1 of 3 cases. [rain, gate]"),
        ("item", "gardener: “Rain keeps me away.” [rain]"),
        ("item", "gardener: A locked gate shuts people out. [rain, gate]"),
        ("gardener, turn 4", RAIN, GARDENER, "rain"),
        ("gardener, turn 4", GATE, GARDENER, "gate"),
    ]


def test_a_node_has_its_links_with_the_words_for_and_against(garden: Garden):
    blocks = plain(garden, reports.report(garden.project, "theme", of="Locked out").blocks)
    assert blocks[blocks.index((1, "Links")) :] == [
        (1, "Links"),
        (
            "",
            ["From", "Does", "To", "Cases for", "Cases against", "Codings for", "On whose word"],
            [
                "Locked out",
                "weakens",
                "Use of the garden",
                "1 [rain, gate]",
                "1 [july]",
                "2",
                "participant",
            ],
        ),
        (2, "Locked out weakens Use of the garden"),
        ("gardener, turn 4", RAIN, GARDENER, "rain"),
        ("gardener, turn 4", GATE, GARDENER, "gate"),
        ("note", "Against it:"),
        ("group: Anna, turn 4", "Rain helps us.", "plot: 3", "july"),
    ]


def test_a_case_has_its_attributes_its_row_of_the_chart_and_its_place_in_the_ladder(
    garden: Garden,
):
    blocks = reports.report(garden.project, "case", of="gardener").blocks
    assert plain(garden, blocks) == [
        (0, "gardener"),
        ("note", "Framework garden@1. Speaks in gardener."),
        ("Attributes", ["Attribute", "Value"], ["plot", "12"], ["member", "yes"]),
        (1, "Coming"),
        (2, "1.1 Reasons to come"),
        ("item", "The garden helps on bad days. [quiet]"),
        ("gardener, turn 2", QUIET, GARDENER, "quiet"),
        (2, "1.2 Barriers"),
        ("item", "“Rain keeps me away.” [rain]"),
        ("item", "A locked gate shuts people out. [rain, gate]"),
        ("gardener, turn 4", RAIN, GARDENER, "rain"),
        ("gardener, turn 4", GATE, GARDENER, "gate"),
        (1, "Sharing"),
        (2, "2.1 Shared work"),
        ("note", "nothing said"),
        (2, "2.2 Tools"),
        ("note", "not asked"),
        (1, "In the ladder"),
        (
            "Nodes that the case reaches",
            ["Level", "Node", "Codings of the case"],
            ["theme", "Access", "2 [rain, gate]"],
            ["category", "Weather and locks", "2 [rain, gate]"],
            ["element", "Locked out", "2 [rain, gate]"],
        ),
    ]


def test_the_analysis_goes_from_the_material_to_the_network(garden: Garden):
    found = edits.add_finding(garden.project, "Rain divides", text="It keeps some away.")
    edits.cite_for_finding(garden.project, found, [garden.codings["rain"]])
    document = reports.report(garden.project, "analysis")
    blocks = plain(garden, document.blocks)
    assert document.title == "The garden"
    assert [b for b in blocks if b[0] == 1] == [
        (1, "Material"),
        (1, "Stages"),
        (1, "Framework versions"),
        (1, "Codebook"),
        (1, "Themes"),
        (1, "Findings"),
        (1, "Network"),
        (1, "Links"),
    ]
    assert blocks[:8] == [
        (0, "The garden"),
        ("note", "Framework garden@1; runs that count: first"),
        (1, "Material"),
        ("body", "2 transcripts, 3 cases."),
        (
            "",
            ["Case", "plot", "member"],
            ["gardener", "12", "yes"],
            [ANNA, "3", ""],
            [BO, "", ""],
        ),
        (1, "Stages"),
        (
            "",
            ["Stage", "Holds"],
            ["Transcription", "2 transcripts"],
            ["Familiarisation", "1 reading, 1 memo, 1 framework version, 1 decision"],
            ["Indexing", "1 run, 7 codings"],
            ["Charting", "6 cells, 6 statements"],
            ["Mapping", "5 nodes of ladders, 1 typology"],
            ["Interpretation", "1 link, 1 finding"],
        ),
        (1, "Framework versions"),
    ]
    (charts,) = (b for b in blocks if b[0] == "turned")
    assert charts == (
        "turned",
        (1, "Charts"),
        (2, "Coming"),
        (
            "1.1 Reasons to come – 1.2 Barriers",
            ["Case", "1.1 Reasons to come", "1.2 Barriers"],
            [
                "gardener",
                "The garden helps on bad days. [quiet]",
                "“Rain keeps me away.” [rain] / A locked gate shuts people out. [rain, gate]",
            ],
            [ANNA, "not charted (1 coding) [july]", "nothing said"],
            [BO, "nothing said", "nothing said"],
        ),
        (2, "Sharing"),
        (
            "2.1 Shared work – 2.2 Tools",
            ["Case", "2.1 Shared work", "2.2 Tools"],
            ["gardener", "nothing said", "not asked"],
            [ANNA, "A list shares the work out. [list]", "nothing said"],
            [
                BO,
                "The list does not hold. [stale list] / He laughs here.",
                "not charted (1 coding) [tools]",
            ],
        ),
    )
    assert ("picture", "2 drivers, 1 link") in blocks
    assert (
        "",
        ["No.", "Finding", "Cases for", "Cases against"],
        ["1", "Rain divides / It keeps some away.", "1 [rain]", "0"],
    ) in blocks


def test_what_was_withdrawn_is_not_told_and_a_cell_that_rested_on_it_is_stale(garden: Garden):
    edits.withdraw_coding(garden.project, garden.codings["gate"])
    blocks = plain(garden, reports.report(garden.project, "analysis").blocks)
    assert not any("gate" in str(b).replace("A locked gate", "") for b in blocks)
    (charts,) = (b for b in blocks if b[0] == "turned")
    cell = charts[3][2][2]
    assert cell.startswith(
        "“Rain keeps me away.” [rain] / A locked gate shuts people out. [rain] / stale: "
    )


def test_the_codebook_has_quotations_of_different_cases_where_it_can(garden: Garden):
    for words in ("On a bad day I come here", "Rain keeps"):
        edits.code_quote(garden.project, "gardener", words, "1.1")
    blocks = reports.report(garden.project, "codebook").blocks
    shown = [b.words for b in blocks if isinstance(b, Quotation)]
    assert shown[:2] == [QUIET, "Rain helps us."]


def test_every_coding_that_a_number_rests_on_has_a_place(garden: Garden):
    document = reports.report(garden.project, "analysis")
    assert {document.citations[i] for i in garden.codings.values()} == {
        "gardener, turn 2",
        "gardener, turn 4",
        "group: Anna, turn 2",
        "group: Bo, turn 3",
        "group: Anna, turn 4",
        "group: Bo, turn 6",
    }


def test_a_case_that_speaks_in_two_transcripts_is_cited_with_the_transcript(garden: Garden):
    edits.assign_case(garden.project, BO, "gardener", start=0, stop=20)
    quoted = reports.report(garden.project, "case", of=BO).blocks
    places = {b.citation for b in quoted if isinstance(b, Quotation)}
    assert places == {f"{BO} (group), turn 3", f"{BO} (group), turn 6"}


def test_words_of_two_cases_are_cited_by_their_transcript(garden: Garden):
    text = "Anna: That is true in July. Rain helps us.\nI: And the tools?\nBo: Tools are lent"
    shared = edits.code_quote(garden.project, "group", text, "2.2").coding_id
    blocks = reports.report(garden.project, "codebook").blocks
    (one,) = (b for b in blocks if isinstance(b, Quotation) and b.coding_id == shared)
    assert (one.citation, one.about) == ("group, turn 4", f"{ANNA}, {BO}")


def test_what_is_invented_is_said_first(garden: Garden):
    edits.change_setting(garden.project, "synthetic", "Nobody said this.")
    for what in reports.REPORTS:
        blocks = reports.report(garden.project, what).blocks
        assert plain(garden, blocks)[1] == ("note", "INVENTED: Nobody said this."), what


def test_all_themes_and_all_cases_come_in_one_document(garden: Garden):
    themes = plain(garden, reports.report(garden.project, "theme").blocks)
    assert [b for b in themes if b[0] == 1] == [(1, "Access"), (1, "Lists")]
    cases = plain(garden, reports.report(garden.project, "case").blocks)
    assert [b for b in cases if b[0] == 1] == [(1, "gardener"), (1, ANNA), (1, BO)]


def test_what_is_not_there_is_said(garden: Garden):
    with pytest.raises(UnknownName, match="no node “Weathr and locks”"):
        reports.report(garden.project, "theme", of="Weathr and locks")
    with pytest.raises(UnknownName, match="no case “Carl”"):
        reports.report(garden.project, "case", of="Carl")
    with pytest.raises(Refused, match="“Use of the garden” stands on no level of a ladder"):
        reports.report(garden.project, "theme", of="Use of the garden")


def test_reports_of_a_project_with_nothing_in_it_say_what_is_missing(tmp_path: Path):
    with create(tmp_path / "new.fwb") as project:
        for what in reports.REPORTS:
            with pytest.raises(UnknownName, match="framework"):
                reports.report(project, what)


def test_reports_of_a_framework_alone_have_no_charts_and_no_numbers(tmp_path: Path):
    with create(tmp_path / "new.fwb") as project:
        edits.add_framework(project, builders.version())
        said = [b for b in reports.report(project, "analysis").blocks if isinstance(b, Heading)]
        assert [b.text for b in said if b.level == 1] == [
            "Material",
            "Stages",
            "Framework versions",
            "Codebook",
        ]
        for what, missing in (("theme", "no ladder yet"), ("case", "no cases yet")):
            with pytest.raises(Refused, match=missing):
                reports.report(project, what)


def test_a_report_of_several_versions_asks_for_one(garden: Garden):
    edits.begin_draft(garden.project, VERSION, "2")
    with pytest.raises(AmbiguousName):
        reports.report(garden.project, "codebook")
    assert reports.report(garden.project, "codebook", VERSION).title == "Codebook: garden@1"


def test_the_door_writes_a_word_file_that_says_what_it_is(garden: Garden, tmp_path: Path):
    (told,) = garden.project.export(tmp_path / "access.docx", what="theme", of="Access")
    assert told == f"{tmp_path / 'access.docx'}: Access, 2 quotations."
    document = docx.Document(str(tmp_path / "access.docx"))
    (about,) = document.tables
    facts = dict([c.text for c in row.cells] for row in about.rows[1:])
    assert facts["Project"] == "The garden"
    assert facts["What"] == "theme"
    assert facts["Filters"] == "of: Access"
    assert facts["Framework"] == "garden@1"
    assert facts["Left out"] == "nothing"
    ends = [garden.codings[n][-8:] for n in ("rain", "gate")]
    texts = [p.text for p in document.paragraphs]
    assert texts[-2:] == [
        f"[1]  gardener, turn 4 [{ends[0]}]; gardener, turn 4 [{ends[1]}]",
        f"[2]  gardener, turn 4 [{ends[0]}]",
    ]
    assert garden.project.trace(ends[0]).quotes() == ("Rain keeps me away.",)

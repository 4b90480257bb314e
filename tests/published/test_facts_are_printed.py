"""What the fact sheets list stands in the printed tables of the two studies, row by row.

The sheets are in ../shared/facts. P22 is doi 10.1186/s12913-022-08077-0, P23 is
10.1186/s12913-023-09328-4 and P24 is 10.1186/s12913-024-11648-y. Here is only held that
nothing was left out or written down otherwise; `workbench reproduce` holds the cells
against the interviews.
"""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STUDIES = {
    "low-value-imaging": ROOT / "sample_transcripts" / "low-value-imaging",
    "return-letters": ROOT / "sample_transcripts" / "return-letters",
}
SIGNS = {"+": "+", "-": "−", "~": "±", "-/+": "±"}
BASES = {"P": "participant", "Q": "quote", "A": "authors", "L": "literature"}
SPEAKS = {
    "Authorities": r"authorit",
    "GP": r"\bgps?\b|referrers",
    "Specialist": r"specialist|clinician|referrers",
    "Radiologist": r"radiologist",
    "Radiographer": r"radiographer",
    "Manager": r"manager|leaders",
}
"""Our group → the words by which the sheets name it."""
DISSENT = ("contested", "double-edged", "mixed", "specialists find", "contrast", "some see")
"""How the sheet begins where it tells that somebody holds against a link."""
SECTIONS = {
    "Results intro": "none",
    "Healthcare service": "The healthcare service",
    "Organization": "Organization of the healthcare service",
    "Referral quality and time": "Referral quality and time constraints",
}
"""Section of a quotation, where the sheet shortens its name → the name."""

Row = dict[str, str]
Said = dict[tuple[str, frozenset[tuple[str, str]]], Row]


def listed(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def pairs(said: str) -> frozenset[tuple[str, str]]:
    parts = (p.partition("=") for p in said.split("; ") if p)
    return frozenset((key, value) for key, _, value in parts)


def cells(study: str) -> list[Row]:
    files = sorted((STUDIES[study] / "published").glob("*.csv"))
    return [{**row, "table": file.stem} for file in files for row in listed(file)]


def by_figure(study: str) -> Said:
    """Return figure and what it is of → the cell."""
    held = [c for c in cells(study) if c["figure"]]
    return {(c["figure"], pairs(c["of"])): c for c in held}


def value(said: Said, figure: str, **of: str) -> str:
    return said[figure, frozenset(of.items())]["value"]


def place(said: Said, figure: str, **of: str) -> str:
    return said[figure, frozenset(of.items())]["where"].partition(" ")[2]


def as_set(said: str) -> set[str]:
    return set(said.split("; "))


@pytest.fixture(scope="module")
def imaging() -> Said:
    return by_figure("low-value-imaging")


def speaking(said: str) -> set[str]:
    """Return the groups that speak of their own accord: quotations and the authors aside."""
    parts = [p for p in said.lower().split(";") if "(quote" not in p and "authors" not in p]
    if any("all occupational groups" in p for p in parts):
        return {"all groups"}
    heard = [p.partition(" say ")[0].partition("esp. about")[0] for p in parts]
    heard = [re.sub(r"public-hospital staff|benefit for radiologists", "", p) for p in heard]
    return {group for group, words in SPEAKS.items() for p in heard if re.search(words, p)}


def test_every_driver_is_printed_with_its_label_its_subtheme_and_its_ring(
    shared: Path, imaging: Said
) -> None:
    nodes = listed(shared / "facts" / "driver_nodes.csv")
    assert len(nodes) == 49
    for node in nodes:
        ref = node["id"]
        said = {
            "label": value(imaging, "label", node=ref),
            "subtheme": value(imaging, "above", node=ref),
            "ring": value(imaging, "facet", node=ref, scheme="ring"),
            "ring_basis": value(imaging, "facet", node=ref, scheme="ring", say="basis"),
        }
        of_sheet = {key: "none" if node[key] == "-" else node[key] for key in said}
        of_sheet["label"] = of_sheet["label"].removesuffix(" (outcome)")
        assert said == of_sheet, ref


def test_every_driver_link_is_printed_with_its_ends_sign_basis_and_place(
    shared: Path, imaging: Said
) -> None:
    links = listed(shared / "facts" / "driver_links.csv")
    assert len(links) == 81
    for link in links:
        ref = link["id"]
        for end in ("source", "target"):
            label = value(imaging, "label", node=link[end])
            assert value(imaging, "link", link=ref, say=end) == label, ref
        assert value(imaging, "link", link=ref, say="sign") == SIGNS[link["sign"]], ref
        bases = {BASES[letter] for letter in link["evidence"].split(",")}
        assert as_set(value(imaging, "link", link=ref, say="basis")) == bases, ref
        assert place(imaging, "link", link=ref, say="sign") == link["where"], ref


def test_every_driver_link_names_the_groups_that_the_sheet_names_and_is_held_against_each(
    shared: Path, imaging: Said
) -> None:
    for link in listed(shared / "facts" / "driver_links.csv"):
        ref, evidence = link["id"], set(link["evidence"].split(","))
        named = speaking(link["groups"]) if "P" in evidence else set()
        said = as_set(value(imaging, "link", link=ref, say="groups"))
        assert said == (named or {"none"}), ref
        for group in SPEAKS if named == {"all groups"} else named:
            assert value(imaging, "backed", link=ref, group=group) == "yes", (ref, group)
        if not evidence & {"P", "Q"}:
            assert value(imaging, "backing", link=ref) == "0", ref


def test_dissent_is_printed_for_the_links_of_which_the_sheet_tells_any(
    shared: Path, imaging: Said
) -> None:
    links = listed(shared / "facts" / "driver_links.csv")
    for link in links:
        told = "yes" if link["stance"].startswith(DISSENT) else "no"
        assert value(imaging, "link", link=link["id"], say="contested") == told, link["id"]
    explicit = sum(link["stance"].startswith("contested") for link in links)
    counted = value(imaging, "links", ladder="drivers", contested="yes")
    assert counted == str(explicit) == "4"


def test_every_link_of_the_measures_is_printed_with_its_ends_sign_groups_and_place(
    shared: Path, imaging: Said
) -> None:
    links = listed(shared / "facts" / "measure_links_2022.csv")
    assert len(links) == 19
    for link in links:
        ref = link["id"]
        assert value(imaging, "link", link=ref, say="source") == link["from"], ref
        assert value(imaging, "link", link=ref, say="target") == link["to"], ref
        assert value(imaging, "link", link=ref, say="sign") == SIGNS[link["sign"]], ref
        named = speaking(link["groups"].replace("discussion: referrers welcome refusals", ""))
        said = as_set(value(imaging, "link", link=ref, say="groups"))
        assert said == (named or {"none"}), ref
        for group in named:
            assert value(imaging, "backed", link=ref, group=group) == "yes", (ref, group)
        assert place(imaging, "link", link=ref, say="sign") == link["where"], ref


def test_every_measure_and_facilitator_is_printed_with_its_category_and_named_supporters(
    shared: Path, imaging: Said
) -> None:
    items = listed(shared / "facts" / "measures_facilitators.csv")
    assert len(items) == 32
    for number, item in enumerate(items, start=1):
        cell = imaging["above", frozenset({("node", f"I{number:02}")})]
        category = item["category"].partition(" (")[0]
        assert (cell["row"], cell["value"]) == (item["item"], category)
        assert cell["where"] == f"P22 {item['where']}"
        said = re.sub(r"\((?:esp\. )?for [^)]*\)", "", item["supported_by"].lower())
        named = {group for group, words in SPEAKS.items() if re.search(words, said)}
        held = [c for (f, of), c in imaging.items() if f == "supported" and cell["row"] == c["row"]]
        assert {c["column"].capitalize() for c in held} == {g.capitalize() for g in named}
        assert {c["value"] for c in held} <= {"yes"}


@pytest.mark.parametrize("paper", ["2022", "2023", "2024"])
def test_every_quotation_is_printed_with_its_speaker_participant_section_and_place(
    shared: Path, paper: str
) -> None:
    study = "return-letters" if paper == "2024" else "low-value-imaging"
    of = {} if paper == "2024" else {"report": paper}
    said = by_figure(study)
    quotes = [q for q in listed(shared / "facts" / "quotes.csv") if q["paper"] == paper]
    assert len(quotes) == {"2022": 13, "2023": 17, "2024": 15}[paper]
    for quote in quotes:
        number = quote["no"]
        section = quote["section"].rpartition(": ")[2].partition(" (")[0]
        printed = (quote["speaker_group"], quote["participant_no"])
        speaker, participant = ("none" if p.startswith("(") else p for p in printed)
        wanted = {
            "speaker": speaker,
            "participant": participant,
            "section": SECTIONS.get(section, section),
        }
        found = {s: value(said, "quotation", number=number, say=s, **of) for s in wanted}
        assert found == wanted, (paper, number)
        where = place(said, "quotation", number=number, say="speaker", **of)
        assert where == quote["location"], (paper, number)


def test_quotations_are_counted_by_speaker_as_the_sheet_counts_them(imaging: Said) -> None:
    def counted(said: Said, speakers: list[str], **of: str) -> list[int]:
        return [int(value(said, "quotations", speaker=s, **of)) for s in speakers]

    first = ["Manager", "Radiologist", "Clinician", "GP", "Radiographer", "Health authorities"]
    assert counted(imaging, first, report="2022") == [4, 3, 3, 3, 0, 0]
    second = ["Manager/radiologist", "Specialist", "Radiologist", "GP", "Radiographer"]
    second += ["Health authorities", "none"]
    assert counted(imaging, second, report="2023") == [4, 4, 3, 2, 2, 1, 1]
    letters = by_figure("return-letters")
    assert counted(letters, ["Manager", "Medical director"]) == [9, 6]


def test_every_discrepancy_of_the_sheet_stands_in_one_register() -> None:
    ids = [row["id"] for home in STUDIES.values() for row in listed(home / "register.csv")]
    assert {f"X{n}" for n in range(1, 27)} <= set(ids)
    assert [i for i, times in Counter(ids).items() if times > 1] == []


@pytest.mark.parametrize("study", STUDIES)
def test_every_cell_says_where_its_paper_prints_it(study: str) -> None:
    for cell in cells(study):
        paper = cell["table"][:3]
        assert cell["cell"].startswith(f"{paper}-"), cell["cell"]
        assert re.match(r"P2[234]\b", cell["where"]), cell["cell"]
        assert "" not in {cell["value"], cell["row"], cell["column"]}, cell["cell"]

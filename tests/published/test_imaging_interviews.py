"""The 27 invented interviews on imaging have the structure that the two papers print.

P22 is doi 10.1186/s12913-022-08077-0 (@: offset in its text), P23 is doi
10.1186/s12913-023-09328-4 (L: line of its text).
"""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest
from console import Ran, workbench

import workbench as in_python
from workbench.formats import framework_yaml
from workbench.project import interpreting

ROOT = Path(__file__).parents[2]
STUDY = ROOT / "sample_transcripts" / "low-value-imaging"
VERSIONS = {
    name: ROOT / "frameworks" / "imaging" / f"{name}.yaml" for name in ("drivers", "measures")
}
CASES = [f"P{number:02}" for number in range(1, 28)]
RUNS = {
    "drivers, tora alone": ("drivers", "tora"),
    "drivers, amir alone": ("drivers", "amir"),
    "drivers, consensus": ("drivers", "tora"),
    "drivers, final": ("drivers", "tora"),
    "measures, final": ("measures", "amir"),
}
"""run → its framework version and its coder."""
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def rows(name: str) -> list[dict[str, str]]:
    with (STUDY / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def text(case: str) -> str:
    return (STUDY / "transcripts" / f"{case}.txt").read_text(encoding="utf-8")


def heading(case: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text(case).split("\n\n")[0].splitlines())


def turns(case: str) -> list[tuple[str, str]]:
    """Return (speaker, words) of each turn, as the file has them."""
    paragraphs = text(case).strip().split("\n\n")[1:]
    return [(said.partition(": ")[0], said.partition(": ")[2]) for said in paragraphs]


def words(case: str) -> list[str]:
    """Return what is said, by anybody, word by word; names of speakers are not said."""
    return [word.casefold() for _, said in turns(case) for word in _WORD.findall(said)]


def counted(column: str) -> dict[str, int]:
    return dict(Counter(row[column] for row in rows("cases.csv")))


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The project built from the folder, and what the command said."""
    project = tmp_path_factory.mktemp("imaging") / "imaging.fwb"
    return project, workbench("import", project, STUDY)


# --- who was asked ---------------------------------------------------------------


def test_the_cases_are_participants_1_to_27_and_each_has_one_transcript_of_its_own() -> None:
    assert [row["case"] for row in rows("cases.csv")] == CASES
    assert all(row["transcript"] == row["speaker"] == row["case"] for row in rows("cases.csv"))
    assert sorted(file.name for file in (STUDY / "transcripts").iterdir()) == [
        f"{case}.txt" for case in CASES
    ]


def test_groups_and_subgroups_are_those_of_table_3() -> None:
    """P23 L361-396. It splits GPs no further, so their subgroup is ours."""
    assert Counter((row["group"], row["subgroup"]) for row in rows("cases.csv")) == {
        ("Authorities", "health authority"): 2,
        ("Authorities", "radiation and nuclear safety authority"): 2,
        ("GP", "general practice"): 5,
        ("Specialist", "orthopaedics"): 1,
        ("Specialist", "oncology"): 1,
        ("Specialist", "neurology"): 1,
        ("Specialist", "medicine"): 2,
        ("Radiologist", "hospital"): 3,
        ("Radiographer", "hospital"): 3,
        ("Radiographer", "private"): 1,
        ("Manager", "hospital"): 5,
        ("Manager", "private"): 1,
    }


def test_four_managers_are_radiologists_one_is_a_radiographer_and_one_neither() -> None:
    """P22 @35812."""
    managers = Counter(row["profession"] for row in rows("cases.csv") if row["group"] == "Manager")
    assert (managers["radiologist"], managers["radiographer"], managers.total()) == (4, 1, 6)


def test_sixteen_are_men_and_eleven_women() -> None:
    """P22 @13969."""
    assert counted("sex") == {"man": 16, "woman": 11}


def test_seventeen_have_more_than_ten_years_and_the_years_say_the_same() -> None:
    """P22 @13969."""
    assert counted("more than ten years") == {"yes": 17, "no": 10}
    assert all(
        (int(row["years in profession"]) > 10) == (row["more than ten years"] == "yes")
        for row in rows("cases.csv")
    )


def test_interviews_took_37_to_181_minutes_and_59_on_average() -> None:
    """P22 and P23, on the interviews."""
    minutes = [int(row["duration in minutes"]) for row in rows("cases.csv")]
    assert (min(minutes), max(minutes), mean(minutes)) == (37, 181, 59)


def test_interviews_were_held_from_february_to_june_2021_in_the_order_stated() -> None:
    """P22 and P23, on the interviews. The dates themselves are ours."""
    held = sorted(
        (int(row["order of interview"]), date.fromisoformat(row["date of interview"]))
        for row in rows("cases.csv")
    )
    days = [day for _, day in held]
    assert [order for order, _ in held] == list(range(1, 28))
    assert days == sorted(days)
    assert {(day.year, day.month) for day in days} == {(2021, month) for month in range(2, 7)}


def test_two_people_interviewed_and_transcribers_wrote_11_7_2_and_7() -> None:
    """P22 @11123; the last figure is what remains of 27."""
    assert set(counted("interviewer")) == {"interviewer A", "interviewer B"}
    assert counted("transcriber") == {
        "transcriber 1": 11,
        "transcriber 2": 7,
        "transcriber 3": 2,
        "transcription service": 7,
    }


@pytest.mark.parametrize("row", rows("cases.csv"), ids=lambda row: row["case"])
def test_the_heading_of_a_transcript_says_what_the_table_of_cases_says(
    row: dict[str, str],
) -> None:
    said = heading(row["case"])
    del said["Setting"]
    assert said == {
        "Title": f"Interview {row['case'][1:]}, {row['profession']} (invented)",
        "Date": row["date of interview"],
        "Duration": f"{row['duration in minutes']} min",
        "Interviewer": row["interviewer"],
        "Transcriber": row["transcriber"],
        "Mode": row["mode"],
        "Language": "English (as if translated from Norwegian)",
        "Order": row["order of interview"],
        "Note": "this interview is invented; no real person speaks here. Selected passages.",
    }


# --- what is said ----------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_a_transcript_has_600_to_1000_words_of_two_people_in_turn(case: str) -> None:
    speakers = [speaker for speaker, _ in turns(case)]
    assert set(speakers) == {"Interviewer", case}
    assert all(one != other for one, other in pairwise(speakers))
    assert 600 <= len(words(case)) <= 1000


def test_no_eight_words_in_a_row_stand_in_two_transcripts() -> None:
    """The greetings of the interviewer would be excepted; there is nothing to except."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for case in CASES:
        said = words(case)
        for start in range(len(said) - 7):
            found[tuple(said[start : start + 8])].add(case)
    assert len(found) > 20_000
    assert {" ".join(run): where for run, where in found.items() if len(where) > 1} == {}


@pytest.mark.parametrize(
    "file",
    [STUDY / "study.yaml", STUDY / "README.md", *(STUDY / f"transcripts/{c}.txt" for c in CASES)],
    ids=lambda file: file.name,
)
def test_every_file_that_has_room_for_words_says_that_it_is_invented(file: Path) -> None:
    said = " ".join(file.read_text(encoding="utf-8").split())
    assert re.search(
        r"this interview is invented; no real person|[Ee]very\w* (interview|in this folder) is "
        r"invented",
        said,
    )


# --- the frameworks --------------------------------------------------------------


@pytest.mark.parametrize("name", VERSIONS)
def test_every_example_is_words_of_a_passage_that_has_the_code(name: str) -> None:
    quotes = defaultdict(list)
    for row in rows("codings.csv"):
        quotes[RUNS[row["run"]][0], row["code"]].append(row["quote"])
    for code in framework_yaml.read(VERSIONS[name]).codes:
        assert any(code.example in quote for quote in quotes[name, code.number]), code.number


def test_every_category_of_the_study_has_one_colour_of_its_own() -> None:
    colours = defaultdict(set)
    for file in VERSIONS.values():
        for code in framework_yaml.read(file).codes:
            colours[code.category_id].add(code.colour)
    assert all(len(of_one) == 1 for of_one in colours.values())
    assert len(set.union(*colours.values())) == len(colours) == 3 + 4


# --- the codings -----------------------------------------------------------------


def test_the_final_run_of_the_drivers_has_at_least_500_codings_and_none_stands_twice() -> None:
    codings = [
        (row["transcript"], row["quote"], row["code"], row["run"]) for row in rows("codings.csv")
    ]
    assert sum(run == "drivers, final" for *_, run in codings) >= 500
    assert max(Counter(codings).values()) == 1


@pytest.mark.parametrize("case", CASES)
def test_every_quote_stands_once_and_within_one_turn_of_the_participant(case: str) -> None:
    answers = [said for speaker, said in turns(case) if speaker == case]
    quotes = [row["quote"] for row in rows("codings.csv") if row["transcript"] == case]
    assert quotes
    for quote in quotes:
        assert text(case).count(quote) == 1, quote
        assert sum(quote in said for said in answers) == 1, quote


def test_each_run_is_of_one_coder() -> None:
    assert {row["run"]: row["coder"] for row in rows("codings.csv")} == {
        run: coder for run, (_, coder) in RUNS.items()
    }


def test_two_coders_indexed_interviews_1_to_6_alone_and_agreed_on_them() -> None:
    """P23, Table 1."""
    by_run: dict[str, set[str]] = defaultdict(set)
    for row in rows("codings.csv"):
        by_run[row["run"]].add(row["transcript"])
    first_six = {"P01", "P02", "P03", "P04", "P05", "P06"}
    for run in ("drivers, tora alone", "drivers, amir alone", "drivers, consensus"):
        assert by_run[run] == first_six
    assert by_run["drivers, final"] == by_run["measures, final"] == set(CASES)


def test_the_final_run_takes_over_what_the_two_agreed_on() -> None:
    agreed, final = (
        {
            (row["transcript"], row["code"], row["quote"])
            for row in rows("codings.csv")
            if row["run"] == run and row["transcript"] <= "P06"
        }
        for run in ("drivers, consensus", "drivers, final")
    )
    assert agreed == final


def test_each_coding_that_only_one_of_the_two_made_has_a_decision_with_a_reason() -> None:
    alone = {run: [r for r in rows("codings.csv") if r["run"] == run] for run in RUNS}
    first, second = alone["drivers, tora alone"], alone["drivers, amir alone"]

    def shared(one: dict[str, str], others: list[dict[str, str]]) -> bool:
        start, stop = span(one)
        return any(
            o["transcript"] == one["transcript"]
            and o["code"] == one["code"]
            and span(o)[0] < stop
            and start < span(o)[1]
            for o in others
        )

    open_ones = {r["ref"] for r in first if not shared(r, second)}
    open_ones |= {r["ref"] for r in second if not shared(r, first)}
    decided = rows("decisions.csv")
    assert {row["coding"] for row in decided} == open_ones
    assert len({row["reason"] for row in decided}) == len(decided)
    assert {row["outcome"] for row in decided} == {"kept", "changed", "dropped"}


def span(row: dict[str, str]) -> tuple[int, int]:
    """Return where the words of a coding stand."""
    start = text(row["transcript"]).index(row["quote"])
    return start, start + len(row["quote"])


# --- built -----------------------------------------------------------------------


def test_the_study_builds_whole_with_nothing_left_out(imported: tuple[Path, Ran]) -> None:
    _, ran = imported
    counts = {name: len(rows(f"{name}.csv")) for name in ("codings", "statements", "links")}
    assert (ran.code, ran.err) == (0, "")
    first, *others = ran.out.splitlines()
    said = re.search(
        r": 27 transcripts, \d+ turns, \d+ words, 27 cases, (\d+) codings, 5 runs, "
        r"(\d+) statements, .*, (\d+) links, ",
        first,
    )
    assert said
    assert [int(n) for n in said.groups()] == list(counts.values())
    assert not [line for line in others if "Left out" in line]


def test_no_law_is_broken_in_the_built_study(imported: tuple[Path, Ran]) -> None:
    ran = workbench("check", imported[0], "--json")
    assert ran.code == 0, ran.out
    assert [found for found in json.loads(ran.out) if found["severity"] == "broken"] == []


def test_the_rings_of_the_picture_come_from_the_centre_outwards(
    imported: tuple[Path, Ran],
) -> None:
    """P23, figure 2: the referral within procedures and culture within the system."""
    with in_python.open(str(imported[0])) as project:
        found = interpreting.values_as_entered(project, "ring")
    assert found == ["outcome", "inner", "middle", "outer", "outer + inner"]


def cells(project: Path, version: str) -> Iterator[tuple[str, str, int]]:
    """Yield case, code and number of codings of every cell of a chart."""
    opened = in_python.open(str(project))
    try:
        chart = opened.chart(version, values="counts")
    finally:
        opened.close()
    for case, counts in chart.iterrows():
        for code, number in counts.items():
            yield str(case), str(code), int(number)


@pytest.mark.parametrize(
    ("version", "all_cells", "least"),
    [("imaging@drivers", 27 * 21, 280), ("imaging@measures", 27 * 13, 140)],
)
def test_the_chart_has_its_printed_size_and_enough_cells_hold_a_coding(
    imported: tuple[Path, Ran], version: str, all_cells: int, least: int
) -> None:
    found = list(cells(imported[0], version))
    assert len(found) == all_cells
    assert sum(number > 0 for _, _, number in found) >= least


@pytest.mark.parametrize(
    ("version", "least"), [("imaging@drivers", 280), ("imaging@measures", 140)]
)
def test_enough_cells_are_charted_and_all_three_kinds_of_statements_are_there(
    version: str, least: int
) -> None:
    said = [row for row in rows("statements.csv") if row["framework"] == version]
    assert len({(r["case"], r["code"]) for r in said if r["kind"] != "comment"}) >= least
    assert {r["kind"] for r in said} == {"summary", "verbatim", "comment"}
    assert all(r["evidence"] for r in said if r["kind"] != "comment")


def test_a_summary_or_verbatim_rests_on_codings_of_its_own_cell() -> None:
    codings = {row["ref"]: row for row in rows("codings.csv")}
    for row in rows("statements.csv"):
        if row["kind"] == "comment":
            continue
        for ref in filter(None, row["evidence"].split(";")):
            of = codings[ref]
            assert (of["transcript"], of["code"]) == (row["case"], row["code"]), row["ref"]
            assert RUNS[of["run"]][0] == row["framework"].partition("@")[2], row["ref"]


def test_every_code_and_every_case_is_used_in_both_frameworks(
    imported: tuple[Path, Ran],
) -> None:
    for name in VERSIONS:
        used = [
            (case, code) for case, code, number in cells(imported[0], f"imaging@{name}") if number
        ]
        assert {case for case, _ in used} == set(CASES)
        assert len({code for _, code in used}) == len(framework_yaml.read(VERSIONS[name]).codes)

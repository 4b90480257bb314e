"""The invented study of return letters has the structure that the paper prints.

P24 is doi 10.1186/s12913-024-11648-y (l.: line of its text).
"""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest
from console import Ran, workbench

from workbench.formats import framework_yaml

ROOT = Path(__file__).parents[2]
STUDY = ROOT / "sample_transcripts" / "return-letters"
OTHERS = (
    ROOT / "sample_transcripts" / "low-value-imaging",
    ROOT / "sample_transcripts" / "open-library",
)
VERSION = ROOT / "frameworks" / "return-letters" / "1.yaml"
SESSIONS = {
    "director-1": ["D1"],
    "director-2": ["D2"],
    "group-a": ["M1", "M2", "M3", "M4", "M5"],
    "group-b": ["M6", "M7", "M8", "M9"],
}
ASKING = {"Interviewer", "Moderator", "Note taker"}
DIRECTORS, MANAGERS = "Medical director", "Manager"
BOTH = {DIRECTORS, MANAGERS}
CATEGORIES = [
    "General experience",
    "Anchoring",
    "Organisation",
    "Return letter procedure",
    "Outcome",
]
LADDER = ["condensed text", "key element", "category"]
PRINTED = [
    (MANAGERS, "General experience", "1.3"),
    (DIRECTORS, "General experience", "1.4"),
    (DIRECTORS, "Anchoring", "2.2"),
    (DIRECTORS, "Anchoring", "2.3"),
    (MANAGERS, "Anchoring", "2.4"),
    (DIRECTORS, "Organisation", "3.1"),
    (DIRECTORS, "Organisation", "3.3"),
    (MANAGERS, "Organisation", "3.4"),
    (MANAGERS, "Organisation", "3.5"),
    (MANAGERS, "Return letter procedure", "4.1"),
    (DIRECTORS, "Return letter procedure", "4.2"),
    (MANAGERS, "Return letter procedure", "4.4"),
    (MANAGERS, "Return letter procedure", "4.5"),
    (MANAGERS, "Outcome", "5.2"),
    (MANAGERS, "Outcome", "5.3"),
]
"""Group and category of the fifteen quotations (l.151-235), and our code for their topic."""
MONTHS = ["2022-10", "2022-11", "2022-12", *(f"2023-{month:02}" for month in range(1, 7))]
KINDS = ["lower back", "head", "knee"]
CENTRES = [f"A{n:02}" for n in range(1, 17)] + [f"B{n:02}" for n in range(1, 13)]
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def rows(name: str) -> list[dict[str, str]]:
    with (STUDY / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def text(transcript: str) -> str:
    return (STUDY / "transcripts" / f"{transcript}.txt").read_text(encoding="utf-8")


def heading(transcript: str) -> dict[str, str]:
    lines = text(transcript).split("\n\n")[0].splitlines()
    return dict(line.split(": ", 1) for line in lines)


def turns(transcript: str) -> list[tuple[str, str]]:
    """Return (speaker, words) of each turn, as the file has them."""
    paragraphs = text(transcript).strip().split("\n\n")[1:]
    return [(said.partition(": ")[0], said.partition(": ")[2]) for said in paragraphs]


def words(said: Iterable[str]) -> list[str]:
    return [word.casefold() for words in said for word in _WORD.findall(words)]


def spoken(file: Path) -> list[str]:
    """Return the words of any transcript, its heading and its labels of speakers aside."""
    paragraphs = file.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    return words(re.sub(r"^[^:\n]{1,40}: ", "", paragraph) for paragraph in paragraphs)


def group_of() -> dict[str, str]:
    return {row["case"]: row["group"] for row in rows("cases.csv")}


def groups_of_codes() -> dict[str, set[str]]:
    """Return the groups that have a coding under each code; the speaker is found in the turns."""
    found = defaultdict(set)
    for row in rows("codings.csv"):
        found[row["code"]].add(group_of()[speaker(row)])
    return found


def speaker(coding: dict[str, str]) -> str:
    """Return the one case within a turn of which the quote stands."""
    said = turns(coding["transcript"])
    (found,) = [label for label, told in said if coding["quote"] in told]
    return found


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The project built from the folder, and what the command said."""
    project = tmp_path_factory.mktemp("letters") / "letters.fwb"
    return project, workbench("import", project, STUDY)


# --- who was asked ---------------------------------------------------------------


def test_two_directors_who_are_radiologists_and_nine_managers_who_are_radiographers() -> None:
    """P24 l.20, l.100-120. Which provider has five managers is ours."""
    assert Counter(
        (row["group"], row["profession"], row["interview form"], row["provider"])
        for row in rows("cases.csv")
    ) == {
        (DIRECTORS, "radiologist", "individual", "A"): 1,
        (DIRECTORS, "radiologist", "individual", "B"): 1,
        (MANAGERS, "radiographer", "focus group", "A"): 5,
        (MANAGERS, "radiographer", "focus group", "B"): 4,
    }


def test_every_case_speaks_in_the_one_transcript_of_its_session() -> None:
    assert sorted(f.stem for f in (STUDY / "transcripts").iterdir()) == sorted(SESSIONS)
    assert [(r["transcript"], r["speaker"], r["case"]) for r in rows("cases.csv")] == [
        (transcript, case, case) for transcript, cases in SESSIONS.items() for case in cases
    ]


def test_four_sessions_took_27_to_57_minutes_and_45_on_average() -> None:
    """P24 l.147."""
    minutes = {(row["transcript"], int(row["duration in minutes"])) for row in rows("cases.csv")}
    took = [number for _, number in minutes]
    assert (len(took), min(took), max(took), mean(took)) == (4, 27, 57, 45)


def test_sessions_were_held_by_video_from_february_to_june_2023() -> None:
    """P24 l.100-120. The dates themselves are ours."""
    days = {row["transcript"]: date.fromisoformat(row["date"]) for row in rows("cases.csv")}
    assert (min(days.values()).month, max(days.values()).month) == (2, 6)
    assert {day.year for day in days.values()} == {2023}
    assert {row["mode"] for row in rows("cases.csv")} == {"video"}


def test_one_person_moderated_both_groups_and_each_of_two_held_one_interview() -> None:
    """P24 l.118-122."""
    asked = {row["transcript"]: row["moderator"] for row in rows("cases.csv")}
    assert asked["group-a"] == asked["group-b"]
    assert {asked["director-1"], asked["director-2"]} == {"interviewer A", "interviewer B"}


@pytest.mark.parametrize("row", rows("cases.csv"), ids=lambda row: row["case"])
def test_the_heading_of_a_transcript_says_what_the_table_of_cases_says(
    row: dict[str, str],
) -> None:
    said = heading(row["transcript"])
    assert said["Date"] == row["date"]
    assert said["Duration"] == f"{row['duration in minutes']} min"
    assert said["Interviewer"] == said["Transcriber"] == row["moderator"]
    assert said["Mode"] == row["mode"]
    assert f"provider {row['provider']}, {row['profession']}" in said["Title"]


# --- what is said ----------------------------------------------------------------


@pytest.mark.parametrize("transcript", SESSIONS)
def test_a_session_has_600_to_1200_words_of_those_who_took_part(transcript: str) -> None:
    speakers = [label for label, _ in turns(transcript)]
    asking = {"Interviewer"} if transcript.startswith("director") else ASKING - {"Interviewer"}
    assert set(speakers) == {*SESSIONS[transcript], *asking}
    assert all(one != other for one, other in pairwise(speakers))
    assert 600 <= len(words(said for _, said in turns(transcript))) <= 1200


@pytest.mark.parametrize("transcript", ["group-a", "group-b"])
def test_in_a_group_the_note_taker_is_rare_and_one_manager_says_little(transcript: str) -> None:
    said = Counter(label for label, told in turns(transcript) for _ in words([told]))
    assert sum(label == "Note taker" for label, _ in turns(transcript)) <= 2
    least, *others = sorted(said[case] for case in SESSIONS[transcript])
    assert least * 1.5 < others[0]


def test_no_eight_words_in_a_row_stand_in_two_transcripts_of_this_or_another_study() -> None:
    files = [f for study in (STUDY, *OTHERS) for f in sorted((study / "transcripts").iterdir())]
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for file in files:
        said = spoken(file)
        assert len(said) > 500
        for start in range(len(said) - 7):
            found[tuple(said[start : start + 8])].add(str(file))
    assert len(files) == 4 + 27 + 4
    assert {" ".join(run): where for run, where in found.items() if len(where) > 1} == {}


@pytest.mark.parametrize(
    "file",
    [STUDY / "study.yaml", VERSION, *(STUDY / f"transcripts/{name}.txt" for name in SESSIONS)],
    ids=lambda file: file.name,
)
def test_every_file_that_has_room_for_words_says_that_it_is_invented(file: Path) -> None:
    said = " ".join(file.read_text(encoding="utf-8").split())
    assert re.search(
        r"this (group )?interview is invented; no real person|Every (interview|code) is invented",
        said,
    )


# --- the framework ---------------------------------------------------------------


def test_the_framework_has_the_five_printed_categories_with_three_to_six_open_codes() -> None:
    """P24 l.147; the codes are ours."""
    version = framework_yaml.read(VERSION)
    assert (version.reference, version.state, version.parent) == (
        "return-letters@1",
        "draft",
        None,
    )
    assert [category.name for category in version.categories] == CATEGORIES
    sizes = Counter(code.category_id for code in version.codes)
    assert [sizes[category.category_id] for category in version.categories] == [4, 5, 5, 5, 6]
    assert {code.origin for code in version.codes} == {"inductive"}
    assert "10.1186/s12913-024-11648-y" in version.synthetic
    assert "are ours" in version.synthetic


def test_a_coder_can_work_by_every_code_and_its_example_is_words_that_have_it() -> None:
    version = framework_yaml.read(VERSION)
    quotes = defaultdict(list)
    for row in rows("codings.csv"):
        quotes[row["code"]].append(row["quote"])
    assert all(category.definition for category in version.categories)
    for code in version.codes:
        assert all((code.definition, code.use_when, code.not_when, code.example)), code.number
        assert any(code.example in quote for quote in quotes[code.number]), code.number


# --- the codings and the chart ---------------------------------------------------


def test_there_are_110_to_160_codings_of_one_run_by_two_coders() -> None:
    codings = rows("codings.csv")
    assert 110 <= len(codings) <= 160
    assert [row["ref"] for row in codings] == [f"r{n:03}" for n in range(1, len(codings) + 1)]
    assert {row["run"] for row in codings} == {"open coding"}
    assert {row["coder"] for row in codings} == {"marte", "jonas"}
    assert max(Counter((r["transcript"], r["code"], r["quote"]) for r in codings).values()) == 1


@pytest.mark.parametrize("transcript", SESSIONS)
def test_every_quote_stands_once_and_within_one_turn_of_a_case(transcript: str) -> None:
    codings = [row for row in rows("codings.csv") if row["transcript"] == transcript]
    assert {speaker(row) for row in codings} == set(SESSIONS[transcript])
    for row in codings:
        assert text(transcript).count(row["quote"]) == 1, row["quote"]


@pytest.mark.parametrize(
    ("code", "groups"),
    [
        ("1.1", BOTH),
        ("1.2", {MANAGERS}),
        ("1.3", BOTH),
        ("1.4", BOTH),
        ("2.1", {DIRECTORS}),
        ("2.2", {DIRECTORS}),
        ("2.3", {DIRECTORS}),
        ("2.4", BOTH),
        ("2.5", BOTH),
        ("3.1", {DIRECTORS}),
        ("3.2", BOTH),
        ("3.3", {DIRECTORS}),
        ("3.4", {MANAGERS}),
        ("4.1", BOTH),
        ("4.2", BOTH),
        ("4.3", BOTH),
        ("4.4", BOTH),
        ("4.5", {MANAGERS}),
        ("5.1", {MANAGERS}),
        ("5.2", {MANAGERS}),
        ("5.3", {MANAGERS}),
        ("5.4", {MANAGERS}),
        ("5.5", BOTH),
        ("5.6", BOTH),
    ],
)
def test_a_topic_is_spoken_of_by_the_groups_that_the_paper_names(
    code: str, groups: set[str]
) -> None:
    """P24, results by category. 3.5 is left out: one director has heard of obstacles."""
    assert groups_of_codes()[code] == groups


def test_only_managers_speak_of_what_people_outside_think_of_the_provider() -> None:
    """P24 l.231, against its discussion at l.258."""
    assert groups_of_codes()["5.3"] == {MANAGERS}
    for transcript in ("director-1", "director-2"):
        assert not re.search(r"reputation|\bname now|Avis|thought of|newspaper", text(transcript))


def test_directors_had_no_support_from_hospitals_and_one_manager_had_praise() -> None:
    """P24, Anchoring: a divergence, not an error."""
    nodes = {row["ref"]: row for row in rows("ladder.csv")}
    cases = {row["ref"]: row["case"] for row in rows("statements.csv")}
    behind = {
        ref: {cases[s] for s in nodes[ref]["statements"].split(";")} for ref in nodes_of_2_4()
    }
    assert sorted(sorted(who) for who in behind.values()) == [["D1", "D2"], ["M7"]]
    assert {nodes[ref]["parents"] for ref in behind} == {"e24"}
    assert any("node:" + nodes["e24"]["label"] == memo["anchor"] for memo in rows("memos.csv"))


def nodes_of_2_4() -> list[str]:
    """Return the condensed texts that rest on statements about hospitals alone."""
    codes = {row["ref"]: row["code"] for row in rows("statements.csv")}
    return [
        row["ref"]
        for row in rows("ladder.csv")
        if row["statements"] and {codes[s] for s in row["statements"].split(";")} == {"2.4"}
    ]


def test_a_statement_rests_on_a_coding_of_its_own_cell_and_verbatim_ones_stand_in_it() -> None:
    codings = {row["ref"]: row for row in rows("codings.csv")}
    for row in rows("statements.csv"):
        evidence = [codings[ref] for ref in row["evidence"].split(";") if ref]
        assert evidence or row["kind"] == "comment"
        assert {(speaker(c), c["code"]) for c in evidence} <= {(row["case"], row["code"])}
        if row["kind"] == "verbatim":
            assert any(row["text"] in c["quote"] for c in evidence), row["ref"]


def test_most_cells_with_a_coding_are_charted_and_no_marked_one_is() -> None:
    indexed = {(speaker(row), row["code"]) for row in rows("codings.csv")}
    charted = {(row["case"], row["code"]) for row in rows("statements.csv")}
    silent = {(r["case"], r["code"]) for r in rows("cells.csv") if r["mark"] != "reviewed"}
    assert charted < indexed
    assert len(charted) > 0.9 * len(indexed)
    assert silent.isdisjoint(indexed)


@pytest.mark.parametrize("file", sorted(STUDY.glob("*.csv")), ids=lambda file: file.name)
def test_no_field_begins_like_a_formula(file: Path) -> None:
    fields = [value for row in rows(file.name) for value in row.values()]
    assert fields
    assert [value for value in fields if value.startswith(("=", "+", "-", "@"))] == []


# --- the ladders -----------------------------------------------------------------


def nodes(ladder: str) -> dict[str, dict[str, str]]:
    return {row["ref"]: row for row in rows("ladder.csv") if row["ladder"] == ladder}


def test_the_findings_end_in_exactly_the_five_categories() -> None:
    """P24 l.147."""
    found = nodes("findings")
    tops = [row["label"] for row in found.values() if not row["parents"]]
    assert tops == CATEGORIES
    assert {row["level"] for row in found.values()} == set(LADDER)
    for row in found.values():
        for parent in filter(None, row["parents"].split(";")):
            assert LADDER.index(found[parent]["level"]) == LADDER.index(row["level"]) + 1


def test_every_node_has_something_below_it_and_every_finding_feeds_a_condensed_text() -> None:
    found = nodes("findings")
    parents = {p for row in found.values() for p in row["parents"].split(";")}
    fed = {s for row in found.values() for s in row["statements"].split(";") if s}
    for ref, row in found.items():
        assert bool(row["statements"]) == (row["level"] == "condensed text")
        assert row["statements"] or ref in parents
    assert fed == {row["ref"] for row in rows("statements.csv") if row["kind"] != "comment"}


def test_a_condensed_text_stands_under_the_category_of_the_codes_it_comes_from() -> None:
    """A statement may feed two texts; the bulk of what feeds one is of its own category."""
    found = nodes("findings")
    codes = {row["ref"]: row["code"] for row in rows("statements.csv")}
    for row in found.values():
        if row["statements"]:
            top = found[found[row["parents"]]["parents"]]["label"]
            numbers = Counter(codes[s][0] for s in row["statements"].split(";"))
            (usual, _), *_ = numbers.most_common(1)
            assert CATEGORIES[int(usual) - 1] == top, row["label"]


def test_the_worked_example_is_one_chain_from_three_sentences_to_anchoring() -> None:
    """P24 table 3 (l.130-133)."""
    text_, element, category = sorted(
        nodes("worked example").values(), key=lambda row: LADDER.index(row["level"])
    )
    assert [row["level"] for row in (text_, element, category)] == LADDER
    assert (text_["parents"], element["parents"], category["parents"]) == (
        element["ref"],
        category["ref"],
        "",
    )
    assert (category["label"], category["statements"], element["statements"]) == (
        "Anchoring",
        "",
        "",
    )
    (statement,) = [r for r in rows("statements.csv") if r["ref"] == text_["statements"]]
    assert sentences(statement["text"]) == 3
    assert sentences(text_["label"]) == 2


def sentences(said: str) -> int:
    return len(re.findall(r"[.!?](?=\s|$)", said))


# --- the quotations --------------------------------------------------------------


def test_fifteen_quotations_stand_for_the_printed_ones_in_their_order() -> None:
    """P24 l.151-235: nine of managers, six of medical directors."""
    found = nodes("findings")
    codings = {row["ref"]: row for row in rows("codings.csv")}
    quotations = rows("quotations.csv")
    assert [(row["ref"], row["number"]) for row in quotations] == [
        (f"P24-{n}", str(n)) for n in range(1, 16)
    ]
    assert [
        (
            group_of()[speaker(codings[row["coding"]])],
            found[row["node"]]["label"],
            codings[row["coding"]]["code"],
        )
        for row in quotations
    ] == PRINTED
    assert [row["speaker"] for row in quotations] == [group for group, _, _ in PRINTED]
    assert {row["participant"] for row in quotations} == {""}
    assert len({row["coding"] for row in quotations}) == 15


def test_the_list_of_printed_quotations_is_that_of_the_facts(shared: Path) -> None:
    with (shared / "facts" / "quotes.csv").open(encoding="utf-8", newline="") as stream:
        printed = [row for row in csv.DictReader(stream) if row["paper"] == "2024"]
    assert [(row["speaker_group"], row["section"]) for row in printed] == [
        (group, category) for group, category, _ in PRINTED
    ]


# --- the log of letters ----------------------------------------------------------

Log = dict[tuple[str, str, str], int]


def log(series: str) -> Log:
    """Return centre, month and examination → count; each stands once."""
    counts: Log = {}
    for row in rows("counts.csv"):
        if row["series"] == series:
            key = (row["centre"], row["month"], row["examination"])
            assert key not in counts
            counts[key] = int(row["count"])
    return counts


def by(counts: Log, *parts: int) -> Counter[tuple[str, ...]]:
    """Return the sums by some of centre (0), month (1) and examination (2)."""
    sums: Counter[tuple[str, ...]] = Counter()
    for key, count in counts.items():
        sums[tuple(key[part] for part in parts)] += count
    return sums


def test_the_log_has_four_series_and_every_centre_its_provider() -> None:
    found = rows("counts.csv")
    assert set(found[0]) == {"series", "provider", "centre", "month", "examination", "count"}
    assert Counter(row["series"] for row in found) == {
        "pilot letters": 2 * 3,
        "return letters": 28 * 9 * 3,
        "all returned referrals": 28 * 9,
        "examinations": 9 * 3,
    }
    assert {(row["provider"], row["centre"]) for row in found} == {
        *((centre[0], centre) for centre in CENTRES),
        ("both", "all"),
    }


def test_letters_are_970_for_the_lower_back_290_for_the_head_and_6_for_the_knee() -> None:
    """P24 l.143. Without the knee they are the 1,260 of the results."""
    letters = log("return letters")
    assert set(letters) == {(c, m, k) for c in CENTRES for m in MONTHS for k in KINDS}
    assert by(letters, 2) == {("lower back",): 970, ("head",): 290, ("knee",): 6}


def test_a_centre_sent_0_to_46_letters_a_month() -> None:
    """P24 l.143."""
    a_month = by(log("return letters"), 0, 1)
    assert (len(a_month), min(a_month.values()), max(a_month.values())) == (28 * 9, 0, 46)


def test_the_month_with_46_letters_is_of_the_provider_whose_manager_tells_of_it() -> None:
    (best,) = [key for key, count in by(log("return letters"), 0, 1).items() if count == 46]
    assert best[0].startswith("A")
    assert "Forty-six in one month!" in text("group-a")


def test_letters_wear_off_over_the_months() -> None:
    """P24 l.245-248 offers explanations of a decline."""
    a_month = by(log("return letters"), 1)
    quarters = [sum(a_month[month,] for month in MONTHS[n : n + 3]) for n in (0, 3, 6)]
    assert quarters[0] > 1.3 * quarters[1] > 1.3 * 1.3 * quarters[2]


def test_the_larger_centres_send_most_of_the_letters() -> None:
    """Size is read off the referrals returned without a letter."""
    letters, returned = log("return letters"), log("all returned referrals")
    sent, whole = by(letters, 0), by(returned, 0)
    large = sorted(CENTRES, key=lambda c: whole[c,] - sent[c,], reverse=True)[:9]
    assert sum(sent[c,] for c in large) > 1266 / 2


def test_the_pilot_in_two_centres_sent_200_44_and_no_letters_for_the_knee() -> None:
    """P24 l.94: one month, May 2022."""
    pilot = log("pilot letters")
    assert by(pilot, 2) == {("lower back",): 200, ("head",): 44, ("knee",): 0}
    assert set(by(pilot, 1)) == {("2022-05",)}
    assert {centre[0] for centre, _, _ in pilot} == {"A", "B"}
    assert len(by(pilot, 0)) == 2


def test_4375_referrals_were_returned_and_never_fewer_than_letters() -> None:
    """P24 l.143; 1,260 of them are 28.8 per cent."""
    letters, returned = by(log("return letters"), 0, 1), log("all returned referrals")
    assert sum(returned.values()) == 4375
    assert set(returned) == {(c, m, "all") for c in CENTRES for m in MONTHS}
    assert all(returned[c, m, "all"] >= letters[c, m] for c in CENTRES for m in MONTHS)


def test_5000_examinations_a_month_are_made_of_each_of_three_types() -> None:
    """P24 l.94, there as an approximate number."""
    made = log("examinations")
    assert made == {("all", month, kind): 5000 for month in MONTHS for kind in KINDS}


# --- built -----------------------------------------------------------------------


def test_the_study_builds_with_every_row_of_the_tables_that_can_be_read(
    imported: tuple[Path, Ran],
) -> None:
    _, ran = imported
    assert (ran.code, ran.err) == (0, "")
    said = ran.out.splitlines()[0]
    for number, what in (
        (4, "transcripts"),
        (11, "cases"),
        (len(rows("codings.csv")), "codings"),
        (len(rows("statements.csv")), "statements"),
        (len(rows("cells.csv")), "marks of cells"),
        (len(rows("ladder.csv")), "nodes"),
        (len(rows("memos.csv")), "memos"),
        (len(rows("readings.csv")), "readings"),
    ):
        assert f" {number} {what}" in said


def test_no_law_is_broken_in_the_built_study(imported: tuple[Path, Ran]) -> None:
    ran = workbench("check", imported[0], "--json")
    assert ran.code == 0, ran.out
    assert [found for found in json.loads(ran.out) if found["severity"] == "broken"] == []

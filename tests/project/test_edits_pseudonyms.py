"""Names give way to pseudonyms, and everything that rests on the texts stays where it was."""

import json
from pathlib import Path

import builders
import pytest
from builders import ANNA, BO, GARDENER, GROUP, Garden

from workbench.errors import BadValue, Refused
from workbench.project import edits, verifications, views
from workbench.project.edits.pseudonyms import Chosen
from workbench.project.waiting import unplaced

RENAMED = """\
I: How do you share the work?
Liv Moe: We have a list on the shed. It works well.
Per: The list is never up to date. Two people water the same bed.
Liv Moe: That is true in July. Snow helps us.
I: And the tools?
Per: Tools are lent and come back late.
"""
NAMES = [Chosen("Anna", "Liv Moe"), Chosen("Bo", "Per"), Chosen("Rain", "Snow")]


def now(g: Garden, name: str = "group") -> dict[str, object]:
    """Return the newest version of a transcript."""
    rows = g.live()
    of = next(t["id"] for t in rows["transcript"] if t["name"] == name)
    held = [v for v in rows["transcript_version"] if v["transcript_id"] == of]
    return max(held, key=lambda v: v["number"])


def test_texts_labels_and_cases_have_pseudonyms_in_versions_of_their_own(anywhere: Garden) -> None:
    report = edits.pseudonymise(anywhere.project, NAMES, reason="for the archive")
    # group: Anna twice, Bo twice, Rain once; gardener: Rain once; the verbatim “Rain keeps …”
    assert report.counts == {
        "new versions": 2,
        "names in transcripts": 6,
        "carried codings": 7,
        "names of speakers": 2,
        "names in cases": 2,
        "names in statements": 1,
    }
    assert (now(anywhere)["text"], now(anywhere)["number"]) == (RENAMED, 2)
    assert now(anywhere)["reason"] == "for the archive"
    assert now(anywhere, "gardener")["text"] == GARDENER.replace("Rain", "Snow")
    rows = anywhere.live()
    labels = {s["label"] for s in rows["speaker"]}
    assert labels == {"I", "P1", "Liv Moe", "Per"}
    assert {c["label"] for c in rows["case"]} == {"gardener", "group: Liv Moe", "group: Per"}
    (entry, *_) = anywhere.project.history(newest=1)
    assert entry["summary"] == "Pseudonymised 2 transcripts: 3 names in 11 places"
    assert anywhere.project.check() == []


def test_every_coding_has_the_words_that_it_had_but_for_the_pseudonyms(garden: Garden) -> None:
    before = {c["id"]: c for c in garden.live()["coding"]}
    edits.pseudonymise(garden.project, NAMES)
    after = {c["id"]: c for c in garden.live()["coding"]}
    assert unplaced(garden.project) == []
    for name, i in garden.codings.items():
        new = RENAMED if name in ("list", "stale list", "july", "tools") else ""
        text = new or GARDENER.replace("Rain", "Snow")
        quote = str(before[i]["quote"]).replace("Rain", "Snow")
        assert after[i]["quote"] == quote == text[after[i]["start"] : after[i]["stop"]]
    assert {n: c for n, c in before.items() if c["quote"].startswith("Rain")}.keys() == {
        garden.codings["rain"],
        garden.codings["july"],
    }


def test_spans_turns_and_finished_marks_go_along(garden: Garden) -> None:
    states = views.chart(garden.project, values="states").to_numpy().tolist()
    edits.pseudonymise(garden.project, NAMES)
    assert views.chart(garden.project, values="states").to_numpy().tolist() == states
    rows = garden.live()
    version = now(garden)
    spans = sorted(
        (s["start"], s["stop"])
        for s in rows["case_span"]
        if s["transcript_version_id"] == version["id"]
    )
    lines, at, places = RENAMED.splitlines(), 0, []
    for line in lines:
        places.append((at, at + len(line)))
        at += len(line) + 1
    assert spans == [places[n] for n in (1, 2, 3, 5)]
    said = [(t[0], t[1], t[2], t[3]) for t in json.loads(str(version["turns"]))]
    assert said == [
        (line.partition(":")[0], start, start + line.index(":") + 2, stop)
        for line, (start, stop) in zip(lines, places, strict=True)
    ]
    marked = {f["transcript_version_id"] for f in rows["finished"]}
    assert version["id"] in marked
    turns = views.transcripts(garden.project).set_index("transcript")
    assert turns.loc["group", "coded_turns"] == 4


def test_verbatim_statements_follow_and_others_only_where_they_are_chosen(garden: Garden) -> None:
    edits.write_statement(garden.project, BO, "2.2", "Bo lends tools.")
    edits.add_memo(garden.project, "Rain again, says Bo.")
    names = [
        Chosen("Bo", "Per", ("transcripts", "memos")),
        Chosen("Rain", "Snow", ("transcripts",)),
    ]
    edits.pseudonymise(garden.project, names)
    rows = garden.live()
    texts = {s["text"] for s in rows["statement"]}
    assert {"Bo lends tools.", "Snow keeps me away."} <= texts
    assert "Rain keeps me away." not in texts
    assert "Rain again, says Per." in {m["text"] for m in rows["memo"]}
    assert BO in {c["label"] for c in rows["case"]}
    assert garden.project.check() == []


def test_a_coding_that_begins_within_a_name_has_the_whole_pseudonym(garden: Garden) -> None:
    start = GROUP.index("Anna: We") + 2
    new = edits.code(garden.project, "group", start, start + 11, "2.1").coding_id
    report = edits.pseudonymise(garden.project, NAMES)
    coding = next(c for c in garden.live()["coding"] if c["id"] == new)
    assert coding["quote"] == "Liv Moe: We have"
    assert report.notes == [
        "1 coding began or ended within a name: the whole pseudonym is coded now."
    ]
    assert garden.project.check() == []


def test_two_codings_that_would_be_one_are_refused_and_nothing_is_stored(garden: Garden) -> None:
    start = GROUP.index("Anna: We")
    for more in (1, 2):
        edits.code(garden.project, "group", start + more, start + 12, "2.1")
    before = garden.live()
    with pytest.raises(Refused, match="would be the same, as they differ only within a name"):
        edits.pseudonymise(garden.project, NAMES)
    assert garden.live() == before


def test_memos_and_verifications_go_along(garden: Garden) -> None:
    entry = edits.verify(garden.project, garden.codings["july"])
    edits.add_finding(garden.project, "July")
    edits.cite_for_finding(garden.project, "July", [garden.codings["july"]])
    place = GROUP.index("true in July")
    of = {"anchor": "transcript_version", "anchor_id": str(now(garden)["id"])}
    memo = edits.add_memo(garden.project, "When?", start=place, stop=place + 12, **of)
    edits.pseudonymise(garden.project, NAMES)
    rows = garden.live()
    held = next(m for m in rows["memo"] if m["id"] == memo)
    assert held["anchor_id"] == now(garden)["id"]
    assert RENAMED[held["start"] : held["stop"]] == "true in July"
    said = next(v for v in rows["verification"] if v["id"] == entry)
    assert said["sha256"] == now(garden)["sha256"]
    assert RENAMED[said["start"] : said["stop"]] == "Snow helps us."
    states = verifications.verification_list(garden.project)["state"].tolist()
    assert states == ["done"]


def test_codings_that_wait_on_older_texts_and_frameworks_are_told(garden: Garden) -> None:
    text = GARDENER.replace("Rain keeps", "Rain kept")
    edits.correct_transcript(garden.project, "gardener", builders.incoming("gardener", text))
    edits.begin_draft(garden.project, builders.VERSION, "2")
    edits.change_code(garden.project, "garden@2", "Barriers", definition="Such as Rain.")
    report = edits.pseudonymise(garden.project, NAMES)
    assert report.notes == [
        "1 verbatim statement keeps its names and rests on codings of older texts, or on "
        "withdrawn ones.",
        "1 coding on older texts keeps any names there: place or withdraw what “workbench "
        "unplaced PROJECT” lists.",
        "1 name in frameworks stays: a framework changes by a version of its own.",
    ]


@pytest.mark.parametrize("how", ["withdrawn", "waiting"])
def test_verbatim_statements_keep_the_words_of_codings_that_keep_theirs(
    how: str, garden: Garden
) -> None:
    if how == "withdrawn":
        edits.withdraw_coding(garden.project, garden.codings["rain"])
    else:
        text = GARDENER.replace("Rain keeps", "The Rain kept")
        edits.correct_transcript(garden.project, "gardener", builders.incoming("gardener", text))
    report = edits.pseudonymise(garden.project, NAMES)
    assert "Rain keeps me away." in {s["text"] for s in garden.live()["statement"]}
    assert report.notes[0] == (
        "1 verbatim statement keeps its names and rests on codings of older texts, or on "
        "withdrawn ones."
    )
    assert [f for f in garden.project.check() if f.severity == "broken"] == []


def test_a_name_that_gives_way_is_told_without_saying_it(garden: Garden) -> None:
    names = [Chosen("on the", "X"), Chosen("the shed", "Y"), Chosen("list on", "Z")]
    report = edits.pseudonymise(garden.project, names)
    at = GROUP.index("on the shed")
    assert report.notes == [
        f"“group”, character {at}: a name gave way to a longer one beside it, and a part of it "
        "stays."
    ]


@pytest.mark.parametrize(
    ("names", "error", "said"),
    [
        ([Chosen(" ", "Liv")], BadValue, "A name"),
        ([Chosen("Anna", "")], BadValue, "A pseudonym"),
        ([Chosen("Anna", "Liv\nBo")], BadValue, "one line"),
        ([Chosen("Anna", "Liv"), Chosen(" Anna", "Eva")], BadValue, "each name once"),
        ([Chosen("Anna", "Liv", ("frameworks",))], BadValue, "A place of names"),
        ([Chosen("Anna", "Anna B")], Refused, "Give another pseudonym"),
        ([Chosen("Nobody", "Liv")], Refused, "None of these names"),
        ([Chosen("Anna", "Q"), Chosen("Bo", "Q")], Refused, "would be called"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_stored(
    names: list[Chosen], error: type[Exception], said: str, anywhere: Garden
) -> None:
    before, acts = anywhere.live(), anywhere.acts()
    with pytest.raises(error, match=said):
        edits.pseudonymise(anywhere.project, names)
    assert (anywhere.live(), anywhere.acts()) == (before, acts)


def test_undo_brings_the_names_back(garden: Garden) -> None:
    before = garden.live()
    edits.pseudonymise(garden.project, NAMES)
    garden.project.undo()
    assert garden.live() == before


def test_no_row_that_lives_holds_a_name_but_the_versions_before(
    garden: Garden, tmp_path: Path
) -> None:
    edits.pseudonymise(garden.project, NAMES)
    current = {now(garden)["id"], now(garden, "gardener")["id"]}
    for table, rows in garden.live().items():
        for row in rows:
            if row["id"] in current or table not in ("transcript_version", "original"):
                assert "Anna" not in str(row), (table, row)
    assert ANNA not in str(views.chart(garden.project).index.tolist())

"""Memos, readings and meetings are listed as plain rows."""

from builders import BO, GROUP

from workbench.project import edits, notes


def test_memos_are_listed_as_they_were_written(garden):
    (row,) = notes.memos(garden.project)
    assert tuple(row) == notes.MEMOS
    said = {k: row[k] for k in ("kind", "title", "text", "person", "anchor", "transcript", "start")}
    assert said == {
        "kind": "analytic",
        "title": "",
        "text": "Who keeps the list?",
        "person": "anna",
        "anchor": "case",
        "transcript": "",
        "start": None,
    }
    case = next(c for c in garden.live()["case"] if c["label"] == BO)
    assert (row["anchor_id"], row["row_version"]) == (case["id"], 1)
    edits.change_memo(garden.project, row["memo_id"], text="Who?", row_version=row["row_version"])
    (changed,) = notes.memos(garden.project)
    assert (changed["text"], changed["row_version"], changed["at"]) == ("Who?", 2, row["at"])
    edits.withdraw_memo(garden.project, row["memo_id"])
    assert notes.memos(garden.project) == []


def test_memos_in_the_margin_of_a_text_stand_in_the_order_of_their_places(garden):
    versions = {v["source_name"]: v["id"] for v in garden.live()["transcript_version"]}
    of = {"anchor": "transcript_version", "anchor_id": versions["group.txt"]}
    start = GROUP.index("Tools")
    edits.add_memo(garden.project, "Late.", start=start, stop=start + 5, **of)
    edits.add_memo(garden.project, "Early.", start=3, stop=9, **of)
    edits.add_memo(garden.project, "All of it.", **of)
    edits.add_memo(garden.project, "Elsewhere.", **{**of, "anchor_id": versions["gardener.txt"]})
    rows = notes.memos(garden.project, "group")
    assert [(r["text"], r["start"], r["stop"]) for r in rows] == [
        ("All of it.", None, None),
        ("Early.", 3, 9),
        ("Late.", start, start + 5),
    ]
    assert {r["transcript"] for r in rows} == {"group"}
    assert len(notes.memos(garden.project)) == 5


def test_the_reading_log_is_listed_for_all_transcripts_or_one(garden):
    edits.log_reading(garden.project, "group", person="bo", how="listened", note="Loud.")
    rows = notes.readings(garden.project)
    assert [(r["person"], r["transcript"], r["how"], r["date"], r["note"]) for r in rows] == [
        ("anna", "gardener", "read", "2024-05-06", ""),
        ("bo", "group", "listened", "", "Loud."),
    ]
    (one,) = notes.readings(garden.project, "group.txt")
    assert one == rows[1]
    edits.withdraw_reading(garden.project, one["reading_id"])
    assert notes.readings(garden.project, "group") == []


def test_meetings_are_listed_by_date_with_those_who_were_there(garden):
    edits.record_decision(garden.project, "Old", "No.", date="2023-01-02", present=["bo"])
    rows = notes.meetings(garden.project)
    assert [(r["title"], r["date"], r["person"], r["present"]) for r in rows] == [
        ("Scope", "", "anna", ("anna", "bo")),
        ("Old", "2023-01-02", "anna", ("bo",)),
    ]

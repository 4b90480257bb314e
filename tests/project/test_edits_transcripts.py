"""Transcripts come in whole and never change; cases are made by the rule that was asked for."""

import hashlib

import builders
import pytest
from builders import GARDENER, GROUP, Garden

from workbench import errors
from workbench.model.report import ImportReport
from workbench.model.transcript import Reading, Turn
from workbench.project import edits
from workbench.project.edits.transcripts import Incoming

TWO = "I: Who digs?\nAnna: I dig.\nBo: I dig too.\n"


def cases(garden: Garden, text_name: str, text: str) -> dict[str, list[str]]:
    """Return case → the stretches of a text that are its own, as words."""
    rows = garden.live()
    transcript = next(t["id"] for t in rows["transcript"] if t["name"] == text_name)
    version = next(v["id"] for v in rows["transcript_version"] if v["transcript_id"] == transcript)
    label = {c["id"]: c["label"] for c in rows["case"]}
    found: dict[str, list[str]] = {}
    for span in sorted(rows["case_span"], key=lambda s: s["start"]):
        if span["transcript_version_id"] == version:
            words = text[span["start"] : span["stop"]].strip()
            found.setdefault(label[span["case_id"]], []).append(words)
    return found


@pytest.mark.parametrize(
    ("rule", "name", "text", "expected"),
    [
        ("auto", "new", GARDENER, {"new": [GARDENER.strip()]}),
        ("auto", "new", TWO, {"new: Anna": ["Anna: I dig."], "new: Bo": ["Bo: I dig too."]}),
        ("file", "new", TWO, {"new": [TWO.strip()]}),
        ("speaker", "new", TWO, {"Anna": ["Anna: I dig."], "Bo": ["Bo: I dig too."]}),
        ("speaker", "new", GARDENER, {"P1": [GARDENER.strip()]}),
        ("speaker", "new", "No speaker at all.", {"new": ["No speaker at all."]}),
        ("auto", "new", "No speaker at all.", {"new": ["No speaker at all."]}),
        ("none", "new", TWO, {}),
    ],
)
def test_cases_are_made_by_the_rule(garden, rule, name, text, expected):
    builders.bring(garden.project, (name, text), case_by=rule)
    assert cases(garden, name, text) == expected


def test_the_speakers_of_a_group_are_cases_with_their_own_turns(garden):
    assert cases(garden, "group", GROUP) == {
        "group: Anna": [
            "Anna: We have a list on the shed. It works well.",
            "Anna: That is true in July. Rain helps us.",
        ],
        "group: Bo": [
            "Bo: The list is never up to date. Two people water the same bed.",
            "Bo: Tools are lent and come back late.",
        ],
    }


def test_a_group_is_a_guess_that_the_report_tells(garden):
    report = builders.bring(garden.project, ("new", TWO))
    assert report.counts == {"transcripts": 1, "turns": 3, "words": 10, "cases": 2}
    (guess,) = [g for g in report.guesses if "group" in g.what]
    assert (guess.confidence, guess.where) == ("likely", ("new.txt",))


def test_one_speaker_in_two_transcripts_is_one_case(garden):
    report = builders.bring(garden.project, ("one", TWO), ("two", TWO), case_by="speaker")
    assert report.counts["cases"] == 2
    assert cases(garden, "one", TWO) == cases(garden, "two", TWO)


def test_an_unknown_rule_is_refused_before_anything_comes_in(garden):
    before = garden.live()
    with pytest.raises(errors.BadValue, match="auto, file, speaker or none"):
        builders.bring(garden.project, ("new", TWO), case_by="row")
    assert garden.live() == before


def test_the_bytes_of_the_file_are_kept_beside_the_text_that_was_read(garden):
    content = "\ufeffI: Hvor?\r\nP1: På tomta 🌱.\r\n".encode()
    text = "I: Hvor?\nP1: På tomta 🌱.\n"
    builders.bring(garden.project, ("new", content.decode()))
    rows = garden.live()
    version = next(v for v in rows["transcript_version"] if v["source_name"] == "new.txt")
    original = next(o for o in rows["original"] if o["transcript_version_id"] == version["id"])
    assert (version["text"], version["length"]) == (text, len(text))
    assert version["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert bytes(original["content"]) == content
    assert original["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_same_text_again_is_left_out_and_said(garden):
    before, acts = garden.live(), garden.acts()
    report = builders.bring(garden.project, ("gardener", GARDENER))
    (left_out,) = report.left_out
    assert left_out.why == "“gardener” is here already with the same text"
    assert report.counts == {}
    assert (garden.live(), garden.acts()) == (before, acts)


def test_another_text_under_a_name_that_is_here_never_replaces_it(garden):
    before, acts = garden.live(), garden.acts()
    report = builders.bring(garden.project, ("gardener", GARDENER.replace("Rain", "Snow")))
    (left_out,) = report.left_out
    assert "another text is called “gardener” here" in left_out.why
    assert "rename the file" in left_out.why
    assert (garden.live(), garden.acts()) == (before, acts)


def test_what_is_new_comes_in_beside_what_is_left_out(garden):
    report = builders.bring(garden.project, ("gardener", GARDENER), ("new", TWO))
    assert report.counts["transcripts"] == 1
    assert [o.where for o in report.left_out] == [("gardener.txt",)]
    newest = garden.project.history(1)[0]
    assert newest["summary"] == "Imported 1 transcript"


def test_what_readers_left_out_is_told_as_one_sentence_for_all_files(garden):
    def read(name: str, *left_out: str, unparsed: int = 0) -> Incoming:
        text = f"Kari: {name}."
        turns = (Turn("Kari", 0, 6, len(text)),)
        reading = Reading(text, turns, layout="f4", unparsed=unparsed, left_out=left_out)
        return Incoming(name, reading, text.encode(), f"{name}.docx")

    files = [
        read("a", "1 footnote left out.", "1,200 link addresses left out."),
        read("b", "2 footnotes left out.", "1 text box left out.", unparsed=1),
    ]
    report = edits.import_transcripts(
        garden.project, files, ImportReport("2 files"), case_by="none"
    )
    assert [line for line in report.lines() if "Guessed" not in line] == [
        "2 files: 2 transcripts, 2 turns, 4 words.",
        "  Left out: 3 footnotes: only the words of the interview come in (in a.docx, b.docx).",
        "  Left out: 1200 link addresses: only the words of the interview come in (in a.docx).",
        "  Left out: 1 text box: only the words of the interview come in (in b.docx).",
        "  b.docx: 1 line in the text, but not as turns of the layout “f4”.",
    ]


def test_characters_that_no_database_keeps_are_replaced_one_for_one_and_told(garden):
    odd = Incoming("new", Reading("P1: One\x00two."), b"P1: One\x00two.", "new.txt")
    report = edits.import_transcripts(garden.project, [odd], ImportReport("new.txt"))
    rows = garden.live()
    version = next(v for v in rows["transcript_version"] if v["source_name"] == "new.txt")
    assert version["text"] == "P1: One\ufffdtwo."
    (left_out,) = [o for o in report.left_out if o.what == "characters"]
    assert left_out.count == 1


# --- headers and speakers ------------------------------------------------------------


def header(garden: Garden, field: str) -> object:
    return next(t[field] for t in garden.live()["transcript"] if t["name"] == "group")


def test_a_field_of_the_header_is_set_with_its_type(garden):
    edits.change_header(garden.project, "group", "duration_minutes", "61.5")
    edits.change_header(garden.project, "group", "order_number", "2")
    edits.change_header(garden.project, "group.txt", "setting", "The shed")
    assert [header(garden, f) for f in ("duration_minutes", "order_number", "setting")] == [
        61.5,
        2,
        "The shed",
    ]


@pytest.mark.parametrize(
    ("field", "value", "error", "said"),
    [
        ("duration_minutes", "an hour", errors.BadValue, "give a number"),
        ("order_number", "1.5", errors.BadValue, "give a whole number"),
        ("colour", "red", errors.UnknownName, "“workbench header --help” lists them"),
    ],
)
def test_a_field_or_value_that_cannot_be_is_refused(garden, field, value, error, said):
    before = garden.live()
    with pytest.raises(error, match=said):
        edits.change_header(garden.project, "group", field, value)
    assert garden.live() == before


def test_a_header_that_somebody_changed_meanwhile_is_not_overwritten(garden):
    edits.change_header(garden.project, "group", "mode", "by video", row_version=1)
    with pytest.raises(errors.ChangedMeanwhile, match="transcript was changed by somebody else"):
        edits.change_header(garden.project, "group", "mode", "in person", row_version=1)
    assert header(garden, "mode") == "by video"
    edits.change_header(garden.project, "group", "mode", "in person", row_version=2)
    assert header(garden, "mode") == "in person"


def test_a_speaker_is_given_another_role(garden):
    edits.set_speaker_role(garden.project, "group", "Bo", "interviewer")
    roles = {s["label"]: s["role"] for s in garden.live()["speaker"]}
    assert roles["Bo"] == "interviewer"


@pytest.mark.parametrize(
    ("transcript", "speaker", "role", "error", "said"),
    [
        ("group", "Bo", "participant", errors.Refused, "is marked as participant already"),
        ("group", "Bo", "chair", errors.BadValue, "interviewer, participant or unknown"),
        ("group", "Dag", "participant", errors.UnknownName, "In “group” speak: Anna, Bo, I"),
        ("gruop", "Bo", "participant", errors.UnknownName, "Did you mean “group”"),
    ],
)
def test_a_role_that_cannot_be_is_refused(garden, transcript, speaker, role, error, said):
    with pytest.raises(error, match=said):
        edits.set_speaker_role(garden.project, transcript, speaker, role)

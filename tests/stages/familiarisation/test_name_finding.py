"""What may be a name is found in lists, labels, patterns, models and capitals."""

import sys
from types import ModuleType, SimpleNamespace

import pytest

from workbench.errors import BadValue, MissingExtra, SearchTooSlow
from workbench.model.transcript import Turn
from workbench.stages.familiarisation import search
from workbench.stages.familiarisation.name_finding import (
    Candidate,
    Said,
    candidates,
    language_model,
    of_labels,
    recurring,
    with_replacements,
)


def said(*turns: tuple[str, str]) -> Said:
    """Return a transcript of (label, words) a turn."""
    text, found = "", []
    for label, words in turns:
        start = len(text)
        text += f"{label}: {words}\n"
        found.append(Turn(label, start, start + len(label) + 2, len(text) - 1))
    return Said(text, tuple(found), tuple(dict.fromkeys(label for label, _ in turns)))


NORWEGIAN = said(
    ("I", "Hvem hjalp deg, Kari eller noen andre?"),
    ("Kåre", "Det var Kari. Kari er snill. Moen kom med bilen til Moen, og Moens bror."),
    ("Kåre", "Skogen er stor. Jeg liker Skogen."),
)
ENGLISH = said(
    ("I", "And on Monday, or in May? I mean Monday, when I work."),
    ("Ann", "I asked Leeds. “Good” was what Leeds’s office said, and I'm glad I'm there."),
)


def test_capitals_within_sentences_are_names_when_they_recur() -> None:
    # Kari: twice within a sentence (a third begins one); Moen: “til Moen” and “og Moens”;
    # Skogen: once within a sentence; Leeds: twice.
    assert recurring([NORWEGIAN, ENGLISH]) == ["Kari", "Leeds", "Moen"]
    assert recurring([NORWEGIAN], 1) == ["Kari", "Moen", "Skogen"]
    assert recurring([NORWEGIAN], 3) == []


def test_words_that_are_written_small_too_come_last_and_get_no_pseudonym() -> None:
    # Skog: twice with a capital within a sentence, three times small; Kari: twice, never small.
    text = said(
        ("Per", "Jeg liker Skog, ja Skog, og en skog er en skog er en skog."),
        ("Per", "Du liker Kari, ja Kari, og kari."),
    )
    found = with_replacements(candidates([text]), [text.text])
    assert found == [
        Candidate("Per", "speaker", "Person 1"),
        Candidate("Kari", "recurring", "Name 1"),
        Candidate("Skog", "common", ""),
    ]


def test_starts_of_turns_lines_and_quotations_tell_nothing() -> None:
    text = said(("A", "Vel. Ja, «Vel» og – Vel.\nVel"), ("A", "Vel"))
    assert recurring([text], 1) == []


def test_labels_give_names_and_no_roles() -> None:
    assert of_labels(["I", "P1", "Interviewer", "Kari Moe", "Deltaker 2", "kate"]) == [
        "Kari",
        "Moe",
    ]


def test_every_source_is_asked_and_the_first_says_what_kind_it_is() -> None:
    text = said(("Kari", "Ring 90 11 22 33 til Moen, eller Moen i Bodø."))
    found = candidates(
        [text],
        given=[Candidate("Kari", "person", "Liv"), Candidate(" Ola  Moe ", "person")],
        patterns=[r"\d\d(?: \d\d){3}"],
        entities=lambda _: [("Bodø", "place"), ("Moen’s", "person")],
    )
    assert found == [
        Candidate("Kari", "person", "Liv"),
        Candidate("Ola Moe", "person"),
        Candidate("90 11 22 33", "pattern"),
        Candidate("Bodø", "place"),
        Candidate("Moen", "person"),
    ]
    assert candidates([text])[0] == Candidate("Kari", "speaker")


def test_a_pattern_that_does_not_end_is_given_up_and_a_broken_one_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "_MOST_SECONDS", 0.2)
    with pytest.raises(BadValue, match="regular expression"):
        candidates([NORWEGIAN], patterns=["("])
    with pytest.raises(SearchTooSlow):
        candidates([Said("a" * 40 + "!", (), ())], patterns=[r"(a|a)+$"])


def test_pseudonyms_are_told_apart_by_kind_and_none_is_taken() -> None:
    found = [
        Candidate("Kari", "speaker"),
        Candidate("Ola", "person", "Person 2"),
        Candidate("Liv", "speaker"),
        Candidate("Bodø", "place"),
        Candidate("Moen", "recurring"),
    ]
    told = with_replacements(found, ["She is Place 1 to me."])
    assert [one.replacement for one in told] == [
        "Person 1",
        "Person 2",
        "Person 3",
        "Place 2",
        "Name 1",
    ]


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtra, match=r"framework-workbench\[names\]"):
        language_model("nb_core_news_sm")


def test_a_language_model_tells_people_places_and_organisations(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stand_in = ModuleType("spacy")

    def load(name: str) -> object:
        if name != "nb_core_news_sm":
            raise OSError(name)
        ents = [
            ("Kari", "PER"),
            ("Bodø", "GPE_LOC"),
            ("NAV", "ORG"),
            ("fire", "MISC"),
            (" ", "PER"),
        ]
        return lambda _: SimpleNamespace(
            ents=[SimpleNamespace(text=t, label_=kind) for t, kind in ents]
        )

    stand_in.load = load  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "spacy", stand_in)
    assert list(language_model("nb_core_news_sm")("")) == [
        ("Kari", "person"),
        ("Bodø", "place"),
        ("NAV", "organisation"),
    ]
    with pytest.raises(BadValue, match="spacy download xx"):
        language_model("xx")

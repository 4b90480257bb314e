"""Who asks and who answers: a role for every label, with the reason for it."""

import re
from collections import Counter
from collections.abc import Sequence

from workbench.formats.layouts import labels
from workbench.model.transcript import Role, Speaker, Turn


def speakers(
    text: str,
    turns: Sequence[Turn],
    interviewers: Sequence[str] = (),
    interviewer: str | None = None,
) -> tuple[tuple[Speaker, ...], tuple[str, ...]]:
    """Return every label with its role, in the order they first speak, and what was guessed.

    `interviewers` are the labels that the user says are interviewers, `interviewer`
    is the name in the header. A speaker is an interviewer when named so or when the
    label says it. When nobody is, and two speak, the one who clearly asks more and
    says less is taken for the interviewer.
    """
    count = Counter(turn.speaker for turn in turns if turn.speaker is not None)
    known = {label: _known(label, interviewers, interviewer) for label in count}
    guesses: tuple[str, ...] = ()
    if len(count) == 2 and "interviewer" not in (role for role, _ in known.values()):
        asking = _who_asks(text, turns, [n for n in count if known[n][0] != "participant"])
        if asking:
            known[asking] = ("interviewer", "asks most")
            guesses = (
                f"“{asking}” was taken for the interviewer: of the two speakers, the one who "
                "asks more questions and says less.",
            )
    found = any(role == "interviewer" for role, _ in known.values())
    out = tuple(_speaker(label, known[label], found, number) for label, number in count.items())
    return out, guesses


def _speaker(label: str, known: tuple[Role, str], found: bool, turns: int) -> Speaker:
    role, reason = known
    if role == "unknown" and found and not re.match(r"un(known|identified)\b", labels.key(label)):
        role, reason = "participant", "not an interviewer"
    return Speaker(label, role, turns, reason)


def _known(label: str, interviewers: Sequence[str], header: str | None) -> tuple[Role, str]:
    """Return a role that needs no guess, or “unknown”."""
    if labels.key(label) in {labels.key(name) for name in interviewers}:
        return "interviewer", "named by the user"
    part = labels.part(label)
    if part == "interviewer":
        return "interviewer", "label"
    if header and _is_named(label, header):
        return "interviewer", "header"
    if part == "participant":
        return "participant", "label"
    return "unknown", "nothing says"


def _is_named(label: str, header: str) -> bool:
    """Say whether a label is a person of the header: whole name, first name or initials.

    >>> [_is_named(label, "Kari Nordmann, Ola Li") for label in ("Kari", "KN", "Ola Li", "K")]
    [True, True, True, False]
    """
    wanted = labels.key(label).replace(".", "")
    for person in re.split(r",|;|/|&|\band\b|\bog\b", header):
        words = labels.key(person).replace(".", "").split()
        initials = "".join(word[0] for word in words)
        if words and (wanted in (" ".join(words), words[0]) or (wanted == initials and words[1:])):
            return True
    return False


def _who_asks(text: str, turns: Sequence[Turn], among: Sequence[str]) -> str | None:
    """Return, of two, the label that asks twice as much, at least twice, and says less."""
    questions: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for turn in turns:
        if turn.speaker is not None:
            said = text[turn.words_start : turn.stop]
            questions[turn.speaker] += said.count("?")
            words[turn.speaker] += len(said.split())
    asking, other = sorted(words, key=lambda label: -questions[label])
    clearly = questions[asking] >= max(2, 2 * questions[other])
    return asking if clearly and words[asking] < words[other] and asking in among else None

"""How long transcripts of real size take to be corrected, and whether all codings are rightly told.

    python benchmarks/corrections.py [TRANSCRIPTS]

Each has 40,000 characters, 750 codings of some 600 characters, whole words, and 200
scattered corrections: what becomes of each coding is known from where these were made.
"""

import random
import re
import sys
import time
from collections import Counter

from workbench.stages.familiarisation.alignment import align

LETTERS, EDITS, CODINGS, LENGTH = 40_000, 200, 750, 600
COMMON = [
    "the",
    "and",
    "of",
    "to",
    "a",
    "in",
    "that",
    "it",
    "was",
    "we",
    "is",
    "I",
    "they",
    "on",
    "not",
    "have",
    "you",
]


def main(transcripts: int = 28) -> int:
    """Correct transcripts one after the other; return how many codings were wrongly told."""
    rng, wrong, slowest = random.Random(5), 0, 0.0
    fates: Counter[str] = Counter()
    for _ in range(transcripts):
        old, new, edits = corrected(rng)
        begins = [m.start() for m in re.finditer(r"\w+", old[:-LENGTH])]
        starts = rng.choices(begins, k=CODINGS)
        segments = [(start, old.index(" ", start + LENGTH - 9)) for start in starts]
        begun = time.perf_counter()
        carried = align(old, new).carry(segments)
        slowest = max(slowest, time.perf_counter() - begun)
        for (start, stop), one in zip(segments, carried, strict=True):
            cut = any((a < stop and start < b) or start < a == b < stop for a, b in edits)
            same = old[start:stop] == new[one.start : one.stop]
            wrong += one.fate != ("changed" if cut else "moved") or (not cut and not same)
            fates[one.fate] += 1
    print(f"{transcripts} transcripts, {dict(fates)}, wrongly told: {wrong}")
    print(f"slowest transcript: {slowest:.3f} s")
    return wrong


def corrected(rng: random.Random) -> tuple[str, str, list[tuple[int, int]]]:
    """Return a text, the text corrected, and where in the old one it was: start and stop."""
    words, length = list[str](), 0
    while length < LETTERS:
        rare = f"{rng.choice('abcdefgh')}{rng.randrange(3000)}"
        end = rng.choice([" "] * 12 + [". ", ".\nP1: "])
        words.append((rng.choice(COMMON) if rng.random() < 0.5 else rare) + end)
        length += len(words[-1])
    places, pieces, new, at = [], set(rng.sample(range(5, len(words) - 5), EDITS)), [], 0
    for number, word in enumerate(words):
        letters = len(word.split()[0].rstrip("."))
        if number in pieces:
            put, cut = rng.choice([("ÆØÅ", letters), ("ÆØÅ ", 0), ("", len(word))])
            places.append((at, at + cut))
            new.append(put + word[cut:])
        else:
            new.append(word)
        at += len(word)
    return "".join(words), "".join(new), places


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])) > 0)

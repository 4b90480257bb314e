"""An invented interview of 150 kB with 400 overlapping codings, as the pages must bear."""

import random
from pathlib import Path

import workbench
from workbench import edits
from workbench.model.framework import Category, Code, FrameworkVersion, stable_id

SENTENCES = (
    "Nobody owns the waiting list, and that is really where it breaks down.",
    "Ærlig talt så synes jeg skjemaet er for langt, og øvrige opplysninger blir borte.",
    "The clinic 👩🏽‍⚕️ rings twice, e\u0301 tait de\u0301jà fait, and then it is quiet.",
    "We usually look through the referrals on Monday morning before anybody asks.",
    "Det er en uskreven regel at man ringer i stedet for å skrive, særlig når det haster.",
)
CODES = tuple(f"Topic {n}" for n in range(1, 13))


def text(letters: int = 150_000) -> str:
    """Return an interview of about so many letters; invented, seeded."""
    draw = random.Random(4)  # noqa: S311  # seeded words
    lines, length, n = ["Note: this interview is invented."], 0, 0
    while length < letters:
        who = "Interviewer" if n % 2 == 0 else "Informant"
        said = " ".join(draw.choice(SENTENCES) for _ in range(1 if n % 2 == 0 else 8))
        lines.append(f"{who}: {said}")
        length, n = length + len(said), n + 1
    return "\n\n".join(lines) + "\n"


def build(folder: Path, codings: int = 400) -> Path:
    """Make a project with the interview “long” and return its file."""
    (folder / "long.txt").write_text(text(), encoding="utf-8")
    category = Category(stable_id("topics", "category", "all"), "1", "All")
    codes = tuple(
        Code(
            stable_id("topics", "code", name),
            f"1.{n}",
            name,
            f"What is said on topic {n}.",
            category_id=category.category_id,
        )
        for n, name in enumerate(CODES, 1)
    )
    path = folder / "long.fwb"
    with workbench.create(path, who="ingrid") as project:
        project.import_files(folder / "long.txt")
        edits.add_framework(project, FrameworkVersion("topics", "1", (category,), codes))
        edits.start_run(project, "first", "topics@1")
        draw = random.Random(5)  # noqa: S311  # seeded places
        words = (folder / "long.txt").read_text(encoding="utf-8")
        for n in range(codings):
            start = draw.randrange(1000, len(words) - 400)
            edits.code_places(
                project,
                [("long", start, start + draw.randrange(30, 350))],
                CODES[n % len(CODES)],
                run="first",
            )
    return path

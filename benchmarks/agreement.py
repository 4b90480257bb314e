"""Measure agreement: a million units from arrays, and two coders over a whole study.

    python benchmarks/agreement.py [--size M] [--keep FOLDER]

The first part makes up codings of two coders in 2,000 texts of 500 turns and compares them
on 94 codes. The second makes the study of a size (see `generate.py`), lets a second coder
code it with borders moved and one code in five another, and compares the two runs on each
unit, from the database to the table, intervals from 1,000 draws included.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import generate
import numpy as np
import pandas as pd
from run import peak_megabytes, timed

from workbench.checks.agreement.compared import UNITS, Choices, Compared
from workbench.checks.agreement.table import agreement
from workbench.model import frames

TEXTS, TURNS, LENGTH, CODES, CODINGS = 2_000, 500, 50_000, 94, 500_000
SECOND = "second coder"
_LONG = 12.0
"""Seconds for the runs of one figure: a median of several says more than one of two."""


def million_units() -> Compared:
    """Return two coders' codings of a million turns; four in five codes are the same."""
    draw = np.random.default_rng(generate.SEED)
    texts = np.array([f"t{n}" for n in range(TEXTS)], dtype=object)
    text, start = draw.integers(0, TEXTS, CODINGS), draw.integers(0, LENGTH - 400, CODINGS)
    code, length = (draw.random(CODINGS) ** 2 * CODES).astype(int), draw.integers(20, 200, CODINGS)
    sides = []
    for name in ("a", "b"):
        other = draw.random(CODINGS) < 0.2
        codes = np.where(other, draw.integers(0, CODES, CODINGS), code)
        begins = start + draw.integers(0, 30, CODINGS)
        part = pd.DataFrame(
            {
                "coding_id": [f"{name}{n}" for n in range(CODINGS)],
                "transcript_version_id": texts[text],
                "code_id": [f"c{n}" for n in codes],
                "run_id": name,
                "coder": name,
                "start": begins,
                "stop": begins + length,
                "side": name,
            }
        )
        kinds = ("transcript_version_id", "code_id", "run_id", "coder", "side")
        sides.append(
            part.astype({**frames.CODINGS, "side": "str"}).astype(dict.fromkeys(kinds, "category"))
        )
    listed = pd.DataFrame("", index=range(CODES), columns=list(frames.CODES)).astype("str")
    listed["code_id"] = listed["code"] = [f"c{n}" for n in range(CODES)]
    listed["category_id"] = listed["category"] = [f"g{n // 12}" for n in range(CODES)]
    every = pd.DataFrame(
        {"transcript_id": texts, "transcript_version_id": texts, "transcript": texts}
    ).assign(length=LENGTH)
    begins = np.arange(TURNS) * (LENGTH // TURNS)
    turns = pd.DataFrame(
        {
            "unit": np.arange(TEXTS * TURNS),
            "transcript_version_id": np.repeat(texts, TURNS),
            "start": np.tile(begins, TEXTS),
            "stop": np.tile(begins + LENGTH // TURNS, TEXTS),
        }
    )
    looked = [(side, t) for side in "ab" for t in texts]
    return Compared(
        ("a", "b"),
        pd.concat(sides, ignore_index=True),
        pd.DataFrame(looked, columns=list(frames.LOOKED)).astype(frames.LOOKED),
        every.astype(frames.TRANSCRIPTS),
        listed,
        turns.astype(frames.STRETCHES),
    )


def code_again(where: Path) -> None:
    """Let a second coder code all transcripts of a study, much as the first did."""
    from workbench.project import edits
    from workbench.project.door import open_project
    from workbench.store import records

    draw = random.Random(generate.SEED)
    with open_project(where, who=generate.WHO) as project:
        edits.start_run(project, SECOND, generate.FRAMEWORK, kind="independent", coder=SECOND)
        with project.acting("code") as act:
            (run,) = records.find(act.connection, "run", name=SECOND)
            (first,) = records.find(act.connection, "run", name=generate.RUN)
            columns = ("transcript_version_id", "code_id", "start", "stop", "quote")
            held = records.find(act.connection, "coding", *columns, run_id=first["id"])
            codes = sorted({c["code_id"] for c in held})
            rows = []
            for coding in held:
                row = {name: coding[name] for name in columns}
                cut = draw.randrange(min(20, row["stop"] - row["start"]))
                row["start"], row["quote"] = row["start"] + cut, row["quote"][cut:]
                if draw.random() < 0.2:
                    row["code_id"] = draw.choice(codes)
                rows.append({**row, "run_id": run["id"], "person_id": run["person_id"]})
            records.insert(act, "coding", rows, checked=False)
            act.says(f"Coded {len(rows)} segments")


def of_units() -> None:
    """Print what a million units take, in this process."""
    held = million_units()
    before = peak_megabytes()
    for resamples in (1_000, 0):
        do = partial(lambda n: agreement(fresh(held), "turn", Choices(resamples=n)), resamples)
        made = timed(do, seconds=_LONG)
        print(f"1,000,000 turns, 2 coders, {CODES} codes, {resamples} draws: {made}")
    print(f"peak {peak_megabytes()} MB, of which the codings as frames are {before} MB")


def fresh(held: Compared) -> Compared:
    """Return the same to compare, nothing of it worked out yet."""
    return Compared(
        held.sides, held.codings, held.looked, held.transcripts, held.codes, held.stretches
    )


def of_study(where: Path) -> None:
    """Print what each unit of a whole study takes, in this process."""
    from workbench.project import views
    from workbench.project.door import open_project

    with open_project(where, who=generate.WHO) as project:
        for unit in UNITS:
            runs = [generate.RUN, SECOND]
            do = partial(views.agreement, project, runs, unit=unit)
            print(f"{unit}: {timed(do, seconds=_LONG)}")
    print(f"peak {peak_megabytes()} MB")


def main() -> None:
    """Measure both, each in a process of its own."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--size", choices=generate.SIZES, default="M")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        of_study(given.child) if given.child.suffix else of_units()
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = (given.keep or Path(scratch)) / given.size
        where = folder / "agreement.fwb"
        if not where.exists():
            size = generate.SIZES[given.size]
            generate.build(size, generate.write_transcripts(size, folder / "txt"), where)
            code_again(where)
        for child in ("units", str(where)):
            subprocess.run([sys.executable, __file__, "--child", child], check=True)


if __name__ == "__main__":
    main()

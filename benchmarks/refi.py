"""Measure a project written in REFI-QDA and read again: seconds, and peak memory of each.

    python benchmarks/refi.py M [--keep FOLDER] [--profile]

The study is that of `generate.py`. Writing and reading have a process of their own each.
"""

import argparse
import cProfile
import json
import os
import pstats
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generate
from run import peak_megabytes

from workbench.project.door import create, open_project


def do(what: str, folder: Path) -> dict[str, object]:
    """Write the study of a folder, or read what was written, and return what that took."""
    steps: list[int] = []

    def progress(done: int, total: int, name: str) -> None:
        steps.append(done)

    out, again = folder / "study.qdpx", folder / "again.fwb"
    wall, cpu = time.perf_counter(), time.process_time()
    if what == "write":
        with open_project(folder / "study.fwb", who=generate.WHO) as project:
            said = project.export(out, progress=progress)[0].splitlines()[0]
    else:
        again.unlink(missing_ok=True)
        with create(again, who=generate.WHO) as project:
            said = project.import_files(out, progress=progress).lines()[0]
    return {
        "what": what,
        "seconds": round(time.perf_counter() - wall, 1),
        "cpu": round(time.process_time() - cpu, 1),
        "megabytes": peak_megabytes(),
        "steps of progress": len(steps),
        "load": os.getloadavg()[0],
        "said": said,
    }


def child(what: str, folder: Path, *, profiled: bool) -> None:
    """Do one thing and print what it took as JSON."""
    if not profiled:
        print(json.dumps(do(what, folder)))
        return
    profile = cProfile.Profile()
    done = profile.runcall(do, what, folder)
    print(json.dumps(done))
    pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(45)


def main() -> None:
    """Build the study of one size where it is not kept, write it, and read it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("size", choices=generate.SIZES)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--child", choices=("write", "read"))
    given = parser.parse_args()
    if given.child:
        child(given.child, given.keep, profiled=given.profile)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "study.fwb").exists():
            size = generate.SIZES[given.size]
            texts = generate.write_transcripts(size, folder / "txt")
            generate.build(size, texts, folder / "study.fwb")
        for what in ("write", "read"):
            words = [given.size, "--keep", str(folder), "--child", what]
            words += ["--profile"] if given.profile else []
            subprocess.run([sys.executable, __file__, *words], check=True)


if __name__ == "__main__":
    main()

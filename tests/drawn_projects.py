"""Projects at random: emoji, line ends of Windows, codings that overlap and nest, a chart."""

import builders
from hypothesis import strategies as st

from workbench.errors import Refused
from workbench.project import edits
from workbench.project.door import Project

PIECES = st.sampled_from([*"ab.?æ🌱👩é\u200d\r\n\t\u2028\ufeff\x0b", "\r\n", "  "])
TEXTS = (
    st.lists(PIECES, min_size=1, max_size=60)
    .map("".join)
    .filter(lambda t: t.strip(" \r\n\t\u2028\ufeff\x0b"))
)
NAMES = st.text(st.sampled_from("aAb <&\"'🌱\n]"), min_size=1, max_size=6).filter(str.strip)
CODERS = ("ane", "bo", "Ane")


@st.composite
def projects(draw: st.DrawFn) -> dict:
    """Draw what a project is to hold: texts, coders, codings that overlap and nest, and more."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=3))
    names = draw(st.lists(NAMES.map(str.strip), min_size=3, max_size=3, unique=True))
    numbers = st.integers(0, 10_000)
    codings = st.tuples(
        st.integers(0, len(texts) - 1),
        numbers,
        numbers,
        st.sampled_from(["1.1", "1.2", "2.1", "2.2"]),
        st.sampled_from(CODERS),
        st.sampled_from(["one", "two"]),
        st.booleans(),
    )
    values = st.fixed_dictionaries(
        {},
        optional={
            "Years": st.sampled_from(["1", "+2", "03"]),
            "share": st.sampled_from(["1e-7", "0.5", "12"]),
            "rural": st.sampled_from(["yes", "no"]),
            "since": st.sampled_from(["2024-05-06", "0099-01-02"]),
            "said\nby": NAMES.map(str.strip),
        },
    )
    return {
        "texts": texts,
        "names": names,
        "codings": draw(st.lists(codings, max_size=12)),
        "values": draw(st.lists(values, max_size=3)),
        "spans": draw(st.lists(st.tuples(numbers, numbers), max_size=3)),
        "statements": draw(st.lists(st.tuples(numbers, NAMES), max_size=4)),
        "memos": draw(st.lists(st.tuples(NAMES, numbers, numbers), max_size=3)),
    }


def segment(text: str, one: int, other: int) -> tuple[int, int]:
    ends = sorted((one % (len(text) + 1), other % (len(text) + 1)))
    return ends[0], max(ends[1], ends[0] + 1) if ends[0] < len(text) else ends[1]


def made(p: Project, drawn: dict) -> None:
    names = drawn["names"]
    read = [builders.incoming(f"t{n}", text) for n, text in enumerate(drawn["texts"])]
    report = builders.ImportReport("texts")
    edits.import_transcripts(p, read, report, case_by="none")
    texts = {t["name"]: v["text"] for t, v in rows_of_texts(p)}
    edits.add_framework(p, builders.version())
    for run in ("one", "two"):
        edits.start_run(p, run, "garden@1", kind="independent", coder="bo")
    edits.add_cases(p, dict(zip(names, [*drawn["values"], {}, {}, {}], strict=False)))
    whole = [n for n in texts if texts[n].strip()]
    edits.assign_case(p, names[0], whole[0])
    for (one, other), name in zip(drawn["spans"], names[1:], strict=False):
        start, stop = segment(texts[whole[-1]], one, other)
        if texts[whole[-1]][start:stop].strip():
            edits.assign_case(p, name, whole[-1], start=start, stop=stop)
    for number, one, other, code_name, coder, run, uncertain in drawn["codings"]:
        name = f"t{number}"
        start, stop = segment(texts[name], one, other)
        if texts[name][start:stop].strip():
            options = {"coder": coder, "run": run, "uncertain": uncertain}
            try:
                edits.code(p, name, start, stop, code_name, **options)
            except Refused:
                continue
    edits.finish(p, "one", [whole[0]])
    charted(p, drawn, whole[0], names[0])
    version = {t["name"]: v["id"] for t, v in rows_of_texts(p)}[whole[-1]]
    for title, one, other in drawn["memos"]:
        start, stop = segment(texts[whole[-1]], one, other)
        where = {"anchor": "transcript_version", "anchor_id": version}
        if texts[whole[-1]][start:stop].strip():
            edits.add_memo(p, title + "\x0c.", title=title, start=start, stop=stop, **where)


def rows_of_texts(p: Project) -> list[tuple[dict, dict]]:
    rows = builders.live(p)
    versions = {v["transcript_id"]: v for v in rows["transcript_version"]}
    return [(t, versions[t["id"]]) for t in rows["transcript"]]


def charted(p: Project, drawn: dict, transcript: str, case: str) -> None:
    """Write statements on codings of the transcript that is the case's."""
    version = {t["name"]: v["id"] for t, v in rows_of_texts(p)}[transcript]
    rows = builders.live(p)
    of = [c for c in rows["coding"] if c["transcript_version_id"] == version]
    for number, said in drawn["statements"] if of else ():
        coding = of[number % len(of)]
        kind = ("summary", "verbatim", "comment")[number % 3]
        text = coding["quote"] if kind == "verbatim" else said
        edits.write_statement(p, case, coding["code_id"], text, kind=kind, evidence=[coding["id"]])

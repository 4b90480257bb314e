"""Steps in framework files: read, refused in one sentence, written, and covered by the hash."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.errors import BadValue, InvalidFramework
from workbench.formats import framework_yaml
from workbench.model.framework import FrameworkVersion, Step, stable_id

SHIPPED = sorted((Path(__file__).resolve().parents[2] / "frameworks").rglob("*.yaml"))
HEAD = """\
framework: waiting
version: "2"
parent: waiting@1
categories:
  - id: coming
    name: Coming there
    codes:
      - {id: access, name: Access}
      - {id: near, name: Near}
      - {id: far, name: Far}
steps:
"""


def code(slug: str, framework: str = "waiting") -> str:
    return stable_id(framework, "code", slug)


def steps(text: str) -> tuple[Step, ...]:
    return framework_yaml.loads(HEAD + text).steps


def refusal(text: str) -> str:
    with pytest.raises(InvalidFramework) as caught:
        framework_yaml.loads(text, "waiting.yaml")
    return caught.value.problem


# --- reading ---------------------------------------------------------------------


def test_every_verb_becomes_a_step_with_ids_of_both_sides() -> None:
    text = """\
  - merge: [travel, machines]
    into: access
    author: tora
    date: 2022-03-01
    reason: Nobody told them apart.
  - {split: place, into: [near, far], reason: They differ., date: "2022-03"}
  - {add: near, reason: New., date: 2022}
  - {retire: [x, z], reason: Unused.}
  - {rename: access, reason: Clearer.}
  - {redefine: [near, far], reason: Wider.}
  - {move: access, reason: Fits there.}
  - {reorder: far, reason: Read first.}
  - {thing: category, merge: [there], into: coming, reason: One.}
"""
    near, far, access = code("near"), code("far"), code("access")
    assert steps(text) == (
        Step(
            "merge",
            "code",
            (code("travel"), code("machines")),
            (access,),
            "tora",
            "2022-03-01",
            "Nobody told them apart.",
        ),
        Step("split", "code", (code("place"),), (near, far), "", "2022-03", "They differ."),
        Step("add", "code", (), (near,), "", "2022", "New."),
        Step("retire", "code", (code("x"), code("z")), (), "", "", "Unused."),
        Step("rename", "code", (access,), (access,), reason="Clearer."),
        Step("redefine", "code", (near, far), (near, far), reason="Wider."),
        Step("move", "code", (access,), (access,), reason="Fits there."),
        Step("reorder", "code", (far,), (far,), reason="Read first."),
        Step(
            "merge",
            "category",
            (stable_id("waiting", "category", "there"),),
            (stable_id("waiting", "category", "coming"),),
            reason="One.",
        ),
    )


def test_ids_of_a_parent_in_another_framework_are_those_of_that_framework() -> None:
    text = HEAD.replace("parent: waiting@1", "parent: queue@7")
    (step,) = framework_yaml.loads(text + "  - {merge: [a, b], into: far, reason: So.}").steps
    assert (step.before, step.after) == ((code("a", "queue"), code("b", "queue")), (code("far"),))


def test_a_step_without_a_reason_is_read_and_written_as_one() -> None:
    version = framework_yaml.loads(HEAD + "  - {add: near}")
    (step,) = version.steps
    assert (step.kind, step.reason) == ("add", "")
    text = framework_yaml.dumps(version)
    assert "reason" not in text
    assert framework_yaml.loads(text) == version


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- {add: near, reason: ' '}", "line 12, steps 1 › reason: “ ” does not fit: this must …"),
        ("- {add: near, reason: X, to: a}", "line 12, steps 1 › to: “to” is not a field here; …"),
        (
            "- {add: near, retire: x, reason: X}",
            "line 12, steps 1: a step is one of add, rename, redefine, merge, split, move, "
            "retire, reorder; this has add and retire.",
        ),
        (
            "- {reason: X}",
            "line 12, steps 1: a step is one of add, rename, redefine, merge, split, move, "
            "retire, reorder; this has none of them.",
        ),
        (
            "- {add: nearr, reason: X}",
            "line 12, steps 1 › add: “nearr” is no code of this version; did you mean “near”?",
        ),
        (
            "- {rename: [near, q], reason: X}",
            "line 12, steps 1 › rename 2: “q” is no code of this version; write its id as it "
            "stands there.",
        ),
        (
            "- {rename: coming, reason: X}",
            "line 12, steps 1 › rename: “coming” is a category of this version; add "
            "“thing: category”.",
        ),
        (
            "- {rename: near, thing: category, reason: X}",
            "line 12, steps 1 › rename: “near” is a code of this version; delete "
            "“thing: category”.",
        ),
        (
            "- {merge: [a, b], reason: X}",
            "line 12, steps 1: a merge needs “into”: what it leads to.",
        ),
        (
            "- {merge: [a, b], into: [near, far], reason: X}",
            "line 12, steps 1 › into: a merge leads into one.",
        ),
        (
            "- {split: a, into: near, reason: X}",
            "line 12, steps 1 › into: a split leads into two or more.",
        ),
        ("- {split: [a, b], into: [near, far], reason: X}", "line 12, steps 1 › split: this must…"),
        (
            "- {retire: a, into: near, reason: X}",
            "line 12, steps 1 › into: only a merge and a split lead into something; a retire "
            "does not.",
        ),
        ("- {retire: [a, a], reason: X}", "line 12, steps 1 › retire: the same value stands twi…"),
        ("- {retire: [], reason: X}", "line 12, steps 1 › retire: this list must not be empty."),
        ("- {retire: , reason: X}", "line 12, steps 1 › retire: this must not be empty; give an…"),
        (
            "- {retire: 1, reason: X}",
            'line 12, steps 1 › retire: YAML does not read 1 as text; put it in quotes: "1".',
        ),
        ("- {retire: [1], reason: X}", "line 12, steps 1 › retire 1: YAML does not read 1 as te…"),
        ("- {retire: a b, reason: X}", "line 12, steps 1 › retire: “a b” does not fit: this mus…"),
        (
            "- {retire: a, reason: X, date: 2022-3-1}",
            "line 12, steps 1 › date: a date is a day like 2022-03-01, a month or a year; "
            "“2022-3-1” is none.",
        ),
        ("- {retire: a, reason: X, date: 2022-13}", "…“2022-13” is none."),
        ("- {retire: a, reason: X, date: 2022-02-03 10:00:00}", "…“2022-02-03 10:00:00” is none."),
        ("- {retire: a, reason: X, date: [2022]}", "…this is none."),
        ("- {retire: a, reason: X, thing: theme}", "…“theme” is not one of code, category."),
        ("- [a]", "line 12, steps 1: this must be fields (name: value)."),
    ],
)
def test_a_step_that_cannot_be_is_refused_with_its_place(text: str, problem: str) -> None:
    said = refusal(HEAD + text)
    assert problem.strip("…") in said
    assert problem.startswith("…") or said.startswith(problem.rstrip("…"))


def test_steps_without_a_parent_are_refused() -> None:
    text = HEAD.replace("parent: waiting@1\n", "") + "  - {add: near, reason: New.}"
    assert refusal(text) == (
        "line 10, steps: steps lead from a parent; name it (“parent: name@version”) or delete them."
    )


# --- writing ---------------------------------------------------------------------

PARENT = framework_yaml.loads("""\
framework: waiting
version: "1"
codes: [{name: Travel}, {name: Machines}, {name: Place}, {name: Near}]
""")
CHILD = framework_yaml.loads("""\
framework: waiting
version: "2"
parent: waiting@1
codes: [{name: Access}, {name: Here}, {name: There}, {name: Near}]
steps:
  - {merge: [travel, machines], into: access, author: tora, date: 2022-03-01, reason: One.}
  - {split: place, into: [here, there], reason: "They differ: clearly."}
  - {reorder: [near], reason: Read last.}
""")


def test_steps_are_written_before_the_codes_and_name_the_parents_codes_as_it_does() -> None:
    assert (
        framework_yaml.dumps(CHILD, PARENT).partition("codes:")[0]
        == """\
framework: waiting
version: '2'
parent: waiting@1
objective: ''
description: ''
synthetic: ''
state: draft
steps:
- merge:
  - travel
  - machines
  into: access
  author: tora
  date: '2022-03-01'
  reason: One.
- split: place
  into:
  - here
  - there
  reason: 'They differ: clearly.'
- reorder: near
  reason: Read last.
"""
    )


def test_what_is_written_without_the_parent_is_read_back_the_same() -> None:
    text = framework_yaml.dumps(CHILD)
    assert f"- {code('travel')}\n" in text
    assert framework_yaml.loads(text) == CHILD
    assert framework_yaml.loads(framework_yaml.dumps(CHILD, PARENT)) == CHILD
    assert framework_yaml.dumps(CHILD, replace(PARENT, framework="queue")) == text


def test_a_code_that_came_from_another_framework_with_its_id_is_written_by_that() -> None:
    kept = Step("merge", "code", (code("near"), code("far")), (code("near"),), reason="One.")
    version = replace(CHILD, parent="queue@7", steps=(kept,))
    text = framework_yaml.dumps(version)
    assert f"- {code('near')}\n  - {code('far')}\n  into: near\n" in text
    assert framework_yaml.loads(text) == version


def test_a_renamed_code_is_written_with_the_id_it_had_in_the_parent() -> None:
    codes = [replace(c, name="Soon") if c.name == "Near" else c for c in CHILD.codes]
    renamed = replace(CHILD, codes=tuple(codes))
    text = framework_yaml.dumps(renamed, PARENT)
    assert "- id: near\n  number: '4'\n  name: Soon\n" in text
    assert framework_yaml.loads(text) == renamed
    assert f"- id: {code('near')}\n" in framework_yaml.dumps(renamed)


def test_a_step_that_no_file_can_hold_is_not_written() -> None:
    odd = Step("rename", "code", (code("near"),), (code("access"),), reason="X")
    with pytest.raises(BadValue, match="written and read again"):
        framework_yaml.dumps(replace(CHILD, steps=(odd,)))
    with pytest.raises(InvalidFramework, match="this must be a reason"):
        framework_yaml.dumps(replace(CHILD, steps=(replace(CHILD.steps[0], reason=" "),)))


# --- the hash --------------------------------------------------------------------


def hash_before_there_were_steps(version: FrameworkVersion) -> str:
    """Return the SHA-256 of the fields that versions had before steps, written out."""
    categories = ("category_id", "number", "name", "definition", "parent_id")
    codes = (
        *("code_id", "number", "name", "definition", "use_when", "not_when", "example"),
        *("origin", "colour", "category_id", "parent_id"),
    )
    own = ("framework", "version", "parent", "objective", "description", "synthetic")
    content = {
        **{field: getattr(version, field) for field in own},
        "categories": [{f: getattr(c, f) for f in categories} for c in version.categories],
        "codes": [{f: getattr(c, f) for f in codes} for c in version.codes],
    }
    said = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


@pytest.mark.parametrize("path", SHIPPED, ids=[f"{p.parent.name}@{p.stem}" for p in SHIPPED])
def test_a_shipped_version_without_steps_has_the_hash_it_always_had(path: Path) -> None:
    version = framework_yaml.read(path)
    kept = version.content_hash() == hash_before_there_were_steps(version)
    assert kept == (not version.steps)


def test_steps_are_covered_by_the_hash() -> None:
    without = replace(CHILD, steps=())
    assert without.content_hash() == hash_before_there_were_steps(CHILD)
    retold = replace(CHILD.steps[0], reason="Two.")
    told = {CHILD, without, replace(CHILD, steps=(retold, *CHILD.steps[1:]))}
    assert len({version.content_hash() for version in told}) == 3

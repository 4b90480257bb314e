"""The plan of a merge over rows alone: three ways in, one out, or a question."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.project.merging import plan
from workbench.project.merging.order import merged_order
from workbench.project.merging.planned import Plan, State
from workbench.project.merging.three_way import WITHDRAWN, Clash, Met, meet

Row = dict[str, Any]


def memo(row_id: str = "m", text: str = "then", **more: Any) -> Row:
    blank = {"kind": "analytic", "title": "", "person_id": "p", "anchor": "project"}
    place = {"anchor_id": None, "start": None, "stop": None, "withdrawn": False}
    return {"id": row_id, **blank, **place, "text": text, **more}


def case(row_id: str, position: int, label: str = "", **more: Any) -> Row:
    return {"id": row_id, "label": label or row_id, "position": position, "withdrawn": False} | more


# --- one row -----------------------------------------------------------------------------

THEN, NOW, OTHER = memo(), memo(text="now"), memo(text="other")
GONE = memo(withdrawn=True)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "met"),
    [
        (THEN, THEN, NOW, Met(NOW)),
        (THEN, NOW, THEN, Met(NOW)),
        (THEN, NOW, NOW, Met(NOW)),
        (THEN, NOW, OTHER, Met(NOW, (Clash(("text",)),))),
        (THEN, memo(title="T"), NOW, Met(memo(text="now", title="T"))),
        (THEN, GONE, THEN, Met(GONE)),
        (THEN, THEN, GONE, Met(GONE)),
        (THEN, GONE, NOW, Met(GONE, (WITHDRAWN,))),
        (THEN, NOW, GONE, Met(NOW, (WITHDRAWN,))),
        (None, None, NOW, Met(NOW)),
        (None, NOW, None, Met(NOW)),
        (None, NOW, NOW, Met(NOW)),
        (None, memo(text=""), NOW, Met(NOW)),
        (None, NOW, memo(text=""), Met(NOW)),
        (None, NOW, OTHER, Met(NOW, (Clash(("text",)),))),
        (None, GONE, NOW, Met(NOW)),
        (GONE, GONE, NOW, Met(NOW)),
    ],
)
def test_a_row_is_as_the_side_that_changed_it_has_it(base, mine, theirs, met):
    assert meet("memo", base, mine, theirs) == met


def test_columns_that_go_together_come_from_one_side():
    then = memo(anchor="coding", anchor_id="c", start=1, stop=5)
    mine, theirs = {**then, "start": 2}, {**then, "stop": 6, "text": "now"}
    found = meet("memo", then, mine, theirs)
    assert found == Met({**mine, "text": "now"}, (Clash(("anchor", "anchor_id", "start", "stop")),))


# --- the order of a list -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "order"),
    [
        ("abc", "abc", "cab", "cab"),
        ("abc", "bac", "abc", "bac"),
        ("abc", "bac", "bac", "bac"),
        ("abc", "acbx", "abc", "acbx"),
        ("abc", "xabc", "abyc", "xabyc"),
        ("abc", "aqbc", "apbc", "apqbc"),
        ("abc", "cab", "abxc", "cabx"),
        ("", "q", "p", "pq"),
        ("abc", "bac", "acb", None),
    ],
)
def test_an_order_is_that_of_the_side_that_changed_it(base, mine, theirs, order):
    found = merged_order(base, mine, theirs)
    assert (found and "".join(found)) == order
    found = merged_order(base, theirs, mine)
    assert (found and "".join(found)) == order


# --- rows of whole projects --------------------------------------------------------------


@st.composite
def parted(draw: st.DrawFn) -> tuple[State, State, State]:
    """Return three states: memos and cases, and what two sides made of them."""
    memos = {i: memo(i) for i in draw(st.sets(st.sampled_from("abcde")))}
    cases = {i: case(i, n) for n, i in enumerate(draw(st.permutations("uvw")), 1)}
    base = {"memo": memos, "case": cases}
    return base, draw(side(base, "m")), draw(side(base, "t"))


@st.composite
def side(draw: st.DrawFn, base: State, name: str) -> State:
    state = copy.deepcopy(base)
    for row in state["memo"].values():
        row["text"] = draw(st.sampled_from(["then", "now", name]))
        row["title"] = draw(st.sampled_from(["", "T"]))
        row["withdrawn"] = draw(st.booleans())
    for n in range(draw(st.integers(0, 2))):
        state["memo"][f"{name}{n}"] = memo(f"{name}{n}", name)
        state["case"][f"{name}{n}"] = case(f"{name}{n}", 9)
    order = draw(st.permutations(list(state["case"]))) if draw(st.booleans()) else state["case"]
    for n, row_id in enumerate(order, 1):
        state["case"][row_id]["position"] = n
    return state


def made(base: State, mine: State, theirs: State, answer: str | None = None) -> Plan:
    return plan.make(base, mine, copy.deepcopy(theirs), lambda _: answer)


def after(mine: State, done: Plan) -> State:
    state = copy.deepcopy(mine)
    for table, rows in done.inserts.items():
        state.setdefault(table, {}).update(rows)
    for table, changed in done.updates.items():
        for row_id, values in changed.items():
            state[table][row_id] |= values
    return state


def live(state: State) -> State:
    """Return the rows that live, cases in order instead of at their places."""
    found = {t: {i: r for i, r in rows.items() if not r["withdrawn"]} for t, rows in state.items()}
    order = sorted(found["case"], key=lambda i: (found["case"][i]["position"], i))
    return {**found, "case": {i: {**found["case"][i], "position": 0} for i in order}}


def in_order(state: State) -> list[str]:
    return list(live(state)["case"])


@given(parted())
def test_what_one_side_alone_changed_is_so_and_what_both_changed_alike_too(states):
    base, mine, theirs = states
    found = after(mine, made(base, mine, theirs))["memo"]
    for row_id in mine["memo"].keys() | theirs["memo"].keys():
        then, here, there = (s["memo"].get(row_id) for s in states)
        if here in (then, None) or here == there:
            assert found[row_id] == there
        elif there in (then, None):
            assert found[row_id] == here


@given(parted())
def test_what_both_changed_in_two_ways_is_asked_and_the_answer_is_what_comes_out(states):
    base, mine, theirs = states
    asked = {(q.row_id, q.columns) for q in made(base, mine, theirs).unanswered}
    for row_id, then in base["memo"].items():
        here, there = mine["memo"][row_id], theirs["memo"][row_id]
        apart = here["text"] != there["text"] and then["text"] not in (here["text"], there["text"])
        changed = [{r["text"], r["title"]} != {"then", ""} for r in (here, there)]
        both_live = not (here["withdrawn"] or there["withdrawn"])
        assert ((row_id, ("text",)) in asked) == (apart and both_live)
        went = (here["withdrawn"] and not there["withdrawn"] and changed[1]) or (
            there["withdrawn"] and not here["withdrawn"] and changed[0]
        )
        assert ((row_id, ("withdrawn",)) in asked) == went
        for answer, said in (("mine", here), ("theirs", there)):
            if went or (apart and both_live):
                found = after(mine, made(base, mine, theirs, answer))["memo"][row_id]
                assert (found["text"], found["withdrawn"]) == (said["text"], said["withdrawn"])


@given(parted(), st.sampled_from(["mine", "theirs"]))
def test_merging_twice_changes_nothing_the_second_time(states, answer):
    base, mine, theirs = states
    once = after(mine, made(base, mine, theirs, answer))
    again = made(theirs, once, theirs)
    assert not any(again.inserts.values())
    assert not any(again.updates.values())
    assert again.questions == []


@given(parted())
def test_both_ways_of_merging_end_in_the_same_where_nothing_is_asked(states):
    base, mine, theirs = states
    one, other = made(base, mine, theirs), made(base, theirs, mine)
    assert {q.key for q in one.questions} == {q.key for q in other.questions}
    if not one.questions:
        here, there = after(mine, one), after(theirs, other)
        assert live(here) == live(there)
        assert in_order(here) == in_order(there)


@given(parted())
def test_the_other_side_is_taken_whole_where_nothing_was_done_here(states):
    base, _, theirs = states
    found = after(base, made(base, copy.deepcopy(base), theirs))
    assert live(found) == live(theirs)
    assert in_order(found) == in_order(theirs)


# --- what is the same thing ----------------------------------------------------------------


def test_settings_of_one_key_are_one_and_their_other_value_is_asked():
    mine = {"setting": {"m": {"id": "m", "key": "title", "value": "A", "withdrawn": False}}}
    theirs = {"setting": {"t": {"id": "t", "key": "title", "value": "B", "withdrawn": False}}}
    found = made({}, mine, theirs)
    assert [q.key for q in found.unanswered] == ["changed:setting:m:value"]
    assert found.same_things == {"setting": {"t": "m"}}
    assert made({}, mine, theirs, "theirs").updates == {"setting": {"m": {"value": "B"}}}


def kari(answer: str | None) -> Plan:
    """Merge two copies that each made a case Kari, theirs with a memo on it."""
    mine = {"case": {"m": case("m", 1, "Kari")}}
    note = memo("n", anchor="case", anchor_id="t")
    return made({}, mine, {"case": {"t": case("t", 1, "Kari")}, "memo": {"n": note}}, answer)


def test_new_cases_of_one_name_are_asked_about():
    assert [q.key for q in kari(None).unanswered] == ["name:case:t:label"]
    one, two = kari("one"), kari("two")
    assert (one.inserts["memo"]["n"]["anchor_id"], dict(one.inserts["case"])) == ("m", {})
    assert two.inserts["memo"]["n"]["anchor_id"] == "t"
    assert two.inserts["case"] == {"t": case("t", 2, "Kari (2)")}
    assert two.renamed == [("case", "Kari", "Kari (2)")]


def span(row_id: str, start: int, stop: int) -> Row:
    of = {"case_id": "c", "transcript_version_id": "v", "withdrawn": False}
    return {"id": row_id, "start": start, "stop": stop, **of}


def test_words_that_a_case_was_given_twice_are_given_once():
    mine = {"case_span": {"m": span("m", 4, 8)}}
    found = made({}, mine, {"case_span": {"t": span("t", 0, 12), "u": span("u", 5, 7)}})
    assert found.inserts["case_span"] == {"t": span("t", 0, 4), "t+1": span("t+1", 8, 12)}


def test_what_rests_on_a_withdrawn_row_is_asked_about_and_goes_with_it():
    ladder = {"id": "l", "name": "L", "framework_version_id": None}
    base = {"ladder": {"l": {**ladder, "withdrawn": False}}}
    gone = {"ladder": {"l": {**ladder, "withdrawn": True}}}
    node = {"id": "n", "ladder_id": "l", "level": 2, "label": "N", "note": "", "position": 1}
    used = {**base, "node": {"n": {**node, "person_id": "p", "withdrawn": False}}}
    assert [q.key for q in made(base, gone, used).unanswered] == ["withdrawn:ladder:l:withdrawn"]
    assert dict(made(base, gone, used, "mine").inserts["node"]) == {}
    kept = made(base, gone, used, "theirs")
    assert kept.updates["ladder"] == {"l": {"withdrawn": False}}
    assert list(kept.inserts["node"]) == ["n"]
    went = made(base, used, gone, "theirs")
    assert went.updates["ladder"] == {"l": {"withdrawn": True}}
    assert went.updates["node"] == {"n": {"withdrawn": True}}

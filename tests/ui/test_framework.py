"""The page of frameworks."""

from dataclasses import replace

from parts_given import parts

import workbench
from workbench import edits, views


def button(at, label):
    return next(b for b in at.button if b.label == label)


def codes(study, version):
    with workbench.open(study) as project:
        return list(views.codes(project, version)["code"])


def test_a_framework_is_begun_with_its_first_category_and_code(page, empty):
    at = page("framework", empty)
    assert any("No framework yet" in m.value for m in at.markdown)
    at.text_input(key="begin name").input("harbour")
    at.text_input(key="begin version").input("1")
    button(at, "Begin").click()
    at.run()
    assert not at.exception
    next(t for t in at.text_input if t.label == "Name of a new category").input("Places")
    button(at, "Add category").click().run()
    next(t for t in at.text_input if t.label == "Name of a new code").input("Near *the* water")
    button(at, "Add code").click().run()
    assert not at.exception
    assert codes(empty, "harbour@1") == ["Near *the* water"]
    rows = parts(at)["tree"]["rows"]
    assert [(r["thing"], r["number"], r["name"]) for r in rows] == [
        ("category", "1", "Places"),
        ("code", "1.1", "Near *the* water"),
    ]


def test_a_code_of_a_draft_is_changed_and_a_change_by_somebody_else_is_not_overwritten(page, study):
    with workbench.open(study) as project:
        before = views.codes(project, "open-library@1").iloc[0]
    at = page("framework", study, framework="open-library@1", code=before["code_id"])
    key = f"entry {before['code_id']}:definition"
    assert at.text_area(key=key).value == before["definition"]
    at.text_area(key=key).input("Mine.")
    with workbench.open(study, who="mateusz") as project:
        edits.change_code(project, "open-library@1", before["code_id"], definition="Theirs.")
    button(at, "Save").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert views.codes(project, "open-library@1").iloc[0]["definition"] == "Theirs."
    assert at.text_area(key=key).value == "Mine."
    assert any("Theirs." in t.value for t in at.text)
    button(at, "Keep what I typed").click().run()
    button(at, "Save").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert views.codes(project, "open-library@1").iloc[0]["definition"] == "Mine."


def test_what_is_changed_and_added_in_a_draft_that_was_made_from_another_says_why(page, study):
    with workbench.open(study, who="tora") as project:
        edits.begin_draft(project, "open-library@1", "2")
        code = views.codes(project, "open-library@2").iloc[0]["code_id"]
    at = page("framework", study, framework="open-library@2", code=code)
    at.text_input(key=f"entry {code}:name").input("Nearer")
    field = next(t for t in at.text_input if str(t.key).startswith(f"entry {code}:why"))
    field.input("Four said so.")
    button(at, "Save").click().run()
    assert field.key not in {t.key for t in at.text_input}  # the browser would keep its words
    next(t for t in at.text_input if t.label == "Name of a new code").input("Rain")
    at.text_input(key="new code why").input("It rained.")
    button(at, "Add code").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        steps = views.framework(project, "open-library@2").steps
    assert [(step.kind, step.reason) for step in steps] == [
        ("rename", "Four said so."),
        ("add", "It rained."),
    ]


def test_a_long_name_keeps_its_version_and_two_that_look_alike_are_whole(page, empty):
    begun = ("a-study-of-roads-and-bridges", "roads")
    with workbench.open(empty) as project:
        for name in begun:
            edits.begin_framework(project, name, "1.2")
    assert shown_versions(page, empty) == ["a-study-of-roads…@1.2", "roads@1.2"]
    with workbench.open(empty) as project:
        edits.begin_framework(project, "a-study-of-roads-and-rails", "1.2")
    assert shown_versions(page, empty) == [
        f"{n}@1.2" for n in (*begun, "a-study-of-roads-and-rails")
    ]


def shown_versions(page, project):
    at = page("framework", project)
    return next(s for s in at.selectbox if s.label == "Framework").options


def test_a_released_version_can_be_read_and_not_changed(page, study):
    with workbench.open(study) as project:
        edits.release(project, "open-library@1")
        first = views.codes(project, "open-library@1").iloc[0]
    at = page("framework", study, code=first["code_id"])
    assert not parts(at)["tree"]["may"]
    assert any(first["definition"] in t.value for t in at.text)
    assert not [b for b in at.button if b.label in ("Save", "Add code", "Merge", "Split")]


def test_codings_are_carried_to_another_version_and_what_is_asked_is_answered(page, study):
    with workbench.open(study) as project:
        coded = views.frequencies(project).sort_values("codings").iloc[-1]
        edits.begin_draft(project, "open-library@1", "2")
        edits.split_code(project, "open-library@2", coded["code"], ["*One*", "Other"])
        runs = views.runs(project)
    at = page("framework", study, framework="open-library@2")
    next(b for b in at.button if b.label.startswith("Carry to")).click().run()
    assert not at.exception
    with workbench.open(study) as project:
        carried = views.runs(project).iloc[len(runs) :]
        run = carried["run"].iloc[0]
        asked = views.questions(project, run)
    assert len(asked) > 1
    waits = f"{len(asked)} codings wait for an answer: Framework › Codings"
    assert waits in [c.value for c in page("charting", study, framework="open-library@2").caption]
    at.selectbox(key=f"asked words {run}").select(asked["coding_id"].iloc[0])
    at.text_input(key=f"answer reason {run}").input("It is.")
    button(at, "Answer").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert len(views.questions(project, run)) == len(asked) - 1
        codings = views.codings(project, "open-library@2")
        assert list(codings["code"]).count("*One*") == 1
    at.selectbox(key=f"answer code {run}").select("")
    button(at, "Answer").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert views.questions(project, run).empty
    captions = [c.value for c in page("charting", study, framework="open-library@2").caption]
    assert not [c for c in captions if "wait" in c]


def test_steps_that_nobody_told_are_shown_and_adopted(page, study):
    with workbench.open(study) as project:
        first = views.framework(project, "open-library@1")
        one, *others = first.codes
        codes = (replace(one, code_id="other", name="*Another* name"), *others[1:])
        edits.add_framework(project, replace(first, version="9", codes=codes))
        label = f"{one.number} {one.name}"
        retired = f"{others[0].number} {others[0].name}"
    at = page("framework", study, framework="open-library@9")
    at.selectbox(key="compare with").select("open-library@1").run()
    assert not at.exception
    box = at.checkbox(key=f"same {one.code_id} other")
    assert label.split()[1] in box.label
    assert "\\*Another\\*" in box.label
    assert box.value
    assert any(c.value.startswith("Retired") and others[0].name in c.value for c in at.caption)
    at.text_input(key="adopt reason open-library@1 open-library@9").input("The same.")
    button(at, "Adopt these steps").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        told = views.framework_steps(project, "open-library@9")
        assert (
            views.framework_diff(project, "open-library@1", "open-library@9").attrs["by"] == "steps"
        )
    assert told.attrs["parent"] == "open-library@1"
    assert (retired,) in list(told.loc[told["kind"] == "retire", "before"])
    assert set(told["reason"]) == {"The same."}
    became = told.loc[told["kind"] == "merge", ["before", "after"]].to_numpy().tolist()
    assert became == [[(label,), (f"{one.number} *Another* name",)]]
    assert not [b for b in at.button if b.label == "Adopt these steps"]


def test_only_questions_with_some_words_or_of_some_cases_are_answered(page, study):
    with workbench.open(study) as project:
        coded = views.frequencies(project).sort_values("codings").iloc[-1]
        edits.begin_draft(project, "open-library@1", "2")
        edits.split_code(project, "open-library@2", coded["code"], ["One", "Other"])
        edits.migrate(project, "open-library@1", "open-library@2", name="there")
        asked = views.questions(project, "there")
        edits.set_attribute(project, asked["cases"].iloc[0][0], "shift", "*night*")
    word = asked["quote"].iloc[0].split()[0].strip(",.")
    fits = asked["quote"].str.casefold().str.contains(word.casefold(), regex=False)
    of_case = asked["cases"].map(lambda cases: asked["cases"].iloc[0][0] in cases)
    both = asked.loc[fits & of_case]
    assert 0 < len(both) < len(asked)
    at = page("framework", study, framework="open-library@2")
    at.text_input(key="asked with there").input(word).run()
    at.selectbox(key="asked by there").select("shift").run()
    assert f"{len(both)} of {len(asked)} codings" in [c.value for c in at.caption]
    button(at, "Answer").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        left = set(views.questions(project, "there")["coding_id"])
    assert left == set(asked["coding_id"]) - set(both["coding_id"])
    at.text_input(key="asked with there").input("what nobody says").run()
    assert f"0 of {len(left)} codings" in [c.value for c in at.caption]
    assert not [b for b in at.button if b.label == "Answer"]


def test_a_coding_of_a_code_that_is_defined_otherwise_is_confirmed(page, study):
    with workbench.open(study) as project:
        coded = views.frequencies(project).sort_values("codings").iloc[-1]
        edits.begin_draft(project, "open-library@1", "2")
        edits.change_code(project, "open-library@2", coded["code"], definition="<b>Other</b>.")
        edits.migrate(project, "open-library@1", "open-library@2")
        before = list(views.look_again(project, "open-library@2")["coding_id"])
    assert len(before) > 1
    at = page("framework", study, framework="open-library@2")
    at.selectbox(key="look again at").select(before[1])
    button(at, "It still holds").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        after = list(views.look_again(project, "open-library@2")["coding_id"])
    assert after == [before[0], *before[2:]]

"""What of another tool's project nothing here is like, gathered from what came in and kept."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from workbench.formats.refi import kept_xml
from workbench.formats.refi.project import RefiChange, RefiLink, RefiProject, RefiSelection
from workbench.model.framework import stable_id
from workbench.model.report import counted
from workbench.model.transcript import sha256
from workbench.project.edits.refi_came import Came
from workbench.project.edits.refi_memos import place_in
from workbench.project.edits.refi_parts import AT, CaseRefs, Keeping, Words
from workbench.store import records


def keep(came: Came, file: str) -> None:
    """Keep it for a later export, and note what; `file` is the SHA-256 of the project's file."""
    held, texts, memos = came.held, _texts(came), _memos(came)
    as_xml = [*(part.xml for part in held.parts), *(d.areas for d in held.documents)]
    for user in sorted({user for xml in filter(None, as_xml) for user in kept_xml.users(xml)}):
        came.person(user)
    for source in held.sources:
        if source.guid in texts and not came.texts[source.guid].was_here:
            came.new.add(texts[source.guid].id)
            if source.created:
                came.made[texts[source.guid].id] = source.created
    selections = list(_selections(came, memos))
    ids = {**_ids(came), **{own: text.id for own, text in texts.items()}}
    changes = list(_changes(came, ids))
    keeping = Keeping(
        held=replace(held, links=tuple(_links(came))),
        file=file,
        ids={**ids, **came.people},
        words={**texts, **memos},
        unknown=lambda: came.person(""),
        dates=came.made,
        selections=selections,
        changes=changes,
        descriptions=came.descriptions,
        cases=_cases(came, ids),
        values=_values(came),
        folders=_folders(came),
        people={u.guid: u.name for u in held.users if u.guid not in came.people},
    )
    kept = keeping.keep(came.act)
    if kept:
        listed = ", ".join(counted(number, noun) for noun, number in kept.items())
        came.report.notes.append(f"Kept in the project for a later export to REFI-QDA: {listed}.")


def bare(held: RefiProject) -> list[RefiSelection]:
    """Return the selections of texts that have no code, no comment and no note."""
    about = {guid for n in held.notes for kind, guid in n.anchors if kind == "selection"}
    about |= {s for case in held.cases for s in case.selections}
    without = (s for s in held.selections if not (s.codings or s.description))
    return [s for s in without if s.guid not in about]


def _texts(came: Came) -> dict[str, Words]:
    """Return the identifier of each text → the transcript that it is."""
    versions = [text.version_id for text in came.texts.values()]
    columns = ("id", "transcript_id", "sha256")
    rows = records.by_ids(came.act.connection, "transcript_version", versions, *columns)
    of_version = {row["id"]: Words(str(row["transcript_id"]), row["sha256"]) for row in rows}
    return {own: of_version[text.version_id] for own, text in came.texts.items()}


def _memos(came: Came) -> dict[str, Words]:
    """Return the identifier of each note of which something is kept → the memo that it is."""
    kept = [*(d.of for d in came.held.documents), *(s.source for s in came.held.in_notes)]
    memos = {came.memos[of] for of in kept if of in came.memos}
    rows = records.by_ids(came.act.connection, "memo", sorted(memos), "id", "text")
    words = {str(row["id"]): Words(str(row["id"]), sha256(row["text"])) for row in rows}
    return {own: words[memo] for own, memo in came.memos.items() if memo in words}


def _selections(came: Came, memos: Mapping[str, Words]) -> Iterator[RefiSelection]:
    """Yield the selections that nothing here is like, at their places here, by people here."""
    in_texts = [one for one in bare(came.held) if one.source in came.texts]
    for one in (*in_texts, *_in_memos(came, memos)):
        made = one.author or one.codings
        codings = tuple(replace(coding, coder=came.person(coding.coder)) for coding in one.codings)
        yield replace(one, author=came.person(one.author) if made else "", codings=codings)


def _in_memos(came: Came, memos: Mapping[str, Words]) -> Iterator[RefiSelection]:
    """Yield the selections of notes at their places in the memos, each of one coder."""
    before = {
        note.guid: len(note.words) - len(note.text.lstrip())
        for note in came.held.notes
        if note.guid in memos and sha256(note.words) == memos[note.guid].sha256
    }
    for one in came.held.in_notes:
        if one.source in before:
            shift = before[one.source]
            yield from _by_coder(replace(one, start=one.start + shift, stop=one.stop + shift))


def _by_coder(one: RefiSelection) -> Iterator[RefiSelection]:
    """Yield a selection once for each of its coders; without a coding as it is."""
    coders = list(dict.fromkeys(coding.coder or one.author for coding in one.codings))
    for number, coder in enumerate(coders or [one.author]):
        own = stable_id("refi-qda", "selection", f"{one.guid} {coder}") if number else one.guid
        given = (c for c in one.codings if (c.coder or one.author) == coder)
        codings = tuple(replace(coding, coder=coder) for coding in given)
        said = "" if number else one.description
        yield replace(one, guid=own, author=coder, codings=codings, description=said)


def _changes(came: Came, ids: Mapping[str, str]) -> Iterator[RefiChange]:
    """Yield who changed last what came in new, with the people and things here."""
    for change in came.held.changes:
        of = ids.get(change.of, "")
        if of.removeprefix(AT) in came.new:
            user = came.person(change.user) if change.user else ""
            yield RefiChange(of, user, change.moment)


def _links(came: Came) -> Iterator[RefiLink]:
    """Yield the links; of a note that became several memos it is the one at the other end."""
    notes = {note.guid for note in came.held.notes}
    for link in came.held.links:
        ends = [link.origin, link.target]
        if link.about is not None:
            place = place_in(came, *link.about)
            ends = [came.memos_at.get((e, place), e) if e in notes else e for e in ends]
        yield replace(link, origin=ends[0], target=ends[1])


def _cases(came: Came, ids: Mapping[str, str]) -> dict[str, CaseRefs]:
    """Return what cases refer to that nothing here is like, by the ids of cases."""
    found = {
        came.cases[case.guid]: CaseRefs(
            case.other_sources, case.other_selections, tuple(ids.get(c, c) for c in case.codes)
        )
        for case in came.held.cases
    }
    return {case: refs for case, refs in found.items() if refs}


def _values(came: Came) -> dict[str, dict[str, str]]:
    """Return the values that notes have, by the ids of memos and attributes."""
    return {
        came.memos[note.guid]: {came.attributes[own]: value for own, value in note.values.items()}
        for note in came.held.notes
        if note.values and note.guid in came.memos
    }


def _folders(came: Came) -> dict[str, list[str]]:
    """Return the categories that notes are about, by the ids of memos."""
    found: dict[str, list[str]] = {}
    for note in came.held.notes:
        about = [came.codes.get(of, "") for kind, of in note.anchors if kind == "code"]
        folders = [of for of in about if of and of not in came.code_ids]
        if folders and note.guid in came.memos:
            found[came.memos[note.guid]] = folders
    return found


def _ids(came: Came) -> dict[str, str]:
    """Return the identifier of what came in, but texts → the id of what it is here."""
    codings = came.restoring.codings
    selections = {
        selection.guid: codings[coding.guid][0]
        for selection in reversed(came.held.selections)
        for coding in reversed(selection.codings)
        if coding.guid in codings
    }
    return {
        **came.memos,
        **_words_of_memos(came),
        **selections,
        **{own: made for own, (made, _) in codings.items()},
        **came.codes,
        **came.cases,
        **came.attributes,
    }


def _words_of_memos(came: Came) -> dict[str, str]:
    """Return the identifier of each selection that a memo is at → the words of that memo."""
    found = {own: f"{AT}{came.memos[own]}" for own in came.selections if own in came.memos}
    for note in came.held.notes:
        for kind, of in note.anchors:
            memo = came.memos_at.get((note.guid, place_in(came, kind, of)))
            if kind == "selection" and memo:
                found.setdefault(of, f"{AT}{memo}")
    return found

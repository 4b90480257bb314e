"""A project on its way out: what everything in it is called, and what refers to what.

Its elements are made one after the other, most of them while they are written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import starmap

from workbench.formats.refi import kept_xml
from workbench.formats.refi.code_nodes import codes
from workbench.formats.refi.elements import free_name
from workbench.formats.refi.nodes import (
    Identifiers,
    Node,
    beginning,
    container,
    one_line,
    refs,
    said,
)
from workbench.formats.refi.project import (
    AnchorKind,
    PartKind,
    RefiCase,
    RefiDocument,
    RefiLink,
    RefiNote,
    RefiProject,
    RefiSelection,
    RefiSet,
    RefiSource,
    RefiVariable,
)
from workbench.formats.refi.schema import COLOUR
from workbench.formats.refi.values import TYPES, moment, value_node

Progress = Callable[[int, int, str], None]
"""Called with texts done, texts in all, and the name of the one at hand."""

_DIRECTIONS = ("Associative", "OneWay", "Bidirectional")
_SORTS = (
    *("code", "case", "source", "selection", "coding", "note", "set", "variable"),
    *("user", "vertex", "edge", "graph", "link"),
)


class Outgoing:
    """One project on its way out: what everything in it is called, and what refers to what."""

    def __init__(self, held: RefiProject, modified: str, progress: Progress | None) -> None:
        self.held, self.modified, self.progress = held, modified, progress
        self.ids = ids = Identifiers()
        self.users = [(ids.allot("user", u.guid), u) for u in held.users]
        self.codes = [(ids.allot("code", c.guid), c) for c in held.codes]
        self.variables = [(ids.allot("variable", v.guid), v) for v in held.variables]
        self.cases = [(ids.allot("case", c.guid, beside="code"), c) for c in held.cases]
        self.sources = [(ids.allot("source", s.guid), s) for s in held.sources]
        self.selected: dict[str, list[tuple[str, RefiSelection]]] = {}
        self._select("source", held.selections)
        self.notes = [(ids.allot("note", n.guid), n) for n in held.notes]
        self._select("note", held.in_notes)
        for part in held.parts:
            kept_xml.allot(part.xml, ids)
        self.documents = {(d.kind, d.of): d for d in held.documents}
        for document in held.documents:
            if document.areas and ids.held("source", document.of):
                kept_xml.allot(document.areas, ids, sharing="PDFSelection")
        self.changes = {change.of: change for change in held.changes}
        self.sets = [(ids.allot("set", s.guid), s) for s in held.sets]
        self.links = [
            (ids.allot("link", link.guid), link)
            for link in held.links
            if all(map(self._anything, _ends(link)))
        ]
        self.names: dict[str, set[str]] = {}
        self.note_refs: dict[tuple[AnchorKind, str], list[str]] = {}
        for own, note in self.notes:
            for anchor in note.anchors:
                self.note_refs.setdefault(anchor, []).append(own)

    def _select(self, sort: str, selections: Iterable[RefiSelection]) -> None:
        """Let those selections be written whose text or note is in the file."""
        for one in selections:
            if self.ids.held(sort, one.source):
                own = self.ids.allot("selection", one.guid)
                self.selected.setdefault(one.source, []).append((own, one))

    def _distinct(self, sort: str, name: str) -> str:
        """Return the name of something, another than all of its sort have in whatever case."""
        taken = self.names.setdefault(sort, set())
        found = free_name(one_line(name), taken)
        taken.add(found.casefold())
        return found

    def root(self) -> Node:
        """Return the project as an element; most of it is made while it is written."""
        held = self.held
        given = {
            "name": one_line(held.name),
            "origin": one_line(held.origin),
            "creationDateTime": moment(held.created),
            "modifiedDateTime": moment(self.modified),
        }
        return Node("Project", given, self._inside())

    def _inside(self) -> Iterator[Node]:
        users = (
            Node("User", {"guid": own, "name": self._distinct("user", user.name)})
            for own, user in self.users
        )
        yield from container("Users", users)
        if self.codes:
            yield Node("CodeBook", {}, [Node("Codes", {}, codes(self.codes, self.note_refs))])
        yield from container("Variables", starmap(self._variable, self.variables))
        yield from container("Cases", starmap(self._case, self.cases))
        yield from container("Sources", self._sources())
        yield from container("Notes", starmap(self._note, self.notes))
        yield from container("Links", self._links())
        yield from container("Sets", starmap(self._set, self.sets))
        yield from container("Graphs", self._parts("graph"))
        yield from said("Description", self.held.description)
        yield from self._notes_of("project", "")

    def _notes_of(self, about: AnchorKind, own: str) -> Iterator[Node]:
        return refs("NoteRef", self.note_refs.get((about, own), ()))

    def _made(self, own: str, user: str, created: str, changed: str = "") -> dict[str, str]:
        """Return the attributes of something that somebody made, or `changed`, at some time."""
        change = self.changes.get(changed) if changed else None
        return {
            "guid": own,
            "creatingUser": self.ids.held("user", user),
            "creationDateTime": moment(created),
            "modifyingUser": self.ids.held("user", change.user) if change else "",
            "modifiedDateTime": moment(change.moment) if change else "",
        }

    def _variable(self, own: str, one: RefiVariable) -> Node:
        name = self._distinct("variable", one.name)
        given = {"guid": own, "name": name, "typeOfVariable": TYPES[one.kind]}
        return Node("Variable", given, said("Description", one.description))

    def _case(self, own: str, case: RefiCase) -> Node:
        given = {"guid": own, "name": self._distinct("case", case.name)}
        return Node("Case", given, self._in_case(case))

    def _in_case(self, case: RefiCase) -> Iterator[Node]:
        yield from said("Description", case.description)
        yield from refs("CodeRef", self._there("code", case.codes))
        yield from self._values(case.values)
        sources = (*case.sources, *case.other_sources)
        yield from refs("SourceRef", self._there("source", sources))
        selections = (*case.selections, *case.other_selections)
        yield from refs("SelectionRef", self._there("selection", selections))

    def _values(self, values: Mapping[str, str]) -> Iterator[Node]:
        """Yield what attributes a case or note has."""
        for own, variable in self.variables:
            if variable.guid in values:
                value = value_node(variable.kind, values[variable.guid])
                yield Node("VariableValue", {}, [*refs("VariableRef", [own]), *value])

    def _there(self, sort: str, owns: Iterable[str]) -> Iterator[str]:
        """Yield the identifiers of those things that are in the file."""
        return filter(None, dict.fromkeys(self.ids.held(sort, own) for own in owns))

    def _sources(self) -> Iterator[Node]:
        total = len(self.sources)
        for done, (own, source) in enumerate(self.sources):
            if self.progress:
                self.progress(done, total, source.name)
            yield self._pages(own, source) or self._text(own, source)
        yield from self._parts("picture", "recording", "video", "PDF")
        if self.progress:
            self.progress(total, total, "")

    def _pages(self, own: str, source: RefiSource) -> Node | None:
        """Return a text as that of the PDF which it is of; nothing where it is of none."""
        pages = self.documents.get(("pages", source.guid))
        if pages is None:
            return None
        text = self._text(own, source, self.ids.allot("representation", source.guid))
        made = self._made(own, source.creator, source.created, source.guid)
        path = f"internal://{own}.pdf" if pages.content else ""
        inside = [
            *said("Description", source.description),
            *kept_xml.inside(pages.areas, self.ids, self._anything),
            text,
            *self._notes_of("source", source.guid),
        ]
        return Node("PDFSource", {**made, "name": text.attributes["name"], "path": path}, inside)

    def _text(self, own: str, source: RefiSource, of_pages: str = "") -> Node:
        """Return the element of a text, whose words are in a file that is called as the source.

        That of a PDF, identified by `of_pages`, leaves to the PDF what is about the source.
        """
        given = {
            "name": self._distinct("source", source.name),
            "plainTextPath": f"internal://{own}.txt",
            "richTextPath": self._formatted(own, source.guid),
            **self._made(of_pages or own, source.creator, source.created, source.guid),
        }
        if of_pages:
            return Node("Representation", given, self._selections(source.guid))
        return Node("TextSource", given, self._in_source(source))

    def _formatted(self, file: str, of: str) -> str:
        """Return the path of the formatted document of a text or note; nothing without one."""
        document = self.documents.get(("formatted", of))
        return f"internal://{_formatted_as(file, document)}" if document is not None else ""

    def laid_out(self) -> Iterator[tuple[str, bytes]]:
        """Yield the names and bytes of the PDFs and formatted documents that are in the file."""
        for document in self.held.documents:
            of = self.ids.held("source", document.of) or self.ids.held("note", document.of)
            if of and document.content:
                is_pdf = document.kind == "pages"
                yield f"{of}.pdf" if is_pdf else _formatted_as(of, document), document.content

    def _parts(self, *kinds: PartKind) -> Iterator[Node]:
        spoken: dict[str, list[RefiSource]] = {}
        for _, source in self.sources:
            spoken.setdefault(source.recording, []).append(source)
        for part in self.held.parts:
            if part.kind in kinds:
                found = kept_xml.node(part, self.ids, self._anything)
                if part.kind in ("recording", "video"):
                    of_it = [self._transcript(source) for source in spoken.get(part.guid, ())]
                    found = _with_transcripts(found, of_it)
                yield found

    def _transcript(self, source: RefiSource) -> Node:
        """Return what makes a text, which is in the file too, the transcript of a recording.

        ATLAS.ti writes a transcript so, as a text of its own beside its recording.
        """
        own = self.ids.allot("transcript", source.guid)
        path = f"internal://{self.ids.held('source', source.guid)}.txt"
        given = {"guid": own, "name": one_line(source.name), "plainTextPath": path}
        return Node("Transcript", given, starmap(partial(self._mark, source.guid), source.times))

    def _mark(self, source: str, position: int, time: int) -> Node:
        own = self.ids.allot("mark", f"{source} {position} {time}")
        return Node("SyncPoint", {"guid": own, "position": str(position), "timeStamp": str(time)})

    def _in_source(self, source: RefiSource) -> Iterator[Node]:
        yield from said("Description", source.description)
        yield from self._selections(source.guid)
        yield from self._notes_of("source", source.guid)

    def _selections(self, of: str) -> Iterator[Node]:
        """Yield the selections of a text or note."""
        for own, one in self.selected.get(of, ()):
            given = {
                "name": beginning(one.quote),
                "startPosition": str(one.start),
                "endPosition": str(one.stop),
                **self._made(own, one.author, one.created, one.guid),
            }
            yield Node("PlainTextSelection", given, self._in_selection(one))

    def _in_selection(self, one: RefiSelection) -> Iterator[Node]:
        yield from said("Description", one.description)
        for coding in one.codings:
            code = self.ids.held("code", coding.code)
            if code:
                own = self.ids.allot("coding", coding.guid)
                given = self._made(own, coding.coder or one.author, coding.created)
                yield Node("Coding", given, refs("CodeRef", [code]))
        yield from self._notes_of("selection", one.guid)

    def _note(self, own: str, note: RefiNote) -> Node:
        made = self._made(own, note.author, note.created, note.guid)
        rich = self._formatted(own, note.guid)
        given = {"name": one_line(note.name), "richTextPath": rich, **made}
        inside = [
            *said("Description", note.description),
            *said("PlainTextContent", note.text),
            *self._selections(note.guid),
            *self._values(note.values),
        ]
        return Node("Note", given, inside)

    def _links(self) -> Iterator[Node]:
        """Yield what leads to notes from what can name none, cases and notes; then the links."""
        linked = {frozenset(map(self._anything, _ends(link))) for _, link in self.links}
        for (kind, own), notes in self.note_refs.items():
            if kind in ("case", "note") and self.ids.held(kind, own):
                for note in notes:
                    if {self.ids.held(kind, own), note} in linked:
                        continue
                    about = f"{own}\x1f{note}"
                    yield Node(
                        "Link",
                        {
                            "guid": self.ids.allot("link", about),
                            "direction": "OneWay",
                            "originGUID": self.ids.held(kind, own),
                            "targetGUID": note,
                        },
                    )
        for own, link in self.links:
            given = {
                "guid": own,
                "name": one_line(link.name),
                "direction": link.direction if link.direction in _DIRECTIONS else "",
                "color": link.colour if COLOUR.fullmatch(link.colour) else "",
                "originGUID": self._anything(link.origin),
                "targetGUID": self._anything(link.target),
            }
            yield Node("Link", given, refs("NoteRef", self._there("note", link.notes)))

    def _anything(self, own: str) -> str:
        """Return the identifier of whatever is in the file and has that one; else nothing."""
        return next(filter(None, (self.ids.held(sort, own) for sort in _SORTS)), "")

    def _set(self, own: str, one: RefiSet) -> Node:
        given = {"guid": own, "name": one_line(one.name)}
        inside = [
            *said("Description", one.description),
            *refs("MemberCode", self._there("code", one.codes)),
            *refs("MemberSource", self._there("source", one.sources)),
            *refs("MemberNote", self._there("note", one.notes)),
        ]
        return Node("Set", given, inside)


def _ends(link: RefiLink) -> tuple[str, str]:
    return link.origin, link.target


def _with_transcripts(recording: Node, transcripts: Sequence[Node]) -> Node:
    """Return a recording with its transcripts where the standard has them, after what it says."""
    inside = [node for node in recording.inside if isinstance(node, Node)]
    described = sum(node.name == "Description" for node in inside)
    return recording._replace(inside=[*inside[:described], *transcripts, *inside[described:]])


def _formatted_as(of: str, document: RefiDocument) -> str:
    """Return what the formatted document of a text or note is called in the archive."""
    ending = kept_xml.ending(document.filename)
    return f"{of}{ending if ending not in ('', '.txt', '.pdf') else '.rich'}"

"""What reports are made of: the frames of a framework version, and words with citations."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import pandas as pd

from workbench.model import frames
from workbench.model.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Said,
    line,
)
from workbench.project import lists, mapping
from workbench.project.framework_rows import as_version
from workbench.project.interpreting import NetworkFrames, network_frames
from workbench.project.material import Material
from workbench.project.opening import Project
from workbench.project.reports.citing import Citations, Cited, values_of
from workbench.store import findings as stored_findings
from workbench.store import frames as stored


@contextmanager
def reading(project: Project, framework: str | None) -> Iterator["Words"]:
    """Give what reports of a framework version are made of, within one reading transaction."""
    with project.reading() as connection:
        yield Words(Material(connection, framework))


class Words:
    """The material of one framework version, and every coding of it as it is cited."""

    def __init__(self, material: Material) -> None:
        self.m = material
        self.connection = material.connection

    @cached_property
    def settings(self) -> dict[str, str]:
        """What the project says about itself."""
        return lists.settings(self.connection)

    @cached_property
    def synthetic(self) -> str:
        """What is said of invented material; empty where nothing is."""
        of_framework = as_version(self.connection, self.m.version).synthetic
        return " ".join(s for s in (self.settings.get("synthetic", ""), of_framework) if s)

    @cached_property
    def label(self) -> dict[str, str]:
        """The label of every case by its id."""
        return dict(zip(self.m.cases["case_id"], self.m.cases["case"], strict=True))

    @cached_property
    def attributes(self) -> list[str]:
        """The names of the cases' attributes, in their order."""
        return [str(c) for c in self.m.cases.columns if c not in frames.CASES]

    @cached_property
    def values(self) -> dict[str, dict[str, str]]:
        """The attributes that each case has a value of, as text."""
        return values_of(self.m.cases)

    @cached_property
    def ladders(self) -> list[mapping.LadderFrames]:
        """All ladders."""
        return mapping.every_ladder(self.connection)

    @cached_property
    def network(self) -> NetworkFrames:
        """What networks are made of."""
        return network_frames(self.connection)

    @cached_property
    def behind(self) -> dict[str, tuple[str, ...]]:
        """The live codings that each statement rests on, in order of place."""
        live = self.m.evidence.loc[~self.m.evidence["withdrawn"].astype(bool)]
        at = {coding: n for n, coding in enumerate(self._cited)}
        of: dict[str, list[str]] = {}
        for statement, coding in zip(live["statement_id"], live["coding_id"], strict=True):
            if coding in at:
                of.setdefault(statement, []).append(coding)
        return {s: tuple(sorted(ids, key=at.__getitem__)) for s, ids in of.items()}

    @cached_property
    def in_cell(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The codings of each case and code, in order of place."""
        at = {coding: n for n, coding in enumerate(self._cited)}
        of: dict[tuple[str, str], dict[str, None]] = {}
        columns = (self.m.case_codings[c] for c in ("case_id", "code_id", "coding_id"))
        for case, code, coding in zip(*columns, strict=True):
            of.setdefault((case, code), {})[coding] = None
        return {cell: tuple(sorted(ids, key=at.__getitem__)) for cell, ids in of.items()}

    @cached_property
    def _cited(self) -> dict[str, Cited]:
        """Every coding that anything rests on, by id, in order of place."""
        ids = {
            *self.m.codings["coding_id"],
            *stored.evidence(self.connection)["coding_id"],
            *self.network.links["coding_id"],
            *stored_findings.finding_evidence(self.connection)["coding_id"],
        }
        quoted = stored.quotes(self.connection, sorted(ids))
        return Citations(self.connection, quoted, self.m.cases, self.m.spans).all

    def of(self, ids: Iterable[str]) -> list[Cited]:
        """Return these codings as they are cited, each once, in order of place."""
        wanted = set(ids)
        return [one for coding, one in self._cited.items() if coding in wanted]

    def document(self, title: str, blocks: Iterable[Block]) -> Document:
        """Return a document under a title, with what is said of invented material."""
        front: list[Block] = [Heading(title, 0)]
        if self.synthetic:
            front.append(Paragraph(line(f"INVENTED: {self.synthetic}"), "note"))
        citations = {i: c.citation for i, c in self._cited.items()}
        return Document(title, (*front, *blocks), citations)


def said_of(words: Words, statements: pd.DataFrame) -> list[Said]:
    """Return each statement as it is set: verbatim in quotation marks, comments in italics."""
    return [
        Said(
            f"“{row.text}”" if row.kind == "verbatim" else row.text,
            "emphasis" if row.kind == "comment" else "plain",
            words.behind.get(row.statement_id, ()),
        )
        for row in rows_of(statements)
    ]


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a frame, with its columns as their names."""
    yield from frame.itertuples(index=False)

"""A code in vivo: called by the words it was found in, and given to them in the same act."""

from workbench.errors import OutsideText
from workbench.model.coding import Coding
from workbench.project.edits.draft_codes import put_code
from workbench.project.edits.draft_rows import OpenDraft
from workbench.project.edits.indexing import put_codings, run_for
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.store.history import Act

_NAME = 60
"""So many characters of the words are a name where none is given."""


@edit("code in vivo")
def code_in_vivo(
    act: Act,
    transcript: str,
    start: int,
    stop: int,
    *,
    name: str = "",
    category: str | None = None,
    coder: str | None = None,
    run: str | None = None,
    framework: str | None = None,
    uncertain: bool = False,
) -> Coding:
    """Add a code to a draft and give it to the characters `start:stop` of a transcript.

    The code is inductive, has the words as its example, and as its name unless one is
    given. It stands at the end of its `category`, or at the top.

    Raises:
        OutsideText: the text has no such segment.
        Refused: the framework version is no open draft, or has a code of that name there.
    """
    row, version = run_for(act, Names(act.connection), run, framework)
    opened = OpenDraft(act, str(version["reference"]))
    place = opened.names.transcript(transcript)
    if not 0 <= start < stop <= int(place["length"]):
        raise OutsideText(place["name"], start, stop, int(place["length"]))
    words = " ".join(opened.names.text(place["id"])[start:stop].split())
    fields = {"name": name.strip() or short(words, _NAME), "number": "", "definition": ""}
    fields |= {"example": words, "origin": "inductive"}
    code = put_code(opened, fields, category=category)
    wanted = [(transcript, start, stop, code.code_id, coder or act.who, uncertain)]
    (made,) = put_codings(act, opened.names, row, version, wanted)
    act.says(f"Coded “{short(words)}” as “{code.name}”, new in {opened.reference}")
    return made

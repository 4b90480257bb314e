"""Speakers as headings, their words as paragraphs below: what NVivo codes by style.

The style tells, not the text: a heading that recurs and can be a label names a speaker.
Other headings belong to nobody.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from workbench.formats.layouts import labels
from workbench.formats.layouts.cutting import Arrangement, Mark, filled_lines, turns
from workbench.formats.layouts.heading import title_line
from workbench.model.transcript import Header


def arrangement(
    text: str, body: int, headings: Sequence[tuple[int, int, int]]
) -> Arrangement | None:
    """Return the turns of a text whose speakers are headings, None when they are not."""
    found = [
        (start, stop) for _, start, stop in headings if start >= body and text[start:stop].strip()
    ]
    names = [text[start:stop].strip().rstrip(" :") for start, stop in found]
    times = Counter(labels.key(name) for name in names)
    speakers = {
        key
        for name in names
        if labels.possible(name)
        and ((times[key := labels.key(name)] > 1 and labels.like_a_name(name)) or labels.part(name))
    }
    spoken = sum(labels.key(name) in speakers for name in names)
    if spoken < 2 or 2 * spoken < len(names):
        return None
    marks = [
        Mark(start, start, stop, name if labels.key(name) in speakers else None)
        if labels.key(name) in speakers
        else Mark(start, start, stop, turn=False)
        for (start, stop), name in zip(found, names, strict=True)
    ]
    first = marks[0].at
    lines = [line for line in text[body:first].split("\n") if line.strip()]
    title = title_line(lines[0]) if lines else None
    nobody = sum(
        filled_lines(text, mark.words, after.at) for mark, after in pairwise(marks) if not mark.turn
    )
    unparsed = filled_lines(text, body, first) - (title is not None) + nobody
    return Arrangement("speakers as headings", turns(text, marks), Header(title=title), unparsed)

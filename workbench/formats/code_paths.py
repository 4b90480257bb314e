"""Codes that are known by their paths only, as the folders and codes of a framework."""

from collections.abc import Iterable

from workbench.formats.framework_ids import slug
from workbench.formats.refi.codebook import framework
from workbench.formats.refi.project import RefiCode
from workbench.model.framework import FrameworkVersion, stable_id

Path = tuple[str, ...]


def version_of(name: str, paths: Iterable[Path]) -> tuple[FrameworkVersion, dict[Path, str]]:
    """Return a draft version, and the id of the code of each path.

    A path that something has is a code; what only stands above others is a category. Paths
    that differ in capitals or signs only are one.
    """
    given = list(dict.fromkeys(paths))
    used = {_key(path) for path in given}
    made: dict[str, RefiCode] = {}
    for path in given:
        for depth in range(1, len(path) + 1):
            key = _key(path[:depth])
            above = stable_id(name, "path", _key(path[: depth - 1])) if depth > 1 else ""
            if key not in made:
                guid = stable_id(name, "path", key)
                called = path[depth - 1]
                made[key] = RefiCode(guid, called, codable=key in used, parent=above)
    version, ids = framework(list(made.values()), name)
    return version, {path: ids[made[_key(path)].guid] for path in given}


def _key(path: Path) -> str:
    return "\x1f".join(slug(p) or p.casefold() for p in path)

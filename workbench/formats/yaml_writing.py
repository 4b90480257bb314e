"""YAML that people read and `strict_yaml` reads back: letter by letter the same."""

from typing import Any

import yaml


def dumps(data: Any) -> str:
    """Return plain data as YAML, texts of several lines as blocks, nothing as a reference.

    >>> print(dumps({"version": "1", "reason": "Two lines:\\nboth short.\\n"}), end="")
    version: '1'
    reason: |
      Two lines:
      both short.
    """
    return str(
        yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=96, indent=2)
    )


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and nothing as a reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str:
    """Return the YAML style of a text: only in quotes does every letter survive."""
    if not text.replace("\n", "").isprintable():
        return '"'
    return "|" if _fits_a_block(text) else ""


def _fits_a_block(text: str) -> bool:
    """Tell whether a text survives as a block: no line begins or ends in white space."""
    lines = text.removesuffix("\n").split("\n")
    return "\n" in text and all(line and line == line.strip() for line in lines)


_Dumper.add_representer(str, _text)

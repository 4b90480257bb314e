"""Word documents (Office Open XML), made of blocks and set in named styles of a template."""

from workbench.formats.word.looks import opened, write_template
from workbench.formats.word.writing import write

__all__ = ["opened", "write", "write_template"]

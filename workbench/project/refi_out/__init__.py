"""A project as REFI-QDA: what it holds, as the standard and a file of our own can say it."""

from workbench.project.refi_out.export import codebook, export

__all__ = ["codebook", "export"]

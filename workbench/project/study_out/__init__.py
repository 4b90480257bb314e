"""A project written as a study folder: its files, and the proof that they give it again."""

from workbench.project.study_out.export import export

__all__ = ["export"]

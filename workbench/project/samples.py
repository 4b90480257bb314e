"""Where the sample studies are that come with the workbench."""

from pathlib import Path

from workbench.errors import MissingFile

STUDY = "open-library"
"""The study that shows all stages; those beside it are held against printed tables."""

STUDIES = (STUDY, "return-letters", "low-value-imaging")
"""All of them, the quickest to build first; everything in them is invented."""


def study(name: str) -> Path:
    """Return the folder of one of `STUDIES`.

    Raises:
        MissingFile: the package was installed without it.
    """
    folder = samples().parent / name
    if not (folder / "study.yaml").is_file():
        raise MissingFile(folder)
    return folder


def samples() -> Path:
    """Return the folder of the sample study, in a checkout or in an installed package.

    Raises:
        MissingFile: the package was installed without it.
    """
    package = Path(__file__).parents[1]
    for home in (package.parent, package / "samples"):
        if (home / "sample_transcripts" / STUDY / "study.yaml").is_file():
            return home / "sample_transcripts" / STUDY
    raise MissingFile(package / "samples")

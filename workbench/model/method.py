"""Stage names: several labellings of one internal sequence."""

from dataclasses import dataclass

STEPS = ("prepare", "read", "build", "index", "chart", "map", "interpret")


@dataclass(frozen=True, slots=True)
class StageTemplate:
    """What one author calls the steps; a step without a name is folded into another."""

    key: str
    title: str
    names: dict[str, str]
    """step → stage name, in the order of `STEPS`."""


STAGE_TEMPLATES: dict[str, StageTemplate] = {
    t.key: t
    for t in (
        StageTemplate(
            "ritchie-spencer-1994",
            "Ritchie & Spencer 1994",
            {
                "read": "Familiarisation",
                "build": "Identifying a thematic framework",
                "index": "Indexing",
                "chart": "Charting",
                "map": "Mapping and interpretation",
            },
        ),
        StageTemplate(
            "five-stages",
            "Five stages (framework identified while familiarising)",
            {
                "prepare": "Transcription",
                "read": "Familiarisation",
                "index": "Indexing",
                "chart": "Charting",
                "map": "Mapping",
                "interpret": "Interpretation",
            },
        ),
        StageTemplate(
            "gale-2013",
            "Gale et al. 2013",
            {
                "prepare": "Transcription",
                "read": "Familiarisation and coding",
                "build": "Developing a working analytical framework",
                "index": "Applying the analytical framework",
                "chart": "Charting data into the framework matrix",
                "interpret": "Interpreting the data",
            },
        ),
        StageTemplate(
            "spencer-2014",
            "Spencer, Ritchie et al. 2014",
            {
                "read": "Familiarisation",
                "build": "Constructing an initial framework",
                "index": "Indexing and sorting, reviewing extracts",
                "chart": "Data summary and display",
                "map": "Abstraction",
                "interpret": "Interpretation",
            },
        ),
    )
}

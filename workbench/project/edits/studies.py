"""A study folder comes in: what it says of itself, its team, frameworks, runs and ladders."""

from workbench.formats.study import StudyFolder
from workbench.model.report import counted
from workbench.project.edits.attributes import put_attribute
from workbench.project.edits.frameworks import put_framework
from workbench.project.edits.indexing import put_finished, put_run
from workbench.project.edits.mapping import put_ladder
from workbench.project.edits.people import put_person, put_setting
from workbench.project.edits.registry import edit
from workbench.project.edits.transcripts import put_header, put_role
from workbench.project.edits.typologies import put_typology
from workbench.project.names import Names
from workbench.store.history import Act


@edit("set up study")
def set_up_study(act: Act, study: StudyFolder) -> None:
    """Take over from a study folder all that stands before the interviews.

    Raises:
        Refused: the project holds a run, typology or other framework of that name.
    """
    for key, value in {
        "title": study.title,
        "objective": study.objective,
        "synthetic": study.synthetic,
        "doi": study.doi,
        "authors": "; ".join(study.authors),
        "language": study.language,
        "method": study.method,
        "stages": study.stages,
        "colours": study.colours,
    }.items():
        if value:
            put_setting(act, key, value)
    for p in study.people:
        put_person(
            act,
            p.handle,
            name=p.name,
            role=p.role,
            credentials=p.credentials,
            occupation=p.occupation,
            experience=p.experience,
        )
    for version in study.frameworks:
        put_framework(act, version)
    for attribute in study.attributes:
        put_attribute(act, attribute.name, attribute.type)
    names = Names(act.connection)
    for run in study.runs:
        version_row = names.version(run.framework)
        put_run(act, run.name, version_row, kind=run.kind, blind=run.blind, coder=run.coder or None)
    for ladder in study.ladders:
        put_ladder(
            act,
            ladder.name,
            template=ladder.template,
            objective=ladder.objective,
            framework=ladder.framework or None,
        )
    for typology in study.typologies:
        types = {t.name: (t.definition, t.values) for t in typology.types}
        put_typology(act, typology.name, typology.dimensions, types)
    act.says(f"Set up the study “{study.title}”")


@edit("finish runs")
def finish_runs(act: Act, study: StudyFolder) -> None:
    """Mark the transcripts that a study's runs have gone through."""
    names = Names(act.connection)
    done = 0
    for run in study.runs:
        looked_at = [str(names.transcript(t)["id"]) for t in run.finished]
        done += put_finished(act, str(names.run(run.name)["id"]), looked_at)
    act.says(f"Finished {counted(done, 'transcripts')} in {counted(len(study.runs), 'runs')}")


@edit("correct transcripts")
def correct_transcripts(act: Act, study: StudyFolder) -> None:
    """Take over what a study says of its transcripts and their files do not."""
    names, said = Names(act.connection), study.settings
    for transcript, fields in said.headers:
        for field, value in fields.items():
            put_header(act, names, transcript, field, value)
    for transcript, speaker, role in said.speakers:
        put_role(act, names, transcript, speaker, role)
    changed = len({t for t, _ in said.headers} | {t for t, _, _ in said.speakers})
    act.says(f"Corrected {counted(changed, 'transcripts')} as the study says")

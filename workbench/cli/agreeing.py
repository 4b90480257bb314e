"""Commands of agreement: how far coders agree, and where they do not."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Coders, Framework, Json, OnlyTranscripts, Where, Who
from workbench.cli.projects import opened
from workbench.errors import Refused
from workbench.model.report import counted

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = {
    "continuum": ("alpha_u", "u_alpha", "binary_u_alpha", "cu_alpha", "k_u_alpha"),
    "": ("percent", "positive", "negative", "kappa", "pabak", "ac1", "alpha"),
}
_IN_FRONT = ("round", "framework", "earlier", "later", "side", "other")
_INTERVAL_OF = ("alpha", "alpha_u")
_CAUTION = " The longer the text, the better characters agree: look at turns first."


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(agree)
    app.command()(differences)
    app.command()(ratings)


def agree(
    where: Where,
    runs: Annotated[
        list[str] | None, typer.Argument(metavar="[RUN]...", help="Else the independent ones.")
    ] = None,
    unit: Annotated[
        str, typer.Option(help="case, turn, sentence, character or continuum.")
    ] = "turn",
    coder: Coders = None,
    framework: Framework = None,
    transcript: OnlyTranscripts = None,
    coded_only: Annotated[
        bool, typer.Option("--coded-only", help="Leave out text that nobody coded.")
    ] = False,
    no_interviewer: Annotated[
        bool, typer.Option("--no-interviewer", help="Leave out what interviewers say.")
    ] = False,
    children: Annotated[
        bool, typer.Option("--children", help="Codes count for the codes above them too.")
    ] = False,
    apart: Annotated[
        bool, typer.Option("--apart", help="Do not join codings of a code that overlap.")
    ] = False,
    bands: Annotated[
        str,
        typer.Option(
            metavar="BANDS", help="landis-koch, krippendorff, or own: “alpha: weak=0, good=.7”."
        ),
    ] = "",
    draws: Annotated[
        int,
        typer.Option(metavar="N", min=0, max=10_000, help="Draws of transcripts for intervals."),
    ] = 1000,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Where draws begin.")] = 1994,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Each two sides by themselves, without intervals.")
    ] = False,
    by_round: Annotated[
        bool, typer.Option("--by-round", help="Each round by itself, the oldest first.")
    ] = False,
    drift: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A coder's later runs against the own earlier ones."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every coefficient.")] = False,
    into: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write it as xlsx (with pairs and differences) or csv instead."
        ),
    ] = None,
    who: Who = None,
    as_json: Json = False,
) -> None:
    """Show how far runs agree: per code, per category and overall."""
    chosen: dict[str, Any] = {
        "unit": unit,
        "coders": tuple(coder or ()),
        "framework": framework,
        "transcripts": tuple(transcript or ()),
        "interviewer": not no_interviewer,
        "uncoded": not coded_only,
        "children": children,
        "unite": not apart,
    }
    drawn: dict[str, Any] = {"resamples": draws, "seed": seed, "bands": bands}
    over_time = by_round or drift is not None
    with opened(where, who) as project:
        if into is not None:
            show.line(_written(project, into, runs or (), {**chosen, **drawn}, over_time=over_time))
            return
        if over_time:
            frame = _over_time(project, drift, runs or (), {**chosen, **drawn})
        elif pairs:
            frame = floor.views.agreement_by_pair(project, runs or (), **chosen)
        else:
            frame = floor.views.agreement(project, runs or (), **drawn, **chosen)
        if as_json and "evidence" in frame.attrs:
            frame["evidence"] = [frame.attrs["evidence"].of(row) for row in frame["of"]]
    note = _note(frame.attrs, pairs=pairs)
    show.table(frame if as_json else _read(frame, every=every), as_json=as_json, note=note)


def _written(
    project: Any, into: Path, runs: Sequence[str], options: dict[str, Any], *, over_time: bool
) -> str:
    """Write what was compared into a file, and return what is said about it."""
    if over_time:
        raise Refused("Rounds and drift are shown and not written. Leave --into.")
    from workbench.project import agreement_files, agreement_page

    of = agreement_page.Comparison(runs=tuple(runs), **options)
    return agreement_files.write(project, into, of)


def _over_time(
    project: Any, drift: str | None, runs: Sequence[str], options: dict[str, Any]
) -> "pd.DataFrame":
    """Return agreement round by round, or that of one coder's own runs."""
    framework, *some = (options.pop(k) for k in ("framework", "coders", "transcripts"))
    if runs or any(some) or (drift is None and framework):
        raise Refused(
            "Rounds, and the runs of one coder, are compared as they are. Leave the runs, coders "
            "and transcripts."
        )
    if drift is None:
        return floor.views.agreement_by_round(project, **options)
    return floor.views.drift(project, drift, framework, **options)


def differences(
    where: Where,
    runs: Annotated[
        list[str] | None, typer.Argument(metavar="[RUN]...", help="Two; else the independent ones.")
    ] = None,
    coder: Coders = None,
    framework: Framework = None,
    transcript: OnlyTranscripts = None,
    who: Who = None,
    as_json: Json = False,
) -> None:
    """List what two runs coded differently: other borders, another code, one side alone."""
    with opened(where, who) as project:
        frame = floor.views.differences(
            project,
            runs or (),
            coders=coder or (),
            framework=framework,
            transcripts=transcript or (),
        )
    said = frame.attrs
    note = (
        f"{said['framework']}; sides: {' / '.join(said['sides'])}; "
        f"{counted(said['same'], 'codings')} alike."
    )
    columns = [str(c) for c in frame.columns if not str(c).endswith(("_id", "codings"))]
    if not as_json:
        pairs = zip(frame["codings"], frame["other_codings"], strict=True)
        frame["coding"] = [str((*one, *other)[0])[-8:] for one, other in pairs]
        columns.append("coding")
    show.table(frame, as_json=as_json, columns=columns, note=note, empty=note)


def ratings(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="csv or xlsx: what was rated, then the raters.")
    ],
    level: Annotated[
        str, typer.Option(metavar="LEVEL", help="nominal, ordinal, interval or ratio.")
    ] = "ordinal",
    order: Annotated[
        str, typer.Option(metavar="VALUES", help="Words from low to high: “weak, some, strong”.")
    ] = "",
    into: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it as xlsx instead, with what they differ on."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show how far people agree who rated the same cells on a scale."""
    from workbench.project import rating

    values = rating.in_order(order)
    if into is not None:
        from workbench.project import rating_file

        show.line(rating_file.write(into, rating.read(file), level, values))  # type: ignore[arg-type]  # checked there
        return
    frame = floor.views.agreement_of_ratings(file, level, values)  # type: ignore[arg-type]  # checked there
    said = frame.attrs
    note = f"level: {said['level']}; values: {', '.join(said['values'])}."
    if said["alone"]:
        note += f" No two rated {', '.join(said['alone'])}, which do not count."
    if not as_json:
        for figure in ("percent", "alpha"):
            frame[figure] = [_number(value) for value in frame[figure]]
        frame["apart"] = [", ".join(names) for names in frame["apart"]]
        frame["why undefined"] = [
            _why(why, {"percent": 0, "alpha": 0}) for why in frame["undefined"]
        ]
        frame = frame.drop(columns="undefined")
    show.table(frame, as_json=as_json, note=note)


def _read(frame: "pd.DataFrame", *, every: bool) -> "pd.DataFrame":
    """Return the table as a person reads it: what has no value says so, and why."""
    import pandas as pd

    figures = list(_SHOWN.get(frame.attrs["unit"], _SHOWN[""]))
    if every:
        figures = _figures([str(c) for c in frame.columns])
    out: dict[str, Any] = {c: frame[c] for c in _IN_FRONT if c in frame}
    out |= {
        "code": [
            " ".join(filter(None, named))
            for named in zip(frame["number"], frame["name"], strict=True)
        ],
        "units": frame["units"],
        "by side": [" / ".join(map(str, numbers)) for numbers in frame["by_side"]],
        "prevalence": [_number(v) for v in frame["prevalence"]],
        "bias": [_number(v) for v in frame["bias"]],
    }
    for column in figures:
        out[column] = [_number(v) for v in frame[column]]
        if f"{column}_low" in frame and (every or column in _INTERVAL_OF):
            ends = zip(frame[f"{column}_low"], frame[f"{column}_high"], strict=True)
            out[f"95 % of {column}"] = [_ends(low, high) for low, high in ends]
    if "band" in frame:
        out["band"] = frame["band"]
    out["why undefined"] = [_why(why, out) for why in frame["undefined"]]
    return pd.DataFrame(out)


def _figures(columns: list[str]) -> list[str]:
    """Return the columns that are coefficients."""
    ends = {f"{c}{end}" for c in columns for end in ("_low", "_high")}
    after = columns[columns.index("bias") + 1 :]
    return [c for c in after if c not in ends and c not in ("undefined", "band", "evidence")]


def _number(value: float) -> str:
    return f"{value:.3f}" if math.isfinite(value) else "undefined"


def _ends(low: float, high: float) -> str:
    return f"{low:.3f} to {high:.3f}" if math.isfinite(low) else "undefined"


def _why(why: dict[str, str], shown: dict[str, Any]) -> str:
    """Return why columns that are shown have no value, those of one reason together."""
    by: dict[str, list[str]] = {}
    for column, reason in why.items():
        name = f"95 % of {column[:-4]}" if column.endswith("_low") else column
        if name in shown:
            by.setdefault(reason, []).append(name)
    return "; ".join(f"{', '.join(names)}: {reason}" for reason, names in by.items())


def _note(said: Mapping[Any, Any], *, pairs: bool) -> str:
    parts = [f"unit: {said['unit']}"]
    if "sides" in said:
        parts = [f"{said['framework']}", *parts, f"sides: {' / '.join(said['sides'])}"]
    if said.get("drift"):
        parts.append(f"drift of {said['drift']} from the own earlier coding")
    if "transcripts" in said:
        parts.append(f"{counted(said['transcripts'], 'transcripts')} that two of them looked at")
    parts.append(
        "text that nobody coded counts" if said["uncoded"] else "text that nobody coded is left out"
    )
    if not said["interviewer"]:
        parts.append("without interviewers")
    if said["children"]:
        parts.append("codes count for those above them")
    if not said["unite"]:
        parts.append("codings that overlap are not joined")
    if not pairs and said["resamples"]:
        parts.append(
            f"95 % intervals from {said['resamples']} draws of transcripts, seed {said['seed']}"
        )
    if said["unplaced"]:
        parts.append(f"{counted(said['unplaced'], 'codings')} wait for a place and do not count")
    parts += [f"left out: {name} ({why})" for name, why in said.get("left_out", {}).items()]
    return "; ".join(parts) + "." + (_CAUTION if said["unit"] == "character" else "")

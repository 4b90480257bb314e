"""Agreement on data that others published: what they tell, and what is told unit by unit.

See ../shared/real/README.md. Of rqi-relf, 98 of 117 and .8230 are those of nine statements:
all that two raters coded but the first. (The mean of Cohen's kappa that is told there, .7178,
comes out of none of the ten and of no nine of them.)
"""

import json
import warnings
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import openpyxl
import pandas as pd
import pytest

import workbench
from workbench import views
from workbench.checks.agreement import nominal
from workbench.project.door import Project
from workbench.store import frames as stored

Rows = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def raters(shared) -> tuple[list[dict[str, object]], Rows, Rows]:
    folder = shared / "real" / "rqi-relf" / "data"
    columns = json.loads((folder / "columns.json").read_text("utf-8"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a validation that openpyxl does not know
        book = openpyxl.load_workbook(folder / "interview-data.xlsx", read_only=True)
        both = [sheet_of(book[name]) for name in ("Data", "Overlap")]
    book.close()
    return [c for c in columns if "codes" in c], *both


def sheet_of(sheet) -> Rows:
    header, *rows = sheet.iter_rows(values_only=True)
    return {str(r[0]): {k: str(v) for k, v in zip(header, r, strict=True)} for r in rows if r[0]}


def test_rqi_relf_percent_and_bennetts_s_are_those_that_are_told(raters) -> None:
    columns, author, other = raters
    assert len(columns) == 13
    statements = [i for i in other if i in author and i != "1"]
    assert len(statements) == 9
    agreed, found = 0.0, []
    for column in columns:
        ratings = [[rater[i][column["name"]] for i in statements] for rater in (author, other)]
        # one wrote “true ” with a blank, which they counted as another value; and every code
        # could have been chosen, or none
        counts = nominal.counts(ratings, sorted({v for r in ratings for v in r}))
        spare = len(column["codes"]) + 1 - counts.shape[1]
        agreed += len(statements) * nominal.percent(counts)
        found.append(nominal.brennan_prediger(np.pad(counts, ((0, 0), (0, spare)))))
    assert round(agreed) == 98
    assert agreed / 117 == pytest.approx(0.8376, abs=0.00005)
    assert np.mean(found) == pytest.approx(0.8230, abs=0.00005)


@pytest.fixture(scope="module")
def qualilab(shared, tmp_path_factory) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("qualilab") / "q.fwb"
    project = workbench.create(path, who="ana")
    project.import_files(shared / "real" / "refi" / "qualilab_stress_test.qdpx")
    yield project
    project.close()


GOLD = "Gabarito experimental"
CODERS = ["Ana Lima", "Bruno Costa", "Carla Menezes", "Diego Rocha", "Elena Nogueira", GOLD]


def told(project: Project, coders: list[str]) -> tuple[pd.DataFrame, dict[str, list[list[bool]]]]:
    """Return the codes, and for each which coder gave it to which turn: by plain loops."""
    codings = views.codings(project)
    with project.reading() as connection:
        turns = stored.turns(connection)
    places = list(
        zip(turns["transcript_version_id"], turns["words_start"], turns["stop"], strict=True)
    )
    codes = views.codes(project)
    given: dict[str, list[list[bool]]] = {
        c: [[False] * len(places) for _ in coders] for c in codes["code_id"]
    }
    columns = ["transcript_version_id", "start", "stop", "code_id", "coder"]
    for version, start, stop, code, coder in codings[columns].itertuples(index=False):
        if coder in coders:
            for at, (text, begin, end) in enumerate(places):
                if text == version and start < end and begin < stop:
                    given[code][coders.index(coder)][at] = True
    return codes, given


def test_qualilab_five_coders_and_the_gold_standard_turn_by_turn(qualilab) -> None:
    table = views.agreement(qualilab, resamples=0)
    assert table.attrs["sides"] == tuple(CODERS)
    assert table.attrs["transcripts"] == 16
    codes, given = told(qualilab, CODERS)
    assert len(codes) == 90
    rows = table.set_index("of")
    for code in codes["code_id"]:
        ratings = given[code]
        counts = nominal.counts(ratings, [True, False])
        found = rows.loc[code]
        assert found["units"] == 80
        assert found["by_side"] == tuple(sum(r) for r in ratings)
        assert found["percent"] == pytest.approx(nominal.percent(counts))
        if 0 < counts[:, 0].sum() < counts.sum():
            assert found["alpha"] == pytest.approx(nominal.alpha(counts))
            assert found["fleiss"] == pytest.approx(nominal.fleiss_kappa(counts))
        else:
            assert "alpha" in found["undefined"]


def test_qualilab_each_two_of_them(qualilab) -> None:
    pairs = views.agreement_by_pair(qualilab)
    assert len(pairs) == 15 * (90 + 2)
    codes, given = told(qualilab, CODERS)
    of_pair = pairs.set_index(["side", "other", "of"])
    tried = 0
    for one, other in combinations(range(6), 2):
        for code in codes["code_id"][:30]:
            square = nominal.table(given[code][one], given[code][other], [True, False])
            if 0 < square[0].sum() + square[:, 0].sum() < 160:
                found = of_pair.loc[(CODERS[one], CODERS[other], code)]
                assert found["kappa"] == pytest.approx(nominal.cohen_kappa(square))
                tried += 1
    assert tried > 200


def test_qualilab_coders_code_at_random(qualilab) -> None:
    """The project is made up: on characters, pooled over codes, nobody agrees with anybody."""
    for unit in ("character", "continuum"):
        whole = views.agreement(qualilab, unit=unit, coders=CODERS[:5], resamples=0).iloc[-1]
        name = "alpha" if unit == "character" else "alpha_u"
        assert abs(whole[name]) < 0.05


def test_qualilab_characters_are_those_of_the_texts(qualilab) -> None:
    table = views.agreement(qualilab, unit="character", coders=CODERS[:2], resamples=0)
    assert table["units"].iloc[0] == views.transcripts(qualilab)["length"].sum()
    codings = views.codings(qualilab)
    code = table.loc[table["level"] == "code"].nlargest(1, "prevalence").iloc[0]
    covered: list[set[tuple[str, int]]] = []
    for coder in CODERS[:2]:
        own = codings.loc[(codings["coder"] == coder) & (codings["code_id"] == code["of"])]
        covered.append(
            {(row.transcript, at) for row in own.itertuples() for at in range(row.start, row.stop)}
        )
    a, b = covered
    assert code["by_side"] == (len(a), len(b))
    both, whole = len(a & b), code["units"]
    square = [[both, len(a) - both], [len(b) - both, whole - len(a | b)]]
    assert code["kappa"] == pytest.approx(nominal.cohen_kappa(square))

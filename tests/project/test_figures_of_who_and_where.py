"""Who met, who spoke, when and on what: figures on a study of two sessions, by hand.

Ann (GP, a town, 30 minutes) is interviewed alone. Bo and Cy (managers, the country, 60
minutes) speak in one group. Ann and Bo tell of queues; only Cy tells of money, and he is
against the link that Ann speaks for.
"""

from collections.abc import Iterator

import pytest

from workbench.model.published import Figure, PublishedCell
from workbench.project import figures, reproducing
from workbench.project.figures import Sources

STUDY = {
    "study.yaml": """
title: Queues
method: framework
people:
  - {handle: me, name: Me, role: owner}
  - {handle: you, name: You, role: coder}
frameworks: [queues@1]
runs:
  - {name: final, framework: queues@1, kind: final, finished: all}
ladders:
  - {name: findings, framework: queues@1}
""",
    "frameworks/queues/1.yaml": """
framework: queues
version: "1"
codes:
  - {number: "1", name: Queue}
  - {number: "2", name: Money}
""",
    "transcripts/alone.txt": "Ann: The queue is long.\n",
    "transcripts/group.txt": "Bo: We queue as well.\nCy: Money is no reason.\n",
    "cases.csv": """case,group,area,minutes,date,transcript,speaker
Ann,GP,town,30,2021-02-27,alone,Ann
Bo,Manager,country,60,2021-04-01,group,Bo
Cy,Manager,country,60,2021-04-01,group,Cy
""",
    "codings.csv": """ref,transcript,code,quote,coder,run
a,alone,1,The queue is long,me,final
b,group,1,We queue as well,me,final
c,group,2,Money is no reason,me,final
""",
    "statements.csv": """ref,framework,case,code,kind,text,evidence
s1,queues@1,Ann,1,summary,Long queues.,a
s2,queues@1,Bo,1,summary,Queues there too.,b
s3,queues@1,Cy,2,summary,Not for money.,c
""",
    "ladder.csv": """ref,ladder,level,label,parents,statements
Q,findings,dimension,Queues,,
q,findings,element,Long ones,Q,s1;s2
M,findings,dimension,Money,,s3
N,findings,dimension,Nothing,,
""",
    "links.csv": """ref,source,target,sign,basis,groups,for,against
L1,Q,M,+,participant,GP,a,c
L2,M,N,+,participant,,c,
""",
    "facets.csv": """node,scheme,value,basis
Q,ring,outer,caption
M,ring,outer,
""",
    "meetings.csv": """title,present,date,stage,text
First,me;you,2021-05-01,build,We agree.
Second,me,2021-06-01,build,I agree.
""",
}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sources]:
    home = tmp_path_factory.mktemp("queues")
    for name, text in STUDY.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text.lstrip(), encoding="utf-8")
    with reproducing.rebuilding(home) as (project, refs, _, passed_over):
        assert passed_over == []
        with project.reading() as connection:
            yield Sources(connection, refs)


def asked(sources: Sources, figure: str, **of: str) -> Figure | str:
    """Return the figure of one cell, or why it was not rebuilt."""
    given = tuple((key.replace("_", " "), value) for key, value in of.items())
    cell = PublishedCell("x", "table", "row", "column", "1", figure, given)
    found, problems = figures.rebuilt([cell], sources)
    return problems.get("x") or found["x"]


def said(sources: Sources, figure: str, **of: str) -> object:
    found = asked(sources, figure, **of)
    return found.value if isinstance(found, Figure) else found


def test_a_meeting_tells_who_was_present_at_it_alone(sources: Sources) -> None:
    assert said(sources, "present", meeting="First") == ("me", "you")
    assert said(sources, "present", meeting="Second") == ("me",)
    assert "Third" in str(said(sources, "present", meeting="Third"))


def test_a_share_is_in_per_cent_of_all_cases(sources: Sources) -> None:
    assert said(sources, "share", area="town") == pytest.approx(100 / 3)
    assert said(sources, "share") == 100


def test_transcripts_are_counted_once_however_many_speak_in_them(sources: Sources) -> None:
    assert said(sources, "transcripts") == 2
    assert said(sources, "transcripts", group="Manager") == 1
    assert said(sources, "transcripts", group="GP") == 1


def test_minutes_of_a_group_weigh_once_in_the_mean_of_transcripts(sources: Sources) -> None:
    assert said(sources, "mean of transcripts", attribute="minutes") == 45
    assert said(sources, "mean", attribute="minutes") == 50
    assert said(sources, "mean of transcripts", attribute="minutes", group="GP") == 30


def test_months_are_those_of_the_first_and_the_last_date(sources: Sources) -> None:
    assert said(sources, "first month", attribute="date") == "2021-02"
    assert said(sources, "last month", attribute="date") == "2021-04"
    assert said(sources, "last month", attribute="date", group="GP") == "2021-02"
    assert "date" in str(said(sources, "first month", attribute="area"))


def test_a_group_supports_a_node_when_it_carries_it_with_statements(sources: Sources) -> None:
    assert said(sources, "supported", node="Q", group="GP") == "yes"
    assert said(sources, "supported", node="Q", group="Manager") == "yes"
    assert said(sources, "supported", node="M", group="GP") == "no"
    by_ann = asked(sources, "supported", node="Q", group="GP")
    by_all = asked(sources, "supporters", node="Q")
    assert isinstance(by_ann, Figure)
    assert isinstance(by_all, Figure)
    assert set(by_ann.evidence) < set(by_all.evidence)
    assert (len(by_ann.evidence), len(by_all.evidence)) == (1, 2)


def test_the_supporters_of_a_node_are_named_or_none(sources: Sources) -> None:
    assert said(sources, "supporters", node="Q") == ("GP", "Manager")
    assert said(sources, "supporters", node="M") == ("Manager",)
    assert said(sources, "supporters", node="M", by="area") == ("country",)
    assert said(sources, "supporters", node="N") == ("none",)


def test_nodes_are_counted_by_the_value_of_a_second_classification(sources: Sources) -> None:
    assert said(sources, "faceted", scheme="ring", value="outer") == 2
    assert said(sources, "faceted", scheme="ring", value="inner") == 0
    assert "rung" in str(said(sources, "faceted", scheme="rung", value="outer"))


def test_a_group_backs_a_link_or_speaks_against_it(sources: Sources) -> None:
    assert said(sources, "backed", link="L1", group="GP") == "yes"
    assert said(sources, "backed", link="L1", group="Manager") == "no"
    assert said(sources, "backed", link="L1", group="Manager", stance="against") == "yes"
    assert said(sources, "backed", link="L1", group="GP", stance="against") == "no"


def test_what_is_not_there_is_said_to_be_none(sources: Sources) -> None:
    assert said(sources, "above", node="Q") == ("none",)
    assert said(sources, "under", node="N") == ("none",)
    assert said(sources, "facet", node="M", scheme="ring", say="basis") == ("none",)
    assert said(sources, "facet", node="N", scheme="ring") == ("none",)
    assert said(sources, "link", link="L2", say="groups") == ("none",)

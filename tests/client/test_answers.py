"""What one can do with an answer: tables, graphs, explanations, citations."""

from io import BytesIO

import networkx as nx
import pandas as pd
import pytest

from graph_service.client import Client, NotFound
from tests.client.proposals import PROPOSAL, SOURCE, claim

DAY = "2024-09-30"


def types(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in frame.dtypes.items()}


def test_a_row_is_an_actor_in_a_ranking(here: Client) -> None:
    answer = here.leverage("Hamas", as_of=DAY)

    ranked = [entry.actor.id for entry in (*answer.ranking, *answer.coercion)]
    assert list(answer.df["actor"]) == ranked
    assert list(answer.df.query("by == 'coercion'")["rank"]) == [
        place for place, _ in enumerate(answer.coercion, start=1)
    ]
    assert answer.df.loc[0, "leverage"] == answer.ranking[0].leverage
    assert answer.df.loc[0, "carrots"] == answer.ranking[0].channels["carrots"]


def test_a_row_is_a_tie(here: Client) -> None:
    answer = here.neighbours("Hamas", as_of=DAY)

    ties = [tie for neighbour in answer.hops[0] for tie in neighbour.ties]
    assert list(answer.df["relation"]) == [tie.relation for tie in ties]
    assert list(answer.df["when"]) == [tie.claims[0].when for tie in ties]


@pytest.mark.parametrize(
    ("whens", "since", "until"),
    [
        (["/.."], None, None),
        (["2023/.."], "2023-01-01", None),
        (["2023/2024-07"], "2023-01-01", "2024-07-31"),
        (["[..2023]/2024-10-15"], None, "2024-10-15"),
        (["2023/2024-10-15", "2022-05/.."], "2022-05-01", None),
        (["2023/2024-10-15", "/2024-12"], None, "2024-12-31"),
    ],
)
def test_dates_in_tables_are_as_wide_as_they_were_told(
    whens: list[str], since: str | None, until: str | None, own: Client
) -> None:
    told = [claim() | {"when": when} for when in whens]
    own.decide(own.propose([SOURCE, *told]).evidence, "accepted")
    day = "2024-06-30"
    frames = (
        own.neighbours("Turkey", relations="backs", dates="possible", as_of=day).df,
        own.paths("Turkey", "Hamas", hops=1, dates="possible", as_of=day).df,
    )

    for frame in frames:
        days = [
            None if pd.isna(at) else str(at.date()) for at in (*frame["since"], *frame["until"])
        ]
        assert sorted(str(frame.loc[0, "when"]).split(", ")) == sorted(whens)
        assert days == [since, until]


def test_a_row_is_a_step_of_a_path(here: Client) -> None:
    answer = here.paths("US Congress", "Hamas", k=2, as_of=DAY)

    steps = [(step.from_, step.to) for path in answer.paths for step in path.steps]
    assert list(zip(answer.df["from"], answer.df["to"], strict=True)) == steps
    assert answer.df.loc[0, "from_name"] == "US Congress"


def test_columns_have_their_types_with_nothing_in_them(here: Client) -> None:
    some = here.neighbours("Hamas", as_of=DAY).df
    none = here.neighbours("Hamas", relations="sanctions", as_of=DAY).df

    assert none.empty
    assert types(none) == types(some)
    assert types(some)["since"] == "datetime64[s]"
    assert types(some)["strength"] == "float64"
    assert types(here.claims(source="article-2024-09").df)["subject"] == "str"
    assert types(here.influence("Tehran").df)["as_of"] == "datetime64[s]"


def test_answers_of_several_days_stand_in_one_table(here: Client) -> None:
    days = ["2024-09-30", "2024-10-31"]
    frame = pd.concat([here.leverage("Hamas", as_of=day).df for day in days])

    assert sorted({str(day.date()) for day in frame["as_of"]}) == days


def test_an_edge_is_a_claim_with_its_sign_dates_and_sources(here: Client) -> None:
    graph = here.leverage("Hamas", as_of=DAY).to_networkx()

    edge = graph.edges["iran", "hamas", "c_zmkik5n6mvssngcsh2bbwykulm"]
    assert edge["relation"] == "backs"
    assert (edge["family"], edge["sign"], edge["state"]) == ("patronage", "+", "accepted")
    assert edge["sources"] == "article-2024-09"
    assert graph.nodes["iran"] == {"name": "Iran", "kind": "state"}
    assert graph.graph["as_of"] == DAY


@pytest.mark.parametrize("write", [nx.write_graphml, nx.write_gexf])
def test_every_graph_can_be_written_to_a_file(write: object, here: Client) -> None:
    for answer in (here.leverage("Hamas"), here.neighbours("Israel", hops=2)):
        file = BytesIO()
        assert callable(write)
        write(answer.to_networkx(), file)

        assert b"Hamas" in file.getvalue()


def test_an_explanation_names_every_claim_its_date_and_its_place(here: Client) -> None:
    told = here.leverage("Hamas", as_of=DAY).explain()

    assert "Iran has leverage of 0.35 over Hamas, as of 2024-09-30." in told
    assert "Iran backs Hamas (exceptional), start unknown, ongoing [1: paragraph 3]" in told
    assert "but: one origin only, uncertain date" in told
    assert "[1] Commentary on Israel" in told


def test_how_sure_a_value_is_stands_in_table_card_and_explanation(here: Client) -> None:
    answer = here.leverage("Hamas", uncertainty=True, as_of=DAY)
    low, high = answer.ranking[0].interval or (None, None)

    assert (answer.df.loc[0, "low"], answer.df.loc[0, "high"]) == (low, high)
    assert answer.df.loc[0, "tier"] == answer.ranking[0].tier
    assert "tier" in answer._repr_html_()
    assert "when each source's word is left to chance" in answer.explain()


def test_any_ranked_actor_is_explained_and_no_other(here: Client) -> None:
    answer = here.leverage("Hamas", as_of=DAY)

    assert "Israel has coercion of" in answer.explain("Israel")
    with pytest.raises(NotFound, match="not ranked"):
        answer.explain("Nobody")


def test_a_footnote_says_what_was_asked_where_it_stands_and_by_whom(here: Client) -> None:
    cited = here.leverage("Hamas", as_of=DAY, known_at="2040-01-01").cite()

    assert cited.startswith("Who has leverage over Hamas? As of 30 September 2024, as known at")
    assert "up to entry" in cited
    assert "Commentary on Israel approaching Moscow" in cited


def test_sources_are_given_once_with_what_is_known_of_them(own: Client) -> None:
    source = PROPOSAL[0] | {"url": "https://example.org/report", "publisher": "Example Press"}
    own.decide(own.propose([source, PROPOSAL[1]]).evidence, "accepted")
    answer = own.leverage("Hamas", by="turkey", as_of=DAY)

    [found] = answer.sources
    assert (found.id, found.publisher) == ("example-report", "Example Press")
    assert "https://example.org/report" in answer.cite()


def test_an_answer_outlives_its_client(own: Client) -> None:
    answer = own.paths("Iran", "Hamas", as_of=DAY)
    own.close()

    assert "iran backs hamas" in answer.explain()
    assert answer.sources[0].title.startswith("Commentary")
    assert "iran" in answer._repr_html_()


def test_an_answer_of_nobody_says_what_there_is(here: Client) -> None:
    answer = here.leverage("Knesset", as_of="1900-01-01")

    assert answer.df.empty
    assert "nobody" in answer.explain()
    assert "Nobody" in answer._repr_html_()
    assert repr(answer).endswith(": nothing>")

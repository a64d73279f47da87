"""The first dossier: what must come before what, and what must not be there."""

from datetime import UTC, datetime
from typing import Any

from graph_service.domain.claims import Decision, Status
from graph_service.dossiers import dossier
from graph_service.importers.native import import_native
from graph_service.questions import Question, put
from graph_service.stores.graph import Graph, open_graph

DAY = "2024-09-30"


def ask(graph: Graph, name: str, **parameters: str) -> Any:  # noqa: ANN401 - any answer's data
    return put(graph, Question(name, {"as_of": DAY} | parameters)).data


def ranked(graph: Graph, target: str, **parameters: str) -> list[str]:
    return [one.actor.id for one in ask(graph, "leverage", id=target, **parameters).ranking]


def test_iran_has_most_leverage_over_hamas_then_russia_then_the_mediators(
    dossier_graph: Graph,
) -> None:
    order = ranked(dossier_graph, "hamas")

    assert order[:3] == ["iran", "russia", "united-states"]
    assert {"egypt", "qatar"} <= set(order[3:6])
    assert "turkey" not in order


def test_who_heads_israel_comes_before_those_who_press_it(dossier_graph: Graph) -> None:
    order = ranked(dossier_graph, "israel")

    assert order[0] == "benjamin-netanyahu"
    assert order.index("israeli-government") < order.index("united-states")
    assert order.index("united-states") < order.index("egypt")


def test_those_at_home_hold_netanyahu_more_than_those_abroad(dossier_graph: Graph) -> None:
    order = ranked(dossier_graph, "benjamin-netanyahu")

    assert order.index("israeli-right") < order.index("united-states")
    assert order.index("knesset") < order.index("russia")


def test_biden_comes_first_over_the_united_states_and_the_lobby_before_its_allies(
    dossier_graph: Graph,
) -> None:
    order = ranked(dossier_graph, "united-states")

    assert order[0] == "joe-biden"
    assert {"biden-administration", "pro-israel-lobby"} == set(order[1:3])
    assert order.index("pro-israel-lobby") < order.index("israel")


def test_russia_leads_the_mediators_and_egypt_and_qatar_stand_alike(dossier_graph: Graph) -> None:
    ranking = ask(dossier_graph, "mediators", between="israel,hamas").ranking
    order = [one.actor.id for one in ranking]

    assert order == ["russia", "united-states", "egypt", "qatar"]
    assert ranking[2].score == ranking[3].score
    assert [one.actor.id for one in ranking if one.bias > 0] == ["united-states"]
    assert "iran" not in order


def test_before_july_2024_nothing_is_known_that_begins_or_is_told_later(
    dossier_graph: Graph,
) -> None:
    told = ask(dossier_graph, "timeline", actors="hamas", as_of="2024-06-30")
    relations = [each.relation for one in told.chapters for each in one.happenings]

    assert sorted(relations) == ["attacks", "mediates", "mediates", "mediates"]
    assert "iran" not in ranked(dossier_graph, "hamas", as_of="2024-06-30")
    alignment = ask(dossier_graph, "alignment", between="iran,hamas", as_of="2024-06-30")
    assert alignment.alignment == 0


def test_what_came_since_june_is_told_and_moves_iran_first(dossier_graph: Graph) -> None:
    found = ask(dossier_graph, "changes", actor="hamas", **{"from": "2024-06-30"})

    assert found.leverage[0].actor.id == "iran"
    assert set(found.claims) == {"added"}
    fell = {one.actor.id for one in found.leverage if one.change < 0}
    assert {"united-states", "egypt", "qatar"} <= fell, "who backs Hamas is their alternative"


def test_retracting_that_iran_backs_hamas_takes_its_place_and_nothing_else() -> None:
    times = iter(datetime(2026, 11, day, tzinfo=UTC) for day in range(1, 30))
    graph = open_graph("memory:", clock=lambda: next(times))
    import_native(
        lambda records: graph.write(records, by="desk"), dossier("gaza-mediation"), graph.ontology
    )
    (claim,) = graph.claims(subject="iran", relation="backs", object="hamas")
    known = graph.now().isoformat()
    graph.write(
        [Decision(claim.evidence[0].id, Status.RETRACTED, "desk", reason="read again")], by="desk"
    )
    found = ask(graph, "changes", actor="hamas", known_from=known)

    assert list(found.claims) == ["retracted"]
    (iran,) = found.leverage
    assert (iran.actor.id, iran.after, iran.change) == ("iran", 0, iran.causes["retracted"])
    assert ranked(graph, "hamas")[0] == "russia"
    assert ranked(graph, "hamas", known_at=known)[0] == "iran"
    graph.close()


def test_hamas_stands_with_iran_and_israel_with_the_united_states(dossier_graph: Graph) -> None:
    found = ask(dossier_graph, "blocs")
    blocs = [{member.actor.id for member in bloc.members} for bloc in found.blocs]

    assert {"hamas", "iran"} in blocs
    assert any({"israel", "united-states", "egypt", "qatar"} <= bloc for bloc in blocs)


def test_the_other_questions_have_their_order(dossier_graph: Graph) -> None:
    brokers = ask(dossier_graph, "brokers", over="hamas").ranking
    compared = ask(dossier_graph, "comparison", between="iran,russia")
    coverage = ask(dossier_graph, "coverage")
    balance = ask(dossier_graph, "balance", actors="israel,hamas,iran")

    assert brokers[0].actor.id == "united-states"
    assert compared.over[0].actor.id == "hamas"
    assert compared.over[0].values[0] > compared.over[0].values[1]
    assert coverage.single == coverage.ties
    assert coverage.one_origin
    assert (balance.triads, balance.frustrated) == (1, 0)


def test_nothing_is_inferred_of_hamas_that_its_neighbours_do_not_bear_out(
    dossier_graph: Graph,
) -> None:
    found = ask(dossier_graph, "latent", id="hamas")

    assert found.inferred
    assert found.patrons == ()
    assert found.reason

"""Actors that ship with the product."""

from graph_service.domain.actors import Actor


def load() -> tuple[Actor, ...]:
    """The reference set."""
    return tuple(
        Actor(a, "state", n, (), ids)
        for a, n, ids in (
            ("iran", "Iran", (("cow", "630"), ("gw", "630"), ("iso2", "IR"), ("iso3", "IRN"))),
            ("qatar", "Qatar", (("cow", "694"), ("gw", "694"), ("iso2", "QA"), ("iso3", "QAT"))),
        )
    )

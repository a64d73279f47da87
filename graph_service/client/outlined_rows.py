"""Answers told in outline as rows of tables: what a row is, question by question."""

from collections.abc import Iterator, Mapping
from functools import singledispatch

from graph_service.client.frames import COUNT, DAY, NUMBER, TEXT, Columns, Row
from graph_service.queries.alignment import Alignment
from graph_service.queries.answers import NamedActor
from graph_service.queries.balance import Balance
from graph_service.queries.blocs import Blocs
from graph_service.queries.brokers import Brokers
from graph_service.queries.changes import Changes
from graph_service.queries.comparison import Comparison
from graph_service.queries.gaps import Gaps
from graph_service.queries.latent import LatentPatrons
from graph_service.queries.mediators import Mediators
from graph_service.queries.outline import claims_in
from graph_service.queries.timeline import Timeline

ACTOR = {"actor": TEXT, "name": TEXT, "kind": TEXT}
CITED = {"claims": COUNT, "sources": COUNT, "as_of": DAY}
COLUMNS: Mapping[str, Columns] = {
    "mediators": {
        "rank": COUNT, **ACTOR, "score": NUMBER, "bias": NUMBER, "record": NUMBER,
        "party": TEXT, "value": NUMBER, "share": NUMBER, "mediation": NUMBER, "leverage": NUMBER,
        "alignment": NUMBER, "belligerent": "boolean", **CITED,
    },
    "timeline": {
        "begins": DAY, "ends": DAY, "subject": TEXT, "relation": TEXT, "object": TEXT, "when": TEXT,
        "sign": TEXT, "episode": TEXT, "episode_name": TEXT, "state": TEXT, "claim": TEXT, "sources": COUNT, "as_of": DAY,
    },
    "changes": {
        **ACTOR, "over": TEXT, "before": NUMBER, "after": NUMBER, "change": NUMBER,
        "added": NUMBER, "ended": NUMBER, "decayed": NUMBER, "retracted": NUMBER,
        "corroborated": NUMBER, "disputed": NUMBER, "reassessed": NUMBER, **CITED,
    },
    "alignment": {
        "one": TEXT, "other": TEXT, "day": DAY, "alignment": NUMBER, "friendly": NUMBER, "hostile": NUMBER, "as_of": DAY,
    },
    "balance": {
        "first": TEXT, "second": TEXT, "third": TEXT, "tension": NUMBER, **CITED,
    },
    "blocs": {"bloc": COUNT, **ACTOR, "alignment": NUMBER, "stability": NUMBER, "as_of": DAY},
    "brokers": {
        "rank": COUNT, "broker": TEXT, "brokerage": NUMBER, "pairs": COUNT, "actor": TEXT,
        "over": TEXT, "leverage": NUMBER, "without": NUMBER, **CITED,
    },
    "comparison": {"list": TEXT, **ACTOR, "one": NUMBER, "other": NUMBER, **CITED},
    "latent": {**ACTOR, "rank": COUNT, "latent": NUMBER, "inferred": "boolean",
               "supports": "boolean", "reasons": TEXT, **CITED},
    "coverage": {**ACTOR, "origin": TEXT, "ties": COUNT, "as_of": DAY},
}  # fmt: skip
"""The columns of each question's table, with their types."""


@singledispatch
def rows_of(data: object) -> Iterator[Row]:
    """The rows of an answer's data."""
    raise TypeError(f"{type(data).__name__} is no answer that is told in outline")


@rows_of.register
def _(data: Mediators) -> Iterator[Row]:
    for rank, one in enumerate(data.ranking, start=1):
        own: Row = {"rank": rank, "score": one.score, "bias": one.bias, "record": one.record}
        for side in one.sides:
            beside: Row = {
                "party": side.party,
                "value": side.value,
                "share": side.share,
                "mediation": side.mediation,
                "leverage": side.leverage,
                "alignment": side.alignment,
                "belligerent": side.belligerent,
            }
            yield _named(one.actor) | own | beside | _cited(side)


@rows_of.register
def _(data: Timeline) -> Iterator[Row]:
    for chapter in data.chapters:
        for happening in chapter.happenings:
            for claim in happening.claims:
                yield {
                    "begins": happening.begins,
                    "ends": happening.ends,
                    "subject": claim.subject,
                    "relation": claim.relation,
                    "object": claim.object,
                    "when": claim.when,
                    "sign": str(happening.sign),
                    "episode": chapter.episode,
                    "episode_name": chapter.name,
                    "state": claim.state,
                    "claim": claim.id,
                    "sources": len(claim.sources),
                }


@rows_of.register
def _(data: Changes) -> Iterator[Row]:
    for shift in data.leverage:
        own: Row = {
            "over": shift.over,
            "before": shift.before,
            "after": shift.after,
            "change": shift.change,
        }
        yield _named(shift.actor) | own | dict(shift.causes) | _cited(shift)


@rows_of.register
def _(data: Alignment) -> Iterator[Row]:
    one, other = (actor.id for actor in data.actors)
    for point in data.trend:
        yield {
            "one": one,
            "other": other,
            "day": point.day,
            "alignment": point.alignment,
            "friendly": point.friendly,
            "hostile": point.hostile,
        }


@rows_of.register
def _(data: Balance) -> Iterator[Row]:
    for triad in data.tensions:
        first, second, third = (actor.id for actor in triad.actors)
        own: Row = {"first": first, "second": second, "third": third, "tension": triad.tension}
        yield own | _cited(triad)


@rows_of.register
def _(data: Blocs) -> Iterator[Row]:
    for bloc in data.blocs:
        for member in bloc.members:
            own: Row = {
                "bloc": bloc.number,
                "alignment": member.alignment,
                "stability": member.stability,
            }
            yield own | _named(member.actor)


@rows_of.register
def _(data: Brokers) -> Iterator[Row]:
    for rank, broker in enumerate(data.ranking, start=1):
        for one in broker.strongest:
            own: Row = {
                "rank": rank,
                "broker": broker.actor.id,
                "brokerage": broker.brokerage,
                "pairs": broker.pairs,
                "actor": one.actor.id,
                "over": one.over.id,
                "leverage": one.leverage,
                "without": one.without,
            }
            yield own | _cited(one)


@rows_of.register
def _(data: Comparison) -> Iterator[Row]:
    for title, some in (("over", data.over), ("by", data.by)):
        for each in some:
            one, other = each.values
            yield {"list": title, "one": one, "other": other} | _named(each.actor) | _cited(each)
    for leaning in data.friends_and_foes:
        one, other = (tie.alignment for tie in leaning.ties)
        own: Row = {"list": "friends_and_foes", "one": one, "other": other}
        yield own | _named(leaning.actor) | _cited(leaning)


@rows_of.register
def _(data: Gaps) -> Iterator[Row]:
    for thin in data.thin:
        yield _named(thin.actor) | {"origin": thin.origin, "ties": thin.ties}


@rows_of.register
def _(data: LatentPatrons) -> Iterator[Row]:
    for rank, one in enumerate(data.patrons, start=1):
        own: Row = {
            "rank": rank,
            "latent": one.latent,
            "inferred": data.inferred,
            "supports": one.supports,
            "reasons": ", ".join(term.name for term in one.terms),
        }
        yield own | _named(one.actor) | _cited(one)


def _named(actor: NamedActor) -> Row:
    return {"actor": actor.id, "name": actor.name, "kind": actor.kind}


def _cited(value: object) -> Row:
    claims = {claim.id: claim for claim in claims_in(value)}
    sources = {source.id for claim in claims.values() for source in claim.sources}
    return {"claims": len(claims), "sources": len(sources)}

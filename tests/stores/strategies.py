"""Bundles of records that a store takes in, of every kind and in every state of life."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from graph_service.domain.records import Record, dump_record
from tests.stores.telling import NOON, ONTOLOGY, told

PEOPLE = ("ann", "bob", "eve")
STATES = ("iran", "egypt", "qatar")
SOURCES = ("paper", "wire", "archive")
EPISODES = ("talks", "war")
RELATIONS = ("arms", "funds", "backs", "meets", "mediates", "allied_with", "rival_of")
STATE_WHENS = ("2020/..", "2019/2021-05", "2022-03/", "[..2023]/..", "/2024")
EVENT_WHENS = ("2024-05-01", "2023", "2020-01/2020-03", "[..2021-06]")

texts = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20
).filter(lambda text: text.strip())
moments = st.integers(0, 10**9).map(lambda tick: NOON + timedelta(microseconds=tick))


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def actors(draw: st.DrawFn, id_: str) -> Record:
    alias = st.fixed_dictionaries(
        {"text": texts, "scope": st.sampled_from(["name", "acronym", "metonym", "former"])},
        optional={"lang": st.sampled_from(["en", "fa"]), "from": st.just("2020-01")},
    )
    return told(
        {
            "record": "actor",
            "id": id_,
            "kind": "person" if id_ in PEOPLE else "state",
            "name": draw(texts),
            "aliases": draw(st.lists(alias, max_size=2)),
            "ids": draw(st.dictionaries(st.sampled_from(["iso3", "commitment"]), texts)),
            "description": draw(_maybe(texts)),
        }
    )


@st.composite
def sources(draw: st.DrawFn, id_: str) -> Record:
    return told(
        {
            "record": "source",
            "id": id_,
            "title": draw(texts),
            "published": draw(st.sampled_from(["2024", "2024-05-01", "[..2024-06]"])),
            "reliability": draw(st.sampled_from("ABCDEF")),
            "origin": draw(_maybe(texts)),
        }
    )


@st.composite
def pieces(draw: st.DrawFn) -> dict[str, Any]:
    status = draw(st.sampled_from(["proposed", "accepted", "rejected", "retracted"]))
    recorded, decided, retracted = sorted(draw(st.tuples(moments, moments, moments)))
    return {
        "source": draw(st.sampled_from(SOURCES)),
        "confidence": draw(st.floats(0.001, 0.95)),
        "locator": draw(texts),
        "passage": draw(_maybe(texts)),
        "stance": draw(st.sampled_from(["asserted", "denied"])),
        "modality": draw(st.sampled_from(["done", "intended", "demanded", "hypothetical"])),
        "attributed_to": draw(_maybe(texts)),
        "strength": draw(_maybe(st.sampled_from(["weak", "exceptional"]))),
        "outcome": draw(_maybe(st.sampled_from(["live", "failed"]))),
        "amount": draw(_maybe(st.floats(-1e300, 1e300))),
        "status": status,
        "coder": draw(_maybe(texts)),
        "reason": draw(_maybe(texts)),
        "recorded_at": recorded.isoformat(),
        "decided_at": None if status == "proposed" else decided.isoformat(),
        "decided_by": None if status == "proposed" else "curator",
        "retracted_at": retracted.isoformat() if status == "retracted" else None,
    }


@st.composite
def claims(draw: st.DrawFn) -> Record:
    relation = draw(st.sampled_from(RELATIONS))
    event = ONTOLOGY.relation(relation).is_event
    subject, object_ = draw(st.permutations(STATES))[:2]
    return told(
        {
            "record": "claim",
            "subject": subject,
            "relation": relation,
            "object": object_,
            "when": draw(st.sampled_from(EVENT_WHENS if event else STATE_WHENS)),
            "episode": draw(_maybe(st.sampled_from(EPISODES))),
            "evidence": draw(
                st.lists(pieces(), min_size=1, max_size=3, unique_by=lambda p: p["locator"])
            ),
        }
    )


@st.composite
def judgements(draw: st.DrawFn) -> Record:
    left, right = draw(st.permutations(PEOPLE))[:2]
    return told(
        {
            "record": "judgement",
            "left": left,
            "right": right,
            "verdict": draw(st.sampled_from(["same", "different", "unsure"])),
            "by": draw(texts),
            "at": draw(moments).isoformat(),
            "reason": draw(_maybe(texts)),
        }
    )


@st.composite
def bundles(draw: st.DrawFn) -> list[Record]:
    """Records that can be written in one go with their history kept."""
    records: list[Record] = [draw(sources(id_)) for id_ in SOURCES]
    records += [
        told(
            {
                "record": "episode",
                "id": id_,
                "kind": "talks",
                "name": draw(texts),
                "when": "2023/..",
            }
        )
        for id_ in EPISODES
    ]
    records += [draw(actors(id_)) for id_ in (*STATES, *PEOPLE)]
    records += draw(st.lists(claims(), max_size=5, unique_by=_pieces_of))
    return records + draw(st.lists(judgements(), max_size=2))


def _pieces_of(record: Record) -> tuple[str, ...]:
    # Evidence is known by what it is about, so that one claim with the same locator twice but
    # other content would be a conflict.
    return (dump_record(record)["id"],)

"""The numbers of drawn claims are those of the method, everything known and dates certain."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from graph_service.domain.claims import ClaimRecord, Modality, Stance, Status
from graph_service.domain.ontology import Relation
from graph_service.domain.periods import DISTANT_PAST, Dates, day_or_none, parse_day
from graph_service.domain.sources import Source
from graph_service.graph.corroboration import bucket
from graph_service.graph.reading import Reading, halved, read, sources_at
from graph_service.graph.view import Frame
from graph_service.queries.answers import CitedClaim
from graph_service.queries.words import weighed_in_words
from graph_service.stores.drawing import Drawing, Row
from tests.sayings import Saying
from tests.worlds import AS_OF, LIVES, World, tight_worlds, vocabulary, worlds

ONTOLOGY = vocabulary()
PAPER = Source("s1", "The Paper", published="2024-06")
FIRST_DAY = date(1, 1, 1)


def records(world: World) -> list[ClaimRecord]:
    """Every claim of a world with all its evidence as it stands."""
    return [
        ClaimRecord(said[0].claim, tuple(one.record.evidence[0] for one in said))
        for said in world.claims().values()
    ]


def sources(world: World) -> dict[str, Source]:
    return sources_at(world.sources, None)


def drawn(record: ClaimRecord, known: dict[str, Source]) -> Row:
    return Drawing(ONTOLOGY).claim(record, known, (record.claim.subject, record.claim.object))


def at(record: ClaimRecord, known: dict[str, Source], day: int) -> Reading:
    return read(record, ONTOLOGY, Frame(as_of=day), known)


def days_near(row: Row) -> set[int]:
    """Days on which something may change, those beside them, and some others."""
    told = [row["properties"][name] for name in ("since", "until", "counts_from", "counts_until")]
    told += [piece["properties"][name] for piece in row["evidence"] for name in ("begun_by",)]
    near = {one.toordinal() + by for one in told if one for by in (-1, 0, 1)}
    return {day for day in near if day > 0} | {parse_day(text) for text in AS_OF}


def weight(row: Row, piece: Row, relation: Relation, day: int) -> float:
    """ω from the properties alone, as a statement in Cypher works it out."""
    until, told = row["properties"]["until"], piece["properties"]
    if told["begun_by"] is None or told["begun_by"].toordinal() > day:
        return 0.0
    age = day - (until or told["attested"]).toordinal()
    if age < 0 or (until is None and relation.half_life_days == 0):
        return float(told["trust"])
    return float(told["trust"] * halved(age, relation.half_life_days))


@given(worlds())
def test_a_claim_is_live_on_the_days_from_counts_from_until_counts_until(world: World) -> None:
    known = sources(world)

    for record in records(world):
        row = drawn(record, known)
        since, until = row["properties"]["counts_from"], row["properties"]["counts_until"]
        for day in days_near(row):
            told = since is not None and since.toordinal() <= day
            gone = until is not None and until.toordinal() <= day
            reading = at(record, known, day)
            # What ended nobody knows when has faded away long ago.
            faded = reading.ends(Dates.CERTAIN) == DISTANT_PAST
            assert (told and not gone) == (reading.holds(Dates.CERTAIN) and not faded)


@given(worlds())
def test_what_is_drawn_gives_the_weight_of_every_piece_of_evidence(world: World) -> None:
    known = sources(world)

    for record in records(world):
        row, relation = drawn(record, known), ONTOLOGY.relation(record.claim.relation)
        drawn_pieces = {piece["id"]: piece for piece in row["evidence"]}
        # What ended nobody knows when is drawn as ended on the first day there is: long ago.
        for day in filter(parse_day("1000-01-01").__le__, days_near(row)):
            reading = at(record, known, day)
            expected = {p.id: reading.weight(p, source) for p, source in reading.evidence}
            for id_, piece in drawn_pieces.items():
                assert weight(row, piece, relation, day) == pytest.approx(
                    expected.get(id_, 0.0), rel=1e-12, abs=1e-12
                )


@given(worlds())
def test_trust_is_what_evidence_is_worth_before_time_fades_it(world: World) -> None:
    known = sources(world)

    for record in records(world):
        reading = at(record, known, 1)
        worth = {p.id: reading.belief(p, source) for p, source in reading.evidence}
        for piece in drawn(record, known)["evidence"]:
            assert piece["properties"]["trust"] == worth.get(piece["id"], 0.0)


@given(worlds())
def test_days_are_those_on_which_it_certainly_began_and_ended(world: World) -> None:
    known = sources(world)

    for record in records(world):
        reading, told = at(record, known, 1), drawn(record, known)["properties"]
        when = record.claim.when
        end = reading.ends(Dates.CERTAIN)
        assert (told["until"] or FIRST_DAY) == date.fromisoformat(
            day_or_none(end) or FIRST_DAY.isoformat()
        )
        assert (told["since"] is None) == when.start_is_unknown
        if not when.start_is_unknown:
            latest = when.days() if reading.relation.is_event else when.start
            assert told["since"] == date.fromordinal(latest.latest)


@given(tight_worlds())
def test_claims_of_one_tie_share_a_bucket_where_they_share_a_cluster(world: World) -> None:
    known, told = sources(world), records(world)
    clusters = {one.claim.id: bucket(at(one, known, 1)) for one in told}
    drawn_as = {one.claim.id: drawn(one, known)["properties"]["bucket"] for one in told}

    for one in told:
        for other in told:
            same = clusters[one.claim.id] == clusters[other.claim.id]
            assert (drawn_as[one.claim.id] == drawn_as[other.claim.id]) == same


@given(worlds())
def test_labels_say_what_answers_say_but_for_what_is_unknown(world: World) -> None:
    known = sources(world)

    for record in records(world):
        [piece, *others] = record.evidence
        if others or piece.stance is Stance.DENIED:
            continue
        row, claim = drawn(record, known), record.claim
        relation = ONTOLOGY.relation(claim.relation)
        cited = CitedClaim(
            id=claim.id, relation=claim.relation, subject=claim.subject, object=claim.object,
            when=claim.when.text, state=row["properties"]["state"], modality=piece.modality,
            strength=None if piece.strength == "ordinary" else piece.strength,
            outcome=piece.outcome, sources=(),
        )  # fmt: skip
        said = weighed_in_words(cited, event=relation.is_event)
        for unknown in (", start unknown", ", end unknown"):
            said = said.replace(unknown, "")
        assert row["properties"]["label"] == relation.label + said


def told(*sayings: Saying) -> ClaimRecord:
    return ClaimRecord(sayings[0].claim, tuple(one.record.evidence[0] for one in sayings))


def test_an_unknown_start_is_the_first_publication_of_an_accepted_assertion() -> None:
    early = Source("s2", "Early", published="2023-10")
    late = Source("s3", "Late", published="2025-03-01")
    record = told(
        Saying("a", "backs", "b", "/..", source="s1"),
        Saying("a", "backs", "b", "/..", source="s3", confidence=0.9),
        Saying("a", "backs", "b", "/..", source="s2", stance=Stance.DENIED),
    )

    row = drawn(record, {"s1": PAPER, "s2": early, "s3": late})

    begun = [piece["properties"]["begun_by"] for piece in row["evidence"]]
    assert begun == [date(2024, 6, 30), date(2024, 6, 30), date(2023, 10, 31)]
    assert row["properties"]["counts_from"] == date(2024, 6, 30)
    assert row["properties"]["since"] is None


@pytest.mark.parametrize("life", [one for one in LIVES if one.status is not Status.ACCEPTED])
def test_evidence_that_does_not_count_is_dated_as_if_it_did_and_moves_nothing(life: object) -> None:
    early = Source("s2", "Early", published="2023-10")
    counting = Saying("a", "backs", "b", "/..", source="s1")
    other = Saying("a", "backs", "b", "/..", source="s2", life=life)  # type: ignore[arg-type]

    row = drawn(told(counting, other), {"s1": PAPER, "s2": early})
    alone = drawn(told(other), {"s2": early})

    begun = [piece["properties"]["begun_by"] for piece in row["evidence"]]
    assert begun == [date(2024, 6, 30), date(2023, 10, 31)]
    assert row["properties"]["counts_from"] == date(2024, 6, 30)
    assert row["evidence"][1]["properties"]["trust"] == 0.0
    assert alone["evidence"][0]["properties"]["begun_by"] == date(2023, 10, 31)
    assert alone["properties"]["counts_from"] is None


def test_what_only_an_undated_source_tells_with_no_start_has_never_begun() -> None:
    row = drawn(told(Saying("a", "backs", "b", "/..")), {"s1": Source("s1", "Undated")})

    [piece] = row["evidence"]
    assert piece["properties"]["begun_by"] is None
    assert row["properties"]["counts_from"] is None
    assert piece["properties"]["attested"] == LIVES[0].recorded_at.date()


def test_what_had_ended_by_a_day_and_began_nobody_knows_when_is_over_on_every_day() -> None:
    office = drawn(told(Saying("a", "heads", "b", "/[..2024]")), {"s1": PAPER})["properties"]
    backing = drawn(told(Saying("a", "backs", "b", "/[..2024]")), {"s1": PAPER})["properties"]

    assert (office["since"], office["until"], office["counts_until"]) == (
        None, FIRST_DAY, FIRST_DAY,
    )  # fmt: skip
    assert (backing["until"], backing["counts_until"]) == (FIRST_DAY, FIRST_DAY)


def test_an_office_counts_until_the_day_it_ended_and_a_tie_that_fades_goes_on() -> None:
    office = drawn(told(Saying("a", "heads", "b", "2012/2024-07")), {"s1": PAPER})["properties"]
    backing = drawn(told(Saying("a", "backs", "b", "2012/2024-07")), {"s1": PAPER})["properties"]

    assert office["until"] == office["counts_until"] == date(2024, 7, 1)
    assert (backing["until"], backing["counts_until"]) == (date(2024, 7, 1), None)
    assert office["counts_from"] == date(2012, 12, 31)


def test_a_bucket_names_an_episode_or_the_days_of_an_event() -> None:
    def bucket_of(relation: str, when: str, episode: str | None = None) -> str:
        record = told(Saying("a", relation, "b", when, episode=episode))
        return str(drawn(record, {"s1": PAPER})["properties"]["bucket"])

    monday = date(2024, 6, 24)
    number = monday.toordinal() // 3
    assert bucket_of("backs", "2012/..") == ""
    assert bucket_of("backs", "2012/..", "talks") == "episode talks"
    assert bucket_of("attacks", monday.isoformat(), "talks") == str(number)
    assert bucket_of("attacks", (monday + timedelta(days=3)).isoformat()) == str(number + 1)


def test_what_is_only_demanded_is_drawn_and_never_counts() -> None:
    row = drawn(
        told(Saying("a", "backs", "b", "2012/..", modality=Modality.DEMANDED)), {"s1": PAPER}
    )

    assert row["tie"]["properties"]["counts_from"] is None
    assert row["evidence"][0]["properties"]["trust"] == 0.0

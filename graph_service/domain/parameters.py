"""The numbers of the method that belong to no single family or relation, as `ontology.toml` has
them under `parameters`. Their meaning is told in `docs/method.md`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceParameters:
    """How evidence is weighed."""

    max_confidence: float
    max_hedged_confidence: float
    bucket_days: int
    stale_half_lives: float
    stale_days_without_half_life: int
    uncertain_days: int


@dataclass(frozen=True, slots=True)
class LeverageParameters:
    """How far and how wide leverage looks."""

    hops: int
    width: int
    intermediary_floor: float
    path_floor: float


@dataclass(frozen=True, slots=True)
class UncertaintyParameters:
    """How intervals, tiers and the floor are drawn."""

    draws: int
    low: float
    high: float
    tier: float
    floor_origins: int


@dataclass(frozen=True, slots=True)
class AlignmentParameters:
    """How alignment is weighed: what a relation's mass counts, by its own name or else by that of
    its family (nothing where neither is named), and the offset below the line."""

    offset: float
    families: Mapping[str, float]
    relations: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class MediatorParameters:
    """How mediators are scored: the `families` whose mass makes a tie to a party, what mediation
    between the two and a record of it add (`episodes` at which the record counts half), the value
    of an empty side where one is allowed, and for how many days force makes a belligerent."""

    families: tuple[str, ...]
    mediation: float
    record: float
    episodes: float
    one_sided: float
    belligerent_days: int


@dataclass(frozen=True, slots=True)
class BalanceParameters:
    """Which alignments count in triads, and how many permutations of signs they are held
    against."""

    threshold: float
    permutations: int


@dataclass(frozen=True, slots=True)
class BlocParameters:
    """How many times blocs are looked for, and in how many draws of the evidence."""

    starts: int
    draws: int


@dataclass(frozen=True, slots=True)
class LatentParameters:
    """How latent patrons are scored: what it counts that a state supports a `group` which supports
    this one, supports a `sibling` in arms, is an `ally` of a supporter, or is a `rival` of an
    opponent (far from it, and the nearer the more), and that it is `near` (half as near at
    `near_km`); and what speaks against it: being allied with, or supporting, an opponent."""

    group: float
    sibling: float
    ally: float
    rival: float
    rival_far: float
    rival_near: float
    near: float
    near_km: float
    allied_opponent: float
    supported_opponent: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """Every number of the method that belongs to no single family or relation."""

    reliability: Mapping[str, float]
    modality: Mapping[str, float]
    strength: Mapping[str, float]
    outcome: Mapping[str, float]
    evidence: EvidenceParameters
    gate_offset: float
    leverage: LeverageParameters
    uncertainty: UncertaintyParameters
    hub_ties: int
    alignment: AlignmentParameters
    mediators: MediatorParameters
    balance: BalanceParameters
    blocs: BlocParameters
    latent: LatentParameters


GROUPS: Mapping[str, type] = {
    "evidence": EvidenceParameters,
    "leverage": LeverageParameters,
    "uncertainty": UncertaintyParameters,
    "alignment": AlignmentParameters,
    "mediators": MediatorParameters,
    "balance": BalanceParameters,
    "blocs": BlocParameters,
    "latent": LatentParameters,
}
"""The sections of `parameters` that are groups of numbers, each with its shape."""

"""What each parameter of `ontology.toml` means, in which unit, and where the method tells of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WEIGHT = "21-weight-of-a-piece-of-evidence"
MASS = "23-mass"
PATHS = "37-paths-influence-and-coercion"
UNCERTAINTY = "311-uncertainty"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the parameters: its title, what its values are, and the meaning of each (where
    the title does not say it, with its unit in front), under a heading of `docs/method.md`."""

    title: str
    anchor: str
    told: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)


SECTIONS: Mapping[str, Section] = {
    "reliability": Section("Reliability of a source", WEIGHT, "ρ, a factor of the weight ω"),
    "modality": Section("Modality of a claim", WEIGHT, "m, a factor of the weight ω"),
    "strength": Section("Strength", MASS, "σ, a factor of the mass"),
    "outcome": Section("Outcome of a mediation", MASS, "o, a factor of the mass"),
    "evidence": Section(
        "Evidence",
        "2-evidence-to-mass",
        meanings={
            "max_confidence": "share: the highest confidence c that is taken",
            "max_hedged_confidence": "share: the highest c for a hedged statement",
            "bucket_days": "days: events so near to each other tell of one thing",
            "stale_half_lives": "half-lives: older than this is stale",
            "stale_days_without_half_life": "days: where nothing fades, stale after this",
            "uncertain_days": "days: a date that leaves more possible days is uncertain",
        },
    ),
    "gate": Section(
        "Hostility gate",
        "35-hostility-gate",
        meanings={"offset": "mass: the 1 below the line of g"},
    ),
    "leverage": Section(
        "Leverage",
        PATHS,
        meanings={
            "hops": "steps: the most that a path may have",
            "width": "actors: how many intermediaries are looked at",
            "intermediary_floor": "share: the least D(x→B) of an intermediary",
            "path_floor": "share: a path of less weight is dropped",
        },
    ),
    "uncertainty": Section(
        "Uncertainty",
        UNCERTAINTY,
        meanings={
            "draws": "times that the evidence is drawn",
            "low": "per cent: the quantile at which the interval begins",
            "high": "per cent: the quantile at which it ends",
            "tier": "share of the draws in which a new tier must be smaller",
            "floor_origins": "origins that must assert what the floor counts",
        },
    ),
    "ties": Section(
        "Ties",
        "6-other-questions",
        meanings={"hub": "ties: who has more is not expanded on a path"},
    ),
    "alignment": Section(
        "Alignment",
        "alignment",
        meanings={
            "offset": "mass: the 1 below the line",
            "families": "factor of the mass, by family",
            "relations": "factor of the mass, by relation, which goes before its family",
        },
    ),
    "mediators": Section(
        "Mediators",
        "mediators",
        meanings={
            "families": "the families whose mass makes a tie to a party",
            "mediation": "share: what mediation between the two can add",
            "record": "share: what a record of mediation can add",
            "episodes": "mass: at which the record counts half",
            "one_sided": "share: what an empty side counts, where one is allowed",
            "belligerent_days": "days: how long force makes a belligerent",
        },
    ),
    "balance": Section(
        "Tension",
        "tension",
        meanings={
            "threshold": "alignment: less does not count in a triad",
            "permutations": "times that the signs are dealt anew",
        },
    ),
    "latent": Section(
        "Latent patrons",
        "latent-patrons",
        meanings={
            "group": "share: GG, it supports a group that supports this one",
            "sibling": "share: SIB, it supports another group against the same opponent",
            "ally": "share: ALLY, it is allied with a supporter",
            "rival": "share: EOE, it is a rival of an opponent",
            "rival_far": "share of that, far from the opponent",
            "rival_near": "share of that, added next to it",
            "near": "share: it is next to an opponent",
            "near_km": "km: at which it is half as near",
            "allied_opponent": "share taken off, where it is allied with an opponent",
            "supported_opponent": "share taken off, where it supports an opponent",
        },
    ),
    "blocs": Section(
        "Blocs",
        "blocs",
        meanings={
            "starts": "times that blocs are looked for",
            "draws": "draws of the evidence that tell how stable they are",
        },
    ),
}

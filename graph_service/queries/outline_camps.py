"""How answers about many actors are told."""

from collections.abc import Iterator, Sequence

from graph_service.queries.balance import Balance
from graph_service.queries.blocs import Bloc, Blocs
from graph_service.queries.brokers import Brokers
from graph_service.queries.gaps import AttestedTie, Gaps
from graph_service.queries.outline import (
    FEW,
    Block,
    Evidence,
    Heading,
    Line,
    Names,
    Outline,
    Rows,
    more,
    names,
    path_blocks,
    reasoned,
)
from graph_service.queries.outline_pairs import tie_blocks
from graph_service.queries.words import count, in_words, signed, two_decimals

ENOUGH = 10
"""Of fewer triads, a share and its distance from chance say nothing."""
WEAK = 0.5
"""A bloc that stays together in fewer of the draws is weak."""


def _balance(data: Balance, name_of: Names) -> Iterator[Block]:
    yield Line(
        f"Among {count(data.actors, 'actor')} ({data.chosen}): {count(data.ties, 'tie')} that "
        f"count, {data.hostile} of them hostile; {count(data.triads, 'triad')}, {data.frustrated} "
        "of them frustrated."
    )
    if data.triads >= ENOUGH:
        yield Line(f"{data.ratio:.0%} of the triads are balanced{_expected(data)}.")
    elif data.triads:
        yield Line(
            f"{data.balanced} of {count(data.triads, 'triad')} balanced: too few to say more."
        )
    if not data.tensions:
        yield from _ties_told(data, name_of)
    for triad in data.tensions:
        yield Heading(f"{names(triad.actors, ', ')}: tension {two_decimals(triad.tension)}")
        for tie in triad.ties:
            yield from tie_blocks(tie, name_of)
    yield from more(len(data.tensions), data.frustrated, "triad")
    yield from reasoned(data.reason, {}, name_of)


def _ties_told(data: Balance, name_of: Names) -> Iterator[Block]:
    """What it rests on where no triad does not go together."""
    if data.strongest:
        yield Heading("The strongest ties that count")
    for tie in data.strongest[:FEW]:
        yield from tie_blocks(tie, name_of)
    yield from more(len(data.strongest[:FEW]), data.ties, "tie")


def _expected(data: Balance) -> str:
    if data.expected is None:
        return ""
    sure = "" if data.z is None else f" (z {signed(data.z)})"
    return f", {data.expected:.0%} if the same signs were dealt by chance{sure}"


def _blocs(data: Blocs, name_of: Names) -> Iterator[Block]:
    yield Line(f"Among {count(data.actors, 'actor')} ({data.chosen}).")
    for bloc in data.blocs:
        yield from _bloc(bloc, name_of)
    if data.oppositions:
        yield Heading("How they stand to each other")
    for one in data.oppositions:
        ends = f"bloc {one.blocs[0]} and bloc {one.blocs[1]}"
        yield Line(f"{ends}: {signed(one.alignment)} over {count(one.ties, 'tie')}", 1)
        for tie in one.strongest[:2]:
            yield from tie_blocks(tie, name_of)
    if data.alone:
        yield Line(f"In no bloc: {names(data.alone, ', ')}.")
        yield from more(len(data.alone), data.alone_available, "actor")
    yield from reasoned(data.reason, {}, name_of)


def _bloc(bloc: Bloc, name_of: Names) -> Iterator[Block]:
    weak = " (weak)" if bloc.stability is not None and bloc.stability < WEAK else ""
    sure = (
        "" if bloc.stability is None else f", together in {bloc.stability:.0%} of the draws{weak}"
    )
    yield Heading(f"Bloc {bloc.number}: cohesion {signed(bloc.cohesion)}{sure}")
    rows = tuple(
        (
            member.actor.name,
            signed(member.alignment),
            "" if member.stability is None else f"{member.stability:.0%}",
        )
        for member in bloc.members
    )
    yield Rows(("actor", "alignment", "stability"), rows, frozenset({"alignment", "stability"}))
    for tie in (*bloc.ties[:3], *bloc.strains[:2]):
        yield from tie_blocks(tie, name_of)


def _brokers(data: Brokers, name_of: Names) -> Iterator[Block]:
    if data.ranking:
        rows = tuple(
            (str(place), broker.actor.name, two_decimals(broker.brokerage), str(broker.pairs))
            for place, broker in enumerate(data.ranking, start=1)
        )
        heads = ("#", "actor", "brokerage", "pairs")
        yield Rows(heads, rows, frozenset(heads) - {"actor"})
    for broker in data.ranking[:FEW]:
        yield Heading(broker.actor.name)
        for one in broker.strongest:
            left = f"{two_decimals(one.leverage)}, without it {two_decimals(one.without)}"
            yield Line(f"{one.actor.name} over {one.over.name}: {left}", 1)
            yield from path_blocks(one.path, name_of)
    yield from reasoned(data.reason, {}, name_of)


def _gaps(data: Gaps, name_of: Names) -> Iterator[Block]:
    yield Line(
        f"{count(data.ties, 'tie')} among {count(data.actors, 'actor')}: {data.single} by one origin "
        f"alone, {data.stale} stale, {data.held_back} held back for uncertain dates."
    )
    if data.origins:
        yield Heading("Who says so")
        rows = tuple((origin, str(ties)) for origin, ties in data.origins.items())
        yield Rows(("origin", "ties"), rows, frozenset({"ties"}))
    if data.thin:
        yield Heading("Of whom one origin alone speaks")
        found = tuple((thin.actor.name, thin.origin, str(thin.ties)) for thin in data.thin)
        yield Rows(("actor", "origin", "ties"), found, frozenset({"ties"}))
        yield from more(len(data.thin), data.thin_available, "actor")
    several = data.ties - data.single if data.actor else 0
    yield from _attested("Told by several origins", data.corroborated, several)
    if data.actor and data.ties and not data.corroborated:
        yield Line("Nothing of it is told by several origins.")
    yield from _attested("Told by one origin alone", data.alone, data.single if data.actor else 0)
    yield from _attested("Stale ties", data.stalest, data.stale)
    for gap in data.gaps:
        yield Line(f"Nothing from {in_words(gap.since)} to {in_words(gap.until)}.")
    yield from reasoned(data.reason, {}, name_of)


def _attested(heading: str, ties: Sequence[AttestedTie], available: int) -> Iterator[Block]:
    """Ties with their claims."""
    if ties:
        yield Heading(heading)
    for tie in ties:
        yield Evidence(tie.claims, (), 1)
    yield from more(len(ties), available, "tie")


def _of_gaps(data: Gaps) -> str:
    """The actor that it is about, or all."""
    return f"How well {data.actor.name} is known" if data.actor else "What is not known"


BALANCE: Outline[Balance] = Outline(
    title=lambda _: "Who does not go together",
    blocks=_balance,
    briefly=lambda data: iter([f"{data.frustrated} of {count(data.triads, 'triad')} frustrated"]),
    empty=lambda data: not data.triads,
)
BLOCS: Outline[Blocs] = Outline(
    title=lambda _: "Who stands with whom against whom",
    blocks=_blocs,
    briefly=lambda data: (
        ", ".join(member.actor.name for member in bloc.members[:3]) for bloc in data.blocs[:3]
    ),
    empty=lambda data: not data.blocs,
)
BROKERS: Outline[Brokers] = Outline(
    title=lambda data: (
        "Through whom others have influence" + (f" over {data.over.name}" if data.over else "")
    ),
    blocks=_brokers,
    briefly=lambda data: (f"{b.actor.name} {two_decimals(b.brokerage)}" for b in data.ranking[:3]),
    empty=lambda data: not data.ranking,
)
COVERAGE: Outline[Gaps] = Outline(
    title=_of_gaps,
    blocks=_gaps,
    briefly=lambda data: iter([count(data.ties, "tie"), f"{data.single} by one origin alone"]),
    empty=lambda data: not data.ties,
)

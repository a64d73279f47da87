"""Who says so in data sets of coded events: publishers, and the data set itself of its actors."""

from collections.abc import Iterator

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.fields import check_text
from graph_service.domain.periods import DISTANT_FUTURE, When, day
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.book import slug_of
from graph_service.importers.events import MOST_KEPT, DataSet
from graph_service.importers.intake import Intake

TIE_CONFIDENCE = 0.9
"""Of an actor's belonging to its state: people enter it into the dictionary of the data set, and
machines only look it up. Dictionaries are behind the events now and then."""


class Publishers(dict[str, str]):
    """The source for each publisher that a data set names, told of when it is first met.

    The origin is the publisher, under the same name in every data set, so that a paper that two of
    them have read counts once.
    """

    def __init__(self, intake: Intake, data: DataSet) -> None:
        super().__init__()
        self._intake = intake
        self._data = data
        self._titles: dict[str, str] = {}
        self._years: dict[str, str] = {}

    def __missing__(self, raw: str) -> str:
        if len(self) >= MOST_KEPT:
            self.clear()
        name = " ".join(raw.split())
        self[raw] = found = self.called(slug_of(name), name)
        return found

    def called(self, slug: str, name: str) -> str:
        """The id of the source of a publisher; raises `InvalidRecord` for a name that is none."""
        if not slug:
            raise InvalidRecord(f"{name[:40]!r} is no name of a publisher", field="publisher")
        if len(self._titles) >= MOST_KEPT:
            self._titles.clear()
        # Spellings that differ by case or accents are one publisher, called as it was first.
        name = self._titles.setdefault(slug, check_text(name, "publisher"))
        data = self._data
        # A paper called by a year is not to be taken for the data set of that year.
        apart = "paper-" if slug[:4].isdigit() else ""
        source = Source(
            f"{data.slug}-{apart}{slug}",
            name,
            publisher=name,
            kind="news",
            reliability=self._intake.reliability(data.reliability),
            origin=slug,
        )
        return self._intake.source(source)

    def unnamed(self, year: str) -> str:
        """The id of the source of events of a year for which no publisher is named."""
        title = f"{self._data.title}, {year}: publisher not named"
        return self._of_year(f"{year}-unnamed", title, year, self._data.reliability)

    def of_actors(self, year: str) -> str:
        """The id of the source of what the data set says of its actors in a year."""
        # People keep the tables of actors, whoever published the events.
        return self._of_year(year, f"{self._data.title}, {year}", year, Reliability.B)

    def _of_year(self, slug: str, title: str, year: str, usual: Reliability) -> str:
        if slug not in self._years:
            source = Source(
                f"{self._data.slug}-{slug}",
                title,
                published=year,
                kind="data set",
                reliability=self._intake.reliability(usual),
                origin=self._data.slug,
            )
            self._years[slug] = self._intake.source(source)
        return self._years[slug]


class StateTies:
    """How actors belong to their states: what the columns of actors say, with the data set of the
    year as the source.

    `of` has the relation and the state of each actor that has one, by the actor's id. Each is told
    once a year, as begun by the first day on which the file has the actor act, and told at the end,
    since the rows of a file need not be in order.
    """

    def __init__(self, intake: Intake, publishers: Publishers) -> None:
        self.of: dict[str, tuple[str, str]] = {}
        self._intake = intake
        self._publishers = publishers
        self._confidence = intake.confidence(TIE_CONFIDENCE)
        self._met: dict[str, dict[str, int]] = {}

    def meet(self, subject: str, object_: str, when: When) -> None:
        """Take note of the two actors of an event."""
        year = when.text[:4]
        met = self._met.get(year)
        if met is None:
            met = self._met[year] = {}
        latest = when.end.latest
        if met.get(subject, DISTANT_FUTURE) > latest:
            met[subject] = latest
        if met.get(object_, DISTANT_FUTURE) > latest:
            met[object_] = latest

    def told(self) -> Iterator[ClaimRecord]:
        """What is to be told of all of them."""
        for _, met in sorted(self._met.items()):
            for actor, latest in met.items():
                if actor in self.of:
                    yield self._tell(actor, day(latest))

    def _tell(self, actor: str, by: str) -> ClaimRecord:
        relation, state = self.of[actor]
        # Of its end nothing is said.
        claim = self._intake.claim(actor, relation, state, When.parse(f"[..{by}]/"))
        source = self._publishers.of_actors(by[:4])
        return self._intake.told(claim, source, self._confidence, "columns of actors")

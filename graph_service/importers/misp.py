"""MISP galaxy clusters of threat actors: the groups with their names, and their suspected sponsors.

A cluster tells of no dates. What it says was said on the day of the newest page that it cites, or
later: that day is taken for the day of its publication, since nothing of it can be older as a whole
and the version says no more. Whoever knows the day of the version names it with the wish
`published`. When a sponsorship began is not told.
"""

import re
from collections.abc import Iterator

from graph_service.domain.claims import ClaimRecord
from graph_service.domain.errors import InvalidRecord
from graph_service.domain.periods import Span, When
from graph_service.domain.sources import Reliability, Source
from graph_service.importers.book import slug_of
from graph_service.importers.ftm_actors import state_called
from graph_service.importers.intake import Intake, Row
from graph_service.importers.json_document import Part, parts
from graph_service.importers.json_values import Json, an_object, names, required, shown, text, texts
from graph_service.importers.packed import Packed
from graph_service.importers.running import Format
from graph_service.importers.told_dates import day_of
from graph_service.importers.web_pages import date_in, host

VALUES = "values"
SPONSOR = "cfr-suspected-state-sponsor"
RELATION = "patron_of"
"""The field says sponsor, which is what the relation is defined by."""
UNDATED = When.parse("/")

RELIABILITY = Reliability.C
"""Kept by hand by many, each group with the reports that tell of it."""
MOST_SURE = 0.6
"""The field says `suspected`: what is hedged is at most so sure."""
USUAL_ATTRIBUTION = 50
"""The confidence in the attribution, of 100, of groups that give none: what most of them give."""

_LONGEST_TOLD = 300

COUNCIL = "Council on Foreign Relations"
"""Whose words the fields `cfr-…` are, where a group cites its pages."""
_COUNCIL_HOST = "cfr.org"

_ACTOR_CLUSTERS = re.compile("threat-actor|activity-group")
_GROUP = frozenset({"actor", "activity group", "group"})
_ATTACK_ID = re.compile(r"G\d{4}", re.ASCII)


def read(packed: Packed, intake: Intake) -> Iterator[Row]:
    """A row for each group, with a claim where a sponsor is suspected."""
    cluster = _Cluster()
    for part in parts(packed.unpacked(), VALUES):
        cluster.see(part)
    cluster.check()
    published = intake.wishes.more.get("published")
    reading = _Reading(intake, cluster, day_of(published) if published else cluster.newest)
    for part in parts(packed.unpacked(), VALUES):
        if part.name == VALUES:
            row = reading.row(part)
            if row is not None:
                yield row


def _told(part: Part) -> str:
    if len(part.text) >= _LONGEST_TOLD:
        return ""
    try:
        return shown(str(part.value())) or ""
    except InvalidRecord as error:
        raise error.at_line(part.line) from None


class _Cluster:
    """What is told of the whole, and the newest day or month in its references."""

    def __init__(self) -> None:
        self.type = self.name = self.version = ""
        self.newest: str | None = None
        self._has_values = False

    def see(self, part: Part) -> None:
        """Take note of a part of the document."""
        if part.name == VALUES:
            self._has_values = self._has_values or part.text.startswith("{")
            self._see_dates(part)
        elif part.name in ("type", "name", "version"):
            setattr(self, part.name, _told(part))

    def _see_dates(self, part: Part) -> None:
        try:
            references = texts(_meta(an_object(part.value(), "a group")), "refs")
        except InvalidRecord:
            return  # refused when its row is read
        for date in filter(None, map(date_in, references)):
            if _is_date(date) and (self.newest is None or _last(date) > _last(self.newest)):
                self.newest = date

    def check(self) -> None:
        """Raises `InvalidRecord` for what is no cluster of threat actors."""
        if not self._has_values or not _ACTOR_CLUSTERS.search(self.type):
            raise InvalidRecord(
                "this is no MISP galaxy cluster of threat actors: it needs "
                '{"type": "threat-actor", "version": …, "values": [...]}'
            )


class _Reading:
    """The state of one import."""

    def __init__(self, intake: Intake, cluster: _Cluster, published: str | None) -> None:
        self._intake = intake
        self._cluster = cluster
        self._published = published
        self._seen: set[str] = set()

    def row(self, part: Part) -> Row | None:
        """What a group tells, None where it is not taken."""
        name = ""
        try:
            data = an_object(part.value(), "a group")
            name = required(data, "value")
            return self._row(part, data, name)
        except InvalidRecord as error:
            reason = f"{name[:80]}: {error.message}" if name else error.message
            self._intake.refuse(part.line, reason, error.field)
            return None

    def _row(self, part: Part, data: Json, name: str) -> Row | None:
        meta = _meta(data)
        id_ = required(data, "uuid")
        if id_ in self._seen:
            self._intake.skip("a group told before")
            return None
        classes = texts(meta, "threat-actor-classification")
        if classes and not _GROUP & {one.lower() for one in classes}:
            self._intake.skip("an operation or a campaign, and no group")
            return None
        synonyms = texts(meta, "synonyms")
        sponsor = text(meta, SPONSOR)
        by = None if sponsor in (None, "Unknown") else self._state(sponsor or "", meta)
        ids = {"misp": id_} | _attack_id(synonyms)
        group = self._intake.actors.entity(name, "organisation", ids, names(synonyms))
        self._seen.add(id_)
        return Row(part.line, () if by is None else (self._claim(by, group, id_, meta),))

    def _state(self, sponsor: str, meta: Json) -> str:
        """The state that a sponsor is, by its name, else by the code of its country."""
        book = self._intake.actors
        actor = state_called(book, sponsor)
        found = None if actor is None else actor.id
        if found is None:
            found = book.state("iso2", text(meta, "country") or sponsor)
        actor = None if found is None else book.take(found)
        if actor is None:
            raise InvalidRecord(f"no state is known as {sponsor[:80]!r}", field=SPONSOR)
        iso2 = dict(actor.ids).get("iso2")
        return book.actor(sponsor, "state", ids={"iso2": iso2} if iso2 else None)

    def _claim(self, sponsor: str, group: str, id_: str, meta: Json) -> ClaimRecord:
        if self._published is None:
            raise InvalidRecord(
                "nothing tells when this cluster was published: name the day of its version with "
                "the wish published=2024-07-31",
                field="version",
            )
        claim = self._intake.claim(sponsor, RELATION, group, UNDATED)
        hosts = {host(url) for url in texts(meta, "refs")}
        return self._intake.told(
            claim,
            self._source(self._published),
            self._intake.confidence(_confidence(meta)),
            f"{SPONSOR} of {shown(id_, 100)}",
            attributed_to=COUNCIL if _COUNCIL_HOST in hosts else None,
        )

    def _source(self, published: str) -> str:
        version = re.sub(r"\W", "", self._cluster.version)[:20]
        told = f"{published}-{version}" if version else published
        name = self._cluster.name or "threat actors"
        return self._intake.source(
            Source(
                f"misp-{slug_of(self._cluster.type)}-{told}",
                f"MISP galaxy, {name}" + (f", version {version}" if version else ""),
                publisher="MISP Project",
                url="https://github.com/MISP/misp-galaxy",
                published=published,
                kind="data",
                reliability=self._intake.reliability(RELIABILITY),
                origin="misp-galaxy",
            )
        )


def _meta(data: Json) -> Json:
    return an_object(data.get("meta", {}), "meta")


def _attack_id(synonyms: list[str]) -> dict[str, str]:
    """The number in ATT&CK, where it stands among the names once."""
    found = [name for name in synonyms if _ATTACK_ID.fullmatch(name)]
    return {"mitre_attack": found[0]} if len(found) == 1 else {}


def _confidence(meta: Json) -> float:
    """How sure the attribution is, of what a suspicion can be; raises `InvalidRecord`."""
    told = meta.get("attribution-confidence")
    share = USUAL_ATTRIBUTION if told is None else _whole(told)
    if not 1 <= share <= 100:
        raise InvalidRecord(
            "attribution-confidence is a whole number from 1 to 100", field="attribution-confidence"
        )
    return round(MOST_SURE * share / 100, 3)


def _whole(told: object) -> int:
    text_ = str(told)
    return int(text_) if re.fullmatch(r"\d{1,3}", text_, re.ASCII) else 0


def _is_date(text: str) -> bool:
    try:
        When.parse(text)
    except InvalidRecord:
        return False
    return True


def _last(text: str) -> tuple[int, str]:
    """By when, and of two dates with one last day the more exact one."""
    return Span.parse(text).latest, text


FORMAT = Format(
    name="misp",
    title="Take in MISP galaxy clusters of threat actors: groups, and their suspected sponsors.",
    scheme="misp",
    read=read,
    coder="misp",
    more=(
        ("published", "the day of the cluster's version; else that of the newest page it cites"),
    ),
)

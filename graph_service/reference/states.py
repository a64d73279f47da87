"""The states of the reference set, from a list of country codes and what is written by hand."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from graph_service.domain.actors import Actor, Alias, Scope
from graph_service.names.folding import fold_name

CODES = "countries/datasets_country-codes.csv"
_OFFICIAL = {
    "en": ("official_name_en", "UNTERM English Short", "UNTERM English Formal"),
    "fr": ("official_name_fr", "UNTERM French Short"),
    "es": ("official_name_es", "UNTERM Spanish Short"),
    "ru": ("official_name_ru", "UNTERM Russian Short"),
    "ar": ("official_name_ar", "UNTERM Arabic Short"),
    "zh": ("official_name_cn", "UNTERM Chinese Short"),
}
_CODES = {
    "iso2": "ISO3166-1-Alpha-2",
    "iso3": "ISO3166-1-Alpha-3",
    "iso_numeric": "ISO3166-1-numeric",
    "wikidata": "wikidata_id",
}
_INDEPENDENT = ("Yes", "In contention")

Row = Mapping[str, str]


def states(data: Path, told: Mapping[str, Any]) -> Iterator[Actor]:
    """Every state: those of the list that are independent or contended, others of today, and those
    that are no more. `told` is what `states.toml` says."""
    with (data / CODES).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["is_independent"] in _INDEPENDENT:
                yield _state(row, told)
    for more in told["more"]:
        yield _state(_as_row(more), told)
    for gone in told["gone"]:
        yield _gone(gone)


def slug(name: str) -> str:
    """The id of an actor of this name."""
    return fold_name(name).replace(" ", "-")


def _as_row(more: Row) -> Row:
    return {
        "ISO3166-1-Alpha-2": more["iso2"],
        "ISO3166-1-Alpha-3": more["iso3"],
        "CLDR display name": more["name"],
        "Capital": more["capital"],
    }


def _state(row: Row, told: Mapping[str, Any]) -> Actor:
    iso3 = row["ISO3166-1-Alpha-3"]
    name = told["names"].get(iso3, row["CLDR display name"])
    cow, gw, demonym = told["numbers"][iso3]
    ids = {scheme: row.get(column, "").strip() for scheme, column in _CODES.items()}
    ids["wikidata"] = ids["wikidata"].rpartition("/")[2]
    ids |= {"cow": str(cow), "gw": str(gw), "cameo": iso3}
    aliases = [
        *_named(told["aliases"].get(iso3, ()), Scope.NAME),
        *_official(row),
        *(
            Alias(text, Scope.FORMER, "en", None, last)
            for text, last in told["former"].get(iso3, ())
        ),
        *_seats(row, told["seats"].get(iso3, ())),
        *_named((demonym,), Scope.DEMONYM),
    ]
    return Actor(
        id=slug(name),
        kind="state",
        name=name,
        aliases=tuple(distinct(name, aliases)),
        ids=tuple(sorted((scheme, value) for scheme, value in ids.items() if value)),
    )


def _named(texts: Iterable[str], scope: Scope) -> Iterator[Alias]:
    for text in texts:
        if text:
            is_acronym = len(text) <= 6 and text.replace(".", "").isupper() and scope is Scope.NAME
            yield Alias(text, Scope.ACRONYM if is_acronym else scope, "en")


def _official(row: Row) -> Iterator[Alias]:
    for lang, columns in _OFFICIAL.items():
        for column in columns:
            for text in _variants(row.get(column, "")):
                yield Alias(text, Scope.NAME, lang)


def _variants(text: str) -> Iterator[str]:
    """A name of the list as it is used: without its article and its footnote."""
    text = text.replace("*", "").replace("\xa0", " ").strip()
    for article in ("(the)", "(la)", "(le)", "(les)", "(l')", "(el)", "(los)", "(las)"):
        text = text.removesuffix(article).strip()
    for article in ("the ", "la ", "le ", "les ", "el ", "los "):
        text = text.removeprefix(article)
    if text:
        yield text


def _seats(row: Row, seats: Iterable[tuple[str, str, str]]) -> Iterator[Alias]:
    told = {fold_name(name) for name, *_ in seats}
    capital = row.get("Capital", "").strip()
    if capital and fold_name(capital) not in told:
        yield Alias(capital, Scope.METONYM, "en")
    for name, since, until in seats:
        yield Alias(name, Scope.METONYM, "en", since or None, until or None)


def distinct(name: str, aliases: Iterable[Alias]) -> Iterator[Alias]:
    """The aliases that fold to something else than the name and each other; a seat that is called
    as its state adds nothing."""
    seen = {fold_name(name)}
    for alias in aliases:
        folded = fold_name(alias.text)
        if folded and folded not in seen:
            seen.add(folded)
            yield alias


def _gone(gone: Mapping[str, Any]) -> Actor:
    ids = ((scheme, gone[scheme]) for scheme in ("cow", "gw") if scheme in gone)
    aliases = _named(gone.get("aliases", ()), Scope.NAME)
    name = gone["name"]
    return Actor(slug(name), "state", name, tuple(distinct(name, aliases)), tuple(sorted(ids)))

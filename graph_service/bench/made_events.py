"""Made-up files of events, in the shape of ICEWS and GDELT, to measure the importers with.

A few actors, publishers and sites are named in most rows and most of them in few, as in the real
ones; a fifth of the codes says nothing that the graph holds; many events are told by several rows.
"""

from collections.abc import Iterator
from itertools import accumulate, count
from pathlib import Path
from random import Random
from typing import TypeVar

T = TypeVar("T")

HEADER = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip
NAMED = 4_000
"""So many persons act in a file, besides the roles of countries."""
ROLES = ("", "Government", "Military", "Police", "Citizen", "Foreign Affairs", "Armed Rebel")
TYPES = ("", "", "GOV", "GOV", "MIL", "COP", "CVL", "OPP", "REB", "BUS", "MED")
COUNTRIES = {
    "IRN": "Iran", "ISR": "Israel", "USA": "United States", "RUS": "Russia", "CHN": "China",
    "FRA": "France", "DEU": "Germany", "GBR": "United Kingdom", "IND": "India", "PAK": "Pakistan",
    "EGY": "Egypt", "TUR": "Turkey", "SYR": "Syria", "IRQ": "Iraq", "LBN": "Lebanon",
    "SAU": "Saudi Arabia", "QAT": "Qatar", "YEM": "Yemen", "JPN": "Japan", "KOR": "South Korea",
    "UKR": "Ukraine", "POL": "Poland", "NGA": "Nigeria", "KEN": "Kenya", "BRA": "Brazil",
    "MEX": "Mexico", "AUS": "Australia", "CAN": "Canada", "ITA": "Italy", "ESP": "Spain",
}  # fmt: skip
CODES = {
    "010": 12, "012": 2, "013": 2, "014": 1, "019": 1, "020": 4, "036": 8, "040": 8, "042": 9,
    "043": 9, "046": 3, "051": 7, "057": 2, "061": 1, "071": 1, "073": 1, "080": 1, "090": 2,
    "100": 1, "111": 5, "112": 5, "120": 2, "130": 1, "138": 1, "141": 2, "163": 1, "172": 2,
    "173": 7, "180": 2, "190": 6, "193": 2,
}  # fmt: skip
ICEWS_A_DAY, GDELT_A_DAY = 3_000, 100_000
"""Rows that the real ones have of a day."""
MIRRORED = frozenset({"036", "040", "042", "043", "046", "057", "061"})
AGAIN = 0.3
"""How often an event stands in a second story."""
DAYS = tuple(f"2024-{month:02}-{day:02}" for month in range(1, 7) for day in range(1, 29))


def icews_file(path: Path, rows: int, seed: int) -> None:
    """Write a tab-separated table of ICEWS with so many rows."""
    made = _Made(rows, seed)
    with path.open("w", encoding="utf-8") as file:
        file.write("\t".join(HEADER) + "\n")
        file.writelines("\t".join(row) + "\n" for row in made.icews())


def gdelt_file(path: Path, rows: int, seed: int) -> None:
    """Write a table of GDELT 2.0 with so many rows."""
    made = _Made(rows, seed)
    with path.open("w", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in made.gdelt())


class _Made:
    """Rows drawn with one seed."""

    def __init__(self, rows: int, seed: int) -> None:
        self._rows = rows
        self._random = Random(seed)

    def icews(self) -> Iterator[list[str]]:
        """The rows one by one: of a meeting or an agreement both sides are told, and one event in
        three stands in a second story, so that two rows in five tell what another one tells."""
        events = self._icews_events()
        waiting: list[list[str]] = []
        for number in range(self._rows):
            waiting = waiting or next(events)
            day = DAYS[number // ICEWS_A_DAY % len(DAYS)]
            cells = [*waiting.pop(), "Town", "", "Province", "Country", "12.5", "41.25"]
            yield [str(number), day, *cells]

    def _icews_events(self) -> Iterator[list[list[str]]]:
        """What the rows of one event have between date and place."""
        actors, codes = self._drawn(_icews_actors()), self._codes()
        publishers = self._drawn([f"Daily {number}" for number in range(300)])
        for story in count(47_000_000, 2):
            first, second, code = next(actors), next(actors), next(codes)
            sides = [(first, second), (second, first)][: 1 + (code in MIRRORED)]
            stories = range(story, story + 1 + (self._random.random() < AGAIN))
            yield [
                [*one, "Event", code, "1.0", *other, str(number), "3", publisher]
                for number, publisher in zip(stories, publishers, strict=False)
                for one, other in sides
            ]

    def gdelt(self) -> Iterator[list[str]]:
        actors, codes = self._drawn(_gdelt_actors()), self._codes()
        sites = self._drawn([f"www.site{number}.com" for number in range(5_000)])
        place = ["4", "Town, Province, Country", "IR", "IR26", "41212", "35.75", "51.5148", "-3"]
        for number in range(self._rows):
            day = DAYS[number // GDELT_A_DAY % len(DAYS)].replace("-", "")
            code, url = (
                next(codes),
                f"https://{next(sites)}/2024/story-of-the-day-{number // 2}.html",
            )
            yield [
                str(number), day, day[:6], day[:4], "2024.0411", *next(actors), *next(actors), "1",
                code, code[:3], code[:2], "1", "2.8", "4", "1", "4", "-1.5", *place, *place, *place,
                f"{day}120000", url,
            ]  # fmt: skip

    def _codes(self) -> Iterator[str]:
        while True:
            yield from self._random.choices(list(CODES), list(CODES.values()), k=1_000)

    def _drawn(self, things: list[T]) -> Iterator[T]:
        """The first of them most often, the second half as often, and so on."""
        weights = list(accumulate(1 / rank for rank in range(1, len(things) + 1)))
        while True:
            yield from self._random.choices(things, cum_weights=weights, k=1_000)


def _icews_actors() -> list[list[str]]:
    roles = [
        [f"{role} ({country})" if role else country, "Government" if role else "", country]
        for role in ROLES
        for country in COUNTRIES.values()
    ]
    countries = list(COUNTRIES.values())
    persons = [
        [f"Person {_word(number)}", "Executive,Government", countries[number % len(countries)]]
        for number in range(NAMED)
    ]
    return roles + persons


def _gdelt_actors() -> list[list[str]]:
    nobody = ["", "", "", "", "", "", "", "", "", ""]
    coded = [
        [code + type_, name, code, "", "", "", "", type_, "", ""]
        for type_ in TYPES
        for code, country in COUNTRIES.items()
        for name in (country.upper(), "PRESIDENT", "MINISTRY")
    ]
    # One side of many events of GDELT is nobody, or a role without a country.
    return [coded[0], nobody, ["GOV", "POLICE", "", "", "", "", "", "COP", "", ""], *coded[1:]]


def _word(number: int) -> str:
    """A made-up name for each number."""
    syllables = ("ka", "lo", "mi", "ru", "ta", "ve", "so", "ni", "du", "pe")
    return "".join(syllables[int(digit)] for digit in f"{number:04}").title()

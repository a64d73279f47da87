from collections.abc import Iterable

from graph_service.importers.icews import FORMAT
from tests.importers.intake import Taken, taken

HEADER = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip
IRAN = ("Iran", "NA", "Iran")
QATAR = ("Qatar", "", "Qatar")
SYRIA = ("Syria", "", "Syria")


def row(
    source: tuple[str, str, str] = IRAN, target: tuple[str, str, str] = QATAR, **cells: str
) -> list[str]:
    """A row of the table, with these cells other than usual."""
    usual = {
        "Event ID": "1", "Event Date": "2018-06-01", "Event Text": "Consult", "CAMEO Code": "040",
        "Intensity": "1", "Story ID": "77", "Sentence Number": "2", "Publisher": "Gulf Daily",
        "City": "Doha", "District": "NA", "Province": "Doha", "Country": "Qatar",
        "Latitude": "25.3", "Longitude": "51.5",
    }  # fmt: skip
    usual |= dict(zip(HEADER[2:5], source, strict=True))
    usual |= dict(zip(HEADER[8:11], target, strict=True))
    usual |= {name.replace("_", " "): text for name, text in cells.items()}
    return [usual[name] for name in HEADER]


def coded(code: str, **cells: str) -> list[str]:
    """A row with this code."""
    return row(IRAN, QATAR, CAMEO_Code=code, **cells)


def table(rows: Iterable[list[str]], separator: str = "\t") -> str:
    """The file of these rows."""
    return "".join(separator.join(cells) + "\n" for cells in (list(HEADER), *rows))


def took(*rows: list[str]) -> Taken:
    """The rows taken into an empty graph."""
    return taken(FORMAT, table(rows))

"""What the document says of how days and lists of ids are written in a URL; what is no day and
nobody's id, the questions refuse."""

from pydantic import JsonValue

DAY_OR_TIME: dict[str, JsonValue] = {
    "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]
}
DAY_MONTH_OR_YEAR: dict[str, JsonValue] = {
    "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
}
# Of these characters alone, so that a list of the greatest length fits into a URL.
IDS: dict[str, JsonValue] = {"pattern": "^[A-Za-z0-9._:~, -]*[A-Za-z0-9][A-Za-z0-9._:~, -]*$"}

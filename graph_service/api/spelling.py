"""What the document says of how days are written in a URL; what is no day, the questions refuse."""

from pydantic import JsonValue

DAY_OR_TIME: dict[str, JsonValue] = {
    "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]
}
DAY_MONTH_OR_YEAR: dict[str, JsonValue] = {
    "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
}

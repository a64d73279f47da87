"""GraSS, the style sheets of Neo4j Browser, read as Browser 5.24 reads them."""

Sheet = dict[str, dict[str, str]]


def parse(text: str) -> Sheet:
    """The rules by selector, in their order. Quotes hide braces and are left out; white space in
    selectors is left out; a value that holds a colon or a semicolon is lost."""
    sheet: Sheet = {}
    quoted = inside = False
    selector = body = ""
    for letter in text:
        if letter in "'\"":
            quoted = not quoted
        elif letter == "{" and not quoted and not inside:
            inside = True
        elif letter == "}" and not quoted:
            inside, sheet[selector], selector, body = False, _properties(body), "", ""
        elif inside:
            body += letter
        elif not letter.isspace():
            selector += letter
    return sheet


def _properties(body: str) -> dict[str, str]:
    pairs = [line.split(":") for line in body.split(";")]
    return {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2}

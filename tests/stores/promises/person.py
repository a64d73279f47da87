"""A person, whose name and texts may have to be erased."""

PERSON = {
    "record": "actor", "id": "x", "kind": "person", "name": "Xenia Example",
    "aliases": [{"text": "Xenia", "scope": "name"}], "description": "Said to live in Exampleville.",
}  # fmt: skip

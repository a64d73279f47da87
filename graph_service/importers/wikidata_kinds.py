"""Which actors the classes of Wikidata are, by the items that `instance of` (P31) names.

Only classes that are told directly count: their own superclasses are other items, which a file of
some entities does not have. Whoever is of none of them is an actor only where the graph or the
reference set knows the item already.
"""

KINDS = {
    "person": ("Q5",),
    "state": ("Q6256", "Q3624078", "Q7275", "Q15634554", "Q1520223", "Q112099", "Q3024240"),
    "igo": ("Q484652", "Q245065", "Q4120211", "Q1335818", "Q1127126"),
    "party": ("Q7278",),
    "government": ("Q7188", "Q35798"),
    "legislature": ("Q11204", "Q35749", "Q10553309", "Q375928", "Q637846"),
    "court": ("Q41487", "Q190752"),
    "armed_force": ("Q772547", "Q61883", "Q781132", "Q176799", "Q37726", "Q4508"),
    "agency": ("Q192350", "Q327333", "Q47913", "Q66344", "Q2659904"),
    "armed_group": ("Q17149090", "Q17127659"),
    "advocacy": ("Q79913", "Q178790", "Q431603", "Q1666019"),
    "people": ("Q41710",),
    "organisation": (
        "Q43229", "Q4830453", "Q783794", "Q891723", "Q6881511", "Q161726", "Q163740", "Q22687",
        "Q3918", "Q11032", "Q192283", "Q1616075", "Q7210356", "Q48204", "Q31855",
    ),
}  # fmt: skip
"""The classes of each kind, the narrowest kinds first: an item of several is of the first."""

_PLACE = {class_: place for place, kind in enumerate(KINDS) for class_ in KINDS[kind]}


def kind_of(classes: list[str]) -> str | None:
    """The kind of an item of these classes, None where none of them is one of actors.

    >>> kind_of(["Q43229", "Q7278"]), kind_of(["Q515"])
    ('party', None)
    """
    places = [_PLACE[class_] for class_ in classes if class_ in _PLACE]
    return list(KINDS)[min(places)] if places else None

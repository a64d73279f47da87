"""A claim by options: what they say, as the sketch that a form would give."""

from collections.abc import Mapping

from graph_service.cli.composing import FIELDS, NEEDED, Sketch
from graph_service.cli.forms_writing import ProposeForm
from graph_service.domain.errors import InvalidQuestion

_OF_SOURCE = {
    "title": "source_title",
    "published": "published",
    "publisher": "publisher",
    "url": "url",
    "reliability": "reliability",
    "origin": "origin",
}


def options_given(form: ProposeForm) -> list[str]:
    """The options that say something of a claim, its source or its actors, as they are written."""
    names = (*FIELDS["claim"], *_OF_SOURCE.values(), "new_actor")
    given = [name for name in names if getattr(form, name) is not None]
    return [f"--{name.replace('_', '-')}" for name in given]


def check_whole(form: ProposeForm) -> None:
    """Raises `InvalidQuestion` where a claim is not said, or not whole."""
    if not options_given(form):
        raise InvalidQuestion(
            "say what is proposed: FILE, - for standard input, --edit, or a claim by --subject, "
            "--relation, --object, --when, --source and --confidence",
            parameter="file",
        )
    missing = [f"--{name}" for name in NEEDED if getattr(form, name) is None]
    if missing:
        raise InvalidQuestion(f"a claim needs {', '.join(missing)}", parameter=missing[0])


def sketch_of(form: ProposeForm) -> Sketch:
    """The claim, its source and its actors as options say them; raises `InvalidQuestion`."""
    claim = _given(form, {name: name for name in FIELDS["claim"]})
    source = _given(form, _OF_SOURCE)
    if source and (form.source is None or form.source_title is None):
        raise InvalidQuestion(
            "a new source needs --source and --source-title", parameter="source-title"
        )
    return Sketch(
        claims=(claim,) if claim else (),
        actors=tuple(map(_new_actor, form.new_actor or ())),
        sources=({"id": form.source, **source},) if source else (),
    )


def _given(form: ProposeForm, options: Mapping[str, str]) -> dict[str, object]:
    values = {field: getattr(form, option) for field, option in options.items()}
    return {field: value for field, value in values.items() if value is not None}


def _new_actor(text: str) -> dict[str, object]:
    parts = text.split(":", 2)
    if len(parts) < 3:
        raise InvalidQuestion(
            f"{text!r} is no new actor: write ID:KIND:NAME, as in hill-front:armed_group:Hill Front",
            parameter="new-actor",
        )
    return dict(zip(("id", "kind", "name"), parts, strict=True))

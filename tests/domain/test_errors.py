import inspect

from graph_service.domain import errors


def test_the_drawn_tree_names_every_error() -> None:
    drawn = errors.__doc__ or ""
    classes = [name for name, _ in inspect.getmembers(errors, inspect.isclass)]
    own = [name for name in classes if getattr(errors, name).__module__ == errors.__name__]

    assert own
    assert [name for name in own if f" {name} " not in drawn and f"{name}\n" not in drawn] == []


def test_every_error_is_one_of_the_tree() -> None:
    for _, found in inspect.getmembers(errors, inspect.isclass):
        if found.__module__ == errors.__name__:
            assert issubclass(found, errors.GraphError)


def test_an_error_says_the_line_and_the_field_before_the_matter() -> None:
    error = errors.InvalidRecord("no such source", field="source")

    assert str(error) == "source: no such source"
    assert str(error.within("evidence[0]").at_line(7)) == (
        "line 7, evidence[0].source: no such source"
    )

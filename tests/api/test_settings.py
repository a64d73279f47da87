import pytest
from pydantic import ValidationError

from graph_service.settings import Settings


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPH_SERVICE_PORT", "8123")
    monkeypatch.setenv("GRAPH_SERVICE_STORE", "memory:")

    settings = Settings()

    assert (settings.port, settings.store) == (8123, "memory:")


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPH_SERVICE_PORT", "8123")

    assert Settings(port=9000).port == 9000


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc] # that it cannot is the point


@pytest.mark.parametrize(("name", "value"), [("port", "70000"), ("question_seconds", "0")])
def test_a_setting_out_of_range_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"GRAPH_SERVICE_{name.upper()}", value)

    with pytest.raises(ValidationError, match=name):
        Settings()

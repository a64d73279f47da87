"""`docs/settings.md`: every setting, with what it takes."""

from graph_service.api.docs import takes
from graph_service.settings import Settings
from tests.docs.markdown import table

HEAD = """\
# Settings

Every setting is a variable of the environment, and is read when a command starts; where the command has an option of that
name ([cli.md](cli.md#graph-service-serve)), the option wins. Sizes are bytes, times are seconds. This page is made of the
settings by `make pages`; what they are for is told in [deploying.md](deploying.md)."""


def settings_page() -> str:
    """The page as it stands in the tree."""
    prefix = Settings.model_config["env_prefix"]
    rows = (
        (f"`{prefix}{name.upper()}`", takes(schema), schema["description"])
        for name, schema in Settings.model_json_schema()["properties"].items()
    )
    return f"{HEAD}\n\n{table(('variable', 'takes', 'meaning'), rows)}\n"

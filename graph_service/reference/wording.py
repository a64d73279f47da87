"""How a state is written inside a sentence."""

import re

_WITH_ARTICLE = re.compile(
    r"United |Democratic Republic|Republic of|Czech |Dominican Republic|Central African|Soviet "
    r"|Holy See|Philippines|Netherlands|Maldives|Bahamas|Gambia|Comoros|\w+ Islands"
)


def named_in_text(state: str) -> str:
    """A state as it stands inside a sentence.

    >>> named_in_text("United States"), named_in_text("Iran")
    ('the United States', 'Iran')
    """
    return f"the {state}" if _WITH_ARTICLE.match(state) else state

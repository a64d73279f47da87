"""A claim to propose, by its options."""

CLAIM = (
    "--subject", "Tehran", "--relation", "backs", "--object", "Haniyeh", "--when", "/..",
    "--source", "article-2024-09", "--confidence", "0.7",
)  # fmt: skip


def but(**changes: str) -> list[str]:
    """The options of the claim with some of them changed."""
    options = dict(zip(CLAIM[::2], CLAIM[1::2], strict=True))
    options |= {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    return [part for pair in options.items() for part in pair]

import pytest

pytest.register_assert_rewrite(
    "tests.stores.promises.concurrency",
    "tests.stores.promises.evidence",
    "tests.stores.promises.log",
    "tests.stores.promises.refusals",
)

import pytest

pytest.register_assert_rewrite(
    "tests.stores.promises.concurrency",
    "tests.stores.promises.evidence",
    "tests.stores.promises.judgements",
    "tests.stores.promises.log",
    "tests.stores.promises.once",
    "tests.stores.promises.refusals",
)

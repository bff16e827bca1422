"""What the tests of procedures share."""

import pytest

from motcua.procedures import queries


@pytest.fixture(autouse=True)
def _no_index_of_another_test():
    """A test's rows get the keys of another test's rows; outside tests rows are never replaced."""
    queries._index.cache_clear()

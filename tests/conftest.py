"""What every test has: seeded random numbers, and campaigns that run only when they are asked for."""

import numpy as np
import pytest


@pytest.fixture
def rng(request):
    """Random numbers that depend on the name of the test alone, not on what ran before it."""
    return np.random.default_rng(list(request.node.name.encode()))


def pytest_collection_modifyitems(config, items):
    """Leave out what is marked `long` unless -m speaks of it."""
    if "long" in config.option.markexpr:
        return
    campaigns = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=campaigns)
    items[:] = [item for item in items if item not in set(campaigns)]

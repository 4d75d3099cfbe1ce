import numpy as np
import pytest

from minigrad.foreign.layouts import COLUMNS, LAYOUTS, TOKENS, fill
from minigrad.foreign.meaning import Sizes


def evaluated(text, sizes):
    return eval(fill(text, sizes), {"np": np})  # noqa: S307  # an expression of ours


def entries(value):
    return value if isinstance(value, list) else np.asarray(value)


@pytest.mark.parametrize("sizes", [Sizes(), Sizes.vocabulary(), Sizes(O=3)])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_form_is_python_and_has_the_sizes(layout, sizes):
    x = entries(evaluated(layout.x, sizes))
    lengths = {len(x), *np.shape(x)}
    tokens = np.asarray(x).dtype.kind == "i"
    assert lengths <= {sizes.T, sizes.B, sizes.D, 1}
    assert tokens or sizes.D in lengths
    assert not tokens or np.max(x) < sizes.D
    for text in layout.targets:
        target = np.asarray(evaluated(text, sizes))
        assert set(target.shape) <= {sizes.T, sizes.B, sizes.O, 1}
        assert target.max() < sizes.O or target.max() == 1
    for shape in (layout.state, layout.bias):
        assert sizes.H in evaluated(shape, sizes)


def test_no_form_is_given_twice():
    assert len({layout.x for layout in LAYOUTS}) == len(LAYOUTS)


def test_a_sequence_of_another_length():
    sizes = Sizes()
    assert np.shape(evaluated(COLUMNS.sequence("O"), sizes)) == (5, 2, 1)
    assert np.shape(evaluated(TOKENS.sequence("H"), sizes)) == (5, 4, 1)

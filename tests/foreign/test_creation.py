"""Arrays made of lists, numbers and tensors."""

import pytest
from twins import differences, on_tensors

LINES = """
np.array([v, v * 2]) | np.array([[v[0], 1], [2, v[1]]]) | np.array([1.0, 2], np.float32)
np.array([1, 2]) | np.array(v, ndmin=2) | np.array(v, dtype=int) | np.asarray(v) is v
np.asarray([v[0], 1]) | np.copy(v) | np.full((2, 2), v[0]) | np.full(2, 3) | np.full_like(v, 3)
np.full_like([1, 2], 3) | np.array([]) | np.array([[1], [2, 3]], object)
np.apply_along_axis(lambda q: q / q.sum(), 0, w) | np.apply_along_axis(np.sum, 1, w)
np.vectorize(max)(v, 0.5) | isinstance(v, np.ndarray) | isinstance(v[0], np.ndarray)
type(v) is np.ndarray | type(v).__name__ | isinstance(3, np.ndarray) | isinstance(v[0], float)
type(v[0]) == np.float64 | v.__class__ is np.ndarray | np.asarray(np.arange(2), float)
np.ascontiguousarray(v.T)
"""


@pytest.mark.parametrize("line", [c.strip() for c in LINES.replace("\n", "|").split("|") if c.strip()])
def test_the_same(line):
    assert differences(f"v, w = np.random.randn(2), np.random.rand(3, 2)\nr = {line}") == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("np.float(3)", 3.0),
        ("np.product(v)", 2.0),
        ("np.alltrue(v)", True),
        ("np.trapz(v)", 1.5),
        ("np.Inf", float("inf")),
        ("np.row_stack([v, v])[1, 1]", 2.0),
        ("np.asfarray([1, 2])[1]", 2.0),
        ("np.float32(2)", 2.0),
        ("np.ndarray((2,))[0]", 0.0),
        ("np.save('x', v)", None),
        ("np.int(2)", 2),
    ],
)
def test_names_that_numpy_has_lost_or_that_write(line, value):
    found = on_tensors(f"v = np.array([1.0, 2.0])\nr = {line}")[0]["r"]
    assert (found.item() if hasattr(found, "item") else found) == value

import numpy as np
import pytest
from slopes import curvature, slopes

X = np.array([-2.0, 0.0, 0.5, 30.0])


@pytest.mark.parametrize(
    ("f", "slope"), [(np.sin, np.cos), (np.cos, lambda x: -np.sin(x))], ids=["sin", "cos"]
)
def test_slope_and_curvature(f, slope):
    np.testing.assert_allclose(slopes(f, X), slope(X), rtol=1e-15, atol=1e-15)
    np.testing.assert_allclose(curvature(f, X), -f(X), rtol=1e-15, atol=1e-15)


def test_the_squares_add_up_to_a_constant():
    np.testing.assert_allclose(slopes(lambda x: np.sin(x) ** 2 + np.cos(x) ** 2, X), 0, atol=1e-15)

import numpy as np
import pytest

from minigrad.diagnosis.gated.option import earlier, later, throughout

A = np.arange(1.0, 7.0).reshape(3, 2)


@pytest.mark.parametrize(("fill", "beyond"), [("last", A[2]), ("wrap", A[0]), ("zero", 0 * A[0])])
def test_later(fill, beyond):
    np.testing.assert_array_equal(later(A, fill), [A[1], A[2], beyond])


@pytest.mark.parametrize(("fill", "before"), [("wrap", A[2]), ("first", A[0]), ("zero", 0 * A[0])])
def test_earlier(fill, before):
    np.testing.assert_array_equal(earlier(A, fill), [before, A[0], A[1]])


def test_throughout():
    np.testing.assert_array_equal(throughout(A, 1), [A[1]] * 3)

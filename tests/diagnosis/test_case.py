import numpy as np
import pytest

from minigrad.diagnosis.calls import ManualError
from minigrad.diagnosis.case import case_of, own_case
from minigrad.diagnosis.layout import Layout
from minigrad.diagnosis.problem import FIRST, make_problem
from minigrad.diagnosis.shapes import parse_shape


def test_a_case_has_the_users_layout_and_ours():
    problem = make_problem({"W": parse_shape("HD")}, FIRST, 0)
    case = case_of(problem, Layout("T", "H1", "T", listed=True, pair=True))
    assert case.xs == problem.tokens[:, 0].tolist()
    assert case.ours[0].shape == (4, 1)
    assert [h.shape for h in case.ours[1]] == [(1, 6), (1, 6)]
    assert case.arguments[0].keys() == {"W"}
    assert (case.sizes["T"], case.about) == (4, "T=4 B=1 D=5 H=6 O=6")
    assert case_of(problem, Layout("TD", "H", "TO")).ours[0].shape == (4, 1, 5)


def test_ones_own_data_are_passed_on():
    xs, h0 = [1, 2, 3], np.zeros(4)
    case = own_case({"W": np.ones((2, 2), np.float32), "k": [1, 2]}, xs, h0, None)
    assert case.xs is xs
    assert case.h0 is h0
    assert case.sizes == {"T": 3}
    assert case.params["W"].dtype == np.float64
    assert case.about == "your data: xs list of (3,), h0 ndarray of (4,), targets None"


def test_a_parameter_that_is_no_array_is_refused():
    with pytest.raises(ManualError, match=r"params\['W'\] is str"):
        own_case({"W": "text"}, [1], None, None)

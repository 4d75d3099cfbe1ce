import contextvars
import inspect
import threading
from functools import partial

import numpy as np
import pytest

import minigrad as mg
from minigrad.anomaly import ANOMALY, anomaly
from minigrad.checkpoint import checkpoint
from minigrad.transforms import grad

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


def line():
    return inspect.currentframe().f_back.f_lineno


def test_the_first_bad_value_is_named_with_its_line_and_the_ranges_of_what_went_in():
    x = mg.Tensor([4.0, 0.0, 9.0], name="p")
    with anomaly(), mg.time_step(3), pytest.raises(FloatingPointError) as caught:
        np.sum(np.log(x))
    here = line() - 1
    message = str(caught.value)
    assert message.startswith("1 of 3 numbers not finite (1 -inf) in the value of Log() of x = p of shape")
    assert f"at step 3, made at {__file__}:{here}, where x in [0, 9]" in message


def test_nan_and_infinities_are_counted_apart():
    x = mg.Tensor([np.nan, np.inf, -np.inf, -1.0, 2.0])
    counted = r"3 of 5 .*\(1 nan, 1 inf, 1 -inf\).* a in \[-1, 2\] and 1 nan"
    with anomaly(), pytest.raises(FloatingPointError, match=counted):
        x * 2.0


def test_an_operand_without_any_finite_number_has_no_range():
    with anomaly(), pytest.raises(FloatingPointError, match="x has no finite number and 2 nan"):
        np.sin(mg.Tensor([np.nan, np.nan]))


@pytest.mark.parametrize("record", [False, True])
def test_the_first_bad_contribution_is_named_with_the_line_of_the_forward_node(record):
    x = mg.Tensor([4.0, 0.0], name="x")
    with anomaly():
        with mg.time_step(2):
            h = np.sqrt(x).named("h")
        here = line() - 1
        with pytest.raises(FloatingPointError) as caught:
            mg.backprop(np.sum(h * 3.0), x, record=record)
    message = str(caught.value)
    assert "2 numbers not finite (1 inf) in the gradient that bprop_x returns for h⁽²⁾ = Sqrt()" in message
    assert f"made at {__file__}:{here}, where x in [0, 4]; G = ∂L/∂y in [3, 3]" in message


def test_a_node_from_outside_has_no_line():
    x = mg.Tensor([0.0], name="x")
    y = np.sum(np.sqrt(x))
    with anomaly(), pytest.raises(FloatingPointError, match=r"made at a place outside of anomaly\(\)"):
        mg.backprop(y)


@pytest.mark.parametrize("record", [False, True])
def test_finite_contributions_with_an_infinite_sum(record):
    x = mg.Tensor([1.0], name="x")
    y = np.sum(x * 1e308 - 1e308) + np.sum(x * 1e308 - 1e308)
    with anomaly(), pytest.raises(FloatingPointError, match="gradient of x, a sum of finite contributions"):
        mg.backprop(y, x, record=record)


def test_an_infinite_slope_that_a_zero_cotangent_overrules_is_no_anomaly():
    def f(x):
        return np.sum(np.where(x > 0, np.sqrt(x), 0.0))

    x = mg.Tensor([0.0, 4.0])
    with anomaly():
        np.testing.assert_array_equal(mg.backprop(f(x))[x], [0.0, 0.25])
        np.testing.assert_array_equal(mg.backprop(f(x), record=True)[x].value, [0.0, 0.25])


def test_indices_and_conditions_among_the_operands_have_ranges_too():
    x = mg.Tensor([[1.0, np.inf], [2.0, 3.0]])
    with anomaly(), pytest.raises(FloatingPointError, match=r"index\[0\] in \[0, 1\]"):
        x[np.array([0, 1]), 1]
    with anomaly(), pytest.raises(FloatingPointError, match=r"condition in \[0, 1\]"):
        np.where(np.array([[True, False]]), 1.0, x)


def test_inside_of_a_checkpoint_the_line_is_that_inside():
    def f(x):
        return np.sqrt(x)

    with anomaly():
        y = np.sum(checkpoint(f)(mg.Tensor([0.0])))
        with pytest.raises(FloatingPointError, match=f"{__file__}:{f.__code__.co_firstlineno + 1}"):
            mg.backprop(y)


def test_it_ends_with_the_block_also_after_an_exception():
    bad = mg.Tensor([np.inf])
    mode = anomaly()
    for _ in range(2):
        with pytest.raises(FloatingPointError), mode:
            bad + 1.0
        assert ANOMALY.get() is None
        assert bad + 1.0 is not None
    with mode:
        y = np.sqrt(mg.Tensor([0.0]))
        here = line() - 1
        with mode:
            pass
        with anomaly(), pytest.raises(FloatingPointError, match=f":{here}, "):
            mg.backprop(y)
        with pytest.raises(FloatingPointError):
            bad + 1.0
    assert ANOMALY.get() is None


def test_another_thread_does_not_see_it_unless_it_takes_the_context():
    bad = mg.Tensor([np.inf])
    outcome = []

    def work():
        try:
            bad + 1.0
        except FloatingPointError:
            outcome.append("raised")
        else:
            outcome.append("passed")

    with anomaly():
        for work_or_run in (lambda: work, lambda: partial(contextvars.copy_context().run, work)):
            thread = threading.Thread(target=work_or_run())
            thread.start()
            thread.join()
    assert outcome == ["passed", "raised"]


def test_values_and_gradients_are_the_same_with_it():
    x = np.array([0.5, 2.0])
    plain = grad(lambda x: np.sum(np.sin(x) ** x))(x)
    with anomaly():
        np.testing.assert_array_equal(grad(lambda x: np.sum(np.sin(x) ** x))(x), plain)

import numpy as np
import pytest

from minigrad.check.entries import COMPLEX_STEP, DIFFERENCES, Variable, Wrong
from minigrad.check.probe import Probe

X = np.random.default_rng(0).normal(size=(5, 7)) + 3


def check(f, x, fault=None, most=1000, rtol=None):
    """The report on x, after `fault` has spoilt the gradient."""
    probe = Probe(f, (x,))
    if fault is not None:
        fault(probe.gradients[0])
    return Variable(probe, 0, rtol).check(most)


def spoil(index, factor):
    def fault(gradient):
        gradient[index] *= factor

    return fault


@pytest.mark.parametrize("index", [(0, 0), (3, 6), (4, 2)])
def test_one_spoilt_entry_is_found_and_named(index):
    report = check(lambda x: np.sum(np.tanh(x / 3)), X, spoil(index, 1 + 1e-8))
    (wrong,) = report.wrong
    assert (wrong.index, wrong.method) == (index, COMPLEX_STEP)
    assert wrong.given / wrong.numeric == pytest.approx(1 + 1e-8, rel=1e-12)
    assert "ratio 1.00000001" in str(wrong)


def test_the_worst_of_several_comes_first():
    def fault(gradient):
        gradient[1, 1] += 0.1
        gradient[2, 2] += 0.5

    assert [w.index for w in check(np.sin, X, fault).wrong] == [(2, 2), (1, 1)]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_gradient_that_is_no_number_is_wrong_by_either_method(bad):
    for f in (np.tanh, np.abs):
        assert [w.index for w in check(f, X, spoil((2, 3), bad)).wrong] == [(2, 3)]


def test_differences_find_a_fault_of_a_hundred_thousandth():
    report = check(lambda x: np.abs(x) ** 1.5, X, spoil((4, 4), 1 + 1e-4))
    assert report.method == DIFFERENCES
    assert [w.index for w in report.wrong] == [(4, 4)]


def test_a_function_that_drops_the_imaginary_part_is_not_judged_by_the_complex_step():
    def dropped(gradient):
        gradient[:] = 0  # what the complex step would say, too

    report = check(lambda x: np.sum(np.abs(x)), X, dropped)
    assert len(report.wrong) == X.size


def test_an_entry_where_the_complex_step_errs_is_judged_by_differences():
    probe = Probe(lambda x: np.sum(x**2), (X,))
    variable = Variable(probe, 0, None)
    true_line = probe.line

    def lying(i, direction):
        line = true_line(i, direction)
        return lambda s: np.real(line(s)) if direction[2, 2] == 1 else line(s)

    probe.line = lying
    assert variable.check(1000).wrong == ()
    probe.gradients[0][2, 2] *= 1.1
    (wrong,) = Variable(probe, 0, None).check(1000).wrong
    assert (wrong.index, wrong.method) == ((2, 2), DIFFERENCES)


def test_any_value_between_the_slopes_is_right_at_a_kink_and_none_outside():
    x = np.array([1.0, 0.0, -2.0])
    for slope in (-1.0, 0.5, 1.0):
        report = check(lambda x: np.sum(np.abs(x)), x, lambda g, s=slope: g.__setitem__(1, s))
        ties = int(slope != 0)
        assert (report.wrong, report.ties) == ((), ties)
    probe = Probe(lambda x: np.sum(np.abs(x)), (x,))
    probe.gradients[0][1] = 1.2
    assert [w.index for w in Variable(probe, 0, None).check(9).wrong] == [(1,)]


def test_a_jump_is_not_judged():
    report = check(lambda x: np.sum(np.where(x > 0, x + 1, x)), np.array([1.0, 0.0]))
    assert (report.wrong, report.ties) == ((), 1)


def test_no_verdict_is_invented_where_differences_are_too_rough():
    def rough(x):
        return np.sum(x + 0.01 * np.sign(np.sin(1e9 * x)))

    report = check(rough, np.linspace(1.1, 2.3, 12))
    assert all("too rough" in w.method for w in report.wrong)
    assert report.wrong


def test_a_single_fault_is_found_in_a_variable_too_large_to_check_entirely():
    x = np.random.default_rng(3).normal(size=(60, 50))
    for f in (lambda x: np.sum(np.tanh(x)), lambda x: np.sum(np.abs(x + 9))):
        report = check(f, x, spoil((41, 17), 1.01), most=20)
        assert [w.index for w in report.wrong] == [(41, 17)]
        assert (report.checked, report.size) in {(21, 3000), (20, 3000)}


def test_float32_and_float16_have_their_own_tolerance():
    for dtype, fault in [("f", 1e-3), ("e", 2.0)]:
        x = X.astype(dtype)
        assert check(np.tanh, x - 3).wrong == ()
        assert check(np.tanh, x - 3, spoil((1, 1), 1 + fault)).wrong


def test_the_tolerance_can_be_set():
    assert check(np.tanh, X, spoil((0, 0), 1 + 1e-5), rtol=1e-3).wrong == ()


def test_a_gradient_of_zero_up_to_rounding_is_right():
    def constant(x):
        return np.sum(np.exp(x - np.log(np.sum(np.exp(x)))))

    assert check(constant, X).wrong == ()
    assert check(constant, X, lambda g: g.__setitem__((1, 1), 1e-9)).wrong


@pytest.mark.parametrize("size", [1e-8, 1e-3, 1e6])
def test_arguments_of_any_size(size):
    for f in (lambda x: np.log(np.abs(x)), lambda x: x**3, np.abs):
        assert check(f, X * size).wrong == (), f


def test_a_variable_without_entries_has_nothing_wrong():
    report = check(lambda x: np.sum(x) + 1.0, np.zeros((0, 3)))
    assert (report.checked, report.size, report.wrong) == (0, 0, ())


def test_the_text_of_a_report_and_of_a_wrong_entry():
    kink = check(lambda x: np.sum(np.abs(x)), np.array([1.0, 0.0]), lambda g: g.__setitem__(1, 1.0))
    assert "x: 2 of 2 entries by central differences, 1 at a kink or jump" in str(kink)
    assert "ratio inf" in str(Wrong((0,), 1.0, 0.0, 0.0, COMPLEX_STEP))

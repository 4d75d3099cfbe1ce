import numpy as np
import pytest
from derivation_styles import BatchRows

import minigrad as mg
from minigrad.diagnosis.calls import ManualError
from minigrad.diagnosis.manual import check_manual
from minigrad.diagnosis.shapes import ShapeError


def check(style, manual=None, **options):
    return check_manual(manual or style.manual, style.forward, shapes=style.shapes, **options)


def kinds(report):
    return [finding.kind for finding in report.findings]


def returning(change):
    return lambda *arguments: change(BatchRows.manual(*arguments))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: None, "returned None (is a `return` missing?)"),
        (lambda d: tuple(d.values()), "a tuple of 5; wanted: a dict"),
        (lambda d: {}, "the keys none"),
        (lambda d: {"foo": d["W"]}, "the keys 'foo', of which none is a parameter; wanted: 'U'"),
        (lambda d: {**d, "W": "text"}, "str of <U4 for 'W'"),
        (lambda d: {**d, "W": [[1.0], [1.0, 2.0]]}, "list for 'W', which is no array"),
        (lambda d: {**d, "W": 1j * d["W"]}, "complex128 for 'W'"),
    ],
)
def test_what_can_not_be_compared_is_refused_by_name(change, says):
    with pytest.raises(ManualError) as caught:
        check(BatchRows, returning(change))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "kind", "quantity"),
    [
        (lambda d: {n: g for n, g in d.items() if n != "W"}, "absent", "W"),
        (lambda d: {**d, "W": None}, "absent", "W"),
        (lambda d: {**d, "W": d["W"] * np.nan}, "not-finite", "W"),
        (lambda d: {n: g * np.inf for n, g in d.items()}, "not-finite", "all"),
        (lambda d: {**d, "U": d["U"].T}, "transposed", "U"),
        (lambda d: {**d, "b": d["b"][None]}, "shape", "b"),
        (lambda d: {**d, "b": d["b"][:-1]}, "shape", "b"),
        (lambda d: {n: 1.1 * g.astype(np.float32) for n, g in d.items()}, "check", "all"),
    ],
)
def test_gradients_of_a_wrong_form_are_findings(change, kind, quantity):
    report = check(BatchRows, returning(change))
    assert [(f.kind, f.quantity) for f in report.findings] == [(kind, quantity)]
    assert not report.ok


def test_single_precision_is_right_and_told():
    report = check(BatchRows, returning(lambda d: {n: g.astype(np.float32) for n, g in d.items()}))
    assert report.ok
    assert "single precision" in report.notes[0]


def test_what_is_right_to_a_millionth_only_is_right_and_told():
    report = check(BatchRows, returning(lambda d: {n: g * (1 + 1e-7) for n, g in d.items()}))
    assert report.ok
    assert "right to 1.0e-07 only" in report.notes[0]
    assert not check(BatchRows, returning(lambda d: {n: g * (1 + 1e-5) for n, g in d.items()})).ok


def test_other_keys_are_told():
    report = check(BatchRows, returning(lambda d: {**d, "cache": np.ones(2), 5: 1.0}))
    assert report.ok
    assert report.notes == ("manual also returned 'cache', 5, which is no parameter",)


def test_arrays_of_pytorch_are_taken():
    torch = pytest.importorskip("torch")
    report = check(
        BatchRows, returning(lambda d: {n: torch.tensor(g, requires_grad=True) for n, g in d.items()})
    )
    assert report.ok


def test_an_exception_is_told_with_its_line():
    def manual(params, xs, h0, targets):
        return {"W": undefined}  # noqa: F821  # it is what the test is about

    with pytest.raises(
        ManualError, match=r"manual raised NameError \(test_manual_input.py, line \d+: `return"
    ) as caught:
        check(BatchRows, manual)
    assert caught.value.line == manual.__code__.co_firstlineno + 1


def test_an_exit_is_an_error_of_the_function():
    def manual(params, xs, h0, targets):
        raise SystemExit(3)

    with pytest.raises(ManualError, match="manual raised SystemExit"):
        check(BatchRows, manual)


@pytest.mark.parametrize(
    ("forward", "says"),
    [
        (lambda *_: None, "forward returned NoneType; wanted: the loss"),
        (lambda *_: np.ones(3), "forward returned ndarray of shape (3,); wanted: the loss"),
        (lambda P, *a: BatchRows.forward(P, *a).item(), "forward, on tensors, returned a plain number"),
        (lambda *_: 1 / 0, "forward raised ZeroDivisionError"),
    ],
)
def test_a_forward_pass_without_a_loss_is_refused(forward, says):
    with pytest.raises(ManualError) as caught:
        check_manual(BatchRows.manual, forward, shapes=BatchRows.shapes)
    assert says in str(caught.value)


def test_a_forward_pass_that_differs_on_tensors_is_the_finding():
    def forward(params, *rest):
        return BatchRows.forward(params, *rest) * (2 if isinstance(params["W"], mg.Tensor) else 1)

    report = check_manual(BatchRows.manual, forward, shapes=BatchRows.shapes)
    assert kinds(report) == ["check"]
    assert report.departure is None


def test_an_infinite_loss_is_the_finding():
    report = check_manual(
        BatchRows.manual, lambda *a: BatchRows.forward(*a) * np.inf, shapes=BatchRows.shapes
    )
    assert "check" in kinds(report)


def test_a_parameter_that_the_loss_does_not_depend_on_has_a_zero_gradient():
    style = {**BatchRows.shapes, "spare": "HH"}
    zero = returning(lambda d: {**d, "spare": d["spare"] * 0})
    report = check_manual(zero, BatchRows.forward, shapes=style)
    assert report.ok
    assert report.notes == ("the loss does not depend on spare: the right gradient is zero",)


@pytest.mark.parametrize(
    ("given", "says"),
    [((3, BatchRows.forward), "manual is int"),
     ((lambda a, b: a, BatchRows.forward), "can't be called as manual("),
     ((BatchRows.manual, "text"), "forward is str")],
)  # fmt: skip
def test_what_is_no_function_of_four_arguments_is_refused(given, says):
    with pytest.raises(ManualError) as caught:
        check_manual(*given, shapes=BatchRows.shapes)
    assert says in str(caught.value)


@pytest.mark.parametrize("shapes", ["HH", {"U": "D?"}, {"U": 5}, {**BatchRows.shapes, "xs": "QT"}])
def test_shapes_that_mean_nothing_are_refused(shapes):
    with pytest.raises(ShapeError):
        check_manual(BatchRows.manual, BatchRows.forward, shapes=shapes)


def test_shapes_or_examples_are_asked_for():
    with pytest.raises(ManualError, match="given: neither"):
        check_manual(BatchRows.manual, BatchRows.forward)

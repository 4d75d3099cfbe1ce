"""A forward pass of any style is differentiated as it stands, and NumPy is NumPy again afterwards."""

import numpy as np
import pytest
from numpy import tanh, zeros

import minigrad as mg
from minigrad.foreign.by_hand import check_manual, on_tensors

SHAPES = {"U": "HD", "W": "HH", "b": "H"}


def preallocated(params, xs, h0, targets):
    hs = np.zeros((len(xs) + 1, len(h0)))
    hs[-1] = h0
    loss = np.zeros(())
    for t in range(len(xs)):
        hs[t] = np.tanh(params["U"] @ xs[t] + params["W"] @ hs[t - 1] + params["b"])
        loss += 0.5 * np.sum((hs[t] - targets[t]) ** 2)
    return loss


def from_numpy_import(params, xs, h0, targets):
    hs = zeros((len(xs) + 1, len(h0)))
    hs[-1] = h0
    for t in range(len(xs)):
        hs[t] = tanh(params["U"] @ xs[t] + params["W"] @ hs[t - 1] + params["b"])
    return 0.5 * np.sum(np.square(hs[:-1] - targets))


def manual(params, xs, h0, targets):
    hs = [h0]
    for x in xs:
        hs.append(np.tanh(params["U"] @ x + params["W"] @ hs[-1] + params["b"]))
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    carry = 0
    for t in range(len(xs), 0, -1):
        da = (1 - hs[t] ** 2) * (hs[t] - targets[t - 1] + carry)
        grads["U"] += np.outer(da, xs[t - 1])
        grads["W"] += np.outer(da, hs[t - 1])
        grads["b"] += da
        carry = params["W"].T @ da
    return grads


def forgets_the_carry(params, xs, h0, targets):
    hs = [h0]
    for x in xs:
        hs.append(np.tanh(params["U"] @ x + params["W"] @ hs[-1] + params["b"]))
    das = [(1 - h**2) * (h - y) for h, y in zip(hs[1:], targets, strict=True)]
    return {
        "U": sum(np.outer(da, x) for da, x in zip(das, xs, strict=True)),
        "W": sum(np.outer(da, h) for da, h in zip(das, hs[:-1], strict=True)),
        "b": sum(das),
    }


@pytest.mark.parametrize("forward", [preallocated, from_numpy_import])
def test_a_preallocated_array_is_filled_with_tensors(forward):
    assert check_manual(manual, forward, shapes=SHAPES).ok
    found = check_manual(forgets_the_carry, forward, shapes=SHAPES)
    assert [finding.kind for finding in found.findings] == ["carry-missing"]


def test_the_public_name_is_this_one():
    assert mg.check_manual is check_manual


def test_numpy_is_numpy_again_also_after_an_error():
    def fails(x):
        raise KeyError(np.__name__)

    for function in (fails, preallocated):
        with pytest.raises((KeyError, TypeError, IndexError)):
            on_tensors(function)(mg.Tensor([1.0]), *([1] * 3 if function is preallocated else []))
        assert function.__globals__["np"] is np
        assert function.__globals__["zeros"] is zeros


def test_arrays_are_left_alone_and_so_are_objects_that_are_no_functions():
    assert type(on_tensors(zeros)(3)) is np.ndarray
    assert on_tensors(abs) is abs


def test_a_known_cell_is_passed_on():
    shapes = {"U": "HD", "W": "HH", "V": "OH", "b": "H", "c": "O"}
    report = check_manual(lambda params, *_: {k: 0 * v for k, v in params.items()}, mg.nn.RNN, shapes=shapes)
    assert not report.ok

import numpy as np
import pytest
from slopes import curvature, slopes

import minigrad as mg

RNG = np.random.default_rng(5)
SHAPES = [(4,), (3, 4), (2, 3, 4)]
REDUCED = {"sum": np.sum, "mean": np.mean, "none": lambda x: x}


def softmax(o):
    e = np.exp(o - o.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


@pytest.mark.parametrize("reduction", REDUCED)
@pytest.mark.parametrize("shape", SHAPES)
def test_cross_entropy_and_its_gradient_by_the_book(shape, reduction):
    o, y = RNG.normal(size=shape), RNG.integers(0, 4, shape[:-1])
    soft = softmax(RNG.normal(size=shape))
    items = max(np.size(y), 1) if reduction == "mean" else 1
    for target, distribution in [(y, np.eye(4)[y]), (np.eye(4)[y], np.eye(4)[y]), (soft, soft)]:
        got = mg.cross_entropy(o, target, reduction=reduction)
        want = REDUCED[reduction](-np.sum(distribution * np.log(softmax(o)), -1))
        np.testing.assert_allclose(got, want, rtol=1e-13)
        slope = slopes(lambda o, t=target: mg.cross_entropy(o, t, reduction=reduction), o)
        np.testing.assert_allclose(slope, (softmax(o) - distribution) / items, atol=1e-15)


@pytest.mark.parametrize("target", [2, np.int64(2), np.array(2), np.uint8(2), np.eye(4, dtype=int)[2]])
def test_the_target_of_one_item(target):
    o = np.array([1.0, -1.0, 0.5, 3.0])
    np.testing.assert_allclose(mg.cross_entropy(o, target), -np.log(softmax(o)[2]), rtol=1e-14)


def test_targets_in_a_list():
    o = RNG.normal(size=(3, 4))
    assert mg.cross_entropy(o, [1, 0, 3]) == mg.cross_entropy(o, np.array([1, 0, 3]))


@pytest.mark.parametrize("target", [0, np.int64(0), np.array(0)], ids=repr)
def test_a_masked_score_that_is_no_target(target):
    o = np.array([0.5, -np.inf, 1.0])
    assert np.isclose(mg.cross_entropy(o, target), np.log1p(np.exp(0.5)))
    got = slopes(lambda o: mg.cross_entropy(o, target), o)
    np.testing.assert_allclose(got, softmax(o) - [1, 0, 0], atol=1e-15)


def test_large_scores():
    o = np.array([[1e4, 0.0, -1e4], [0.0, 1e4, 0.0]])
    losses = mg.cross_entropy(o, np.array([2, 1]), reduction="none")
    assert losses.tolist() == [2e4, 0.0]
    assert slopes(lambda o: mg.cross_entropy(o, np.array([2, 1])), o).tolist() == [
        [1.0, 0.0, -1.0],
        [0.0, 0.0, 0.0],
    ]


def test_the_slope_in_the_target_distribution():
    o, t = RNG.normal(size=(3, 4)), softmax(RNG.normal(size=(3, 4)))
    _, slope = slopes(mg.cross_entropy, o, t)
    np.testing.assert_allclose(slope, -np.log(softmax(o)), rtol=1e-13)


def test_float32_scores_with_classes_stay_float32():
    o = mg.Tensor(np.ones((3, 4), np.float32))
    for reduction in REDUCED:
        loss = mg.cross_entropy(o, np.array([0, 1, 2]), reduction=reduction)
        assert loss.dtype == np.float32
        assert mg.backprop(loss, seed=np.ones(loss.shape))[o].dtype == np.float32


@pytest.mark.parametrize(
    ("target", "error", "text"),
    [
        (np.array([0, 4, 1]), IndexError, r"classes in 0 … 3; given: 0 … 4"),
        (np.array([0, -1, 1]), IndexError, r"classes in 0 … 3; given: -1 … 1"),
        (np.array([0.0, 1.0, 1.0]), TypeError, "classes as integers; given: y of float64"),
        (np.array([True, False, True]), TypeError, "classes as integers; given: y of bool"),
        (np.array([0, 1]), ValueError, r"for o of shape \(3, 4\); given: y of shape \(2,\)"),
        (np.ones((4, 3)), ValueError, r"for o of shape \(3, 4\); given: y of shape \(4, 3\)"),
        (np.array(1), ValueError, r"given: y of shape \(\)"),
    ],
)
def test_a_bad_target_is_named(target, error, text):
    for o in (np.zeros((3, 4)), mg.Tensor(np.zeros((3, 4)))):
        with pytest.raises(error, match=text):
            mg.cross_entropy(o, target)


@pytest.mark.parametrize("target", [-1, 4, np.int64(4)])
def test_a_bad_class_of_one_item_is_named(target):
    with pytest.raises(IndexError, match="classes in 0 … 3"):
        mg.cross_entropy(mg.Tensor(np.zeros(4)), target)


@pytest.mark.parametrize("loss", [mg.cross_entropy, mg.mean_squared_error, mg.binary_cross_entropy])
def test_an_unknown_reduction_is_named(loss):
    with pytest.raises(ValueError, match="reduction='avg': choose one of sum, mean, none"):
        loss(np.zeros((2, 3)), np.zeros((2, 3)), reduction="avg")


@pytest.mark.parametrize("loss", [mg.mean_squared_error, mg.binary_cross_entropy])
def test_predictions_and_targets_of_different_shape_are_named(loss):
    with pytest.raises(ValueError, match=rf"{loss.__name__} wants .*\(3,\); given: \(3, 1\)"):
        loss(mg.Tensor(np.zeros(3)), np.zeros((3, 1)))


@pytest.mark.parametrize("reduction", REDUCED)
@pytest.mark.parametrize("shape", [(), (5,), (2, 3, 4)])
def test_squared_error_and_binary_cross_entropy_by_the_book(shape, reduction):
    o, t = RNG.normal(size=shape), RNG.uniform(size=shape)
    items = max(o.size, 1) if reduction == "mean" else 1
    sigma = 1 / (1 + np.exp(-o))
    cases = [
        (mg.mean_squared_error, (o - t) ** 2, 2 * (o - t), -2 * (o - t)),
        (mg.binary_cross_entropy, -t * np.log(sigma) - (1 - t) * np.log(1 - sigma), sigma - t, -o),
    ]
    for loss, values, slope_o, slope_t in cases:
        got = loss(o, t, reduction=reduction)
        np.testing.assert_allclose(got, REDUCED[reduction](values), rtol=1e-13)
        slope = slopes(lambda o, t, f=loss: f(o, t, reduction=reduction), o, t)
        np.testing.assert_allclose(slope[0], slope_o / items, rtol=1e-13)
        np.testing.assert_allclose(slope[1], slope_t / items, rtol=1e-13)


def test_binary_cross_entropy_of_large_scores():
    o, t = np.array([-800.0, 800.0, -800.0, 800.0]), np.array([1.0, 0.0, 0.0, 1.0])

    def losses(o):
        return mg.binary_cross_entropy(o, t, reduction="none")

    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert losses(o).tolist() == [800.0, 800.0, 0.0, 0.0]
    assert slopes(losses, o).tolist() == [-1.0, 1.0, 0.0, 0.0]
    assert curvature(losses, o).tolist() == [0.0] * 4

"""The little of scikit-learn and pandas that we have."""

import numpy as np
import pytest

from minigrad.foreign.datasets import PANDAS, SKLEARN
from minigrad.tensor import Tensor

x = np.random.default_rng(0).normal(size=(10, 3)) * [1, 5, 0]


def test_a_split_keeps_rows_together():
    a, b, c, d = SKLEARN["train_test_split"](Tensor(np.arange(10.0)), list(range(10)), test_size=0.3)
    assert (len(a), len(b), a.tolist(), b.tolist()) == (7, 3, c, d)
    first, second = SKLEARN["train_test_split"](np.arange(10), test_size=2, shuffle=False)
    assert (first.tolist(), second.tolist()) == (list(range(8)), [8, 9])


@pytest.mark.parametrize("name", ["StandardScaler", "MinMaxScaler"])
def test_scalers_go_back(name):
    scaler = SKLEARN[name]()
    assert np.allclose(scaler.inverse_transform(scaler.fit_transform(x)).value, x)


def test_scalers_scale():
    assert np.allclose(SKLEARN["StandardScaler"]().fit_transform(x).value[:, :2].std(0), 1)
    scaled = SKLEARN["minmax_scale"](Tensor(x), feature_range=(-1, 1)).value
    assert np.allclose([scaled[:, :2].min(), scaled[:, :2].max()], [-1, 1])


def test_labels():
    encoder = SKLEARN["LabelEncoder"]()
    numbers = encoder.fit_transform(["b", "a", "b"])
    assert (numbers.tolist(), encoder.inverse_transform(numbers).tolist()) == ([1, 0, 1], ["b", "a", "b"])
    assert SKLEARN["OneHotEncoder"](sparse=False).fit_transform(np.array([[3], [1]])).tolist() == [
        [0, 1],
        [1, 0],
    ]


@pytest.mark.parametrize("name", ["make_classification", "make_regression", "make_moons"])
def test_made_up_data(name):
    points, y = SKLEARN[name](n_samples=12, noise=0.1)
    assert isinstance(points, Tensor)
    assert len(points) == len(y) == 12


def test_scores():
    assert SKLEARN["accuracy_score"]([1, 0, 1], [1, 1, 1]) == pytest.approx(2 / 3)
    assert SKLEARN["mean_squared_error"](Tensor([1.0, 2.0]), np.array([1.0, 4.0])).item() == 2


def test_tables(tmp_path):
    (tmp_path / "a.csv").write_text("u,v\n1,2\n3,4\n", encoding="utf-8")
    frame = PANDAS["read_csv"](tmp_path / "a.csv")
    assert (frame.shape, frame.values.tolist(), len(frame)) == ((2, 2), [[1, 2], [3, 4]], 2)
    made = PANDAS["read_csv"](tmp_path / "absent.csv")
    assert made["a"].shape == made["Close"].shape == (len(made),)
    assert made[["b", "label"]].to_numpy().shape == (len(made), 2)
    assert (list(made), made.head(2).iloc[0].shape) == (["a", "b", "c", "d", "label"], (5,))
    assert np.array(PANDAS["DataFrame"]({"x": [1, 2], "y": [3, 4]})).tolist() == [[1, 3], [2, 4]]

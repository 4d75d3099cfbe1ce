"""The little of scikit-learn and pandas that files about networks use, where those are not installed."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any, Self

import numpy as np

from minigrad.foreign.arrays import traced
from minigrad.foreign.texts import table
from minigrad.given import stacked

_COLUMNS = ("a", "b", "c", "d", "label")


def _plain(x: Any) -> Any:
    """The numbers of data, which no parameter has made."""
    x = stacked(x)
    return np.asarray(getattr(x, "value", x))


def train_test_split(*arrays: Any, test_size: Any = 0.25, shuffle: bool = True, **_: Any) -> list[Any]:
    """Each of the arrays in two parts, in the same random order."""
    n = len(arrays[0])
    held_out = test_size if isinstance(test_size, int) else int(np.ceil(n * test_size))
    order = np.random.RandomState(0).permutation(n) if shuffle else np.arange(n)
    places = (order[: n - held_out], order[n - held_out :])
    return [
        stacked(x)[where] if hasattr(x, "shape") else [x[i] for i in where]
        for x in arrays
        for where in places
    ]


class _Scaler:
    """Columns that are shifted and stretched."""

    def __init__(self, *_: Any, feature_range: tuple[float, float] = (0.0, 1.0), **__: Any) -> None:
        self._range = feature_range

    def _measure(self, x: Any) -> tuple[Any, Any]:
        raise NotImplementedError

    def fit(self, x: Any, _: Any = None) -> Self:
        """Find the shift and the scale of each column."""
        self.shift, self.scale = self._measure(_plain(x))
        return self

    def transform(self, x: Any) -> Any:
        """The scaled columns."""
        return traced((_plain(x) - self.shift) / self.scale)

    def fit_transform(self, x: Any, _: Any = None) -> Any:
        """Both."""
        return self.fit(x).transform(x)

    def inverse_transform(self, x: Any) -> Any:
        """The columns as they were."""
        return stacked(x) * self.scale + self.shift


class StandardScaler(_Scaler):
    """To mean 0 and standard deviation 1."""

    def _measure(self, x: Any) -> tuple[Any, Any]:
        deviation = x.std(axis=0)
        return x.mean(axis=0), np.where(deviation == 0, 1.0, deviation)


class MinMaxScaler(_Scaler):
    """To a range."""

    def _measure(self, x: Any) -> tuple[Any, Any]:
        low, high = self._range
        width = np.ptp(x, axis=0)
        scale = np.where(width == 0, 1.0, width) / (high - low)
        return x.min(axis=0) - low * scale, scale


class LabelEncoder:
    """Labels as numbers, in their sorted order."""

    def fit(self, y: Any) -> Self:
        """Find the labels."""
        self.classes_ = np.unique(_plain(y))
        return self

    def transform(self, y: Any) -> Any:
        """The number of each label."""
        return np.searchsorted(self.classes_, _plain(y))

    def fit_transform(self, y: Any) -> Any:
        """Both."""
        return self.fit(y).transform(y)

    def inverse_transform(self, y: Any) -> Any:
        """The labels of numbers."""
        return self.classes_[_plain(y)]


class OneHotEncoder:
    """A column of labels as rows with a single 1."""

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def fit(self, x: Any, _: Any = None) -> Self:
        """Find the labels of each column."""
        self.categories_ = [np.unique(column) for column in _plain(x).T]
        return self

    def transform(self, x: Any) -> Any:
        """A 1 in the place of each label."""
        columns = zip(_plain(x).T, self.categories_, strict=True)
        return traced(np.hstack([(column[:, None] == known).astype(float) for column, known in columns]))

    def fit_transform(self, x: Any, _: Any = None) -> Any:
        """Both."""
        return self.fit(x).transform(x)


def make_classification(n_samples: int = 100, n_features: int = 20, n_classes: int = 2, **_: Any) -> Any:
    """Random points around a centre for each class."""
    random = np.random.RandomState(0)
    y = random.randint(0, n_classes, n_samples)
    return traced(random.randn(n_samples, n_features) + 2.0 * random.randn(n_classes, n_features)[y]), y


def make_regression(n_samples: int = 100, n_features: int = 100, noise: float = 0.0, **_: Any) -> Any:
    """Random points and a linear function of them."""
    random = np.random.RandomState(0)
    x = random.randn(n_samples, n_features)
    return traced((x, x @ random.randn(n_features) + noise * random.randn(n_samples)))


def make_moons(n_samples: int = 100, *, noise: float = 0.0, **_: Any) -> Any:
    """Two half circles."""
    random = np.random.RandomState(0)
    y = np.arange(n_samples) % 2
    angle = np.pi * random.rand(n_samples)
    sign = 1.0 - 2.0 * y
    points = np.stack([sign * np.cos(angle) + y, sign * np.sin(angle) + 0.5 * y], 1)
    return traced(points + (noise or 0.0) * random.randn(n_samples, 2)), y


def accuracy_score(y_true: Any, y_pred: Any, **_: Any) -> float:
    """The part of the labels that are right."""
    return float(np.mean(_plain(y_true) == _plain(y_pred)))


def mean_squared_error(y_true: Any, y_pred: Any, **_: Any) -> Any:
    """The mean of the squared differences."""
    difference: Any = stacked(y_true) - stacked(y_pred)
    return (difference * difference).mean()


def minmax_scale(x: Any, feature_range: tuple[float, float] = (0.0, 1.0), **_: Any) -> Any:
    """Each column brought to a range."""
    return MinMaxScaler(feature_range=feature_range).fit_transform(x)


class Frame:
    """Columns of numbers under names."""

    def __init__(self, data: Any, columns: Any = None, **_: Any) -> None:
        values = _plain(list(data.values())).T if isinstance(data, dict) else _plain(data)
        names = data if isinstance(data, dict) else columns
        self.columns = list(range(values.shape[1])) if names is None else list(names)
        self._values = values

    @property
    def values(self) -> Any:
        """The numbers."""
        return traced(self._values)

    to_numpy = as_matrix = lambda self, *_, **__: self.values

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        rows, columns = self._values.shape
        return rows, columns

    @property
    def iloc(self) -> Any:
        """The rows and columns by number."""
        return self.values

    def __getitem__(self, name: Any) -> Any:
        if isinstance(name, list):
            return Frame(self._values[:, [self.columns.index(item) for item in name]], name)
        place = self.columns.index(name) if name in self.columns else hash(str(name)) % len(self.columns)
        return traced(self._values[:, place])

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.columns)

    def head(self, n: int = 5) -> Frame:
        """The first rows."""
        return Frame(self._values[:n], self.columns)

    def __array__(self, *_: Any, **__: Any) -> Any:
        return self._values


def read_csv(file: Any, sep: str = ",", header: Any = 0, **_: Any) -> Frame:
    """The numbers of a table, or of one that is made up if it is not there or holds anything else."""
    try:
        with open(file) as opened:  # noqa: PTH123  # as the file sees it
            data = np.loadtxt(opened, delimiter=sep, skiprows=int(header is not None), ndmin=2)
    except (OSError, ValueError):
        data = np.loadtxt(StringIO(table()), delimiter=",")
    return Frame(data, _COLUMNS if data.shape[1] == len(_COLUMNS) else None)


SKLEARN: dict[str, Any] = {
    one.__name__: one
    for one in (
        train_test_split, StandardScaler, MinMaxScaler, LabelEncoder, OneHotEncoder, make_classification,
        make_regression, make_moons, accuracy_score, mean_squared_error, minmax_scale,
    )
}  # fmt: skip
"""Of sklearn, whatever the module."""

PANDAS: dict[str, Any] = {"read_csv": read_csv, "DataFrame": Frame}
"""Of pandas."""

"""What stands in for a missing module takes everything, and never becomes a number unnoticed."""

import ast
import copy

import numpy as np
import pytest

import minigrad as mg
from minigrad.foreign.missing import REPLACED, Base, Nothing, guarded_imports, missing_module, unbound_names


@pytest.fixture
def plt():
    return missing_module("matplotlib.pyplot")


def test_what_people_do_with_plots(plt):
    plt.style.use("ggplot")
    plt.rcParams["figure.figsize"] = (10, 5)
    del plt.rcParams["x"]
    (fig,) = [plt.figure(figsize=(3, 4))]
    ax = fig.add_subplot(111)
    ax.plot([1, 2], label="x")[0].set_data([], [])
    ax.title = "t"
    assert ax.title == "t"
    with plt.xkcd() as x:
        x.show(block=False)
    assert list(plt.subplots()) == []
    assert next(iter(plt.gcf()), None) is None
    assert 3 not in plt.colors
    with pytest.raises(StopIteration):
        next(plt.lines)
    assert len(plt.lines) == 0
    assert not plt.isinteractive()


def test_arithmetic_gives_nothing(plt):
    x = plt.cm
    for y in (x + 1, 1 - x, x * 2.0, 2 / x, x**2, -x, abs(x), np.ones(3) * x, x @ np.ones(3), round(x)):
        assert isinstance(y, Nothing)
    x += 1
    assert isinstance(x, Nothing)
    assert not x < 3
    assert (int(x), float(x), [5][x]) == (0, 0.0, 5)


def test_classes_and_decorators(plt):
    class Net(plt.Module):
        def __init__(self):
            super().__init__()

        @plt.jit
        def f(self):
            return 3

    assert Net().f() == 3
    assert Net.__mro__ == (Net, Base, object)
    assert Base(3, x=4) is not None
    assert not isinstance(3, plt.Module)
    assert plt.jit(nopython=True)(Net.f) is Net.f


@pytest.mark.parametrize("use", [np.asarray, np.exp, lambda x: np.array([x.T, 1.0], dtype=float), mg.Tensor])
def test_it_becomes_no_array(plt, use):
    with pytest.raises(TypeError):
        use(missing_module("activations").sigmoid(3))


def test_the_message_names_what_is_missing():
    with pytest.raises(TypeError, match=r"activations\.sigmoid.*not here"):
        np.asarray(missing_module("activations").sigmoid)


def test_protocols_find_nothing(plt):
    for name in ("__array_interface__", "__wrapped__", "_repr_html_", "_ipython_display_"):
        assert not hasattr(plt.x, name)
        assert not hasattr(plt, name)
    assert isinstance(copy.deepcopy(plt.x), Nothing)
    assert len({plt.x, plt.y}) == 2
    assert "pyplot.x" in repr(plt.x)


def test_star_brings_nothing(plt):
    assert plt.__all__ == []
    assert plt.__path__ == []


def test_bars_of_progress():
    tqdm = missing_module("tqdm")
    assert list(tqdm.tqdm([1, 2], desc="x")) == [1, 2]
    assert list(tqdm.tqdm(iterable=(1,))) == [1]
    assert list(tqdm.trange(1, 4)) == [1, 2, 3]
    assert list(tqdm.notebook.tqdm(range(2))) == [0, 1]
    assert list(missing_module("tqdm.auto").tqdm(enumerate("a"))) == [(0, "a")]
    assert len(tqdm.tqdm([1, 2, 3])) == 3
    with tqdm.tqdm(total=3) as bar:
        bar.update(1)
        bar.set_description("x")
    assert list(tqdm.tqdm(3)) == []
    tqdm.tqdm.write("x")
    bar = missing_module("progressbar").ProgressBar(widgets=[])
    assert list(bar([4, 5])) == [4, 5]


def test_a_module_can_be_called_where_a_bar_was_meant():
    assert list(missing_module("tqdm.tqdm")([1, 2])) == [1, 2]
    assert isinstance(missing_module("layers.Dense")(3), Nothing)


def test_plots_are_replaced_where_they_are_installed():
    assert {"matplotlib", "tqdm", "seaborn", "requests", "numba"} <= REPLACED
    assert not {"numpy", "pandas", "scipy", "sklearn", "cupy"} & REPLACED


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("try:\n  import cupy as np\nexcept ImportError:\n  import numpy as np", {"cupy"}),
        ("try: from tqdm.auto import tqdm\nexcept (ModuleNotFoundError, KeyError): pass", {"tqdm.auto"}),
        ("try: import a, b\nexcept: pass", {"a", "b"}),
        ("try: import a\nexcept Exception as e: pass", {"a"}),
        ("try: import a\nexcept ValueError: pass", set()),
        ("try: from . import a\nexcept ImportError: pass", set()),
        ("import a", set()),
    ],
)
def test_imports_that_may_fail(text, names):
    assert guarded_imports(ast.parse(text)) == names


def test_two_bases_that_are_not_there(plt):
    class Net(plt.Layer, plt.Module):
        def __init__(self, n):
            plt.Layer.__init__(self, n)
            self.n = n

    assert Net(3).n == 3


def test_names_that_a_star_has_to_bring():
    body = "try: return D(y, *e)\n    except E as error: F = error\n[g for g in F]"
    text = f"from x import *\nclass A(B):\n  def f(self, y=C):\n    {body}"
    assert unbound_names(ast.parse(text)) == {"B", "C", "D", "E", "e"}

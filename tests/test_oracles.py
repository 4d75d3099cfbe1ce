import numpy as np
import pytest
from oracles import (
    FUNCTIONS,
    Use,
    assert_gradient,
    central_difference,
    complex_step,
    evaluate,
    random_dag,
    sum_over_paths,
)


def cubic(x):
    return np.sum(x**3 * np.array([[1.0, -2.0, 0.5], [3.0, 1.5, -1.0]]))


X = np.array([[0.3, -1.2, 2.0], [0.7, 1.1, -0.4]])
SLOPE = 3 * X**2 * np.array([[1.0, -2.0, 0.5], [3.0, 1.5, -1.0]])


def test_the_complex_step_is_exact():
    assert_gradient(complex_step(cubic, X), SLOPE, rtol=1e-15)


def test_central_differences_are_near():
    assert_gradient(central_difference(cubic, X), SLOPE, rtol=1e-8)
    assert_gradient(central_difference(lambda x: np.abs(x).sum(), X), np.sign(X), rtol=1e-8)


def test_both_take_a_number_without_axes():
    assert complex_step(lambda x: x * x, 3.0) == 6
    assert central_difference(lambda x: x * x, 3.0) == pytest.approx(6)


@pytest.mark.parametrize(
    "fault",
    [
        lambda g: g * (1 + 1e-9),
        lambda g: g.T,
        lambda g: g.reshape(3, 2),
        lambda g: np.where(g == g[0, 0], np.nan, g),
        lambda g: np.where(g == g[1, 2], np.inf, g),
        lambda g: -g,
        lambda g: g + np.eye(2, 3) * 1e-9,
        lambda g: g.tolist(),
        lambda g: g[0],
        lambda g: g * 0,
    ],
)
def test_a_planted_fault_is_caught(fault):
    with pytest.raises(AssertionError):
        assert_gradient(fault(SLOPE), SLOPE)


def test_a_gradient_of_zeros_must_be_zero():
    assert_gradient(np.zeros(3), np.zeros(3))
    with pytest.raises(AssertionError):
        assert_gradient(np.full(3, 1e-300), np.zeros(3))


def test_the_slopes_of_the_dag_are_those_of_its_functions():
    for function, slope in FUNCTIONS.values():
        assert_gradient(slope(X), complex_step(lambda x, f=function: np.sum(f(x)), X))


def test_paths_add_up_to_the_complex_step(rng):
    for size in (2, 5, 9):
        dag = random_dag(rng, size)
        x = rng.normal(size=3)
        wanted = complex_step(lambda z, dag=dag: np.sum(evaluate(dag, z)[-1]), x)
        assert_gradient(sum_over_paths(dag, evaluate(dag, x), 0), wanted)


def test_a_dropped_or_doubled_edge_changes_the_sum():
    diamond = [
        [Use(0, "sine", 2.0)],
        [Use(0, "square", -1.0), Use(0, "square", -1.0)],
        [Use(1, "same", 1.0), Use(2, "tanh", 3.0)],
    ]
    x = np.array([0.4])
    whole = sum_over_paths(diamond, evaluate(diamond, x), 0)
    a, b = np.sin(0.4) * 2, -2 * 0.4**2
    assert_gradient(whole, [2 * np.cos(0.4) + 3 * (1 - np.tanh(b) ** 2) * -4 * 0.4])
    assert a != b
    for node, uses in enumerate(diamond):
        for k in range(len(uses)):
            broken = [list(u) for u in diamond]
            del broken[node][k]
            assert sum_over_paths(broken, evaluate(diamond, x), 0) != whole


def test_random_dags_have_parallel_edges_and_diamonds(rng):
    dags = [random_dag(rng, 8) for _ in range(20)]
    parents = [[use.parent for use in uses] for dag in dags for uses in dag]
    assert any(len(set(p)) < len(p) for p in parents)
    assert any(len(set(p)) > 1 for p in parents)

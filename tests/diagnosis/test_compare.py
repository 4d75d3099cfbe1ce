import json

import numpy as np
import pytest

import minigrad as mg
from minigrad.check import Comparison
from minigrad.diagnosis.compare import Diagnosed, compare, translated, trial_of


@pytest.fixture
def run(rng):
    rnn = mg.nn.RNN(5, 6, 3, seed=1)
    return rnn.unroll(rng.normal(size=(4, 5)), [0, 1, 2, 1], rng.normal(size=6))


def by_hand(run, *, wrong=False):
    """Gradients of the vanilla network, per step and summed; or with W for Wᵀ in the carry."""
    W, V = (run[name].value for name in "WV")
    T = len(run)
    dh, da, dy = np.zeros((T, 6)), np.zeros((T, 6)), np.zeros((T, 3))
    carry = np.zeros(6)
    for t in range(T, 0, -1):
        dy[t - 1] = run["ŷ", t].value
        dy[t - 1, [0, 1, 2, 1][t - 1]] -= 1
        dh[t - 1] = V.T @ dy[t - 1] + carry
        da[t - 1] = dh[t - 1] * (1 - run["h", t].value ** 2)
        carry = (W if wrong else W.T) @ da[t - 1]
    states = [run["h", t].value for t in range(T + 1)]
    return {
        "dU": sum(np.outer(da[t], run["x", t + 1].value) for t in range(T)),
        "dW": sum(np.outer(da[t], states[t]) for t in range(T)),
        "dV": sum(np.outer(dy[t], states[t + 1]) for t in range(T)),
        "db": da.sum(0), "dc": dy.sum(0), "dh": dh, "da": da, "dy": dy,
    }  # fmt: skip


def test_right_gradients_per_step_and_summed(run):
    found = compare(by_hand(run), run)
    assert found.ok
    assert len(found) == 5 + 3 * 4
    assert found.findings == ()
    assert found.departure is None


@pytest.mark.parametrize(
    "given", [("dU", "dW", "dV", "db", "dc"), ("dU", "dW", "dV", "db", "dc", "dh", "da")]
)
def test_a_wrong_gradient_is_explained(run, given):
    wrong = by_hand(run, wrong=True)
    found = compare({name: wrong[name] for name in given}, run)
    assert isinstance(found, Comparison)
    assert not found.ok
    assert "carry-not-transposed" in [finding.kind for finding in found.findings]
    assert found.departure.step == 3
    assert "W" in str(found.explain("W"))
    assert "First difference, walking back" in str(found)


@pytest.mark.parametrize("name", ["dh", "da", "dy"])
def test_states_alone_say_where_it_goes_wrong(run, name):
    given = by_hand(run)[name]
    given[:2] += 0.1
    found = compare({name: given}, run)
    assert [row.ok for row in found if row.name == {"dh": "h", "da": "a", "dy": "o"}[name]] == [
        False,
        False,
        True,
        True,
    ]
    assert (found.departure.quantity, found.departure.step) == (name, 2)


def test_one_step_alone(run):
    given = by_hand(run)
    assert all(
        row.ok for row in compare({("dh", 2): given["dh"][1], ("dy", 4): given["dy"][3]}, run).rows[:2]
    )


def test_another_length_is_not_spread_over_the_steps(run):
    found = compare({"dh": by_hand(run)["dh"][:3]}, run)
    assert [row.verdict for row in found if row.name == "dh"] == ["extra"]


def test_names_of_nodes_come_before_names_with_a_d():
    W = mg.Tensor([2.0], "dW")
    run = mg.unroll(lambda x, h: {"h": W * h + x, "L": np.sum(h)}, np.ones((3, 1)), np.ones(1))
    assert translated({"dW": 1.0, "dh": np.ones((2, 1)), "dq": 1.0, 5: 2.0}, run).keys() == {
        "dW",
        "dh",
        "dq",
        5,
    }


def test_what_compare_took_it_takes(run):
    grads = mg.backprop(run.loss)
    assert compare(grads, run).ok
    assert compare({"W": grads["W"]}, {"W": grads["W"]}).ok
    assert not isinstance(compare({"W": grads["W"]}, grads), Diagnosed)
    assert compare(grads.named(), run, require="all").ok
    with pytest.raises(TypeError):
        compare(3, run)
    odd = compare({"W": "text", ("h", 1): object(), run["b"]: grads["b"]}, run)
    assert [row.verdict for row in odd][:3] == ["type", "type", "equal"]
    assert trial_of({"W": "text"}, run).manual == {}


def test_the_gradient_of_the_first_state(run):
    given = by_hand(run)
    dh0 = run["W"].value.T @ given["da"][0]
    assert compare({("h", 0): dh0}, run).rows[0].ok
    assert not compare({("h", 0): 2 * dh0}, run).rows[0].ok


def test_arrays_of_pytorch(run):
    torch = pytest.importorskip("torch")
    given = {name: torch.tensor(value, requires_grad=True) for name, value in by_hand(run).items()}
    assert compare(given, run).ok
    steps = {"dh": [torch.tensor(row) for row in by_hand(run)["dh"]]}
    assert all(row.ok for row in compare(steps, run) if row.name == "h")


def test_json_and_notebook(run):
    found = compare(by_hand(run, wrong=True), run)
    assert (
        json.loads(json.dumps(found.to_dict(), allow_nan=False))["findings"][0]["kind"]
        == "carry-not-transposed"
    )
    assert "carry-not-transposed" in found._repr_html_()
    assert "carry-not-transposed" not in compare(by_hand(run), run)._repr_html_()
    assert compare(by_hand(run), run).to_dict()["findings"] == []
    assert isinstance(found.folded(), Diagnosed)

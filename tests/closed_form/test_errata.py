import numpy as np
import pytest
from forward_oracle import (
    binary_loss,
    derivative,
    disagreements,
    forward,
    network,
    relative_distance,
)

from minigrad.closed_form import SLIPS, goodfellow, vanilla_run

NET = network()
RUN = vanilla_run(**NET)
every_slip = pytest.mark.parametrize("slip", SLIPS, ids=[slip.where for slip in SLIPS])


def unit_network(net):
    """The scalar network of the remark, for the oracle."""
    j = max(range(len(net["W"])), key=lambda i: abs(net["W"][i, i]))
    one = {"U": np.ones((1, 1)), "W": net["W"][j : j + 1, j : j + 1], "V": net["V"][:1, j : j + 1]}
    one |= {"b": np.zeros(1), "c": np.zeros(1), "h0": net["h0"][j : j + 1]}
    drive = net["b"][j] + net["x"] @ net["U"][j]
    return one | {"x": drive[:, np.newaxis], "y": net["y"][:, :1]}


def right_values(net):
    """What each slip's quantity is by the complex step, or by its definition, on this run."""
    T, unit = len(net["x"]), unit_network(net)
    early = max(T - 3, 0)
    last = derivative(net, ("h", T), of=("L", T))
    unit_values = forward(unit, binary_loss)
    return {
        "G 10.21, Day-38": np.stack([derivative(net, ("h", t)) for t in range(T)]),
        "H 14–15": derivative(unit, ("h", early), of=("h", T)).squeeze(),
        "H 16": derivative(unit, "W", of=("h", T)).squeeze(),
        "H 18": derivative(unit, "U", of=("h", T)).squeeze(),
        "H 63": derivative(net, ("h", early), of=("h", T)),
        "H 66": derivative(net, "W", of=("L", T)),
        "H 67": derivative(net, "W", of=("L", T)),
        "H 69": derivative(net, "U", of=("L", T)),
        "H 108": (last * (1 - goodfellow(**net).forward["h", T] ** 2))[np.newaxis],
        "H 3": np.array([unit_values["L", t][0] for t in range(1, T + 1)]),
    }


@pytest.mark.parametrize("T", [1, 2, 6, 40])
def test_the_right_side_of_every_slip_is_the_complex_step(T):
    net = network(T=T)
    run = vanilla_run(**net)
    wanted = right_values(net)
    right = {slip.where: slip.evaluate(run)[1] for slip in SLIPS}
    assert set(right) == set(wanted)
    assert disagreements(right, wanted, rtol=1e-11) == []


@every_slip
def test_the_printed_side_differs_by_much_more_than_rounding(slip):
    printed, right = slip.evaluate(RUN)
    assert printed.shape == right.shape
    assert relative_distance(printed, right) > 0.05


@every_slip
def test_float32_stays_float32(slip):
    printed, right = slip.evaluate(vanilla_run(**network(dtype=np.float32)))
    assert printed.dtype == right.dtype == np.float32


def test_with_one_hidden_unit_only_the_slips_of_tanh_and_of_the_loss_remain():
    run = vanilla_run(**network(H=1, C=3))
    remaining = {slip.where for slip in SLIPS if relative_distance(*slip.evaluate(run)) > 1e-12}
    assert remaining == {"H 14–15", "H 16", "H 18", "H 3"}


def test_the_binary_loss_is_right_when_every_label_is_one():
    net = network(C=1)
    (slip,) = (slip for slip in SLIPS if slip.where == "H 3")
    assert disagreements(*({"E": side} for side in slip.evaluate(vanilla_run(**net)))) == []


def test_a_power_that_overflows_is_infinite_and_silent():
    net = network(T=800)
    net["W"] *= 40
    run = vanilla_run(**net)
    with np.errstate(all="raise", under="ignore"):
        sides = {slip.where: slip.evaluate(run) for slip in SLIPS}
    assert not np.isfinite(sides["H 67"][0]).all()
    assert all(np.isfinite(right).all() for _, right in sides.values())


def test_a_slip_says_where_what_and_how():
    assert len({slip.where for slip in SLIPS}) == len(SLIPS) == 10
    for slip in SLIPS:
        assert all((slip.where, slip.quantity, slip.printed, slip.right, slip.remark))
        assert slip.printed != slip.right

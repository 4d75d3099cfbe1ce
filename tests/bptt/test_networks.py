"""Each convention's network computes what its closed form says."""

import numpy as np
import pytest
from bptt.sample import H, K, N, T, data

from minigrad import closed_form
from minigrad.bptt import networks


def values(parameters):
    return [p.value for p in parameters.values()]


@pytest.mark.parametrize("sequences", [1, N])
@pytest.mark.parametrize(
    ("loss", "options"),
    [
        (closed_form.goodfellow_loss, {}),
        (closed_form.rossi_regression_loss, {"task": "regression"}),
        (closed_form.huang_vector_loss, {"bias": False}),
    ],
)
def test_columns(sequences, loss, options):
    given = data(sequences)
    run, p = networks.column(given, **options)
    x, y = given.one_hot()
    h0 = networks.initial_states(given)
    wanted = sum(loss(*values(p), h0[n], x[:, n], y[:, n]) for n in range(sequences))
    assert run.loss.item() == pytest.approx(wanted, rel=1e-14)
    assert run["h", T].shape == ((H,) if sequences == 1 else (sequences, H))


def test_the_biases_and_the_first_state_are_not_zero():
    run, p = networks.column(data())
    for array in (p["b"].value, p["c"].value, run["h", 0].value):
        assert np.all(array != 0)


def test_rows():
    given = data()
    run, p = networks.batch(given)
    wanted = closed_form.huang_batch_loss(*values(p), run["h", 0].value, *given.one_hot())
    assert run.loss.item() == pytest.approx(float(wanted), rel=1e-14)
    assert p["U"].shape == (K, H)


@pytest.mark.parametrize("sequences", [1, N])
@pytest.mark.parametrize("binary", [False, True])
def test_scalars(sequences, binary):
    given = data(sequences)
    run, p = networks.scalar(given, binary=binary)
    x, y = given.scalars()
    s0 = np.atleast_1d(run["h", 0].value)
    wanted = sum(
        closed_form.huang_scalar_loss(*values(p), s0[n], x[:, n], y[:, n], binary=binary)
        for n in range(sequences)
    )
    assert run.loss.item() == pytest.approx(float(wanted), rel=1e-14)

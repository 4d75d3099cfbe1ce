import numpy as np
import pytest
from forward_oracle import network

from minigrad.closed_form import goodfellow, huang_scalar, vanilla_run


def test_the_run_is_the_column_form_stacked_over_time():
    net = network()
    run, form = vanilla_run(**net), goodfellow(**net)
    assert run.last == 6
    for t in range(7):
        np.testing.assert_array_equal(run.states[t], form.forward["h", t])
        np.testing.assert_array_equal(run.grad_h[t], form.gradients["h", t])
    for t in range(1, 7):
        np.testing.assert_array_equal(run.errors[t - 1], form.gradients["o", t])


def test_the_unit_is_the_scalar_form_under_its_own_drive():
    net = network()
    run = vanilla_run(**net)
    assert abs(run.unit_w) == np.abs(np.diag(net["W"])).max()
    scalars = (1.0, run.unit_w, net["V"][0, run.unit], net["h0"][run.unit])
    unit = huang_scalar(*scalars, run.unit_inputs, run.unit_labels).forward
    for t in range(7):
        np.testing.assert_allclose(run.unit_states[t], unit["h", t], rtol=1e-14)
    for t in range(1, 7):
        np.testing.assert_allclose(run.unit_outputs[t - 1], unit["o", t], rtol=1e-14)


def test_with_one_hidden_unit_the_scalar_states_are_the_network_s():
    run = vanilla_run(**network(H=1, C=2))
    np.testing.assert_allclose(run.unit_states, run.states[:, 0], rtol=1e-14)


def test_float32_stays_float32():
    run = vanilla_run(**network(dtype=np.float32))
    arrays = [getattr(run, name) for name in run.__dataclass_fields__ if name != "unit"]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


def test_bad_shapes_are_refused():
    with pytest.raises(ValueError, match="b has shape"):
        vanilla_run(**network() | {"b": np.zeros(3)})

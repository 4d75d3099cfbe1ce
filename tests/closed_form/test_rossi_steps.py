import numpy as np
from forward_oracle import derivative, disagreements, network

from minigrad.closed_form import rossi_steps


def values_of(net):
    states = rossi_steps.states(*(net[name] for name in ("U", "W", "V", "b", "c", "h0", "x")))
    return rossi_steps.classification(states, net["y"])


def test_output_gradients_element_by_element_are_the_difference_of_17():
    net = network()
    values = values_of(net)
    for t, gradient in rossi_steps.output_gradients(values, net["y"]).items():
        np.testing.assert_allclose(gradient, values["ŷ", t] - net["y"][t - 1], rtol=1e-13, atol=1e-16)


def test_output_gradients_survive_a_probability_that_underflows():
    values = {("ŷ", 1): np.array([0.0, 1.0])}
    gradient = rossi_steps.output_gradients(values, np.array([[1.0, 0.0]]))[1]
    np.testing.assert_array_equal(gradient, [-1.0, 1.0])


def test_everything_after_the_output_gradients_is_linear_in_them():
    net = network()
    values = values_of(net)
    outputs = rossi_steps.output_gradients(values, net["y"])
    arguments = (net["W"], net["V"], net["x"], values)
    once = rossi_steps.gradients_from_outputs(*arguments, outputs)
    twice = rossi_steps.gradients_from_outputs(*arguments, {t: 2 * o for t, o in outputs.items()})
    doubled = {key: 2 * value for key, value in once.gradients.items() if key[0] != "L"}
    assert disagreements(twice.gradients, doubled) == []


def test_the_later_gradients_do_not_depend_on_the_earlier_outputs():
    net = network()
    values = values_of(net)
    outputs = rossi_steps.output_gradients(values, net["y"])
    outputs[1] = np.zeros_like(outputs[1])
    form = rossi_steps.gradients_from_outputs(net["W"], net["V"], net["x"], values, outputs)
    wanted = {key: derivative(net, key) for key in [("h", 2), ("W", 2), ("U", 6)]}
    assert disagreements(form.gradients, wanted) == []
    assert disagreements(form.gradients, {("h", 1): derivative(net, ("h", 1))}) == [("h", 1)]


def test_steps_add_to_a_table_without_changing_it():
    values = {("o", 1): np.zeros(2)}
    rossi_steps.classification(values, np.array([[0.0, 1.0]]))
    rossi_steps.regression(values, np.array([[0.0, 1.0]]))
    assert set(values) == {("o", 1)}

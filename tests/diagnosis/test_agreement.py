from derivation_styles import BatchRows, TokenColumns, mutant
from small_trials import two_layers

from minigrad.diagnosis.agreement import agreement
from minigrad.diagnosis.experts import observe
from minigrad.diagnosis.manual import check_manual
from minigrad.diagnosis.measure import measure


def said(style, right, wrong):
    return check_manual(mutant(style, right, wrong).manual, style.forward, shapes=style.shapes).right


def test_right_output_weights_say_that_dy_is_right():
    assert said(BatchRows, 'carry = da @ P["W"].T', "carry = 0.0") == (
        "V and c agree, so dy is right at every step",
    )


def test_right_input_weights_say_that_da_is_right():
    assert said(TokenColumns, "np.dot(raw, hs[t - 1].T)", "np.dot(raw, hs[t].T)") == (
        "Why and by agree, so dy is right at every step",
        "Wxh and bh agree, so da is right at every step: the mistake is in a sum over time",
    )


def test_a_right_bias_alone_says_nothing_of_dy():
    lines = said(BatchRows, 'd["V"] += hs[t + 1].T @ dy', 'd["V"] += hs[t].T @ dy')
    assert lines[0] == "c agrees"


def test_without_a_known_layer_the_right_ones_are_listed():
    trial = two_layers(change=lambda d: {**d, "W": -d["W"]})
    rows = [measure(name, [trial]) for name in trial.names]
    assert agreement(rows, observe([trial])) == ["b and V: right"]


def test_nothing_is_said_if_all_are_alike():
    for factor in (1, 2):
        trial = two_layers(change=lambda d, factor=factor: {n: factor * g for n, g in d.items()})
        assert agreement([measure(name, [trial]) for name in trial.names], []) == []

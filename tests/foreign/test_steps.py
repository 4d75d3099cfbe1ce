from runs import GRADIENT, run

from minigrad.foreign.steps import blind, hides, is_one_step


def test_a_sequence_of_several_steps_hides_nothing(tmp_path):
    one = run(tmp_path, GRADIENT, "gradient").analysis
    assert not hides(one)


def test_a_sequence_of_one_step_does(tmp_path):
    text = GRADIENT.replace("np.random.randn(4, 2), np.zeros(3)", "np.random.randn(1, 2), np.zeros(3)")
    text = text.replace("hs = [h0]", "hs = [0 * h0]")
    one = run(tmp_path, text, "gradient").analysis
    assert is_one_step(one)
    assert blind(one) == ["W"]
    assert hides(one)

import numpy as np
import pytest

from minigrad.foreign.delivered import DRAWN, forms


@pytest.mark.parametrize("softmax", [True, False])
def test_every_loss_has_the_gradient_that_is_handed_in(softmax):
    # By differences: the probabilities are a softmax of z, whose gradient a difference is.
    rng = np.random.default_rng(1)
    z = rng.normal(size=(3, 2))
    targets = np.eye(2)[[0, 1, 1]]

    def value(form, z):
        y = np.exp(z) / np.exp(z).sum(1, keepdims=True) if softmax else z
        t = targets[-1] if "{y}[-1]" in form.text else targets
        made = {"np": np, "y": y, "t_": t}
        made["d"] = eval(form.text.format(y="y", t="t_"), made)  # noqa: S307  # a form of ours
        return eval(form.loss.format(y="y", t="t_", d="d"), made), made["d"]  # noqa: S307  # as above

    for form in forms(softmax=softmax, error=True)[:4]:
        loss, handed = value(form, z)
        step = np.zeros_like(z)
        step[2, 0] = 1e-6
        numeric = (value(form, z + step)[0] - value(form, z - step)[0]) / 2e-6
        wanted = np.asarray(handed[2] if isinstance(handed, dict) else handed)[..., 0]
        assert np.isclose(numeric, wanted if wanted.ndim == 0 else wanted[-1], atol=1e-8)
        assert np.isfinite(loss)


def test_an_error_may_be_a_difference_or_anything():
    assert set(DRAWN) < set(forms(softmax=False, error=True))
    assert forms(softmax=False, error=False) == DRAWN
    assert not set(DRAWN) & set(forms(softmax=True, error=False))

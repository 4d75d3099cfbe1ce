import numpy as np

from minigrad.foreign.proposal import Proposal

WEIGHTS = ("Wf = np.random.randn(4, 7)", "x = np.random.randn(5, 3)", "Wi = np.random.randn(4, 7)")


def test_lines_that_draw_alike_are_one_line_of_the_case():
    text = Proposal("f", WEIGHTS, "m.f(x)", "np.sum(x)", "dict(Wf=Wf, Wi=Wi)").case()
    assert "    Wf, Wi = (np.random.randn(4, 7) for _ in range(2))\n" in text
    assert "    x = np.random.randn(5, 3)  # the inputs: their layout is a guess\n" in text
    assert "    loss = np.sum(x)  # " in text
    made = {}
    exec(text, made)  # noqa: S102  # a case of ours
    told = made["case"](None, None)
    assert told["params"]["Wi"].shape == (4, 7)
    assert np.ndim(told["loss"]) == 0


def test_a_case_imports_what_it_needs():
    proposal = Proposal("f", ("a = types.SimpleNamespace(k=1)",), "m.f(a)", "", "a")
    assert proposal.case().startswith("import types\n\nimport numpy as np\n")
    assert proposal.run(type("M", (), {"f": staticmethod(lambda a: a.k)}), np)["grads"] == 1


def test_without_its_loss():
    proposal = Proposal("f", ("x = 1", "loss = m.loss(x)"), "m.f(x)", "loss", "{}")
    assert proposal.without_loss() == Proposal("f", ("x = 1",), "m.f(x)", "", "{}")
    assert "loss=" not in proposal.without_loss().case()

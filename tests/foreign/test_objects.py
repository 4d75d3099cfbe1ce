import ast
import textwrap

from minigrad.foreign.objects import Use, annotation_of, class_for, is_pair, uses


def tree(text):
    return ast.parse(textwrap.dedent(text))


def test_attributes_keys_and_methods_that_are_read():
    text = """
    def f(model, x):
        model.param["dWx"] = model.param["Wx"] @ x.T
        return model.cell.step(model.act(x)), model.shape
    """
    assert uses([tree(text)], "model") == {
        "param": Use(("Wx",)), "cell": Use(), "act": Use(called=True),
    }  # fmt: skip


def test_attributes_that_are_read_from_the_object_that_holds_it():
    text = """
    class Net:
        def __init__(self, prp): self.p = prp
        def f(self): return self.p.vocab_size + self.other.size_of
    """
    assert uses([tree(text)], "prp") == {"vocab_size": Use()}


def test_the_class_of_an_argument():
    text = "class A:\n  def forward(self): pass\nclass Param: pass\nclass MyCell:\n  def step(self): pass"
    file = tree(text)
    assert class_for(file, "act", {"forward": Use(called=True)}) == "A"
    assert class_for(file, "param", {"W": Use()}) == "Param"
    assert class_for(file, "whatever", {}, "MyCell") == "MyCell"
    assert class_for(file, "x", {"fly": Use(called=True)}) == ""


def test_annotations():
    node = tree("def f(a, b: 'Cell', *, c: int): pass").body[0]
    assert [annotation_of(node, name) for name in "abc"] == ["", "Cell", "int"]


def test_pairs():
    assert is_pair(tree("h, c = s"), "s")
    assert is_pair(tree("h = s[0] + s[1]"), "s")
    assert not is_pair(tree("a, b, c = s"), "s")
    assert not is_pair(tree("h = s[0]"), "s")

"""Who calls whom is read from names."""

import ast

import pytest

from minigrad.foreign.calls import CallGraph, Entry, called_from_top, entry_calls, functions

FILE = """\
class Net:
    def __init__(self):
        self.reset()
    def reset(self): pass
    def backward(self): self.step()
    def step(self): pass
    def fit(self):
        for _ in range(3):
            self.backward()
class Other:
    def step(self): pass
def helper(net):
    net.fit()
def unused(): unused()

net = Net()
print("x")
while True:
    helper(net)
if __name__ == "__main__":
    print("y")
    [net.backward() for _ in range(2)]
"""


def test_every_function_is_found():
    text = (
        "try:\n  def a(): pass\nexcept E:\n  async def b(): pass\n"
        "if x:\n  class C:\n    def d(self):\n      def e(): pass"
    )
    found = {f.name: f.owner for f in functions(ast.parse(text))}
    assert found == {"a": None, "b": None, "C.d": "C", "C.d.e": None}


def test_entries():
    assert entry_calls(ast.parse(FILE), "Net.backward") == [
        Entry(18, 19, ("helper", "Net.fit", "Net.backward"), guarded=False, looped=True),
        Entry(22, 22, ("Net.backward",), guarded=True, looped=True),
    ]
    assert entry_calls(ast.parse(FILE), "Net.reset") == [
        Entry(16, 16, ("Net.__init__", "Net.reset"), guarded=False, looped=False)
    ]
    assert entry_calls(ast.parse(FILE), "unused") == []


def test_self_means_the_own_class_and_another_object_any():
    graph = CallGraph(ast.parse(FILE + "\ndef f(x): x.step()\n"))
    calls = {name: {c.name for c, _ in graph.calls(f.node, f.owner)} for name, f in graph.functions.items()}
    assert calls["Net.backward"] == {"Net.step"}
    assert calls["f"] == {"Net.step", "Other.step"}
    assert calls["unused"] == {"unused"}


def test_what_the_top_level_reaches():
    reached = called_from_top(ast.parse(FILE))
    assert {"Net.fit", "Net.step", "helper"} <= reached
    assert not {"Other.step", "unused"} & reached


@pytest.mark.parametrize("call", ["f()()", "(lambda: 1)()", "a[0]()", "print()"])
def test_calls_of_nothing_we_know(call):
    assert entry_calls(ast.parse(f"def f(): pass\n{call}"), "g") == []


def test_deep_nesting():
    text = "if a: pass\n" + "elif b: pass\n" * 1500 + "else:\n  def f(): pass"
    assert [f.name for f in functions(ast.parse(text))] == ["f"]


def test_order_and_match():
    one = "class A:\n  def b(self): pass\n  def c(self): pass\n"
    text = one + "match x:\n  case 1:\n    def d(): pass\ndef e(): pass"
    assert [f.name for f in functions(ast.parse(text))] == ["A.b", "A.c", "d", "e"]


def test_long_chains():
    text = "".join(f"def f{i}(): f{i + 1}()\n" for i in range(3000)) + "def f3000(): pass\nf0()"
    assert len(entry_calls(ast.parse(text), "f3000")[0].through) == 3001

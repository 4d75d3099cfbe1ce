"""Python 2 becomes Python 3, line for line."""

import ast
import contextlib
import io

import pytest

from minigrad.foreign.python2 import convert, is_python2

NAMES = {"a": 1, "b": "x", "log": io.StringIO()}


@pytest.mark.parametrize(
    ("statement", "printed"),
    [
        ("print 'loss', a", "loss 1\n"),
        ("print", "\n"),
        ("print a, ; print b", "1 x\n"),
        ("print 'iter %d' % a # print 'no'", "iter 1\n"),
        ("print ('iter %d') % a", "iter 1\n"),
        ("print (a), b", "1 x\n"),
        ("print(a)", "1\n"),
        ("print (a, b)", "1 x\n"),
        ("if a == 1: print 'one'\nelse: print 'no'", "one\n"),
        ("for k, v in {1: 2}.iteritems(): print k, v", "1 2\n"),
        ("print >>log, a, b", ""),
        ("print `a` + `b`", "1'x'\n"),
        ("print [1, 2][-1], -a", "2 -1\n"),
        ("print a <> 2", "True\n"),
        ("print '''two\nlines'''", "two\nlines\n"),
        ("print a, \\\n  b", "1 x\n"),
        ("print not a", "False\n"),
        ("exec 'print(a)'", "1\n"),
        ("exec 'print(c)' in {'c': 5}", "5\n"),
        ("exec('print(a)')", "1\n"),
        ("try:\n  raise ValueError, 'bad'\nexcept (KeyError, ValueError), e:\n  print e", "bad\n"),
        ("try: 1 / 0\nexcept ZeroDivisionError, e: print 'zero'", "zero\n"),
        ("print 010, 10L, 0xFL, 1.5, 0, u'x', ur'\\d'", "8 10 15 1.5 0 x \\d\n"),
        ("print map(str, [1]), zip([1], [2]), filter(None, [0, 1])", "['1'] [(1, 2)] [1]\n"),
        ("it = iter([7])\nprint it.next()", "7\n"),
        ("class A:\n  def next(self): return 3\nprint A().next()", "3\n"),
        ("print {1: 2}.has_key(1), isinstance(u'x', basestring), long(3), unichr(65)", "True True 3 A\n"),
        ("from itertools import izip\nprint list(izip([1], [2]))", "[(1, 2)]\n"),
        ("import itertools\nfor t in itertools.izip([1], [2]): print t", "(1, 2)\n"),
        ("import cPickle as p\nimport cPickle\nprint p.loads(cPickle.dumps(3))", "3\n"),
        ("from StringIO import StringIO\nprint StringIO('q').read()", "q\n"),
        ("import sys\nprint sys.maxint > 1", "True\n"),
        ("print reduce(lambda x, y: x + y, xrange(4))", "6\n"),
        ("if a:\n\tif b:\n\t    c = 2\n        d = 3\nprint c, d", "2 3\n"),
        ("print range(2) * 2, [5] + xrange((1)), range(2)[::-1] == 0", "[0, 1, 0, 1] [5, 0] False\n"),
        ("print len(range((2)))", "2\n"),
        ("f = lambda *a, **k: k\nprint f(file=3, unicode=4)", "{'file': 3, 'str': 4}\n"),
        ("x = {'print': 3}\nx['print'] = 4\nprint x", "{'print': 4}\n"),
        ("w = [1, 2, 3][1:2] ; print w", "[2]\n"),
    ],
)
def test_it_does_what_it_did(statement, printed):
    converted = convert(statement)
    assert converted.count("\n") == statement.count("\n")
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(converted, dict(NAMES))  # noqa: S102  # statements of ours
    assert out.getvalue() == printed


def test_what_is_not_closed_stays_open():
    assert convert("x = xrange(3") == "x = range(3"


@pytest.mark.parametrize("tail", ["", ","])
def test_print_into_a_file(tail):
    out = io.StringIO()
    exec(convert(f"print >>f, 1, 'x'{tail}"), {"f": out})  # noqa: S102  # a statement of ours
    exec(convert("print >>f"), {"f": out})  # noqa: S102  # a statement of ours
    assert out.getvalue() == ("1 x\n\n" if not tail else "1 x \n")


def test_python_3_stays_what_it_is():
    text = "def f(x, *, file=None):\n    print(x, file=file)\n    return exec(x), x.next, range(3)\n"
    assert convert(text) == text


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("for t in xrange(3): pass", True),
        ("raw_input('?')", True),
        ("d.iteritems()", True),
        ("for t in range(3): pass", False),
        ("try: xrange\nexcept NameError: xrange = range", False),
        ("from six.moves import xrange\nxrange(3)", False),
        ("def unicode(x): return x\nunicode(3)", False),
        ("def f(unicode): return unicode", False),
    ],
)
def test_python_2_is_known_by_its_names(text, verdict):
    assert is_python2(ast.parse(text)) is verdict

import numpy as np
import pytest

from minigrad.diagnosis.calls import ManualError, call, run, same

ARGUMENTS = ({"W": np.ones(2)}, [np.ones(3)], (np.ones(1), np.ones(1)), [1, 2])


def test_a_call_gets_copies_and_tells_what_it_changed():
    def function(params, xs, h0, targets):
        params["W"] += 1
        xs[0][1] = 5
        h0[1][:] = 2
        return len(targets)

    called = call(function, "manual", ARGUMENTS)
    assert called.value == 2
    assert set(called.changed) == {"params", "xs", "h0"}
    assert called.changed["params"][1]["W"].tolist() == [2.0, 2.0]
    assert same(ARGUMENTS[0], {"W": np.ones(2)})
    assert ARGUMENTS[1][0].tolist() == [1.0, 1.0, 1.0]


def test_an_exception_becomes_one_line_with_the_place():
    def function(*_):
        return {}["no such key"]

    with pytest.raises(
        ManualError, match=r"^manual raised KeyError \(test_calls.py, line \d+: `return"
    ) as caught:
        run(function, "manual", ARGUMENTS)
    assert caught.value.line == function.__code__.co_firstlineno + 1
    assert isinstance(caught.value.__cause__, KeyError)


def test_an_error_in_a_library_is_told_at_the_line_that_called_it():
    def function(*_):
        return np.ones(3) @ np.ones(4)

    with pytest.raises(ManualError, match=r"ValueError \(test_calls.py, line \d+: `return np.ones\(3\)"):
        run(function, "forward", ARGUMENTS)


def test_code_without_a_file_is_told_without_its_text():
    names = {}
    exec("def function(*_):\n    return 1 / 0", names)  # noqa: S102  # a function without a file
    with pytest.raises(ManualError, match=r"ZeroDivisionError \(<string>, line 2\): division by zero"):
        run(names["function"], "manual", ARGUMENTS)
    with pytest.raises(ManualError, match="manual raised TypeError: "):
        run(len, "manual", ARGUMENTS)


def test_what_was_told_before_is_told_once():
    def function(*_):
        raise ManualError("as it is")  # noqa: EM101, TRY003  # the message is the test

    with pytest.raises(ManualError, match=r"^as it is$"):
        run(function, "manual", ARGUMENTS)


def test_warnings_of_numpy_are_no_errors():
    assert np.isinf(run(lambda *_: np.ones(1) / np.zeros(1), "manual", ARGUMENTS))


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        ({"W": np.ones(2)}, {"W": np.ones(2)}, True), ({"W": 1.0}, {"V": 1.0}, False),
        ({"W": 1.0}, [1.0], False),
        ([1, np.nan], [1, np.nan], True), ([1], [1, 2], False), (np.ones(2), np.ones((2, 1)), False),
        (np.ones(2), np.ones(2, np.float32), False), (None, None, True), ("a", "b", False),
    ],
)  # fmt: skip
def test_sameness(a, b, equal):
    assert same(a, b) is equal

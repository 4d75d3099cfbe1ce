import numpy as np
import pytest
from derivation_styles import BatchRows, FlatRegression, RowBiasRelu, TokenColumns

import minigrad as mg
from minigrad.diagnosis.calls import ManualError
from minigrad.diagnosis.case import case_of
from minigrad.diagnosis.known import KnownForward, as_known
from minigrad.diagnosis.layout import Layout
from minigrad.diagnosis.manual import check_manual
from minigrad.diagnosis.problem import BATCH, FIRST, make_problem
from minigrad.diagnosis.shapes import parse_shape, shape_text


def shapes_of(texts):
    return {name: parse_shape(text) for name, text in texts.items()}


def test_a_function_is_no_cell():
    assert as_known(lambda *_: 0, None) is None
    assert as_known(int, None) is None
    assert as_known(mg.nn.RNN, None) is not None


@pytest.mark.parametrize("cell", [mg.nn.RNN, mg.nn.LSTM, mg.nn.GRU], ids=lambda cell: cell.__name__)
def test_a_cell_has_its_own_names_and_shapes(cell):
    known = KnownForward(cell, None)
    wanted = cell(5, 6, 3).parameters()
    assert set(known.shapes) == set(wanted)
    problem = make_problem(known.shapes, FIRST, 0)
    assert {name: p.shape for name, p in problem.params.items()} == {n: p.shape for n, p in wanted.items()}


@pytest.mark.parametrize("cell", [mg.nn.RNN, mg.nn.LSTM, mg.nn.GRU], ids=lambda cell: cell.__name__)
@pytest.mark.parametrize("layout", [Layout("TBD", "BH", "TBO"), Layout("TB", "HB", "TB")])
def test_the_loss_is_that_of_the_cell(cell, layout):
    known = KnownForward(cell, None)
    problem = make_problem(known.shapes, BATCH, 0)
    network = cell(4, 7, 5)
    for name, value in problem.params.items():
        setattr(network, name, mg.Tensor(value, name))
    xs = problem.tokens if layout.xs == "TB" else problem.xs
    wanted = network.unroll(xs, problem.targets, problem.h0).loss.item()
    recorded = known.recorded(case_of(problem, layout))
    assert recorded.loss.item() == pytest.approx(wanted, rel=1e-14)
    assert known.plain(case_of(problem, layout)).value == pytest.approx(wanted, rel=1e-14)
    assert recorded.leaves["h0"].shape == ((3, 7) if layout.h0 == "BH" else (7, 3))


def test_the_states_of_an_lstm_are_a_pair():
    known = KnownForward(mg.nn.LSTM, None)
    problem = make_problem(known.shapes, BATCH, 0)
    leaves = known.recorded(case_of(problem, Layout("TBD", "BH", "TB", pair=True))).leaves
    assert {"h0", "c0"} <= set(leaves)


@pytest.mark.parametrize(
    ("style", "cell"),
    [
        (TokenColumns, mg.nn.RNN), (BatchRows, mg.nn.RNN),
        (RowBiasRelu, mg.nn.RNN(5, 6, 4, activation="relu")),
        (FlatRegression, mg.nn.RNN(5, 6, 4, activation="sigmoid", task="regression")),
    ],
)  # fmt: skip
def test_other_names_shapes_and_sides_are_brought_to_the_cells(style, cell):
    report = check_manual(style.manual, cell, shapes=style.shapes)
    assert report.ok, report
    if not isinstance(cell, type):
        assert report.problem[0].startswith("T=4 B=1 D=5 H=6 O=4")


def test_the_wrong_activation_is_a_wrong_gradient():
    assert not check_manual(
        BatchRows.manual, mg.nn.RNN(5, 6, 3, activation="sigmoid"), shapes=BatchRows.shapes
    ).ok


@pytest.mark.parametrize(
    "shapes",
    [
        {"W": "HH", "V": "OH"}, {"U": "HD", "W": "HH", "V": "OH", "extra": "HH"},
        {"A": "HD", "B": "HD", "W": "HH", "V": "OH"},
    ],
)  # fmt: skip
def test_parameters_that_are_not_those_of_the_cell_are_refused(shapes):
    with pytest.raises(
        ManualError, match=r"the parameters do not fit mg\.nn\.RNN at .* wanted: U \(H, D\), W"
    ):
        KnownForward(mg.nn.RNN, shapes_of(shapes))


def test_biases_may_be_absent():
    known = KnownForward(mg.nn.RNN, shapes_of({"Wx": "HD", "Wh": "HH", "Wy": "OH"}))
    problem = make_problem(known.shapes, FIRST, 0)
    recorded = known.recorded(case_of(problem, Layout("TBD", "BH", "TB")))
    assert np.isfinite(recorded.loss.item())
    assert shape_text(known.shapes["Wx"]) == "(H, D)"

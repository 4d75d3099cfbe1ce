import numpy as np
from small_trials import chain, two_layers

from minigrad.diagnosis.altered import alterations, altered, role_text, roles
from minigrad.diagnosis.trial import distance


def by_order(trial, order):
    return next(node for node in trial.nodes if node.order == order)


def test_nothing_altered_gives_the_gradients():
    trial = two_layers()
    for name, given in altered(trial, set(), lambda *_: None).items():
        assert distance(given, trial.auto[name]) < 1e-15


def test_edges_of_one_place_in_the_formulas_have_one_role():
    found = roles(chain(steps=6))
    carries = [edges for role, edges in found.items() if role.op == "matmul" and role.position == 1]
    assert sorted(map(len, carries)) == [5]  # h(0) is a constant, and no edge
    assert all(edges == sorted(edges) for edges in found.values())


def test_an_alteration_gives_what_the_mistake_gives_by_hand():
    trial = two_layers()
    right = trial.manual
    W, x = trial.leaves["W"].value, None
    tanh = [(role, edges) for role, edges in roles(trial).items() if role.op == "tanh"]
    ((role, edges),) = tanh
    consumer = by_order(trial, edges[0][0])
    ways = {way.kind: way for way in alterations(consumer, role.position)}
    h = consumer.array
    x = np.linalg.lstsq(W.T, (np.arctanh(h) - trial.leaves["b"].value).T, rcond=None)[0].T
    dy = np.linalg.lstsq(h.T, right["V"], rcond=None)[0]
    dh = dy @ trial.leaves["V"].value.T
    for kind, factor in (("derivative-of-activated", 1 - np.tanh(h) ** 2), ("sign", h * h - 1)):
        given = altered(trial, set(edges), ways[kind].change)
        assert distance(given["b"], (dh * factor).sum(0)) < 1e-9
        assert distance(given["W"], x.T @ (dh * factor)) < 1e-9
        assert distance(given["V"], right["V"]) < 1e-14


def test_a_square_matrix_may_be_used_without_its_transpose():
    trial = chain()
    for role, edges in roles(trial).items():
        kinds = {way.text for way in alterations(by_order(trial, edges[0][0]), role.position)}
        of_matrix = role.op == "matmul" and role.position == 1
        assert ("multiplies by the matrix instead of its transpose" in kinds) == of_matrix


def test_an_edge_is_told_in_the_users_names():
    trial = two_layers()
    names = {leaf.order: name for name, leaf in trial.leaves.items()}
    texts = [
        role_text(by_order(trial, edges[0][0]), role.position, names) for role, edges in roles(trial).items()
    ]
    assert "matmul([tanh], V)" in texts
    assert "matmul(…, [W])" in texts

"""How edges run."""

from draw.networks import ALL

from minigrad.draw.choose import choose
from minigrad.draw.places import places
from minigrad.draw.plan import BAND, BEND, GUTTER, Planner
from minigrad.draw.roles import assign_roles


def routes(network):
    part = choose([ALL[network]()])
    assign_roles(part)
    planner = Planner(places(part), part.links)
    found = {}
    for link in part.links:
        found[link.source.name, link.source.step, link.target.name, link.target.step] = planner.route(link)
    return found


def kinds(route):
    return [kind for kind, _ in route.channels]


def test_neighbours_are_joined_by_straight_lines():
    found = routes("plain")
    assert kinds(found["h", 1, "h", 2]) == kinds(found["x", 2, "h", 2]) == kinds(found["y", 2, "L", 2]) == []
    assert (found["h", 1, "h", 2].leaves, found["h", 1, "h", 2].enters) == ("right", "left")
    assert (found["y", 2, "L", 2].leaves, found["y", 2, "L", 2].enters) == ("bottom", "top")


def test_parameters_run_on_rails():
    found = routes("plain")
    route = found["W", None, "h", 2]
    assert (kinds(route), route.enters, route.shared) == ([GUTTER, BAND], "bottom", "source")
    assert route.net == found["W", None, "h", 4].net != found["U", None, "h", 2].net


def test_losses_are_collected():
    found = routes("plain")
    assert found["L", 1, "L", None].net == found["L", 5, "L", None].net
    assert found["L", 1, "L", None].shared == "target"


def test_backward_layers_leave_to_the_left():
    found = routes("bidirectional")
    assert found["g", 3, "g", 2].leaves == "left"
    assert kinds(found["h", 2, "o", 2]) == [GUTTER]


def test_one_state_feeds_several_gates_by_a_bus():
    found = routes("own_lstm")
    nets = {found["h", 1, gate, 2].net for gate in "fiog"}
    assert len(nets) == 1
    assert nets != {found["h", 2, "f", 3].net}
    assert kinds(found["x", 2, "f", 2]) == [BEND]


def test_a_lag_of_two_runs_above():
    found = routes("lag_two")
    assert kinds(found["h", 1, "h", 3]) == [BAND]
    assert kinds(found["h", 1, "h", 2]) == []


def test_another_row_of_the_next_step_is_reached_by_the_gutter():
    assert kinds(routes("vanilla")["h", 1, "a", 2]) == [GUTTER]

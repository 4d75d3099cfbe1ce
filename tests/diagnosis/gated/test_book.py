import pytest
from gated_campaign import CELLS, planted

from minigrad.diagnosis.finding import KINDS
from minigrad.diagnosis.gated.book import book
from minigrad.diagnosis.gated.scene import Scene


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_every_mistake_has_its_own_name_and_a_known_kind(cell, variant):
    known = book([Scene(o) for o in planted(cell, variant, 1)])
    for options in (*known.rules.values(), *known.changes.values(), *known.sums.values()):
        assert len({o.name for o in options}) == len(options)
        for option in options:
            assert option.kind in KINDS
            assert option.did
            assert option.fix
            assert option.weight > 0
    for site, options in known.rules.items():
        assert {o.site for o in options} == {site}


def test_singles_start_with_nothing_and_have_each_mistake_alone():
    known = book([Scene(o) for o in planted("lstm", "", 1)])
    singles = known.singles()
    assert singles[0] == {}
    alone = [h for h in singles if len(h) == 1]
    assert len(alone) >= sum(len(options) for options in known.rules.values())
    assert any(len(h) == 3 and set(h) == {"slope.i", "slope.f", "slope.o"} for h in singles)

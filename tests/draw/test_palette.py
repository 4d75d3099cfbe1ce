"""Letters can be read on every colour."""

import pytest

from minigrad.draw.palette import DARK, FIRST_DARK, LIGHT, RAMP


def luminance(colour):
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    low, high = sorted([luminance(a), luminance(b)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_contrast(palette):
    pairs = [(palette.notes, palette.paper), (palette.lines["backward"], palette.paper)]
    pairs += [(palette.ink, fill) for role, (fill, _) in palette.nodes.items() if role != "delay"]
    pairs += [(palette.ink, palette.unknown[0]), (palette.ink, palette.bad[0])]
    pairs += list(zip(palette.ramp_ink, palette.ramp, strict=True))
    for ink, fill in pairs:
        assert contrast(ink, fill) >= 4.5, (ink, fill)


def test_the_ramp_darkens_steadily_and_is_reversed_in_the_dark():
    steps = [luminance(colour) for colour in RAMP]
    assert steps == sorted(steps, reverse=True)
    assert DARK.ramp == LIGHT.ramp[::-1]
    assert LIGHT.ramp_ink[FIRST_DARK] != LIGHT.ramp_ink[FIRST_DARK - 1]

"""What was observed of one problem: states, parameters and both gradients, in one convention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True)
class Observed:
    """One problem of a recurrent network: T steps, a batch of B, sizes D (input), H (state), O (output).

    Whatever layout the user has, here time comes first, then the batch, then the features, and weights
    multiply columns: a(t) = Wx x(t) + Wh h(t−1) + bh, h(t) = f(a(t)), o(t) = Wy h(t) + by.

    Roles, the keys of `params`, `manual`, `auto` and `names`: "Wx" (H, D), "Wh" (H, H), "bh" (H,),
    "Wy" (O, H), "by" (O,), "h0" (B, H), "x" (T, B, D). A gated cell has "Wx.g", "Wh.g", "b.g" for each
    gate g: "i", "f", "o", "g" of an LSTM (g the candidate), "z", "r", "n" of a GRU (n the candidate).
    An LSTM also has "c0". A role that the network does not have is absent.

    Attributes:
        cell: "tanh", "sigmoid" or "relu" for a vanilla cell, "lstm" or "gru".
        x: inputs, shape (T, B, D).
        h: states, shape (T + 1, B, H), of which [0] is the initial one.
        params: the parameters by role.
        auto: the right gradients by role, of the shape of the parameters.
        manual: the user's gradients by role, brought to the same orientation and shape.
        upstream: ∂L/∂h(t) along the edges that do not lead to h(t+1), shape (T, B, H).
        dy: ∂L/∂o(t), shape (T, B, O), if there is an output layer.
        y: the output after its activation (the softmax's probabilities, or o itself), shape (T, B, O).
        o: the output before, shape (T, B, O).
        targets: one-hot or real, shape (T, B, O), where they are known.
        c: cell states of an LSTM, shape (T + 1, B, H).
        gates: the activated gates by their letter, each of shape (T, B, H).
        variant: of a GRU "before" or "after", where the reset gate multiplies (before or after Wh h),
            and after a comma "z-old" or "z-new", what the update gate z multiplies.
        taps: what the user has tapped: "dy", "dh", "da", each (T, B, ·), the unknown entries NaN.
        names: the user's name for each role.
    """

    cell: str
    x: Array
    h: Array
    params: Mapping[str, Array]
    auto: Mapping[str, Array]
    manual: Mapping[str, Array]
    upstream: Array
    dy: Array | None = None
    y: Array | None = None
    o: Array | None = None
    targets: Array | None = None
    c: Array | None = None
    gates: Mapping[str, Array] = field(default_factory=dict)
    variant: str = ""
    taps: Mapping[str, Array] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

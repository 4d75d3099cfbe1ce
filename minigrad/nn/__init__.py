"""Recurrent networks, built by unrolling."""

from minigrad.nn.rnn import RNN
from minigrad.nn.unroll import Run, unroll

__all__ = ["RNN", "Run", "unroll"]

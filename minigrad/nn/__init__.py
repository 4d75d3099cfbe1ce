"""Recurrent networks, built by unrolling."""

from minigrad.nn.gru import GRU
from minigrad.nn.lstm import LSTM
from minigrad.nn.rnn import RNN
from minigrad.nn.unroll import Run, unroll

__all__ = ["GRU", "LSTM", "RNN", "Run", "unroll"]

"""A small run, all sizes different."""

import numpy as np

from minigrad.bptt.data import Data

T, N, K, H = 6, 3, 4, 5


def data(sequences=N, seed=0):
    tokens = np.random.default_rng(7).integers(0, K, (T + 1, sequences))
    return Data(tokens, K, H, seed)

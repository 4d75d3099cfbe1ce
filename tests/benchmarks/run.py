"""The benchmark's command, which fixes one thread for every BLAS before NumPy is imported."""

import os
import sys
from importlib import import_module

if __name__ == "__main__":
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
    sys.exit(import_module("cli").main())

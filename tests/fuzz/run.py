"""python tests/fuzz/run.py --graphs 100000 --order 1 [--dtype float32] [--empty] [--seed 0]."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    from fuzz.campaign import main

    sys.exit(main())

"""An unrolled graph folded into the step that it repeats."""

from minigrad.fold.error import FoldError as FoldError
from minigrad.fold.folded import Folded as Folded
from minigrad.fold.folding import fold as fold

"""Gradients compared with each other and with numerical derivatives."""

from minigrad.check.compare import compare
from minigrad.check.comparison import Comparison
from minigrad.check.grads import GradReport, check_grads
from minigrad.check.ops import check_op
from minigrad.check.row import VERDICTS, Row

__all__ = ["VERDICTS", "Comparison", "GradReport", "Row", "check_grads", "check_op", "compare"]

"""The main job: back-propagation through time on a text, checked against the sources' formulas."""

from minigrad.bptt.job import Request as Request
from minigrad.bptt.job import Result as Result
from minigrad.bptt.job import run_job as run_job
from minigrad.bptt.problem import BadInputError as BadInputError

"""The sources' formulas of back-propagation through time, written by hand in NumPy alone."""

from minigrad.closed_form.citation import cite as cite
from minigrad.closed_form.errata import SLIPS as SLIPS
from minigrad.closed_form.errata import Slip as Slip
from minigrad.closed_form.goodfellow import EQUATIONS as _GOODFELLOW
from minigrad.closed_form.goodfellow import goodfellow as goodfellow
from minigrad.closed_form.goodfellow import goodfellow_loss as goodfellow_loss
from minigrad.closed_form.huang_batch import EQUATIONS as _HUANG_BATCH
from minigrad.closed_form.huang_batch import huang_batch as huang_batch
from minigrad.closed_form.huang_batch import huang_batch_loss as huang_batch_loss
from minigrad.closed_form.huang_scalar import BINARY_EQUATIONS as _HUANG_SCALAR_BINARY
from minigrad.closed_form.huang_scalar import EQUATIONS as _HUANG_SCALAR
from minigrad.closed_form.huang_scalar import huang_scalar as huang_scalar
from minigrad.closed_form.huang_scalar import huang_scalar_binary as huang_scalar_binary
from minigrad.closed_form.huang_scalar import huang_scalar_loss as huang_scalar_loss
from minigrad.closed_form.huang_vector import EQUATIONS as _HUANG_VECTOR
from minigrad.closed_form.huang_vector import huang_vector as huang_vector
from minigrad.closed_form.huang_vector import huang_vector_loss as huang_vector_loss
from minigrad.closed_form.huang_vector import state_jacobian as state_jacobian
from minigrad.closed_form.result import ClosedForm as ClosedForm
from minigrad.closed_form.rossi import EQUATIONS as _ROSSI
from minigrad.closed_form.rossi import REGRESSION_EQUATIONS as _ROSSI_REGRESSION
from minigrad.closed_form.rossi import rossi as rossi
from minigrad.closed_form.rossi import rossi_loss as rossi_loss
from minigrad.closed_form.rossi import rossi_regression as rossi_regression
from minigrad.closed_form.rossi import rossi_regression_loss as rossi_regression_loss
from minigrad.closed_form.vanilla_run import VanillaRun as VanillaRun
from minigrad.closed_form.vanilla_run import vanilla_run as vanilla_run

EQUATIONS = {
    "goodfellow": _GOODFELLOW,
    "rossi": _ROSSI,
    "rossi_regression": _ROSSI_REGRESSION,
    "huang_scalar": _HUANG_SCALAR,
    "huang_scalar_binary": _HUANG_SCALAR_BINARY,
    "huang_vector": _HUANG_VECTOR,
    "huang_batch": _HUANG_BATCH,
}

"""The mistakes in a hand-written gradient of a vanilla cell, from nothing but its finished gradients."""

from minigrad.diagnosis.vanilla.explain import explain_vanilla
from minigrad.diagnosis.vanilla.recovered import Recovered, recover

__all__ = ["Recovered", "explain_vanilla", "recover"]

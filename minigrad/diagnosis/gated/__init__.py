"""Which mistakes give the wrong gradients of an LSTM or a GRU."""

from minigrad.diagnosis.gated.explain import explain_gated

__all__ = ["explain_gated"]

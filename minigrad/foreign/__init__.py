"""Somebody's own NumPy file, run on tensors as it stands."""

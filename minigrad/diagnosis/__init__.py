"""Diagnosis: which mistake in a derivation reproduces the numbers of a wrong gradient."""

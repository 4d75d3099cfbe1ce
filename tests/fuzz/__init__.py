"""Random programs whose gradients are compared with those of PyTorch or of complex step."""

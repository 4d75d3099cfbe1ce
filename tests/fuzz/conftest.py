"""What speaks PyTorch is left out where it is not installed."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("torch") else ["torch*.py"]

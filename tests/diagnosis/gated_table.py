"""The mistakes that the mutants plant, with the kinds and the step under which each is to be named."""

from itertools import pairwise

STEPS = 4
"""T of the first problem, to which the steps refer."""


def row(mistake, kinds, step, where=""):
    """A mistake, the kinds that name it, its step, and a word of the finding's quantity."""
    return mistake, frozenset(kinds.split()), step, where


def _gates(letters, mistake, kinds, step, where=""):
    return [row(f"{mistake}:{g}", kinds, step, where.format(g=g)) for g in letters]


def _recursion(letters, cell):
    rows = [
        row("path plain:all", "carry-not-transposed", 3, "dh"),
        *_gates(letters, "path plain", "carry-not-transposed", 3, "dh"),
        row("path missing:all", "carry-missing", 3, "dh"),
        *_gates(letters, "path missing", "carry-missing", 3, "dh"),
        *_gates(letters, "path only", "carry-missing", 3, "dh"),
        row("path pre:all", "derivative-one-edge", 3, "dh"),
        *_gates(letters, "path pre", "wrong-derivative", 3, "dh"),
        row("path buffer:all", "wrong-array", 3, "dh"),
        *_gates(letters, "path buffer", "wrong-array", 3, "dh"),
        row("path sign:all", "sign", 3, "dh"),
        *_gates(letters, "path sign", "sign", 3, "dh"),
        row("carry constant", "carry-missing", 2, "dh"),
        row("carry added", "carry-accumulated", 2, "dh"),
        row("carry dh", "carry-accumulated", 3, "dh"),
        row("loop first", "initial-state skipped-step", 1),
        row("loop last", "skipped-step", 4),
        row("cut:2", "truncated", 2),
        row("window:1", "truncated", 2),
        row("window:2", "truncated", 1),
        row("dy repeated", "output-step", 3, "dy"),
        row("dy next", "output-step", 3, "dy"),
        row("dy summed", "output-step", 3, "dy"),
        row("edge repeated", "output-step", 3, "dh"),
        row("edge last only", "output-step", 3, "dh"),
        *_gates(letters, "slope activated", "derivative-of-activated", 4, "da.{g}"),
        row("slope activated:sigmoids", "derivative-of-activated", 4, "da"),
        *_gates(letters, "slope none", "wrong-derivative", 4, "da.{g}"),
        row("slope none:all", "wrong-derivative", 4, "da"),
        *_gates(letters, "slope other", "wrong-derivative", 4, "da.{g}"),
        *_gates(letters, "slope twice", "wrong-derivative", 4, "da.{g}"),
        *_gates(letters, "slope half", "wrong-derivative", 4, "da.{g}"),
        *_gates(letters, "slope complement", "wrong-derivative", 4, "da.{g}"),
        *_gates(letters, "slope sign", "sign", 4, "da.{g}"),
        *_gates(letters, "slope last", "derivative-step", 3, "da.{g}"),
        *_gates(letters, "slope before", "derivative-step", 4, "da.{g}"),
        row("slope last:all", "derivative-step", 3),
    ]
    return rows + (_lstm() if cell == "lstm" else [])


def _lstm():
    return [
        row("dc missing", "carry-missing", 3, "dc"),
        row("dc without f", "local-rule", 3, "dc"),
        row("dc f own step", "local-rule", 3, "dc"),
        row("dc local only", "carry-missing", 2, "dc"),
        row("dc added", "carry-accumulated", 2, "dc"),
        row("dc without o", "local-rule", 4, "dc"),
        row("dc with i", "local-rule wrong-array", 4, "dc"),
        row("dc upstream only", "carry-missing", 3, "dc"),
        row("slope activated:c", "derivative-of-activated", 4, "dc"),
        row("slope activated:tanhs", "derivative-of-activated", 4),
        row("slope none:c", "wrong-derivative", 4, "dc"),
        row("slope argument:c", "wrong-derivative", 4, "dc"),
        row("slope last:c", "derivative-step", 3, "dc"),
        row("slope before:c", "derivative-step", 4, "dc"),
        row("do plain c", "local-rule", 4, "da.o"),
        row("do old c", "local-rule", 4, "da.o"),
        row("df new c", "local-rule", 4, "da.f"),
        row("df no c0", "initial-state", 1, "da.f"),
        row("df wrapped", "initial-state", 1, "da.f"),
        row("di with f", "local-rule", 4, "da.i"),
        row("di without g", "local-rule", 4, "da.i"),
        row("dg with g", "local-rule", 4, "da.g"),
        row("dg with f", "local-rule", 4, "da.g"),
        *_gates("ifg", "gate before carry", "carry-missing", 3, "da.{g}"),
        *_gates("ifg", "gate from dh", "wrong-array", 4, "da.{g}"),
        *[row(f"swap:{a}{b}", "wrong-array", 4) for a, b in ("if", "fo", "og", "ig")],
    ]


GRU = [
    row("path no reset", "local-rule", 3, "dh"),
    row("keep missing", "carry-missing", 3, "dh"),
    row("keep bare", "local-rule", 3, "dh"),
    row("keep complement", "local-rule", 3, "dh"),
    row("keep own step", "local-rule", 3, "dh"),
    row("keep added", "carry-accumulated", 2, "dh"),
    row("dn share", "local-rule", 4, "da.n"),
    row("dn without z", "local-rule", 4, "da.n"),
    row("dz only h", "local-rule", 4, "da.z"),
    row("dz only n", "local-rule", 4, "da.z"),
    row("dz plus", "local-rule", 4, "da.z"),
    row("dz sign", "sign", 4, "da.z"),
    row("dr new h", "local-rule", 4, "da.r"),
    row("dr pre", "wrong-derivative", 4, "da.r"),
]
BEFORE = [
    row("dr plain", "carry-not-transposed", 4, "da.r"),
    row("dr without W", "local-rule", 4, "da.r"),
]


def _sums(letters):
    rows = []
    for family in ("Wx", "Wh", "b"):
        bias = family == "b"
        skipped = "bias" if bias else "skipped-step"
        for g in ("all", letters[1], letters[-1]):
            rows += [
                row(f"{family} overwritten:{g}", "overwritten", 4, family),
                row(f"{family} first written:{g}", "overwritten", 3, family),
                row(f"{family} zero:{g}", "zero", None, family),
                row(f"{family} skip first:{g}", "bias" if bias else "initial-state", 1, family),
                row(f"{family} skip last:{g}", skipped, 4, family),
                row(f"{family} skip second:{g}", skipped, 2, family),
                row(f"{family} sign:{g}", "sign", None, family),
                row(f"{family} mean:{g}", "bias" if bias else "scale", None, family),
                row(f"{family} batch mean:{g}", "bias" if bias else "scale", None, family),
                row(f"{family} double:{g}", "bias scale", None, family),
                row(f"{family} pre:{g}", "bias" if bias else "wrong-derivative", 4, family),
                row(f"{family} dh:{g}", "wrong-array", 4, family),
            ]
    for g in ("all", *letters):
        rows += [
            row(f"Wh now:{g}", "wrong-state", 4, "Wh"),
            row(f"Wh end:{g}", "wrong-state", 4, "Wh"),
            row(f"Wh older:{g}", "wrong-state", 4, "Wh"),
            row(f"Wh start:{g}", "wrong-state", 4, "Wh"),
            row(f"Wh wrapped:{g}", "initial-state", 1, "Wh"),
            row(f"Wh no h0:{g}", "initial-state", 1, "Wh"),
            row(f"Wh transposed:{g}", "transposed", None, "Wh"),
            row(f"Wh inner:{g}", "outer-product", None, "Wh"),
            row(f"Wh elementwise:{g}", "outer-product", None, "Wh"),
            row(f"Wx next:{g}", "wrong-state", 3, "Wx"),
        ]
    for a, b in pairwise(letters):
        rows += [
            row(f"Wx delta:{a}{b}", "wrong-array", 4, "Wx"),
            row(f"Wh delta:{a}{b}", "wrong-array", 4, "Wh"),
        ]
    return rows


OUTPUTS = [
    row("Wy old", "wrong-state", 4, "Wy"),
    row("Wy end", "wrong-state", 3, "Wy"),
    row("Wy overwritten:Wy", "overwritten", 4, "Wy"),
    row("Wy skip second:Wy", "skipped-step", 2, "Wy"),
    row("by mean:by", "bias", None, "by"),
    row("by skip last:by", "bias", 4, "by"),
    row("by zero:by", "zero", None, "by"),
]
WHOLE = [
    row("scale:2", "scale", None),
    row("scale:1/T", "scale", None),
    row("scale:1/B", "scale", None),
    row("scale:-1", "sign", None),
    row("clip all:0.2", "clipped", None),
    row("clip da:0.05", "clipped", None, "da"),
    row("clip dh:0.3", "clipped", None, "dh"),
    row("loss squared", "wrong-loss", 4, "dy"),
    row("loss ratio", "wrong-loss", 4, "dy"),
    row("loss sigmoid", "wrong-loss", 4, "dy"),
    row("loss target missing", "wrong-loss", 4, "dy"),
]


def recursion(cell, variant=""):
    """Rows of mistakes in the recursion."""
    if cell == "lstm":
        return _recursion("ifog", cell)
    return [*_recursion("zrn", cell), *GRU, *(BEFORE if variant.startswith("before") else [])]


def sums(cell):
    """Rows of mistakes in the sums of the parameters."""
    extra = [row("Wh without r", "local-rule", 4, "Wh")] if cell == "gru" else []
    return [*_sums("ifog" if cell == "lstm" else "zrn"), *OUTPUTS, *extra]


def rows(cell, variant=""):
    """Every row of a cell."""
    return [*recursion(cell, variant), *sums(cell), *WHOLE]

"""Products of vectors, matrices and tensors."""

from fuzz.source import LARGEST, Source, broadcasts
from fuzz.table import Call, makes


@makes("np.matmul", "np.linalg.matmul")
def matmul(name: str, s: Source) -> Call:
    low = 1 if name == "np.matmul" else 2
    a = s.value(lambda a: a.ndim >= low)
    n = s[a].shape[-1]

    def fits(b: object) -> bool:
        rows = b.shape[max(b.ndim - 2, 0)] if b.ndim else -1
        return b.ndim >= low and rows == n and broadcasts_in_front(s[a].shape, b.shape)

    b = s.value(fits)
    return f"{a} @ {b}" if s.chance() else f"{name}({a}, {b})"


def broadcasts_in_front(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return all(i == j or 1 in (i, j) for i, j in zip(a[:-2][::-1], b[:-2][::-1], strict=False))


@makes("np.dot")
def dot(name: str, s: Source) -> Call:
    a = s.value()
    b = s.value(lambda b: 0 in (b.ndim, s[a].ndim) or b.shape[max(b.ndim - 2, 0)] == s[a].shape[-1])
    return f"{name}({a}, {b})"


@makes("np.inner")
def inner(name: str, s: Source) -> Call:
    a = s.value()
    b = s.value(lambda b: 0 in (b.ndim, s[a].ndim) or b.shape[-1] == s[a].shape[-1])
    return f"{name}({a}, {b})"


@makes("np.vdot")
def vdot(name: str, s: Source) -> Call:
    a = s.value()
    return f"{name}({a}, {s.value(lambda b: b.size == s[a].size)})"


@makes("np.vecdot", "np.linalg.vecdot")
def vecdot(name: str, s: Source) -> Call:
    a = s.value(lambda a: a.ndim > 0)
    b = s.value(lambda b: b.ndim > 0 and b.shape[-1] == s[a].shape[-1] and broadcasts(s[a], b))
    return f"{name}({a}, {b})"


@makes("np.matvec", "np.vecmat")
def matvec(name: str, s: Source) -> Call:
    a = s.value(lambda a: a.ndim > 1)
    side = -1 if name == "np.matvec" else -2
    b = s.value(lambda b: b.ndim == 1 and b.shape[0] == s[a].shape[side])
    return f"{name}({a}, {b})" if name == "np.matvec" else f"{name}({b}, {a})"


@makes("np.outer", "np.linalg.outer")
def outer(name: str, s: Source) -> Call:
    a = s.value(lambda a: a.ndim == 1 if "linalg" in name else a.size < 8)
    b = s.value(lambda b: b.size * s[a].size <= LARGEST and (b.ndim == 1 or "linalg" not in name))
    return f"{name}({a}, {b})"


@makes("np.kron")
def kron(name: str, s: Source) -> Call:
    a = s.value(lambda a: 0 < a.size < 9)
    return f"{name}({a}, {s.value(lambda b: 0 < b.size * s[a].size <= LARGEST)})"


@makes("np.tensordot", "np.linalg.tensordot")
def tensordot(name: str, s: Source) -> Call:
    a = s.value(lambda a: a.ndim > 0)
    kind = s.integer(0, 2)
    if kind == 0:
        return f"{name}({a}, {s.value(lambda b: b.size * s[a].size <= LARGEST)}, axes=0)"
    if kind == 1:
        b = s.value(lambda b: b.ndim > 0 and b.shape[0] == s[a].shape[-1])
        return f"{name}({a}, {b}, axes=1)"
    axis = s.axis(a)
    b = s.value(lambda b: b.ndim > 0 and s[a].shape[axis] in b.shape)
    return f"{name}({a}, {b}, axes=([{axis}], [{s[b].shape.index(s[a].shape[axis])}]))"


@makes("np.einsum")
def einsum(name: str, s: Source) -> Call:
    lengths: dict[str, int] = {}
    operands = [s.value() for _ in range(s.integer(1, 3))]
    terms = [_term(s, s[x].shape, lengths) for x in operands]
    used = "".join(dict.fromkeys("".join(terms)))
    out = "".join(letter for letter in used if s.chance())
    size = 1
    for letter in out:
        size *= lengths[letter]
    s.require(size <= LARGEST)
    ordered = "".join(out[k] for k in s.rng.permutation(len(out)))
    return f"{name}('{','.join(terms)}->{ordered}', {', '.join(operands)})"


def _term(s: Source, shape: tuple[int, ...], lengths: dict[str, int]) -> str:
    """Indices for the axes: an old letter of that length or a new one."""
    term = ""
    for n in shape:
        known = [letter for letter, length in lengths.items() if length == n]
        letter = str(s.one_of(*known)) if known and s.chance(0.7) else "abcdefghijkl"[len(lengths)]
        lengths[letter] = n
        term += letter
    return term


@makes("np.trace", "np.linalg.trace")
def trace(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 1)
    return f"{name}({x}, offset={s.integer(-1, 1)})"


@makes("np.cross", "np.linalg.cross")
def cross(name: str, s: Source) -> Call:
    a = s.value(lambda a: a.ndim > 0 and a.shape[-1] == 3)
    b = s.value(lambda b: b.ndim > 0 and b.shape[-1] == 3 and broadcasts(s[a], b))
    return f"{name}({a}, {b})"


@makes("np.convolve", "np.correlate")
def convolve(name: str, s: Source) -> Call:
    a, b = (s.value(lambda v: v.ndim == 1 and v.size > 0) for _ in range(2))
    return f"{name}({a}, {b}, mode={s.one_of('full', 'same', 'valid')!r})"

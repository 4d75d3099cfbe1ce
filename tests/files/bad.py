"""Files that nobody should load: each damaged or made to harm in its own way."""

from __future__ import annotations

import io
import json
import pickle
import struct
import zipfile
from typing import Any

import numpy as np

GOOD = {"W": np.arange(6.0).reshape(2, 3), "b": np.float32([1, 2])}


def npy(array: Any, *, allow_pickle: bool = False) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, np.asarray(array), allow_pickle=allow_pickle)
    return file.getvalue()


def member(header: str, data: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    """A `.npy` with a header of our own."""
    text = header.encode("latin1")
    code = "<H" if version[0] == 1 else "<I"
    return b"\x93NUMPY" + version + struct.pack(code, len(text)) + text + data


def described(
    descr: str = "'<f8'", order: str = "False", shape: str = "(2,)", data: bytes = bytes(16)
) -> bytes:
    return member(f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n", data)


def archive(*members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as target:
        for name, data in members:
            target.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()


def good_npz() -> bytes:
    return archive(*((f"{name}.npy", npy(x)) for name, x in GOOD.items()))


def tensors(header: Any, data: bytes = bytes(16)) -> bytes:
    """A `.safetensors` with a header of our own."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def tensor(dtype: Any = "F64", shape: Any = (2,), offsets: Any = (0, 16)) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": offsets}


def good_safetensors() -> bytes:
    return tensors({"W": tensor(), "b": tensor("F32", (2,), (16, 24))}, bytes(24))


def patched(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new)


def central(content: bytes, offset: int, value: bytes) -> bytes:
    """An archive with a field of the first entry of its table of contents overwritten."""
    place = content.index(b"PK\x01\x02") + offset
    return content[:place] + value + content[place + len(value) :]


def end_of(content: bytes, offset: int, value: bytes) -> bytes:
    place = content.rindex(b"PK\x05\x06") + offset
    return content[:place] + value + content[place + len(value) :]


def named(name: str) -> bytes:
    return archive((name, npy(1.0)))


BOMB = 1 << 26
"""Bytes that the bombs blow up to, far beyond the limit that the tests set."""


def bad_npz() -> dict[str, bytes]:
    good, huge = good_npz(), np.lib.format.MAGIC_PREFIX
    end = len(good) - 22
    return {
        "empty": b"",
        "one byte": b"P",
        "text": b"W = [1, 2, 3]\n" * 20,
        "a bare npy": npy(1.0),
        "a pickle": pickle.dumps(GOOD),
        "only zeros": bytes(500),
        "cut in half": good[: len(good) // 2],
        "cut by a byte": good[:-1],
        "no contents": good[: good.index(b"PK\x01\x02")],
        "only the end": good[end:],
        "no start": good[40:],
        "an object array": archive(("W.npy", npy(np.array([None, {}], object), allow_pickle=True))),
        "a pickle as member": archive(("W.npy", pickle.dumps([1]))),
        "a structured type": archive(("W.npy", npy(np.zeros(2, [("a", "f8"), ("b", "i4")])))),
        "text as numbers": archive(("W.npy", npy(np.array(["a", "b"])))),
        "dates": archive(("W.npy", npy(np.array(["2020-01-01"], "M8[D]")))),
        "a float of 7 bytes": archive(("W.npy", described("'<f7'", data=bytes(14)))),
        "a type that is code": archive(("W.npy", described("__import__('os').getcwd()"))),
        "a type that is a list": archive(("W.npy", described("[('a', '<f8')]"))),
        "an order that is code": archive(("W.npy", described(order="exec('1')"))),
        "a negative length": archive(("W.npy", described(shape="(-2,)"))),
        "a length that is a float": archive(("W.npy", described(shape="(2.0,)"))),
        "a huge shape": archive(("W.npy", described(shape="(1000000000000,)"))),
        "a shape beyond 64 bits": archive(("W.npy", described(shape=f"({10**30},)"))),
        "a shape of many digits": archive(("W.npy", described(shape=f"({'9' * 5000},)"))),
        "a shape that wraps around": archive(("W.npy", described(shape=f"({2**32}, {2**32}, 2)"))),
        "a huge shape with 0": archive(("W.npy", described(shape=f"(0, {2**62}, 8)", data=b""))),
        "100 axes": archive(("W.npy", described(shape=f"({'1, ' * 99}2)"))),
        "too few bytes": archive(("W.npy", described(data=bytes(15)))),
        "too many bytes": archive(("W.npy", described(data=bytes(17)))),
        "an extra key": archive(
            ("W.npy", member("{'descr': '<f8', 'fortran_order': False, 'shape': (), 'x': 1}"))
        ),
        "a header without end": archive(("W.npy", member("{'descr': '<f8', 'fortran_order': False, 'sh"))),
        "nested brackets": archive(("W.npy", member("(" * 9000))),
        "a long header": archive(("W.npy", member(" " * 60_000))),
        "a header beyond the file": archive(("W.npy", huge + b"\x02\x00" + b"\xff\xff\xff\x7f" + b"{")),
        "an unknown version": archive(("W.npy", member("{}", version=b"\x09\x00"))),
        "an empty member": archive(("W.npy", b"")),
        "a member with another end": archive(("W.txt", b"hello")),
        "a folder": archive(("W/", b"")),
        "a name of nothing": named(".npy"),
        "a name that climbs": named("../../etc/W.npy"),
        "a name within that climbs": named("a/../../W.npy"),
        "a name from the root": named("/etc/W.npy"),
        "a name of a drive": named("C:/W.npy"),
        "a name with backslashes": named("..\\W.npy"),
        "a name with a line end": named("W\n.npy"),
        "a name with a zero": patched(named("WxY.npy"), b"WxY", b"W\x00Y"),
        "a very long name": named("W" * 60_000 + ".npy"),
        "two arrays of one name": patched(
            archive(("W.npy", npy(1.0)), ("V.npy", npy(2.0))), b"V.npy", b"W.npy"
        ),
        "a name that differs in the contents": central(good, 46, b"X"),
        "a wrong sum": central(good, 16, b"\0\0\0\0"),
        "a changed number": patched(good, np.float64(5).tobytes(), np.float64(6).tobytes()),
        "an encrypted member": central(good, 8, b"\x01\x00"),
        "an unknown compression": central(good, 10, b"\x63\x00"),
        "a far offset": central(good, 42, b"\xff\xff\xff\x7f"),
        "a stream that ends early": central(
            archive(("W.npy", described(shape="(4,)")), method=zipfile.ZIP_DEFLATED),
            24,
            struct.pack("<I", len(described(shape="(4,)")) + 16),
        ),
        "a size that lies": central(good, 24, b"\xff\xff\x00\x00"),
        "contents at a far place": end_of(good, 16, b"\xff\xff\xff\x7f"),
        "contents of a huge size": end_of(good, 12, b"\xff\xff\xff\x7f"),
        "damaged compression": patched(
            archive(("W.npy", npy(np.zeros(3))), method=zipfile.ZIP_DEFLATED),
            b"\x00W.npy\x9b",
            b"\x00W.npy\x07",
        ),
        "compressed by bzip2": archive(("W.npy", npy(1.0)), method=zipfile.ZIP_BZIP2),
        "a bomb": archive(("W.npy", npy(np.zeros(BOMB // 8))), method=zipfile.ZIP_DEFLATED),
        "many small bombs": archive(
            *((f"W{k}.npy", npy(np.zeros(1 << 17))) for k in range(64)), method=zipfile.ZIP_DEFLATED
        ),
        "a bomb in a header": archive(
            ("W.npy", huge + b"\x02\x00" + struct.pack("<I", BOMB) + b" " * BOMB), method=zipfile.ZIP_DEFLATED
        ),
        "a bomb in lzma": archive(("W.npy", npy(np.zeros(BOMB // 8))), method=zipfile.ZIP_LZMA),
        "30,000 members": archive(*((f"{k}.npy", b"") for k in range(30_000))),
        "more than the limit": archive(("W.npy", npy(np.ones(BOMB // 8)))),
    }  # fmt: skip


def bad_safetensors() -> dict[str, bytes]:
    good = good_safetensors()
    return {
        "empty": b"",
        "seven bytes": bytes(7),
        "only zeros": bytes(500),
        "a zip archive": good_npz(),
        "cut in half": good[: len(good) // 2],
        "cut by a byte": good[:-1],
        "a byte too many": good + b"\0",
        "a header beyond the file": struct.pack("<Q", 10**6) + good[8:],
        "a header of 2⁶³ bytes": struct.pack("<Q", 2**63) + good[8:],
        "a header that is no JSON": tensors(b"{W: 1}"),
        "a header that is a list": tensors([tensor()]),
        "a header that is a number": tensors(b"7"),
        "a header that is no text": tensors(b"\xff\xfe\xff"),
        "nested brackets": tensors(b"[" * 900_000),
        "nested braces": tensors(b'{"a":' * 100_000),
        "an array that is a number": tensors({"W": 3}),
        "an unknown type": tensors({"W": tensor("F65")}),
        "a type that NumPy lacks": tensors({"W": tensor("BF16", (8,))}),
        "an object type": tensors({"W": tensor("O")}),
        "a type that is a list": tensors({"W": tensor(["F64"])}),
        "no shape": tensors({"W": {"dtype": "F64", "data_offsets": [0, 16]}}),
        "a negative length": tensors({"W": tensor(shape=(-2,))}),
        "a length that is a float": tensors({"W": tensor(shape=(2.0,))}),
        "a huge shape": tensors({"W": tensor(shape=(10**12,))}),
        "a shape beyond 64 bits": tensors({"W": tensor(shape=(10**30,))}),
        "a shape that wraps around": tensors({"W": tensor(shape=(2**32, 2**32, 2))}),
        "a huge shape with 0": tensors({"W": tensor(shape=(0, 2**62, 8), offsets=(0, 0))}, b""),
        "100 axes": tensors({"W": tensor(shape=(1,) * 99 + (2,))}),
        "offsets outside": tensors({"W": tensor(offsets=(16, 32))}),
        "offsets that go back": tensors({"W": tensor(offsets=(16, 0))}),
        "negative offsets": tensors({"W": tensor(offsets=(-16, 0))}),
        "offsets with a hole": tensors({"W": tensor(), "b": tensor(offsets=(24, 40))}, bytes(40)),
        "arrays that overlap": tensors({"W": tensor(), "b": tensor(offsets=(8, 24))}, bytes(24)),
        "too few bytes": tensors({"W": tensor(offsets=(0, 15))}),
        "two arrays of one name": tensors(
            b'{"W": %b, "W": %b}' % ((json.dumps(tensor()).encode(),) * 2)
        ),
        "two shapes of an array": tensors(
            b'{"W":{"dtype":"F64","shape":[2],"shape":[2],"data_offsets":[0,16]}}'
        ),
        "a name that climbs": tensors({"../W": tensor()}),
        "a name from the root": tensors({"/etc/W": tensor()}),
        "a name of nothing": tensors({"": tensor()}),
        "a name with a zero": tensors({"W\0": tensor()}),
        "notes that are numbers": tensors({"__metadata__": {"a": 1}, "W": tensor()}),
        "notes that are a list": tensors({"__metadata__": [1], "W": tensor()}),
        "more than the limit": tensors({"W": tensor("U8", (BOMB,), (0, BOMB))}, bytes(BOMB)),
        "too many names": tensors({f"{k}": tensor(shape=(0,), offsets=(0, 0)) for k in range(20_000)}, b""),
    }  # fmt: skip

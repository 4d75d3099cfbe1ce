"""Nothing is written, started or reached."""

# What a file may do and what must not happen:
# ruff: noqa: PTH102, PTH103, PTH104, PTH106, PTH107, S603, S605, S607, PLW1510, PLW0108

import os
import shutil
import socket
import subprocess
import time

import pytest

from minigrad.foreign.quiet import quiet

HARMLESS = [
    lambda p: os.makedirs(p / "a"),
    lambda p: os.remove(p / "kept"),
    lambda p: os.rename(p / "kept", p / "b"),
    lambda p: shutil.copy(p / "kept", p / "b"),
    lambda p: shutil.rmtree(p),
    lambda p: subprocess.run(["touch", p / "b"]),
    lambda p: subprocess.Popen(["touch", p / "b"]).communicate(),
    lambda p: subprocess.check_output(["touch", p / "b"]),
    lambda p: os.system(f"touch {p / 'b'}"),
    lambda _: time.sleep(100),
    lambda p: (p / "b").symlink_to(p),
    lambda p: (p / "kept").chmod(0),
    lambda p: os.environ.update(MINIGRAD_TEST="1"),
]
REFUSED = [
    lambda p: os.open(p / "b", os.O_CREAT | os.O_WRONLY),
    lambda p: socket.create_connection(("127.0.0.1", 9), timeout=0.1),
    lambda p: socket.socket().bind(("127.0.0.1", 0)),
    lambda p: os.truncate(p / "kept", 0),
    lambda p: os.fork(),
    lambda p: os.kill(os.getpid(), 0),
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "kept").write_text("x")
    yield tmp_path
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept").read_text() == "x"


@pytest.mark.parametrize("act", HARMLESS)
def test_what_is_left_undone(folder, act):
    with quiet(open):
        act(folder)
    assert "MINIGRAD_TEST" not in os.environ


@pytest.mark.parametrize("act", REFUSED)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_is_refused(folder, act):
    with quiet(open), pytest.raises(PermissionError, match="not done while a file is checked"):
        act(folder)


def test_afterwards_everything_can_be_done_again(folder):
    with quiet(open):
        pass
    os.mkdir(folder / "a")
    os.rmdir(folder / "a")
    assert subprocess.run(["true"], check=False).returncode == 0

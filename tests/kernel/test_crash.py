"""Crash points really end the process, at the passing that was asked for."""

import os
import signal
import subprocess
import sys

import pytest

from yutang.kernel import crash

PASSES = """
from yutang.kernel import crash
crash.declare("pond.dig")
for number in range(1, 4):
    print(number, flush=True)
    crash.passing("pond.dig")
"""


def passes(wanted):
    environment = {**os.environ, "YUTANG_CRASH": wanted}
    return subprocess.run([sys.executable, "-c", PASSES], env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(("number", "printed"), [(1, "1\n"), (2, "1\n2\n"), (3, "1\n2\n3\n")])
def test_the_process_dies_at_the_nth_passing(number, printed):
    done = passes(f"pond.dig:{number}")
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, printed)


@pytest.mark.parametrize("wanted", ["", "pond.dig:4", "pond.dig2:1", "pond:1"])
def test_other_wishes_change_nothing(wanted):
    assert passes(wanted).returncode == 0


def test_a_point_nobody_declared_is_a_mistake():
    with pytest.raises(KeyError):
        crash.passing("nowhere")

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256

from tests.simulator.ponds import SMALL, text

from yutang.simulator.rules.population import stories


def test_the_same_plan_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import sys, hashlib\n"
        "from yutang.simulator.rules.population import Plan, stories\n"
        f"print(hashlib.sha256(''.join(stories({SMALL!r})).encode()).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "5"},
    )
    assert done.stdout.strip() == sha256(text().encode()).hexdigest()


def test_another_seed_gives_another_pond() -> None:
    assert "".join(stories(replace(SMALL, seed=8))) != text()


def test_events_of_different_plans_never_share_an_id() -> None:
    other = replace(SMALL, days=SMALL.days + 1)
    assert other.mark != SMALL.mark
    assert f'"id":"{SMALL.mark}' in text()


def test_what_one_person_does_does_not_depend_on_the_others() -> None:
    """Each has a source of chance of their own: the first person of a plan is the same whatever is read afterwards."""
    first = stories(SMALL)
    again = stories(SMALL)
    next(first), next(again)
    one = next(first)
    list(first)
    assert next(again) == one

"""The language stands alone."""

import subprocess
import sys

import pytest


@pytest.mark.process
def test_importing_the_language_brings_no_database_or_web():
    program = (
        "import sys, yutang.language as l; l.check(l.parse('person.a == 1'));"
        "print(*(name for name in ('sqlglot', 'duckdb', 'django', 'pyarrow', 'numpy') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""

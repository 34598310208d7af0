"""What is not needed is not imported: start-up stays short."""

import subprocess
import sys

HEAVY = (
    "django",
    "duckdb",
    "pyarrow",
    "sqlglot",
    "numpy",
    "ninja",
    "granian",
    "psycopg",
    "prometheus_client",
)


def loaded(source):
    probe = f"{source}\nimport sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


HELP = """
from yutang.project.cli import main
try:
    main(["--help"])
except SystemExit as left:
    assert left.code == 0
"""


def test_help_imports_nothing_heavy():
    assert loaded(HELP) == []


def test_the_language_needs_neither_django_nor_an_engine():
    assert not {"django", "duckdb", "pyarrow", "numpy"} & set(loaded("import yutang.language"))


def test_a_command_that_does_not_exist_imports_nothing_heavy():
    assert loaded(HELP.replace("--help", "helq").replace("code == 0", "code == 2")) == []

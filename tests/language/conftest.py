import contextlib


def pytest_addoption(parser):
    # Only heard when this folder is named on the command line, which is how golden files are written anew.
    with contextlib.suppress(ValueError):
        parser.addoption("--update-golden", action="store_true", help="write tests/language/golden anew")

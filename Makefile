# The commands of this repository. `make demo` and `make test` need only Python 3.11 or newer and `make`;
# the environment in .venv is made, and made again when the lock changes, by whichever comes first.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$each; break; }; done)
BIN := .venv/bin
ENVIRONMENT := .venv/.made-from-lock
HOME_OF_DEMO ?= demo
TESTS ?= tests

.PHONY: help env demo demo-stop test test-postgresql check fix bench lock clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 26

env: $(ENVIRONMENT)  ## the Python environment in .venv, exactly as locked

$(ENVIRONMENT): requirements.lock
	@test -n "$(PYTHON)" || { echo "Yutang needs Python 3.11 or newer with its venv module (Debian: apt install python3 python3-venv)." >&2; exit 1; }
	@echo "Making the environment in .venv (about a minute) …"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
	@touch $@

demo: $(ENVIRONMENT)  ## a pond of simulated people in ./demo, with web and worker running
	@$(BIN)/python -m yutang.simulator.demo start --home $(HOME_OF_DEMO)

demo-stop:  ## stop the demo; ./demo keeps its data
	@test ! -x $(BIN)/python || $(BIN)/python -m yutang.simulator.demo stop --home $(HOME_OF_DEMO)

test: $(ENVIRONMENT)  ## all tests, on SQLite (TESTS=tests/people for some)
	@YUTANG_TEST_DATABASE= $(BIN)/python -m pytest -n 2 --dist loadfile $(TESTS)

test-postgresql: $(ENVIRONMENT)  ## the store tests again on YUTANG_TEST_DATABASE=postgresql://…
	@test -n "$${YUTANG_TEST_DATABASE:-}" || { echo "Set YUTANG_TEST_DATABASE=postgresql://user@host/database" >&2; exit 1; }
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "(store or process) and not browser" $(TESTS)

check: $(ENVIRONMENT)  ## format, lint, types, import contracts, documentation, translations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q -m "not process" tests/house

fix: $(ENVIRONMENT)  ## put right what ruff can put right by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(ENVIRONMENT)  ## the benchmarks of docs/benchmarks.md (BENCH_FULL=1 for the full size)
	@$(BIN)/python -m benchmarks

lock: $(ENVIRONMENT)  ## write requirements.lock anew (needs uv on the path)
	uv pip compile pyproject.toml --extra test --extra quality --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --python-version 3.11 --output-file requirements.lock

clean: demo-stop  ## remove the environment and the demo
	rm -rf .venv $(HOME_OF_DEMO)

# The desk in two commands: `make run` and `make test`. Each sets up what is missing, then goes.
.DEFAULT_GOAL := help
.PHONY: help setup run stop test test-all check bench torture lock
SHELL := /bin/bash
UV := .tools/bin/uv
BIN := .venv/bin
LINE := 120

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready ## the environment, exactly as locked

# uv is taken from PyPI into the project itself: Debian's python refuses `pip install` outside an environment (PEP 668).
$(UV):
	@python3 -m pip install --quiet --root-user-action=ignore --disable-pip-version-check --target .tools uv

.venv/.ready: requirements.lock pyproject.toml | $(UV)
	@$(UV) venv --quiet --allow-existing --python '>=3.11,<3.14' .venv
	@$(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

lock: | $(UV) ## requirements.lock anew from pyproject.toml
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --group dev --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links pyproject.toml --output-file requirements.lock

run: setup ## the desk with its UI on http://127.0.0.1:4200; ONCE=1 stops after the summary
	@$(BIN)/zalo-desk run $(if $(ONCE),--once)

stop: setup ## stop what an earlier run left
	@$(BIN)/zalo-desk stop

test: setup ## the tests that guard every commit (under 6 minutes)
	@$(BIN)/pytest -n 2 --dist loadscope -m "not long"

test-all: setup ## every test, with the whole run and the long walks
	@$(BIN)/pytest -n 2 --dist loadscope

check: setup ## format, lint, types, layers, dependencies, diagrams
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .
	@$(BIN)/python -m docs.states --check

bench: setup ## speeds, each as a ratio to a baseline of the same run
	@$(BIN)/python -m benchmarks

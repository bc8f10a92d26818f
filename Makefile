# Two commands on a fresh machine: `make demo` and `make test`. They set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready
DEV_READY := $(VENV)/.ready-dev

.PHONY: demo demo-reset run chat test check bench format
.DEFAULT_GOAL := demo

# uv installs in seconds what takes pip minutes; pip brings uv.
$(BIN)/uv: requirements-uv.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

$(RUN_READY): $(BIN)/uv requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@touch $@

$(DEV_READY): $(BIN)/uv requirements-dev.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@ $(RUN_READY)

demo: $(RUN_READY)
	$(BIN)/python -m bot demo

demo-reset: $(RUN_READY)
	$(BIN)/python -m bot demo --reset

run: $(RUN_READY)
	$(BIN)/python -m bot run

chat: $(RUN_READY)
	$(BIN)/python -m bot chat

check: $(DEV_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -m "not browser and not libreoffice and not postgresql and not slow"

test: $(DEV_READY)
	@sh tests/debian.sh
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

bench: $(DEV_READY)
	$(BIN)/python -m tests.bench

format: $(DEV_READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# make build: set up and build the sample reports from inputs/ into output/
# make test:  set up and pass all tests
# make quick: what a hand runs before a commit, in less than a minute
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: build test quick lint setup setup-test tools clean templates

build: setup
	$(BIN)/gxgen build

setup: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

setup-test: $(VENV)/.installed-dev tools

$(VENV)/.installed-dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

tools:
	sh tests/tools/install.sh

test: setup-test lint
	$(BIN)/python -m pytest -n auto

quick: lint
	$(BIN)/python -m pytest -q -n auto -m "not slow and not tool" --hypothesis-profile=quick

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

templates: setup
	$(BIN)/python -m gxgen.templates.scaffold.official templates/official
	$(BIN)/python -m gxgen.templates.scaffold.illustrated templates/illustrated

clean:
	rm -rf $(VENV) output/* .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/tools/node_modules

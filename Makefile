# Two commands do everything: `make demo` and `make test`. Both may be run again.
# `make test ALL=yes` has every test in a second run, too.
# `make demo` ends in the browser; `make demo UI=no` leaves that out.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Compiled files are kept, whatever the surroundings say: a second run is quicker by them.
unexport PYTHONDONTWRITEBYTECODE

# In the first run, in CI and with ALL=yes all tests run; in others the longer ones take turns.
WITHIN := $(if $(CI)$(ALL),,--within 85)

.PHONY: demo test lock words clean

demo: .venv/installed
	@$(BIN)/workbench demo demo
ifneq ($(UI),no)
	@$(BIN)/workbench ui demo/open-library.fwb
endif

test: .venv/installed-for-tests
	@echo "Checking style (ruff), types (mypy) and floors (import-linter) ..."
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo > .venv/floors.txt || (cat .venv/floors.txt; exit 1)
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest --quiet --numprocesses auto --dist worksteal $(WITHIN)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		(echo "Python 3.11 or newer is needed. Name it: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1)
	@echo "Making .venv ..."
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing from requirements.txt into .venv (a minute or two) ..."
	@$(PIP) --require-hashes --requirement requirements.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-for-tests: requirements-dev.txt .venv/installed
	@echo "Installing what the tests need from requirements-dev.txt ..."
	@$(PIP) --require-hashes --requirement requirements-dev.txt
	@touch $@

# The locks: every package with its hashes, without index addresses.
lock: .venv/installed-for-tests
	@$(PIP) uv
	@for extra in "" dev; do \
		printf 'hatchling>=1.27\neditables\n' | $(BIN)/uv pip compile --quiet --universal \
			--python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade \
			$${extra:+--extra $$extra} pyproject.toml - \
			--output-file requirements$${extra:+-$$extra}.txt; \
	done

# The texts of the interface, collected for the translators.
words: .venv/installed-for-tests
	@$(BIN)/python -m workbench.ui.locale.collect

clean:
	rm -rf .venv demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

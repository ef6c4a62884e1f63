# Needs only make and Python 3.11 or newer. Another interpreter: make PYTHON=python3.12 test

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/installed-from-lock
SAMPLE := instances/samples/primary-36.xlsx

.DEFAULT_GOAL := help
.PHONY: help sample test lint docs lock clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

sample: $(STAMP) ## solve the bundled school into out/timetable.xlsx
	@mkdir -p out
	$(BIN)/python cli.py solve $(SAMPLE) -o out/timetable.xlsx --overwrite

test: lint ## everything that must pass before a commit
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term

lint: $(STAMP) ## style and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(STAMP) ## write the generated pages of docs/ anew
	$(BIN)/python -m scripts.docs

lock: ## pin the newest versions that pyproject.toml allows
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install -q '.[dev]'
	(head -n 1 requirements-lock.txt; \
	 build/lock/bin/python -m pip freeze --exclude afterschool) > build/lock.txt
	mv build/lock.txt requirements-lock.txt

clean: ## remove caches and build products; .venv and out/ stay
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -f .coverage .coverage.*
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(STAMP): requirements-lock.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	"Python 3.11 or newer is needed. Maybe: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-lock.txt
	@touch $@

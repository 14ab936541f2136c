# Needs Python 3.11 or later, a C compiler and make. Everything is installed into .venv/ and nowhere else.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: help install demo test format lint types arrows content check wheel-test clean

help:
	@echo "make demo        the plan of the example school hillside, on the screen and as demo-plan.html"
	@echo "make test        the tests"
	@echo "make check       formatter, linter, types, arrows, content, tests"
	@echo "make wheel-test  what packaging can break, against the built and installed wheel"
	@echo "make clean       takes away what the others made"

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "termwise needs Python 3.11 or later; name one: make PYTHON=python3.11")'
	@echo "Installing into .venv (a minute or two the first time)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(INSTALLED)
	@$(BIN)/termwise plan examples/hillside --format html -o demo-plan.html
	@$(BIN)/termwise plan examples/hillside
	@echo
	@echo "The full plan is in demo-plan.html: open it in a browser."
	@echo "The school it was made for is in examples/hillside: change a judgement in cqa.yaml and run make demo again."

test: $(INSTALLED)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

format: $(INSTALLED)
	$(BIN)/ruff format --check .

lint: $(INSTALLED)
	$(BIN)/ruff check .

types: $(INSTALLED)
	$(BIN)/mypy

arrows: $(INSTALLED)
	$(BIN)/lint-imports --no-logo

content: $(INSTALLED)
	$(BIN)/termwise rules check
	$(BIN)/termwise rules test
	$(BIN)/termwise rules coverage

check: format lint types arrows content test

# What can be otherwise in the wheel: data files, entry points, public names, and the plans of the examples.
PACKAGING := $(addprefix tests/whole/test_,packaging.py public_names.py golden.py::test_the_plan_of_an_example_is_what_it_was)

# What users get: the wheel is built from the source distribution and tested without the checkout in reach.
wheel-test: $(INSTALLED)
	@set -eu; here=$$PWD; work=$$(mktemp -d); trap 'rm -rf "$$work"' EXIT; \
	$(BIN)/python -m build --quiet --outdir "$$work/dist" .; \
	$(BIN)/python -m venv "$$work/venv"; \
	"$$work/venv/bin/python" -m pip install -qq --disable-pip-version-check -c constraints.txt \
		"$$work"/dist/*.whl pytest hypothesis; \
	mkdir "$$work/run"; cp -R tests examples "$$work/run/"; cd "$$work/run"; \
	find . -name __pycache__ -prune -exec rm -rf {} +; \
	"$$work/venv/bin/python" -P "$$here/.ci/installed.py"; \
	"$$work/venv/bin/python" -m pytest -q $(PACKAGING)

clean:
	rm -rf .venv build dist *.egg-info demo-plan.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

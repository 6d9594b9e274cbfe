# Zhitong in two commands: `make run` and `make test`. `make` alone lists them all.

PYTHON ?= python3
SCALE ?= 0.05
BIN := .venv/bin
ON_SQLITE := env -u DATABASE_URL
COMPILE := var/uv/bin/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --extra install

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check bench docs messages lock static looks run-environment test-environment

help:  ## list the commands
	@sed -n 's/^\([a-z][a-z-]*\):.*## /\1\t/p' Makefile

run: run-environment  ## set up, build the demo city (SCALE=1 is the whole city) and serve at 127.0.0.1:8000
	@exec $(BIN)/zhitong run --scale $(SCALE)

test: test-environment  ## everything: style, types, floors and all tests, on SQLite and on PostgreSQL
	@$(PYTHON) tools/packages.py
	@$(MAKE) --no-print-directory static
	@echo "== All tests on SQLite"
	@$(ON_SQLITE) $(BIN)/pytest -q -n 2 --ignore tests/browser -m "not postgres"
	@echo "== Browsers, beside nothing else, for their timing"
	@$(ON_SQLITE) $(BIN)/pytest -q -n 2 -m "not postgres" tests/browser
	@echo "== All tests on PostgreSQL"
	@$(PYTHON) tools/postgres.py run -- $(BIN)/pytest -q -n 2 -m "not sqlite"

check: test-environment  ## the fast part: style, types, floors, engines, rules of the house, every verb once
	@mkdir -p var
	@$(MAKE) --no-print-directory looks > var/looks.txt 2>&1 & looks=$$!; \
	echo "== Fast tests on SQLite, beside style, types and floors"; \
	$(ON_SQLITE) $(BIN)/pytest -q -n 2 --ignore tests/browser -m "not slow and not postgres"; tests=$$?; \
	wait $$looks; looks=$$?; cat var/looks.txt; exit $$((tests | looks))

bench: run-environment  ## rows and pages per second, as JSON, at SCALE
	@$(BIN)/zhitong bench load --scale $(SCALE)
	@$(BIN)/zhitong bench pages --scale $(SCALE)
	@$(BIN)/zhitong bench linkage --scale $(SCALE)

docs: run-environment  ## write the generated reference pages anew
	@$(BIN)/zhitong docs

messages: run-environment  ## bring the English translation up to date with the sentences and compile it
	@$(BIN)/python tools/messages.py

lock:  ## choose newest versions within the bounds of pyproject.toml and write the lock files
	@$(PYTHON) -m venv var/uv
	@var/uv/bin/python -m pip install --quiet uv
	@$(COMPILE) --upgrade --output-file requirements.txt
	@$(COMPILE) --upgrade --extra test --extra dev --constraint requirements.txt --output-file requirements-test.txt

# Style, types and floors; on another core meanwhile all modules are compiled, which each process of a test run
# would do for itself otherwise.
static:
	@$(BIN)/pytest -q --collect-only > /dev/null 2>&1 & \
	$(MAKE) --no-print-directory looks; status=$$?; wait; exit $$status

looks:
	@echo "== Style"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@echo "== Types"
	@$(BIN)/mypy --no-error-summary
	@echo "== Floors"
	@$(BIN)/lint-imports --no-logo

run-environment:
	@$(PYTHON) tools/environment.py run

test-environment:
	@$(PYTHON) tools/environment.py test

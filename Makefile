# Everything a person or CI runs here; `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON := .venv/bin/python
DONE := var/setup
MEDIAWIKI := $(or $(SPACE_MEDIAWIKI_DIR),$(or $(SPACE_SANDBOX_DIR),.sandbox)/mediawiki)
LOCK_OPTIONS := --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-find-links --no-emit-index-url --no-emit-options --no-emit-trusted-host

# A Python that is none of Debian's gets its packages while Debian's are installed.
PREFIX := $(if $(wildcard $(DONE)/python),,$(shell \
	for python in python3.13 python3.12 python3.11; do \
		$$python -c 'import ensurepip, sys, venv; print(sys.base_prefix)' 2>/dev/null && break; \
	done))

# Where this is set, each start of a program would compile all its modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo reset-demo test check types files tests bench soak lock help

setup: $(DONE)/packages $(DONE)/python $(DONE)/npm $(MEDIAWIKI)/index.php ## Install all that is needed (each step once)

demo: setup ## Run wiki, tool and bots with sample content; Ctrl-C stops them
	$(PYTHON) -m sandbox demo

reset-demo: setup ## Delete the demo's wiki and everything derived from it
	$(PYTHON) -m sandbox reset

test: tests check ## Run every test and every check

# Three on two cores: a test before the wiki or in a browser often waits for an answer.
tests: setup $(DONE)/compiled
	$(PYTHON) -m pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder

check: types files ## Look at types, format, lint, imports and generated files

types: setup
	$(PYTHON) -m mypy

files: setup
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	.venv/bin/lint-imports
	$(PYTHON) -m space.generate --check
	luacheck --quiet lua_templates/modules lua_templates/elsewhere/parts
	$(PYTHON) -m djlint --quiet --lint tool/app
	for file in sandbox/mediawiki/*.php; do php -l $$file >/dev/null; done

bench: setup ## Measure speed and size, as ratios and counts
	$(PYTHON) -m benchmarks

soak: setup ## The long tests: soak, fuzzing, kill loop, mutants
	SPACE_SOAK=1 $(PYTHON) -m pytest -m soak
	$(PYTHON) -m tests.mutation

lock: $(DONE)/python ## Pin the dependencies again
	.venv/bin/pip-compile $(LOCK_OPTIONS) --output-file=requirements.txt requirements.in
	.venv/bin/pip-compile $(LOCK_OPTIONS) --output-file=requirements-dev.txt requirements-dev.in
	npm install --package-lock-only

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(DONE)/packages: sandbox/install-packages
	sandbox/install-packages
	mkdir -p $(@D) && touch $@

$(DONE)/python: requirements.txt requirements-dev.txt | $(if $(filter-out /usr,$(PREFIX)),,$(DONE)/packages)
	$(PYTHON) -c '' 2>/dev/null || for python in python3.13 python3.12 python3.11; do \
		if $$python -c 'import ensurepip, venv' 2>/dev/null; then \
			$$python -m venv --clear .venv; break; \
		fi; \
	done
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes \
		--no-compile -r requirements.txt -r requirements-dev.txt
	mkdir -p $(@D) && touch $@

# Else each process of pytest would compile all tests at the same time.
$(DONE)/compiled: | $(DONE)/python $(DONE)/npm
	$(PYTHON) -m pytest --collect-only --quiet >/dev/null || true
	touch $@

$(DONE)/npm: package.json package-lock.json .npmrc $(wildcard tool/build/*.mjs) | $(DONE)/packages
	npm ci --no-progress
	npm run --silent build
	touch $@

$(MEDIAWIKI)/index.php: | $(DONE)/python
	$(PYTHON) -m sandbox fetch

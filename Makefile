# Works with plain pip, and with uv where it is installed; both install from the lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
DEMO ?= wordkept-demo
# Two at a time: in turn they take a quarter of an hour.
TESTS ?= -n 2 --dist loadfile
MATCH_PYTHON ?= $(BIN)/python

.DEFAULT_GOAL := help
.PHONY: help demo test check bench bench-assess bench-releases calibrate eval model lock bench-audit bench-match bench-match-real bench-scale bench-dossier bench-page

help:  ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1 \t/'

demo: $(VENV)/.run  ## Build the bundled case and print the board of verdicts
	@$(BIN)/wordkept demo $(DEMO)

test: $(VENV)/.dev  ## Run all tests
	@$(BIN)/python -m pytest $(TESTS)

check: $(VENV)/.dev  ## Check style, types and the floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev  ## Measure speed and memory, and print them with the machine
	@$(BIN)/python bench/bench.py

calibrate: $(VENV)/.dev  ## Try the protocol where the truth is known (minutes; needs ../shared)
	@$(BIN)/python -m bench.calibrate

eval: $(VENV)/.dev  ## Measure the reader on its gold, and hold it against floors.json (needs ../shared)
	@$(BIN)/python -m bench.read $(EVAL)

model: $(VENV)/.train  ## Train the tagger anew from open text (three quarters of an hour; needs ../shared)
	@$(BIN)/python -m bench.tagger $(MODEL)
	@$(BIN)/python -m bench.tagger.confidence

bench-assess: $(VENV)/.dev  ## Hold our test against its peers on the same series
	@$(BIN)/python -m bench.bench_assess $(PEERS)

bench-releases: $(VENV)/.dev  ## Measure what a monthly series of releases takes to keep and open
	@$(BIN)/python bench/bench_releases.py $(RELEASES)

bench-audit: $(VENV)/.dev  ## Plant faults in clean records, and count which the audit finds (minutes)
	@$(BIN)/python -m bench.audit $(AUDIT)

bench-match: $(VENV)/.dev  ## Hold our matching against its peers on the same simulated pairs
	@$(MATCH_PYTHON) -m bench.bench_match $(MATCH)

bench-match-real: $(VENV)/.dev  ## Hold our matching against judged pairs of real records (needs ../shared)
	@$(BIN)/python -m bench.match.real --score
	@$(BIN)/python -m bench.match.real --candidates

bench-scale: $(VENV)/.dev  ## Rows from CSV to release, series and audit, on DuckDB and on Spark
	@$(BIN)/python -m bench.bench_scale $(SCALE)

lock:  ## Write the lock files anew (needs uv)
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate \
		--python-version 3.11 -q -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header \
		--no-annotate --python-version 3.11 -q -o requirements-dev.lock

$(BIN)/python:
ifdef UV
	@uv venv -q --seed --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --upgrade pip
endif

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "setting up $(VENV) ..."
ifdef UV
	@uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock
	@uv pip install -q --python $(BIN)/python --no-deps -e .
else
	@$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --no-deps -e .
endif
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "setting up what the tests need ..."
ifdef UV
	@uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.lock
else
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
endif
	@touch $@

$(VENV)/.train: $(VENV)/.dev
	@echo "setting up what training needs ..."
	@$(BIN)/python -m pip install -q --upgrade pip
	@$(BIN)/python -m pip install -q --group train
	@touch $@

bench-dossier: $(VENV)/.dev  ## Measure a dossier: the demonstration's, and 50 pledges on 1,000,000 rows
	@$(BIN)/python -m bench.bench_dossier $(DOSSIER)

bench-page: $(VENV)/.dev  ## Measure the demonstration's page in Chromium: first paint, shift, size
	@$(BIN)/python -m bench.bench_page $(PAGE)

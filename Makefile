# Every target makes what it needs. A fresh machine needs Python 3.11 or newer, and make.
#
#   make demo                                  converse with the bot, on phones in your browser
#   make demo ARGS=--once                      play one day in the terminal, then end
#   make test                                  the whole suite: SQLite, PostgreSQL, a browser; JOBS=1 in turn
#   make lint                                  style, types, layers
#   make bench                                 all measurements; NAME=answers for one
#   make figures                               write the last measurements into the documents
#   make gallery                               draw every screen in both languages; NAME=card for some
#   make chaos                                 kill the bot 200 times and count what was lost
#   make lock                                  resolve the dependencies anew (needs uv on PATH)
#   make catalogues                            bring locales/ up to date with the sentences in the code
#   make clean                                 remove what these targets made; never data, keys or .env

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
SOURCES := bot handlers participation storage forms simulator benchmarks tests
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
PROJECT := $(VENV)/.installed-project
ARGS ?=
NAME ?=
KILLS ?= 200
JOBS ?= 4

unexport PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_HASHES

.DEFAULT_GOAL := help
.PHONY: help demo phone test lint bench figures gallery chaos lock notices catalogues clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

help:
	@sed -n 's/^#  *make/make/p' Makefile

# --- the environment -------------------------------------------------------------------------
# The locks carry hashes and no index address: pip asks whatever index this machine is set to.

$(RUN): requirements/run.txt
	@sh requirements/environment.sh $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements/run.txt
	@touch $@

$(DEV): requirements/dev.txt requirements/run.txt
	@sh requirements/environment.sh $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $(RUN) $@

# After the libraries, whichever of the two sets they were.
$(PROJECT): pyproject.toml
	@test -x $(BIN)/python || { echo "no environment yet: ask for demo, test or lint" >&2; exit 1; }
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

run-environment: $(RUN) $(PROJECT)
dev-environment: $(DEV) $(PROJECT)
.PHONY: run-environment dev-environment

# --- what people ask for ---------------------------------------------------------------------

demo: run-environment
	@$(BIN)/musharaka demo $(ARGS)

phone: run-environment
	@$(BIN)/musharaka phone $(ARGS)

test: dev-environment
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

lint: dev-environment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(SOURCES)
	$(BIN)/lint-imports

bench: dev-environment
	$(BIN)/python -m benchmarks $(NAME)

figures: dev-environment
	$(BIN)/python -m benchmarks --readme

gallery: dev-environment
	$(BIN)/python -m tests.gallery $(NAME)

chaos: dev-environment
	$(BIN)/python -m tests.chaos --kills $(KILLS) $(ARGS)

# --- keeping house ---------------------------------------------------------------------------
# `make lock UPGRADE=--upgrade` takes newer versions; without it only what pyproject.toml asks.

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv on PATH" >&2; exit 1; }
	$(COMPILE) pyproject.toml --group build -o requirements/run.txt
	$(COMPILE) -c requirements/run.txt pyproject.toml --group build --group dev -o requirements/dev.txt
	$(MAKE) notices

notices: run-environment
	$(BIN)/python -m tests.house.notices

catalogues: dev-environment
	$(BIN)/python -m tests.house.catalogues

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache benchmarks/out tests/gallery/out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

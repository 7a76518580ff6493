# Two commands do everything: make run, make test. The others are listed by make help.
UV := .tools/bin/uv
PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup run test check train ask format lock bench bench-degraded bench-zalo

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: ## both Python environments, exactly as the lock files say
	@sh deploy/bootstrap.sh
	@$(UV) sync --quiet --frozen
	@$(UV) sync --quiet --frozen --project bot

run: setup ## prepares the demonstration and starts all programs; Ctrl-C ends them
	@$(PYTHON) -m deploy.run

test: setup ## all tests: both environments, SQLite and PostgreSQL, real processes, a real Chromium
	@$(PYTHON) -m deploy.test

check: setup ## ruff, mypy, import-linter, docs tests
	@$(PYTHON) -m deploy.check

train: setup ## trains the shipped model when there is none for the present data and components
	@$(PYTHON) -m deploy.train

ask: setup ## FILE=path (or standard input): one question a line in, one JSON object a line out
	@$(PYTHON) -m deploy.ask $(FILE)

format: setup ## formats the Python code
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

lock: ## both lock files anew; new releases wait a week
	@sh deploy/bootstrap.sh
	@$(UV) lock && $(UV) lock --project bot

bench: setup ## measures start-up, training, turns through the gateway and memory
	@$(PYTHON) -m bench.turns

bench-degraded: setup ## how good the keyword match is that answers while the engine is away
	@$(PYTHON) -m bench.degraded

bench-zalo: setup ## measures the Zalo road: webhook, answer on the phone, desk, operator's reply
	@$(PYTHON) -m bench.zalo

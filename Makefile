# Two commands do everything: make run, make test. The others are listed by make help.
UV := .tools/bin/uv
PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help bench-examples setup run test check train ask eval format lock bench bench-degraded bench-zalo bench-newsroom export-training bench-nlu bench-voices chaos bench-gateway handbook

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

eval: setup ## how well the shipped model understands tests/nlu; ACCEPT=1 makes this run the one to compare with
	@$(PYTHON) -m deploy.evaluate $(if $(ACCEPT),--accept)

handbook: setup ## plays the steps of the editors' handbook in Chromium and takes its pictures anew
	@SHIPPED_MODEL=$$(VAR_DIR=var bot/.venv/bin/python -m bot.shipped_model --path) PICTURES=docs/pictures $(PYTHON) -m pytest -q -p no:django tests/e2e/test_handbook.py

format: setup ## formats the Python code
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

lock: ## both lock files anew; new releases wait a week
	@sh deploy/bootstrap.sh
	@$(UV) lock && $(UV) lock --project bot

bench: setup ## measures start-up, training, turns through the gateway and memory
	@$(PYTHON) -m bench.turns

bench-degraded: setup ## how good the keyword match is that answers while the engine is away
	@$(PYTHON) -m bench.degraded

chaos: setup ## the real programs under random trouble; SEED=n SEEDS=20 LONG=1 DATABASE=postgresql
	@$(PYTHON) -m tests.chaos $(if $(SEED),--seed $(SEED)) $(if $(SEEDS),--seeds $(SEEDS)) $(if $(LONG),--long) $(if $(DATABASE),--database $(DATABASE))

bench-gateway: setup ## what the gateway costs beside a bare server and the engine alone; ARGS="turns engines streams million webhooks"
	@$(PYTHON) -m bench.gateway $(ARGS)

bench-zalo: setup ## measures the Zalo road: webhook, answer on the phone, desk, operator's reply; ARGS="200 200": only these rates
	@$(PYTHON) -m bench.zalo $(ARGS)

bench-nlu: setup ## our understanding beside the pipeline that Rasa recommends; ARGS="--recommended --phoatis FOLDER"
	@bot/.venv/bin/python -W ignore -m bench.nlu $(ARGS)

bench-voices: setup ## how well the classifier understands a writer whom it has not read; VOICES="c d"
	@bot/.venv/bin/python -W ignore -m bench.nlu_voices $(VOICES)

bench-examples: setup ## how many examples and voices each key has, and how alike its examples are
	@$(PYTHON) -m bench.examples

bench-newsroom: setup ## measures snapshot, list, import, approval → answer, memory over 50 models; ARGS="live reading import swaps"
	@$(PYTHON) -m bench.newsroom $(ARGS)

export-training: setup ## the newsroom's examples and test questions as data/nlu and tests/nlu, for a commit
	@$(PYTHON) -m deploy.export_training

# Everything starts from here. PYTHON names the Python that makes the virtual environment.
PYTHON ?= python3
RUN := .venv/bin/python -m
BESIDE_SERVICES := $(RUN) config.run.services --
TEMPLATES := git ls-files -z "*templates/*.html" | xargs -0

.DEFAULT_GOAL := run
.PHONY: run setup develop test test-python test-frontend check fresh ci e2e bench faults guide protocol schema format

run: setup
	@exec $(RUN) config.run

setup:
	@command -v "$(PYTHON)" >/dev/null || { echo "Parley needs Python 3.11 or later: there is no $(PYTHON)."; exit 1; }
	@"$(PYTHON)" -m tools.setup

# What working on Parley needs beside what running it needs.
develop:
	@command -v "$(PYTHON)" >/dev/null || { echo "Parley needs Python 3.11 or later: there is no $(PYTHON)."; exit 1; }
	@"$(PYTHON)" -m tools.setup --develop

test: test-python test-frontend e2e

test-python: develop
	$(BESIDE_SERVICES) $(RUN) pytest -n 2 --dist loadfile

test-frontend: develop
	$(RUN) tools.npm test

e2e: develop
	$(RUN) pytest e2e

check: develop
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy .
	.venv/bin/lint-imports
	$(TEMPLATES) .venv/bin/djade --target-version 5.2 --check
	.venv/bin/python manage.py translations --check
	$(RUN) tools.npm run lint
	$(RUN) tools.npm run typecheck

# Files that are made from others must be what they would be made into now.
fresh: develop
	$(RUN) tools.protocol --check
	$(RUN) tools.permissions --check
	$(BESIDE_SERVICES) .venv/bin/python manage.py company_schema --check

ci: check fresh test

bench: develop
	$(RUN) bench

faults: develop
	$(RUN) faults

# The pictures of the user guide, from the real pages.
guide: develop
	PARLEY_GUIDE=1 $(RUN) pytest e2e/test_guide.py

protocol: develop
	$(RUN) tools.protocol

schema: develop
	$(BESIDE_SERVICES) .venv/bin/python manage.py company_schema

format: develop
	$(RUN) ruff check --fix .
	$(RUN) ruff format .
	$(TEMPLATES) .venv/bin/djade --target-version 5.2
	$(RUN) tools.npm run format

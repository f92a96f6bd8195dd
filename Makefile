# Two commands: `make run` and `make test`. Everything they need they set up themselves, in .venv.
PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install --disable-pip-version-check --quiet

.PHONY: run migrate test lint bench bench-quick screenshots clean

run: migrate
	$(PY) -m app.main

migrate: .venv/.run
	$(PY) -m app.main migrate

test: .venv/.test
	@$(PY) -m tests.browser_setup
	$(PY) -m pytest

lint: .venv/.test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache

# ARTICLES=news.jsonl.gz measures on real articles, STS=pairs.jsonl.gz holds the encoder against rated pairs; WITHOUT=peers leaves a group out.
BENCH_OPTIONS = $(if $(ARTICLES),--articles $(ARTICLES)) $(if $(STS),--sts $(STS)) $(addprefix --without ,$(WITHOUT))

bench: .venv/.test
	$(PY) -m bench $(BENCH_OPTIONS)

bench-quick: .venv/.test
	$(PY) -m bench --quick $(BENCH_OPTIONS)

# Pictures of every dashboard page, drawn from the sample story, into docs/screenshots.
screenshots: .venv/.test
	@$(PY) -m tests.browser_setup
	$(PY) -m tests.screenshots

clean:
	rm -rf .venv var build *.egg-info

# The CPU build of PyTorch is pinned exactly and comes first: a looser wish brings gigabytes of CUDA.
.venv/.run: pyproject.toml
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PIP) torch==2.13.0
	$(PIP) -e .
	touch $@

.venv/.test: .venv/.run
	$(PIP) -e '.[dev]'
	touch $@

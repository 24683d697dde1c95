# make demo          install what is locked, play the Shuangliu scenario, serve the API (SERVE=0: stop after printing)
# make test          lint, types, then every test; the closing line is pytest's
# make test-oldest-server ABOVE_SQL=   every test of a database on PostgreSQL 15 (make test: those of its statements)
# make format        let ruff rewrite the sources
# make fuzz          half a million random steps of a petition's life (FUZZ_STEPS=n; make test gives 50,000)
# make proof         one report from three sources over 100,000 random petitions (PROOF_PETITIONS=n)
# make bench         measure against peers in one run of ten minutes; JSON in benchmarks/results
# make bench-full    ledgers of up to a million petitions, thirteen million events; 40 minutes, 30 GiB of disk
# make bench-docs    write docs/BENCHMARKS.md, its chart and docs/GROWTH.md from those two runs
# make concurrency   a million events by eight writers under a reader that tails the log (TAIL_EVENTS=n)
# make soak          half an hour of commands over HTTP on the real processes (SOAK_MINUTES=n SOAK_RATE=n)
# make lock          resolve pyproject.toml and the benchmarks' peers again into lock files (needs uv, npm)
# make clean         remove .venv, .bench, caches and builds; recorded data are kept

PYTHON ?= python3
UV ?= uv
CITY ?= shuangliu
SERVE ?= 1
FUZZ_STEPS ?= 500000
TAIL_EVENTS ?= 1000000
SOAK_MINUTES ?= 30
SOAK_RATE ?= 300
PROOF_PETITIONS ?= 100000

BIN := .venv/bin
# Whole files go to a worker each, since some fill one ledger for all their tests.
WORKERS := --numprocesses=auto --dist=loadfile
# `make test` draws the same examples each time; who looks for faults draws others.
ANEW := --hypothesis-profile=random
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
LOCKED := --require-hashes --only-binary=:all:
COMPILE := pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --quiet --upgrade
# Who asks for money does so by addresses, which no lock file names.
STRIP_FUNDING := const fs = require("fs"), file = "benchmarks/peers/package-lock.json"; \
	const lock = JSON.parse(fs.readFileSync(file)); \
	for (const each of Object.values(lock.packages)) delete each.funding; \
	fs.writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
# The oldest supported server, where Debian has it; the embedded server is always tested.
OLDEST_SERVER := $(wildcard /usr/lib/postgresql/15/bin/postgres)
# Tests of routes and of the terminal run the same statements once more, those of the embedded
# server and of the benchmarks run none of ours; ABOVE_SQL= takes them too.
ABOVE_SQL := $(foreach each,test_api_* *_command.py test_report_* test_embedded* test_server_guard.py \
	test_kill.py test_several_nodes.py test_benchmark_* test_full_run.py,--ignore-glob='*/$(each)')

.DELETE_ON_ERROR:
.PHONY: demo test lint types test-oldest-server fuzz proof format bench bench-full bench-docs concurrency soak lock clean

demo: .venv/core.installed
	@$(BIN)/taizhang demo $(CITY) $(if $(filter 0,$(SERVE)),--no-serve)

# mypy needs one core for a minute where nothing is cached, so it runs beside the first tests.
test: .venv/test.installed
	@$(MAKE) --no-print-directory --jobs=2 lint types $(if $(OLDEST_SERVER),test-oldest-server)
	$(BIN)/pytest $(WORKERS)

lint: .venv/test.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/test.installed
	$(BIN)/mypy

test-oldest-server: lint
	TAIZHANG_TEST_SERVER=15 $(BIN)/pytest $(WORKERS) $(ABOVE_SQL) tests/contract tests/integration

fuzz: .venv/test.installed
	TAIZHANG_FUZZ_STEPS=$(FUZZ_STEPS) $(BIN)/pytest -q -s --timeout=0 $(ANEW) \
		tests/unit/test_life_machine.py

proof: .venv/test.installed
	TAIZHANG_PROOF_PETITIONS=$(PROOF_PETITIONS) $(BIN)/pytest -q -s --timeout=0 $(ANEW) \
		tests/acceptance/test_three_sources.py

format: .venv/test.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/test.installed
	$(BIN)/python -m benchmarks --json benchmarks/results/bench.json

bench-full: .venv/test.installed
	$(BIN)/python -m benchmarks --full --json benchmarks/results/bench-full.json

bench-docs: .venv/test.installed
	$(BIN)/python -m benchmarks.publish $(wildcard benchmarks/results/bench.json benchmarks/results/bench-full.json)

concurrency: .venv/test.installed
	TAIZHANG_TAIL_EVENTS=$(TAIL_EVENTS) $(BIN)/pytest -q -s --timeout=0 tests/integration/test_tailing.py

soak: .venv/test.installed
	$(BIN)/python -m benchmarks.soak --minutes $(SOAK_MINUTES) --rate $(SOAK_RATE)

lock:
	$(UV) $(COMPILE) --group build --output-file requirements/core.lock
	$(UV) $(COMPILE) --group build --group test --extra analytics --extra distributed \
		--constraints requirements/core.lock --output-file requirements/test.lock
	$(UV) $(COMPILE) --group build --extra analytics \
		--constraints requirements/test.lock --output-file requirements/analytics.lock
	$(UV) $(COMPILE) --group build --extra distributed \
		--constraints requirements/test.lock --output-file requirements/distributed.lock
	$(UV) $(subst pyproject.toml,benchmarks/peers/umadb.in,$(COMPILE)) \
		--output-file benchmarks/peers/umadb.lock
	cd benchmarks/peers && rm -f package-lock.json && npm install --package-lock-only \
		--ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved
	node -e '$(STRIP_FUNDING)'

clean:
	rm -rf .venv .bench build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# A file of its own marks each finished install, so that a second run installs nothing.
.venv/core.installed: requirements/core.lock pyproject.toml | .venv/bin/python
	@echo "安装依赖 / Installing dependencies ..."
	@$(PIP_INSTALL) $(LOCKED) --requirement requirements/core.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.installed: requirements/test.lock .venv/core.installed
	@echo "安装测试工具 / Installing test tools ..."
	@$(PIP_INSTALL) $(LOCKED) --requirement requirements/test.lock
	@$(BIN)/python -m pip check --quiet --disable-pip-version-check
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "需要 Python 3.11 或更高版本，而 $(PYTHON) 不是。请安装后重试：make demo PYTHON=python3.12" >&2; \
		echo "Python 3.11 or later is needed, and $(PYTHON) is not. Install it, then: make demo PYTHON=python3.12" >&2; \
		exit 2; }
	@$(PYTHON) -m venv .venv || { \
		rm -rf .venv; \
		echo "无法建立虚拟环境。Debian、Ubuntu 请先安装：apt install python3-venv" >&2; \
		echo "Cannot create the virtual environment. On Debian or Ubuntu first: apt install python3-venv" >&2; \
		exit 2; }

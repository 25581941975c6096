# make run [FILE=sales.xlsx] [LANG=en]   set up, then analyse the demo company or your own file
# make test                              set up, then every check the project has
PYTHON ?= python3
FILE ?=
OUT ?= anahtar-report
V := .venv
B := $(V)/bin
PIP := $(B)/python -m pip install -q --disable-pip-version-check
WORDS := $(wildcard src/anahtar/locale/*/LC_MESSAGES/*.po)

.PHONY: setup run test lint format types contracts docs bench fuzz lock clean

setup: $(V)/.ready src/anahtar/locale/.compiled

$(V)/.ready: requirements/base.txt pyproject.toml
	test -x $(B)/python || $(PYTHON) -m venv $(V)
	$(PIP) --no-deps --require-hashes -r requirements/base.txt
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

$(V)/.dev: requirements/dev.txt $(V)/.ready
	$(PIP) --no-deps --require-hashes -r requirements/dev.txt
	touch $@

src/anahtar/locale/.compiled: $(WORDS) scripts/words.py $(V)/.ready
	$(B)/python scripts/words.py compile
	touch $@

run: setup
ifeq ($(FILE),)
	$(B)/anahtar demo --out demo-company
	$(B)/anahtar analyze demo-company --out $(OUT)
else
	$(B)/anahtar analyze "$(FILE)" --out $(OUT)
endif

test: setup $(V)/.dev lint types contracts
	$(B)/python -m pytest -n auto

lint: setup $(V)/.dev
	$(B)/ruff check
	$(B)/ruff format --check
	$(B)/python scripts/words.py check

types: setup $(V)/.dev
	$(B)/mypy

contracts: setup $(V)/.dev
	$(B)/lint-imports

format: setup $(V)/.dev
	$(B)/ruff check --fix
	$(B)/ruff format

clean:
	rm -rf $(V) build dist $(OUT) demo-company src/anahtar/locale/.compiled src/anahtar/locale/*/LC_MESSAGES/*.mo

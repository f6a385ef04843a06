# make memo   the memo of the shipped dossier, in reports/
# make explore the dossier as a page in the browser, where weights are sliders
# make test   every test
# make check  lint, types and import layers
# make docs   the documentation as a searchable site, in site/
# make matrix every template, language and size of memo, which takes hours
# make audit  published vulnerabilities of the packages in constraints.txt; needs a network to look them up
# make lock   rewrites constraints.txt, with the hashes of every file
# make bench  ratios against baselines and peers, measured in one run
# Each target installs what it needs in .venv, from constraints.txt, so that results are reproducible.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

# In an ASCII locale, Python 3.11 fails on a folder whose name is not ASCII.
ifneq ($(filter C POSIX,$(LC_ALL)),)
export LC_ALL := C.UTF-8
endif

.DEFAULT_GOAL := help
.PHONY: help memo explore test matrix check docs bench audit lock phrase-keys schemas format clean

help:
	@sed -n 's/^# make /make /p' Makefile

memo: $(VENV)/run
	@$(BIN)/policy-options memo

explore: $(VENV)/explore
	@$(BIN)/policy-options explore $(ARGS)

test: $(VENV)/dev
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

matrix: $(VENV)/dev
	POLICY_OPTIONS_WHOLE_MATRIX=1 $(BIN)/python -m pytest -n auto tests/memo/test_matrix.py $(ARGS)

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Strict: a broken link or an undocumented parameter stops the build. The variable silences a notice about MkDocs 2.
docs: $(VENV)/dev
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo site/index.html

bench: $(VENV)/dev $(VENV)/peers/made
	@for script in tests/benchmarks/bench_*.py; do $(BIN)/python $$script || exit 1; done

# --strict: a package that could not be looked up is an error, and does not count as safe.
audit: $(VENV)/audit/made
	@$(VENV)/audit/bin/pip-audit --strict --disable-pip --require-hashes --requirement constraints.txt

lock:
	@PYTHON=$(PYTHON) .ci/lock

schemas: $(VENV)/run
	$(BIN)/policy-options schema
	@$(BIN)/python .ci/reference

phrase-keys: $(VENV)/run
	@$(BIN)/python .ci/phrase-keys

format: $(VENV)/dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist site

$(VENV)/made:
	@$(PYTHON) .ci/python-version
	@sh .ci/system-libraries $(PYTHON)
	@echo "Setting up $(VENV), which takes about a minute" >&2
	@$(PYTHON) -m venv $(VENV) || { echo "python3 lacks venv; on Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

# Peer packages for comparison, whose requirements conflict with those of this package.
$(VENV)/peers/made: $(VENV)/made
	@$(BIN)/python -m venv $(VENV)/peers
	@$(VENV)/peers/bin/python -m pip install --quiet --disable-pip-version-check "pysensmcda==2.0.0"
	@touch $@

# With the hashes in constraints.txt, which lists every package, so that nothing else is looked up.
$(VENV)/run: $(VENV)/made pyproject.toml constraints.txt
	@sed '/^# What its development needs/,$$d' constraints.txt >$(VENV)/run.txt
	@$(INSTALL) --require-hashes --requirement $(VENV)/run.txt
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/made pyproject.toml constraints.txt
	@$(INSTALL) --require-hashes --requirement constraints.txt
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@ $(VENV)/run

# What the extras explore and office need, with its hashes, out of what development needs.
EXPLORE := anyio|click|et-xmlfile|h11|idna|lxml|openpyxl|pypdfium2|python-docx|sniffio|starlette|uvicorn|xlsxwriter

$(VENV)/explore: $(VENV)/run
	@awk '/^[a-z]/ { wanted = $$0 ~ /^($(EXPLORE))==/ } wanted' constraints.txt >$(VENV)/explore.txt
	@$(INSTALL) --require-hashes --requirement $(VENV)/explore.txt
	@touch $@

$(VENV)/audit/made: $(VENV)/made
	@$(BIN)/python -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check "pip-audit>=2.9"
	@touch $@

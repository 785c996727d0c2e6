# Two commands set everything up: `make demo` and `make test`.
# uv is fetched into .tools and builds .venv from the hash-locked requirement files.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .tools/bin/uv
BIN := .venv/bin
STAMP := .venv/.installed
RUN_STAMP := .venv/.installed-run

export UV_PYTHON_DOWNLOADS := never
export PYTHONHASHSEED ?= 0

.PHONY: demo test test-full recovery lint types layers docs bench smoke lock gazetteer schemas clean help

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# Debian's Python comes without what venv needs; its pip may still install into a folder
$(UV):
	if $(PYTHON) -c "import ensurepip, venv" 2>/dev/null; then \
	  $(PYTHON) -m venv .tools && \
	  .tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); \
	else \
	  $(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools uv==$(UV_VERSION); \
	fi

$(RUN_STAMP): requirements/run.txt pyproject.toml | $(UV)
	test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements/run.txt
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --no-deps --no-build-isolation --editable .
	touch $@

$(STAMP): requirements/dev.txt pyproject.toml | $(UV)
	test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements/dev.txt
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --no-deps --no-build-isolation --editable .
	touch $(RUN_STAMP) $@

demo: $(RUN_STAMP) ## check the shipped article against the shipped records
	$(BIN)/python examples/demo.py

test: $(STAMP) ## everything a change must not break (under 10 minutes)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not full"

test-full: $(STAMP) ## the same and the long ones (up to an hour)
	GROUNDSWELL_EXAMPLES=new $(BIN)/python -m pytest -n 2 --dist worksteal

recovery: $(STAMP) ## full simulations; writes their results
	$(BIN)/python tests/recovery/run.py

lint: $(STAMP) ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

docs: $(STAMP) ## write the generated pages and build the site, warnings are errors
	$(BIN)/python docs/generate.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

bench: $(STAMP) ## measure; writes benchmarks/RESULTS.md
	$(BIN)/python benchmarks/run.py

smoke: $(UV) ## the built wheel, alone, does the main job
	sh tests/smoke/clean_install.sh

lock: $(UV) ## recompile the hash-locked requirement files
	sh requirements/compile.sh

gazetteer: $(UV) ## write the towns anew, with what that needs in an environment of its own
	$(UV) venv --quiet --clear --python $(PYTHON) build/gazetteer
	$(UV) pip install --quiet --python build/gazetteer/bin/python --require-hashes -r requirements/gazetteer.txt
	PYTHONPATH=src build/gazetteer/bin/python gazetteer/build.py $(CHECK)
	rm -rf build/gazetteer

clean: ## remove what the targets made
	rm -rf .tools .venv build dist site demo .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# jobsearch_stats: `make` lists what there is. Every target sets up what it needs.

PYTHON ?= python3
PY := .venv/bin/python
READY := .venv/.ready

# settings of the caller that would send packages elsewhere, or leave them uncompiled
unexport PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_NO_COMPILE PIP_CONSTRAINT PIP_REQUIREMENT
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV CONDA_PREFIX

# your own log: make demo LOG=my_search.xlsx AS_OF=2026-03-10 DATE_ORDER=day-first \
#   MAP="Spoke with=contact; Date 2=follow_up"
LOG ?=
AS_OF ?=
DATE_ORDER ?=
MAP ?=
# make recovery MINUTES=10
MINUTES ?=
export JOBSEARCH_LOG = $(LOG)
export JOBSEARCH_AS_OF = $(AS_OF)
export JOBSEARCH_DATE_ORDER = $(DATE_ORDER)
export JOBSEARCH_MAP = $(MAP)

.DEFAULT_GOAL := help
.PHONY: help demo lab notebooks test browser bench recovery check lock clean

help: ## list the targets
	@echo "make demo                       whom to call today, on the made-up sample"
	@echo "make demo LOG=my_search.xlsx    the same on your own file (csv, xlsx)"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' Makefile

demo: $(READY) ## today's list in the terminal, and the notebooks as HTML in build/notebooks
	@$(PY) tools/demo.py

lab: $(READY) ## JupyterLab with the notebooks (with LOG=: a copy in notebooks/private, kept out of git)
	@$(PY) tools/lab.py

notebooks: $(READY) ## store the outputs on the sample in the notebooks and the README
	@$(PY) tools/run_notebooks.py refresh
	@$(PY) tools/readme.py

test: $(READY) ## run the tests
	@$(PY) -m pytest --ignore=tests/benchmarks --numprocesses=auto --dist=worksteal

browser: $(READY) build/browser/.ready ## open the notebooks and pages in a real Chromium (CHROMIUM=: which one)
	@found="$$($(PY) tools/chromium.py)" && CHROMIUM="$$found" $(PY) -m pytest tests/browser

bench: $(READY) build/peers/.ready ## measure speed and memory
	@$(PY) -m pytest tests/benchmarks -s

recovery: $(READY) ## find a known truth again by comparing strategies (an hour; MINUTES=10 stops it, the next run goes on)
	@$(PY) tools/recovery.py $(if $(MINUTES),--minutes $(MINUTES))

check: $(READY) ## lint, format and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

lock: $(READY) ## resolve the dependencies anew into requirements.lock
	@$(PY) -m uv lock --upgrade
	@$(PY) -m uv export --quiet --format requirements-txt --no-emit-project --all-groups \
		--no-group bench --no-group browser --no-header --output-file requirements.lock
	@$(PY) -m uv export --quiet --format requirements-txt --only-group bench --no-header \
		$(addprefix --no-emit-package ,jinja2 markupsafe numpy pandas python-dateutil scipy six tzdata) \
		--output-file requirements-bench.lock
	@$(PY) -m uv export --quiet --format requirements-txt --only-group browser --no-header \
		--no-emit-package typing-extensions --output-file requirements-browser.lock

clean: ## remove what the other targets made (not your own files)
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests notebooks tools -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml requirements.lock tools/setup.sh
	@sh tools/setup.sh "$(PYTHON)"
	@touch $(READY)

build/peers/.ready: requirements-bench.lock
	@$(PY) -m pip install --disable-pip-version-check --quiet --no-deps --require-hashes --upgrade \
		--target build/peers -r requirements-bench.lock
	@touch $@

build/browser/.ready: requirements-browser.lock
	@$(PY) -m pip install --disable-pip-version-check --quiet --no-deps --require-hashes --upgrade \
		--target build/browser/packages -r requirements-browser.lock
	@touch $@

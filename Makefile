# Everything a newcomer or a contributor runs. Needs make and Python 3.11 or newer.
#   make demo PYTHON=/path/to/python3     choose the Python
#   make test ARGS="-k quorum" SEED=7     choose the tests, repeat an order

VENV := .venv
READY := $(VENV)/.ready
PIP := PIP_USER=0 PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 $(VENV)/bin/python -m pip
WORKERS ?= 2
ifndef SEED
SEED := $(shell date +%s)
endif
unexport PYTHONPATH PYTHONHOME

.PHONY: help demo test lint bench quarter accuracy format lock clean
.DEFAULT_GOAL := help

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

demo: $(READY) ## Play a week in the life of an office, then let you try: no tokens needed
	@$(VENV)/bin/countersign demo

test: lint ## Check everything, as CI does: style, types, import contracts, tests
	@echo "Testing in random order; to repeat this one: make test SEED=$(SEED)"
	@$(VENV)/bin/python -m pytest -n $(WORKERS) --dist worksteal --randomly-seed=$(SEED) $(ARGS)

lint: $(READY) ## Check style, types and import contracts
	@$(VENV)/bin/python -m ruff check .
	@$(VENV)/bin/python -m ruff format --check .
	@$(VENV)/bin/python -m mypy
	@$(VENV)/bin/lint-imports

bench: $(READY) ## Measure speed and memory
	@$(VENV)/bin/python -m tests.benchmarks

quarter: $(READY) ## Play a quarter of 1,000 offices, and compare it with an oracle (about an hour)
	@$(VENV)/bin/python -m tests.simulation $(ARGS)

accuracy: $(READY) ## Measure how often the rules are right: make accuracy DATA=folder of public sets
	@$(VENV)/bin/python -m tests.accuracy $(if $(DATA),--data $(DATA)) $(ARGS)

format: $(READY) ## Put the code in shape
	@$(VENV)/bin/python -m ruff check --fix-only .
	@$(VENV)/bin/python -m ruff format .

lock: ## Renew requirements.lock from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv" >&2; exit 1; }
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cp pyproject.toml "$$folder" && \
	uv lock --quiet --project "$$folder" && \
	uv export --quiet --project "$$folder" --frozen --no-emit-project --no-header --no-annotate \
	    --all-extras --format requirements-txt --output-file "$$folder/requirements.lock" >/dev/null && \
	cp "$$folder/requirements.lock" requirements.lock
	@echo "requirements.lock: $$(grep -c == requirements.lock) packages"

clean: ## Remove what was installed and cached; your data stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A .venv is sound if its Python runs and its stamp names this folder: the stamp is written last and
# removed first, so a .venv that died half-way, or was moved, is made again.
SOUND := $(shell $(VENV)/bin/python -c "" 2>/dev/null && \
    [ "$$(cat $(READY) 2>/dev/null)" = "$$(pwd -P)" ] && echo yes)
ifndef SOUND
.PHONY: $(READY)
endif

$(READY): requirements.lock pyproject.toml
ifndef SOUND
	@python= bare=; \
	for found in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3); do \
	    "$$found" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	    if "$$found" -c 'import ensurepip, venv' 2>/dev/null; then python=$$found; break; fi; \
	    bare=$${bare:-$$found}; \
	done; \
	if [ -z "$$python" ] && [ -n "$$bare" ]; then \
	    echo "$$bare cannot make a virtual environment: its venv module is not installed." >&2; \
	    echo "On Debian and Ubuntu: apt install $$("$$bare" -c \
	        'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" >&2; exit 1; \
	elif [ -z "$$python" ]; then \
	    echo "Countersign needs Python 3.11 or newer; none was found." >&2; \
	    echo "Install one, or name it: make $(or $(MAKECMDGOALS),demo) PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$python" -V)"; \
	rm -rf $(VENV) && "$$python" -m venv $(VENV)
endif
	@rm -f $@
	@total=$$(grep -c == requirements.lock); shown=0; \
	echo "Installing the libraries of requirements.lock (once; about half a minute)"; \
	log=$(VENV)/install.log; \
	{ $(PIP) install --require-hashes -r requirements.lock 2>"$$log" || echo FAILED; } | \
	while read -r word rest; do \
	    case $$word in \
	        Collecting|Installing) shown=$$((shown + 1)) ;; \
	        FAILED) cat "$$log" >&2; echo "The libraries could not be installed." >&2; exit 1 ;; \
	    esac; \
	    if [ -t 1 ] && [ $$shown -le $$total ]; then printf '\r%d of %d \r' $$shown $$total; fi; \
	done
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@pwd -P > $@

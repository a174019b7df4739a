# Two commands do everything: `make study` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

export HF_HUB_OFFLINE = 1
# The tests start the program hundreds of times: it must not be compiled anew for each.
unexport PYTHONDONTWRITEBYTECODE

# How many tests run at once: `auto` is one for each core.
WORKERS ?= auto

.PHONY: study test lint clean

study: $(VENV)/.study
	@$(BIN)/quizzer study

test: $(VENV)/.test
	# Workers share the cores: the threads that numpy and torch would start in each wait actively for one another.
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \
	  $(BIN)/python -m pytest --numprocesses $(WORKERS) --maxprocesses 8 --dist worksteal $(ARGUMENTS)

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.study: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --constraint constraints.txt --editable .
	touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	# Compiling all of torch ahead takes a minute of one core; the part that is used is compiled when it is.
	$(BIN)/python -m pip install --no-compile --constraint constraints.txt --editable '.[dev]'
	touch $@

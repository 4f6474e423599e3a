# Two commands matter: `make lab` to learn, `make test` to see every test and every notebook pass.
# Another Python than python3: make PYTHON=python3.12 lab

PYTHON ?= python3
BIN := .venv/bin
FIRST := my/00_start_here.ipynb

# The arrays here are small: a second thread gains nothing, and loses much when the core is busy.
export OPENBLAS_NUM_THREADS ?= 1

# JupyterLab opens a browser if there is a screen to open it on, and refuses root unless told.
ifeq ($(shell uname),Linux)
ifeq ($(DISPLAY)$(WAYLAND_DISPLAY),)
NO_BROWSER := --no-browser
endif
endif
ifeq ($(shell id -u),0)
AS_ROOT := --allow-root
endif

.PHONY: help lab test teeth notebooks site lite test-browser trainings digits mnist bench lint clean FORCE

help: ## show this list
	@awk -F ": .*## " '/^[a-z-]+:.*## /{printf "make %-14s%s\n", $$1, $$2}' Makefile

lab: .venv/course ## open your own copy of the course in JupyterLab (FRESH="06 07": with fresh copies of these)
	$(BIN)/python -m nflow_ref.course.my $(FRESH)
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/$(FIRST) $(NO_BROWSER) $(AS_ROOT)

# On all cores. loadfile keeps the cells of a notebook together, in their order; tests/conftest.py has more.
test: .venv/test ## run all tests, and all notebooks with their outputs compared
	$(BIN)/python -m pytest -n auto --dist loadfile $(PYTEST)

teeth: .venv/test ## put mistakes into the formulas, one at a time, and see that tests and notebooks notice
	$(BIN)/python tests/teeth.py $(TEETH)

notebooks: .venv/test ## execute the notebooks in place (NOTEBOOKS="a.ipynb b.ipynb": only these)
	$(BIN)/python tests/execute_notebooks.py $(NOTEBOOKS)

site: .venv/site ## build the pages of the course into docs/_build/site
	$(BIN)/python -m sphinx -E -q -W --keep-going -b html -d docs/_build/doctrees docs docs/_build/site
	$(BIN)/python docs/links.py docs/_build/site

lite: .venv/lite ## build JupyterLite, which runs the lessons in a browser; `make site` puts it beside the pages
	$(BIN)/python docs/lite.py docs/_build/lite

test-browser: .venv/browser lite site ## try the site, JupyterLite and JupyterLab in Chromium
	$(BIN)/python -m pytest -n 2 -o addopts= tests/site

trainings: .venv/course ## train what lessons 00, 06 and 10 load where they run in a browser, minutes
	MPLBACKEND=agg $(BIN)/python experiments/trainings.py $(CHECK)

digits: .venv/course ## train what lesson 10 reads, half an hour; stopped, it goes on from where it was
	MPLBACKEND=agg $(BIN)/python experiments/digits.py $(CHECK)

mnist: .venv/course ## train the flow of the larger digits, half an hour
	MPLBACKEND=agg $(BIN)/python experiments/mnist.py $(CHECK)

bench: .venv-bench/made ## compare the speed with other libraries, 25 minutes (BENCH="W1 W3": only these works)
	.venv-bench/bin/python benchmarks/run.py $(BENCH)

lint: .venv/dev ## check the style of the code
	$(BIN)/ruff check
	$(BIN)/ruff format --check

clean:  ## remove .venv and everything else that can be made again
	rm -rf .venv .venv-bench docs/_build docs/notebooks .pytest_cache .ruff_cache
	find . -name __pycache__ -o -name .ipynb_checkpoints | xargs rm -rf

# What is pinned has no wheels for a Python newer than those of pyproject.toml: it gets what is newest.
PINS := import sys; print("-c constraints.txt" * (sys.version_info < (3, 16)))

# The stamps .venv/course, .venv/test, ... say that this extra of pyproject.toml is installed.
.venv/course .venv/test .venv/dev .venv/site .venv/lite .venv/browser: .venv/made pyproject.toml constraints.txt
	@echo "Installing nflow_ref[$(@F)] into .venv: about a minute the first time."
	@$(BIN)/python -m pip install -q --disable-pip-version-check $$($(BIN)/python -c '$(PINS)') -e ".[$(@F)]"
	@touch $@

# Made again if the Python behind it is gone. Each check says what to do.
.venv/made: $(if $(shell test -x $(BIN)/python && echo here),,FORCE)
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON) here. Install Python 3.11 to 3.15, or name one: make PYTHON=/path/to/python3 ..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is $$($(PYTHON) --version). The course needs 3.11 to 3.15; name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info >= (3, 16))' || \
	  echo "$(PYTHON) is $$($(PYTHON) --version), newer than 3.15, up to which the course is tested. Trying it."
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@touch $@

# An environment of its own, 1.7 GB. PyTorch goes first and alone: what comes after takes the one that is there.
.venv-bench/made: pyproject.toml
	@echo "Installing nflow_ref[bench] into .venv-bench: some minutes the first time."
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python -m pip install -q --disable-pip-version-check torch==2.13.0
	@$(@D)/bin/python -m pip install -q --disable-pip-version-check -e ".[bench]"
	@touch $@

# One command for each thing to do. Each sets up .venv first if it is missing or out of date.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO_ARCHIVE ?= demo-archive
# How many processes run tests side by side; each of them takes up to 1.5 GB of memory.
JOBS ?= 2
QUESTION ?= When did the ceasefire in Nagorno-Karabakh take effect?

.PHONY: demo chat test test-slow check format bench settings screenshots clean

demo: $(STAMP)
	$(BIN)/python -m ingest ingest/sample/articles.jsonl --archive $(DEMO_ARCHIVE)
	$(BIN)/dateline ask "$(QUESTION)" --archive $(DEMO_ARCHIVE)

chat: demo
	$(BIN)/dateline chat --archive $(DEMO_ARCHIVE)

test: $(STAMP)
	$(BIN)/python -m pytest -n $(JOBS) --dist loadscope --no-loadscope-reorder

# These tests take minutes, kill processes or drive a browser, which must be Debian's chromium. What a
# browser shows in time depends on what else runs, so its tests run alone.
test-slow: $(STAMP)
	$(BIN)/python -m pytest -m "(fault or scale or server) and not browser" -n $(JOBS) --dist worksteal
	$(BIN)/python -m pytest -m browser

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)
	$(BIN)/python -m bench

# Write the table of settings into docs/settings.md, from the class in rag/settings.py.
settings: $(STAMP)
	$(BIN)/python -m docs.generate

# Take pictures of the page into build/screenshots, and the one that the README shows into docs/.
screenshots: $(STAMP)
	$(BIN)/python -m docs.screenshots

$(STAMP): pyproject.toml constraints.txt
	@echo "Installing Dateline and its tools into $(VENV), once. This takes some minutes, and 3 GB of disk."
	@echo "If pip chooses torch with CUDA, it takes several gigabytes more (docs/install.md)."
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)
	@echo "Dateline is installed. To use the command 'dateline' in this terminal: . $(BIN)/activate"

clean:
	rm -rf $(VENV) $(DEMO_ARCHIVE) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache

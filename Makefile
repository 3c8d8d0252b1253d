# Two commands: `make serve` and `make test`. Everything they need they install into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve test test-long format pictures words bench audit clean

serve: $(VENV)/serve.stamp ## serve the claim graph at http://127.0.0.1:8000/
	@$(BIN)/kg serve

test: $(VENV)/test.stamp ## everything that must be green on every commit
	@sh scripts/browser.sh
	@sh scripts/servers.sh
	@sh scripts/openrefine.sh
	@sh scripts/proxies.sh
	@sh scripts/check.sh

test-long: $(VENV)/test.stamp ## the slow real parts
	@sh scripts/browser.sh
	@sh scripts/servers.sh
	@sh scripts/clients.sh
	@sh scripts/engines.sh
	@sh scripts/csv-reconcile.sh
	@sh scripts/proxies.sh
	@sh scripts/tests.sh long

format: $(VENV)/test.stamp ## write the code as `make test` wants it
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

pictures: $(VENV)/test.stamp ## make the pictures of the README anew
	@sh scripts/browser.sh
	PYTHONPATH=. $(BIN)/python scripts/pictures.py

words: $(VENV)/test.stamp ## bring the catalogues up to date with the templates
	@PYTHONPATH=. $(BIN)/python scripts/words.py

bench: $(VENV)/test.stamp ## measure, and write docs/benchmarks.md anew
	$(BIN)/python -m bench

audit: $(VENV)/test.stamp ## ask whether a library has a known hole; needs the network
	@sh scripts/audit.sh

clean: ## remove what make has installed
	rm -rf $(VENV)

# A stamp is newer than what it was installed from, so that a second call installs nothing.
$(VENV)/serve.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing kg into $(VENV) (once, about half a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/test.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing kg and its tests into $(VENV) (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/serve.stamp

$(VENV)/bin/python:
	@sh scripts/venv.sh $(PYTHON) $(VENV)

# `make site` builds the handbook and `make test` tests everything; both set themselves up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE_MODULES := reader/node_modules/.package-lock.json

# Where Python may not keep what it has compiled, each command would compile the press anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := site
.PHONY: site serve lint reader test bench fuzz lock sbom audit clean

site: $(VENV)/ready
	$(BIN)/playbooks build

serve: $(VENV)/ready
	$(BIN)/playbooks serve

lint: $(VENV)/ready
	$(BIN)/playbooks lint

# After a change of what the handbook does in the browser.
reader: $(NODE_MODULES)
	cd reader && npm run --silent build

test: $(VENV)/ready $(VENV)/ready-to-test $(NODE_MODULES)
	cd reader && npm run --silent lint && npm run --silent test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

bench: $(VENV)/ready $(VENV)/ready-to-test
	@$(BIN)/python -c 'import weasyprint' >/dev/null 2>&1 || sh tools/install.sh libpangoft2-1.0-0
	@test -e /usr/lib/nginx/modules/ngx_http_brotli_filter_module.so && command -v wrk >/dev/null || \
		sh tools/install.sh nginx libnginx-mod-http-brotli-static libnginx-mod-http-brotli-filter wrk
	$(BIN)/python benchmarks/run.py

# For longer: make fuzz SECONDS_EACH=3600
SECONDS_EACH ?= 300
fuzz: $(VENV)/ready $(VENV)/ready-to-test
	for target in loader text linter fixes; do \
		$(BIN)/python fuzz/run_target.py $$target --seconds $(SECONDS_EACH) || exit 1; \
	done
	$(BIN)/python fuzz/measure.py

# After a change of the dependencies in pyproject.toml.
lock: $(VENV)/ready-to-test
	$(BIN)/uv pip compile -q pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-annotate -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --extra build --extra test --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-annotate -c requirements.lock -o requirements-test.lock

# What the press is made of, as CycloneDX: one file for Python, one for the reader's scripts.
sbom: $(VENV)/with-tools
	$(BIN)/python tools/sbom.py sbom

# Whether anything that is locked has a known weakness: this asks services elsewhere.
audit: $(VENV)/with-tools
	$(BIN)/python tools/audit.py

clean:
	rm -rf $(VENV) site sbom .playbooks-cache reader/node_modules

$(NODE_MODULES): reader/package-lock.json
	@command -v npm >/dev/null || sh tools/install.sh npm
	cd reader && npm ci --silent
	@touch $@

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "error: Python 3.11 or newer is needed, and $(PYTHON) is older: make PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh tools/install.sh python3-venv
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/with-tools: $(VENV)/ready requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)/ready-to-test: $(VENV)/with-tools tools/install.sh
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
		command -v google-chrome-stable >/dev/null || sh tools/install.sh chromium
	@command -v chromium-headless-shell >/dev/null || sh tools/install.sh chromium-headless-shell 2>/dev/null || true # three times quicker
	@command -v pdftotext >/dev/null || sh tools/install.sh poppler-utils
	@test -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so || \
		sh tools/install.sh nginx libnginx-mod-http-brotli-static
	@command -v caddy >/dev/null || sh tools/install.sh caddy
	@touch $@

# Everything works with Python 3.11 to 3.14, make and git. `make` alone lists what there is to do.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help demo test test-all lint format bench pictures lock upgrade release clean venv

# Each recipe first sees to it that .venv/ is the one that requirements.lock and pyproject.toml ask for.
READY = python=$$(scripts/pythons.sh oldest) && scripts/venv.sh "$$python" .venv

help:
	@echo "make demo     une campagne d’exemple dans demo-eig/, prête à ouvrir"
	@echo "make test     lint, the short form of the suite on the oldest Python found, from 3.11 to 3.14"
	@echo "make test-all lint, all of the suite on that one and the newest, with many more random examples"
	@echo "make lint     ruff and mypy --strict"
	@echo "make format   ruff, fixing what it can"
	@echo "make bench    measures, beside peers that do the same job"
	@echo "make pictures the pictures of README.md and docs/, from fresh demonstrations (LibreOffice, Chromium)"
	@echo "make lock     requirements.lock for the dependencies of pyproject.toml; make upgrade: the newest of each"
	@echo "make release  dist/: wheel, source archive, wheelhouse tried without internet, SBOM, checksums, notes"
	@echo "make clean    removes what these made, except demo-eig/"

demo: venv
	@.venv/bin/eig-sheets demo demo-eig

venv:
	@$(READY)

test: lint
	@scripts/test.sh

test-all: lint
	@scripts/test.sh --all

lint: venv
	@.venv/bin/ruff check --quiet
	@.venv/bin/ruff format --check --quiet || { echo "make format puts this right:"; .venv/bin/ruff format --check; }
	@.venv/bin/mypy --no-error-summary

format: venv
	@.venv/bin/ruff check --quiet --fix
	@.venv/bin/ruff format --quiet

bench: venv
	@.venv/bin/python scripts/bench.py
	@.venv/bin/python scripts/bench_start.py
	@.venv/bin/python scripts/bench_drafting.py
	@.venv/bin/python scripts/bench_scale.py
	@.venv/bin/python scripts/bench_programme.py
	@.venv/bin/python scripts/bench_import.py
	@.venv/bin/python scripts/bench_ranking.py
	@.venv/bin/python scripts/bench_selection.py
	@.venv/bin/python scripts/bench_jury.py
	@.venv/bin/python scripts/bench_jury_pages.py
	@.venv/bin/python scripts/bench_jury_collect.py
	@.venv/bin/python scripts/bench_jury_collect_google.py
	@.venv/bin/python scripts/bench_auditions.py
	@.venv/bin/python scripts/bench_teams.py
	@.venv/bin/python scripts/bench_google.py
	@.venv/bin/python scripts/bench_grist.py
	@.venv/bin/python scripts/bench_grist_large.py

pictures: venv
	@.venv/bin/python scripts/pictures.py

# On 3.11, the oldest: packages that only it needs are in the lock, and no release that has left it behind.
# Releases of a week or more: every mirror has them, and those that had to be withdrawn are.
lock upgrade: venv
	@.venv/bin/python -c "import sys; sys.exit(sys.version_info[:2] != (3, 11) and 'make $@ needs Python 3.11.')"
	@CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/pip-compile --quiet $(if $(filter upgrade,$@),--upgrade) \
		--generate-hashes --allow-unsafe --strip-extras --extra dev --no-build-isolation \
		--pip-args "--uploaded-prior-to P7D" --no-emit-index-url --no-emit-trusted-host \
		--no-emit-find-links --output-file requirements.lock pyproject.toml

release: venv
	@.venv/bin/python -m scripts.release

clean:
	@rm -rf .venv .venv-newest build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

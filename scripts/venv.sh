#!/bin/sh
# Makes the virtual environment DIR with the Python given, from requirements.lock, with eig-sheets installed in it as a
# link to this checkout. Does nothing when DIR is already what it would make.
#
#     scripts/venv.sh PYTHON DIR
set -eu

python=$1
venv=$2
cd "$(dirname "$0")/.."
log=$venv/install.log

say() {
    printf '%s\n' "$*" >&2
}

# A changed lock or project, another version of Python, a checkout that moved (the environment's programs hold its
# path): each makes it stale.
wanted() {
    cat requirements.lock pyproject.toml scripts/venv.sh | cksum
    printf '%s\n' "$PWD"
    "$python" -c "import sys; print(sys.version_info[:2])"
}

ready() {
    [ -f "$venv/.ready" ] && [ "$(wanted)" = "$(cat "$venv/.ready")" ] && "$venv/bin/python" -c "" 2>/dev/null
}

# Debian's Python comes without ensurepip unless python3-venv is installed: its own pip or virtualenv do as well.
create() {
    rm -rf "$venv"
    "$python" -m venv "$venv" >/dev/null 2>&1 && return
    rm -rf "$venv"
    "$python" -m virtualenv --quiet "$venv" >/dev/null 2>&1 && return
    rm -rf "$venv"
    "$python" -m venv --without-pip "$venv" >/dev/null 2>&1 && "$python" -m pip --version >/dev/null 2>&1 && return
    rm -rf "$venv"
    say "Ce Python ($python) ne sait pas créer d’environnement virtuel : installez le paquet python3-venv" \
        "(sudo apt install python3-venv), puis relancez."
    exit 1
}

pip() {
    if "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        "$venv/bin/python" -m pip "$@"
    else
        "$python" -m pip --python "$venv/bin/python" "$@"
    fi
}

# Wheels only: a machine without a compiler says so at once, and no package runs code of its own to install itself.
install() {
    pip install --quiet --no-input --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock &&
        pip install --quiet --no-input --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
}

if ready; then
    exit 0
fi
say "Installation dans $venv/ avec $("$python" --version) (une minute environ la première fois)…"
create
if ! install >"$log" 2>&1; then
    tail -n 12 "$log" | cut -c 1-200 >&2
    say "L’installation a échoué : vérifiez l’accès à l’index de paquets de pip (réseau, proxy), puis relancez." \
        "Le détail est dans $log."
    exit 1
fi
rm -f "$log"
wanted >"$venv/.ready"

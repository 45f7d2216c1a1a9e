#!/bin/sh
# Prints the Pythons of this machine that can run eig-sheets, oldest first, one a line: version, a tab, path.
# `pythons.sh oldest` and `pythons.sh newest` print one path, or one sentence on what to install and exit 1.
#
# Each candidate is run, since a name proves nothing: pyenv leaves a python3.12 that only says « command not found »,
# and a Python compiled without its libraries lacks ssl or sqlite3.
set -eu

# The oldest as requires-python in pyproject.toml (a test compares them), which has no upper bound; the newest for which
# requirements.lock has wheels: its numpy is the last one for 3.11, and 3.15 has none of it, nor of highspy.
OLDEST=11
NEWEST=14

probe='
import sys
import sqlite3, ssl, venv, zlib
major, minor = sys.version_info[:2]
try:
    import ensurepip
    lacks = 0
except ImportError:
    lacks = 1
print(major, minor, lacks, getattr(sys, "_base_executable", None) or sys.executable)
'

each_folder_of_path() {
    printf '%s\n' "$PATH" | tr ':' '\n'
}

candidates() {
    each_folder_of_path | while IFS= read -r folder; do
        printf '%s\n' "$folder"/python3.[0-9][0-9] "$folder/python3" "$folder/python"
    done
}

# Lines of « major minor lacks-pip path », in the order of PATH.
working() {
    candidates | while IFS= read -r program; do
        if [ -x "$program" ]; then
            "$program" -c "$probe" 2>/dev/null </dev/null || true
        fi
    done
}

# The first of each version, those that come with pip before those that do not.
chosen() {
    working | awk -v oldest="$OLDEST" -v newest="$NEWEST" '
        $1 == 3 && $2 + 0 >= oldest && $2 + 0 <= newest {
            path = $0
            sub(/^[^ ]* [^ ]* [^ ]* /, "", path)
            if (!($2 in paths) || $3 < lacks[$2]) { paths[$2] = path; lacks[$2] = $3 }
        }
        END {
            for (i = oldest; i <= newest; i++) if (i in paths) printf "3.%s\t%s\n", i, paths[i]
        }'
}

one() {
    path=$(chosen | "$@" -n 1 | cut -f 2)
    if [ -z "$path" ]; then
        echo "Il faut Python 3.11 à 3.14, avec venv (Debian et Ubuntu : sudo apt install python3 python3-venv)." >&2
        exit 1
    fi
    printf '%s\n' "$path"
}

case "${1-}" in
    "") chosen ;;
    oldest) one head ;;
    newest) one tail ;;
    *) echo "Usage: pythons.sh [oldest|newest]" >&2; exit 2 ;;
esac

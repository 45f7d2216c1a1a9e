#!/bin/sh
# Installs a wheelhouse that `make release` made, without internet: what Containerfile runs, and anybody can.
# Usage: install.sh WHEELHOUSE.zip FOLDER
set -eu
archive=$1 folder=$2
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
python3 -m zipfile -e "$archive" "$unpacked"
python3 -m venv "$folder"
PIP_CONFIG_FILE=/dev/null "$folder/bin/python" -m pip install --quiet --no-index --no-cache-dir --find-links "$unpacked"/* eig-sheets
chmod -R go+rX,go-w "$folder"

#!/bin/sh
# Runs the suite on the oldest and on the newest Python of this machine that eig-sheets supports (`make test`).
# Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."

suite() {
    python=$1
    venv=$2
    shift 2
    scripts/venv.sh "$python" "$venv"
    echo "$("$python" --version): the whole suite"
    "$venv/bin/python" -m pytest --quiet -n 2 "$@"
}

oldest=$(scripts/pythons.sh oldest)
newest=$(scripts/pythons.sh newest)
suite "$oldest" .venv "$@"
if [ "$newest" = "$oldest" ]; then
    echo "Only one Python among 3.11, 3.12 and 3.13 was found here: the suite ran on that one."
else
    suite "$newest" .venv-newest "$@"
fi

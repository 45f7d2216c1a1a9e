#!/bin/sh
# Runs the suite on the oldest Python of this machine that eig-sheets supports, and on the newest what may depend on it
# (`make test`). Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."

suite() {
    python=$1
    venv=$2
    shift 2
    scripts/venv.sh "$python" "$venv"
    "$venv/bin/python" -m pytest --quiet -n 2 "$@"
}

oldest=$(scripts/pythons.sh oldest)
newest=$(scripts/pythons.sh newest)
echo "$("$oldest" --version): the whole suite"
suite "$oldest" .venv "$@"
if [ "$newest" = "$oldest" ]; then
    echo "Only one Python among 3.11, 3.12 and 3.13 was found here: the suite ran on that one."
else
    echo "$("$newest" --version): all but what no Python changes"
    suite "$newest" .venv-newest -m "not once" "$@"
fi

#!/bin/sh
# Runs the suite on the oldest Python of this machine that eig-sheets supports, and on the newest one:
#   scripts/test.sh              its short form, on the oldest alone (`make test`); a part that is named, on both
#   scripts/test.sh --all        all of it on both, each property with many more examples (`make test-all`)
#   scripts/test.sh --beyond     what --all has beyond the short form, with half as many examples, some cases of the
#                                costliest tests (`spread` in tests/effort.py), and on the newest some modules, without
#                                those properties that the short form has just tried: each run tries others (.ci/run)
# More arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
# What is compiled is kept, also where the environment says otherwise: pytest rewrites each module of tests, and the
# programs that they start import the whole package.
unset PYTHONDONTWRITEBYTECODE

# The files of tests are in memory where there is room for them, and programs may run: to wait for a disk at each write
# shows nothing. Those of a test that failed are kept when it is run by itself, with pytest.
in_memory() {
    room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
    [ "${room:-0}" -ge 4000000 ] && temporary=$(mktemp -d /dev/shm/eig-sheets.XXXXXX) || return 0
    chmod 711 "$temporary" # Dovecot reads its own files there, as another user
    trap 'rm -rf "$temporary"' EXIT
    trap 'exit 130' HUP INT TERM
    printf '#!/bin/sh\n' >"$temporary/program"
    chmod +x "$temporary/program"
    if "$temporary/program" 2>/dev/null; then
        export TMPDIR="$temporary"
    fi
}

suite() {
    python=$1
    venv=$2
    what=$3
    shift 3
    echo "$("$python" --version): $what"
    scripts/venv.sh "$python" "$venv"
    # Tests of a module share what is costly to make: they stay on one worker until the other one has nothing left.
    "$venv/bin/python" -m pytest --quiet -n 2 --dist worksteal "$@"
}

# The slow tests in three parts, each with workers of its own: thousands of campaigns in one process hold ten gigabytes,
# and a machine that has no memory left reads its programs from the disk again and again.
slow_in_parts() {
    failed=0
    suite "$oldest" .venv "slow tests of features" "$@" tests/features || failed=1
    suite "$oldest" .venv "slow tests from end to end" "$@" tests/end_to_end tests/spreadsheet || failed=1
    suite "$oldest" .venv "the other slow tests" "$@" tests --ignore=tests/features --ignore=tests/end_to_end \
        --ignore=tests/spreadsheet || failed=1
    return $failed
}

on_the_newest() {
    if [ "$newest" = "$oldest" ]; then
        echo "Only one Python that fits was found here: the suite ran on that one."
    else
        suite "$newest" .venv-newest "$@"
    fi
}

# What this run says nothing of: the other versions that people may have.
not_tried() {
    ran=" $("$oldest" -c "import sys; print(sys.version_info[1])") $("$newest" -c "import sys; print(sys.version_info[1])") "
    left=""
    for minor in 11 12 13 14 15; do
        case $ran in *" $minor "*) ;; *) left="$left 3.$minor" ;; esac
    done
    echo "Not tried: Python$left."
}

form=--short
case ${1-} in
--all | --beyond)
    form=$1
    shift
    ;;
esac
in_memory
oldest=$(scripts/pythons.sh oldest)
newest=$(scripts/pythons.sh newest)
case $form in
--short)
    suite "$oldest" .venv "the short form of the suite" "$@"
    if [ $# -eq 0 ]; then newest=$oldest; else on_the_newest "the same tests" "$@"; fi
    ;;
--all)
    suite "$oldest" .venv "the whole suite" -m "" --hypothesis-profile long "$@"
    on_the_newest "the whole suite" -m "" --hypothesis-profile long "$@"
    ;;
--beyond)
    if [ $# -eq 0 ]; then
        slow_in_parts -m slow --hypothesis-profile double
    else
        suite "$oldest" .venv "slow tests" -m slow --hypothesis-profile double "$@"
    fi
    # By their names, which have no blanks: pytest would import all the others, only to leave them out.
    # shellcheck disable=SC2046
    on_the_newest "one module a package" -m "newest and not slow" $(grep -rl "mark\.newest" tests --include="test_*.py")
    tree=$(git rev-parse "HEAD^{tree}" 2>/dev/null || echo none)
    on_the_newest "a quarter of the other modules in their short form" -m "not newest and not slow and not hypothesis" \
        -p tests.drawn_modules --drawn-by "$tree" "$@"
    ;;
esac
not_tried

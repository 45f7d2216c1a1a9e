#!/bin/sh
# Puts Vega into the package: what draws the plots of the jury's page (BSD-3-Clause). Needs npm, tar and sha256sum.
# For a newer Vega: change the versions, run this, put the new sums below, run the tests, look at the page.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
target=$root/eig_sheets/call/report/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sums="63727832aaf62004a2b249c933e327f3c90caf49e41a72f4bf436edf632cbda8  LICENSE
c0bdb735a63f9276f136e8d90d7fdf5d8e9df8031eb069048fc9975c876fd7f9  vega-interpreter.js
8f6a3587cf8d4f42c7e08120e3eb05d067e746d554e39d2dcf52acc0bd5ba28f  vega.min.js
"

take() {
    (cd "$work" && npm pack --silent "$1" >/dev/null && tar xzf ./*.tgz "package/$2" && rm ./*.tgz)
    cp "$work/package/$2" "$target/$(basename "$2")"
}

mkdir -p "$target"
take vega@6.4.0 build/vega.min.js
take vega@6.4.0 LICENSE
take vega-interpreter@2.3.2 build/vega-interpreter.js
cd "$target"
printf '%s' "$sums" | sha256sum --check --quiet -

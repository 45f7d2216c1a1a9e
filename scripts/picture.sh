#!/bin/sh
# The picture of README.md: the tab Classement of a fresh demonstration, as LibreOffice prints it in French.
# Needs libreoffice-calc-nogui and poppler-utils.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/.venv/bin/eig-sheets" -q demo "$work/demo" >"$work/ranking.txt"

mkdir -p "$work/profile/user"
cat >"$work/profile/user/registrymodifications.xcu" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
</oor:items>
XML
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf --outdir "$work" \
    "$work/demo/campagne.xlsx" >/dev/null

page=1
until pdftotext -f "$page" -l "$page" "$work/campagne.pdf" - | grep -q "Écart-type"; do page=$((page + 1)); done
mkdir -p "$root/docs/images"
pdftoppm -png -singlefile -r 120 -f "$page" -l "$page" -x 40 -y 50 -W 1330 -H 620 \
    "$work/campagne.pdf" "$root/docs/images/classement"

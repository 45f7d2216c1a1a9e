#!/usr/bin/env bash
# Installs what the tests need to open our files as people do: LibreOffice Calc without windows, and pdftoppm to look at pages.
set -euo pipefail

packages=(libreoffice-calc-nogui poppler-utils)

if command -v soffice >/dev/null && command -v pdftoppm >/dev/null; then
  echo "LibreOffice and poppler-utils are already installed."
  exit 0
fi

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Install ${packages[*]} with your system's packages, then run the tests again." >&2
  echo "On Debian or Ubuntu: sudo bash tests/install_libreoffice.sh" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${packages[@]}"

#!/usr/bin/env bash
# Installs what the tests need to open our files as people do: LibreOffice Calc and Writer without windows, and pdftoppm to look at pages.
set -euo pipefail

packages=(libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils)

# Writer is a part of its own: a LibreOffice that was there before may lack it.
writer() {
  ls "$(dirname "$(readlink -f "$(command -v soffice)")")"/libsw_writerfilterlo.so
}

if command -v soffice >/dev/null && command -v pdftoppm >/dev/null && writer >/dev/null 2>&1; then
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

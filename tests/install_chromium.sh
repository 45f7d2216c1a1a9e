#!/usr/bin/env bash
# Installs what the tests need to look at the jury's page as people do: Chromium, and pdfinfo to count printed pages.
set -euo pipefail

packages=(chromium poppler-utils)

if { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null &&
  command -v pdfinfo >/dev/null; then
  echo "Chromium and poppler-utils are already installed."
  exit 0
fi

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Install ${packages[*]} with your system's packages, then run the tests again." >&2
  echo "On Debian or Ubuntu: sudo bash tests/install_chromium.sh" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${packages[@]}"

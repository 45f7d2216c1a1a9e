#!/usr/bin/env bash
# Installs what the tests need to have a real server return an e-mail: Exim. They run it by themselves, on files of their own.
set -euo pipefail

packages=(exim4-daemon-light)

if command -v exim4 >/dev/null || [ -x /usr/sbin/exim4 ]; then
  echo "Exim is already installed."
  exit 0
fi

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Install ${packages[*]} with your system's packages, then run the tests again." >&2
  echo "On Debian or Ubuntu: sudo bash tests/install_exim.sh" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${packages[@]}"

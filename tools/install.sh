#!/bin/sh
# Installs a Debian package, or says in one line what to install.
set -eu
package=$1
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  DEBIAN_FRONTEND=noninteractive
  export DEBIAN_FRONTEND
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$package" >/dev/null
else
  echo "error: please install $package (on Debian: sudo apt-get install $package), then run make again" >&2
  exit 2
fi

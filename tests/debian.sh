#!/bin/sh
# What some tests need beside Python: installed where this may be done, named where it may not.
need=""
want() { command -v "$1" >/dev/null 2>&1 || need="$need $2"; }
want chromium chromium
want soffice libreoffice-writer-nogui
ls /usr/lib/libreoffice/program/libsclo.so >/dev/null 2>&1 || need="$need libreoffice-calc-nogui"
want pdftoppm poppler-utils
want openssl openssl
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || want initdb postgresql
fc-list 2>/dev/null | grep -qi 'liberation' || need="$need fonts-liberation fontconfig"
fc-list 2>/dev/null | grep -qi 'tinos' || need="$need fonts-croscore"
[ -n "$need" ] || exit 0
as=""
[ "$(id -u)" = 0 ] || as="sudo -n"
if command -v apt-get >/dev/null 2>&1 && $as true 2>/dev/null; then
    echo "installing for the tests:$need"
    $as apt-get -qq update &&
        DEBIAN_FRONTEND=noninteractive $as apt-get -qq install -y --no-install-recommends $need >/dev/null &&
        exit 0
fi
echo "not installed, so their tests are skipped:$need"

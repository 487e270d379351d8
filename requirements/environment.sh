#!/bin/sh
# Makes the virtual environment in $1 when there is none that works, and otherwise leaves it alone.
# Used by the Makefile. PYTHON names the interpreter; without it the first suitable one is taken.
set -eu

venv=$1

say() { printf '%s\n' "$*" >&2; }

works() { "$1/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

if works "$venv"; then
    exit 0
fi

python=
for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
    if new_enough "$candidate"; then
        python=$candidate
        break
    fi
done

if [ -z "$python" ]; then
    found=$("${PYTHON:-python3}" --version 2>/dev/null || echo "no ${PYTHON:-python3}")
    say "Musharaka needs Python 3.11 or newer; this machine has $found."
    say "On Debian 12 or Ubuntu 24.04: apt-get install python3 python3-venv"
    say "If a newer one lies elsewhere: make PYTHON=/path/to/python3.11 ..."
    exit 1
fi

if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    say "$python cannot make a virtual environment: its modules venv and ensurepip are missing."
    say "On Debian or Ubuntu: apt-get install python3-venv    (or $version)"
    exit 1
fi

say "Making $venv with $("$python" --version)"
"$python" -m venv --clear "$venv"

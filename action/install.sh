#!/usr/bin/env bash
# Installs the wflint that this action comes with, beside the job's own Python.
set -euo pipefail

python=${WFLINT_PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "::error title=wflint::wflint needs Python 3.11 or newer; run actions/setup-python first"
    exit 2
fi
"$python" -m venv "$RUNNER_TEMP/wflint-venv"
# In a folder of its own: what lies in the checked out repository must not be imported.
cd "$RUNNER_TEMP"
"$RUNNER_TEMP/wflint-venv/bin/python" -I -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"

#!/bin/sh
# Recompile the locks: every version pinned, every file hashed, no index address.
set -eu
cd "$(dirname "$0")/.."
uv=.tools/bin/uv
lock() {
  "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header "$@"
}
lock pyproject.toml --output-file requirements/base.txt
lock pyproject.toml --extra all --group build --output-file requirements/run.txt
lock pyproject.toml --extra all --group build --group dev --group docs --output-file requirements/dev.txt
lock --group gazetteer --output-file requirements/gazetteer.txt

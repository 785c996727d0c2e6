#!/bin/sh
# Build the wheel, install it with the base requirements only, and do the main job with it.
set -eu
cd "$(dirname "$0")/../.."
uv=.tools/bin/uv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$uv" build --quiet --wheel --out-dir "$work/dist"
"$uv" venv --quiet --python "${PYTHON:-python3}" "$work/venv"
"$uv" pip install --quiet --python "$work/venv/bin/python" --require-hashes -r requirements/base.txt
"$uv" pip install --quiet --python "$work/venv/bin/python" --no-deps "$work"/dist/*.whl
groundswell="$work/venv/bin/groundswell"
examples=$(pwd)/examples
cd "$work"

"$groundswell" --version
"$groundswell" doctor >/dev/null
"$groundswell" check "$examples/article.txt" \
  --events "$examples/simulated-records.csv" --mapping "$examples/records.mapping.toml" \
  --manifest "$examples/records.manifest.toml" --codebook "$examples/harbour-tunnel.toml" \
  --figures "$examples/figures.toml" --published 2024-06-20 --html report.html >card.txt
grep -q "reproduced" card.txt
grep -q "<!doctype html>" report.html

printf '<html><body><p>Most protests were quiet.</p></body></html>' >page.html
status=0
"$groundswell" check page.html >out.txt 2>err.txt || status=$?
test "$status" -eq 6
grep -q "pip install 'groundswell\[read\]'" err.txt
echo "clean installation: the main job works without extras"

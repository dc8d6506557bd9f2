#!/bin/sh
# From ../shared/training to a model folder: sh embeddings/training/run.sh [folder]
# Each step leaves its result in work/ and is skipped when it is there; training goes on where it stopped.
# What the steps print is in work/training.log. With a folder, the shipped model is measured beside the new one.
# Needs Debian's python3-torch python3-sentencepiece python3-onnx python3-numpy libopenblas0-pthread.
set -eu
here=$(dirname "$0")
out=$(realpath -m "${1:-$here/../models/yuanwen-news-v2}")
cd "$here"
python=${PYTHON:-/usr/bin/python3}
mkdir -p work

step() {
  began=$(date +%s)
  if ! "$@" >>work/training.log 2>&1; then
    tail -n 20 work/training.log >&2
    exit 1
  fi
  echo "$2: $(($(date +%s) - began)) s" | tee -a work/training.log
}

[ -s work/fold.json ] || (cd ../.. && node --import tsx embeddings/training/fold-table.ts) >work/fold.json
step "$python" vocabulary.py
step "$python" examples.py
step "$python" train.py
step "$python" export.py --out "$out"
cd ../.. && node --import tsx embeddings/training/evaluate.ts ${1:+yuanwen-news-v2} "$out"

#!/bin/sh
# From ../shared/training to a model folder: sh embeddings/training/run.sh [folder]
# Each step leaves its result in work/ and is skipped when it is there; training goes on where it stopped.
# Needs Debian's python3-torch python3-sentencepiece python3-onnx python3-numpy libopenblas0-pthread.
set -eu
cd "$(dirname "$0")"
out=$(realpath "${1:-../models/yuanwen-news-v2}")
python=${PYTHON:-/usr/bin/python3}
mkdir -p work
[ -s work/fold.json ] || (cd ../.. && node --import tsx embeddings/training/fold-table.ts) >work/fold.json
$python vocabulary.py
$python examples.py
$python train.py | tee -a work/training.log
$python export.py --out "$out"
cd ../.. && node --import tsx embeddings/training/evaluate.ts "$out"

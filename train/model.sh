#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes model/english.model (or $OUT) from the treebanks and name files of $DATA (../shared/data).
#   train/model.sh TRAINER [MORE OPTIONS]
# First all that reads words, then, behind it, the layers that find names.  Larger parsers have voted on the
# trees of all sources (train/votes.gz); to ask them anew, which needs PyTorch and a GPU:
#   train/model.sh TRAINER --sentences all.tsv    the sentences of the sources
#   TRAINER --trees DEV.conllu --sentences dev.tsv    the same for each development set
#   python3 train/teachers.py all.tsv train/votes.gz --watch dev.tsv ...
# 29,300 rows of embeddings are what 6 MB have room for beside the matrices.
# The same data, seed and build give the same weights; see model/CARD.md for sources and figures.
set -eu
trainer=$1
shift
trees=${DATA:-../shared/data}/treebanks
names=${DATA:-../shared/data}/names
out=${OUT:-model/english.model}
politics="politician=PER person=PER politicalparty=ORG organisation=ORG country=LOC location=LOC election=MISC event=MISC misc=MISC|NORP O=O"

# learn PART-OF-WNUT PART-OF-TWEETS OPTIONS: the part of their sentences that an epoch draws
learn() {
    wnut=$1 tweets=$2
    shift 2
    "$trainer" \
        --trees "$trees/ewt-train.conllu" --trees "$trees/gum-train-free.conllu" --trees "$trees/stanford-handparsed.conllu" \
        --names "$names/wikigold.iob2" "PER=PER ORG=ORG LOC=LOC MISC=MISC|NORP O=O" \
        --names "$names/crossner-politics-train.iob2" "$politics" \
        --names "$names/uner-ewt-dev.iob2" "PER=PER ORG=ORG LOC=LOC O=O|NORP|MISC" \
        --share "$wnut" \
        --names "$names/wnut17-train.iob2" \
        "person=PER location=LOC group=ORG corporation=ORG creative-work=MISC product=MISC O=O|NORP" \
        --share "$tweets" \
        --names "$names/btc.iob2" "PER=PER ORG=ORG LOC=LOC O=O|NORP|MISC" "$@"
}

if [ "${1:-}" = --sentences ]; then
    learn 1 1 "$@"
    exit
fi
learn 1 1 --votes train/votes.gz --trust 0.7 --dev "$trees/gum-dev-free.conllu" --dev "$trees/ewt-dev.conllu" --dropout 0.2 \
    --embed 160 --width 192 --hidden 192 --blocks cqcqtcq --epochs 40 --rows 29300 --out "$out" "$@"
learn 0.15 0.05 --share 1 --names "$names/crossner-politics-dev.iob2" "$politics" --share 12 --slots train/sentences.txt \
    --rate 0.003 --dropout 0.2 --replace 0.7 --epochs 12 --model "$out" --out "$out"

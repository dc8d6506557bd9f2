"""The training texts, folded as the product folds them: articles, reading comprehension, sentence pairs."""

import gzip
import json
import random
import re
from pathlib import Path

HERE = Path(__file__).parent
WORK = HERE / "work"
DATA = HERE.parents[2] / "shared" / "training"

_fold_table = None


def fold(text):
    """Width, case, Traditional characters and punctuation, as src/text/fold.ts does (work/fold.json)."""
    global _fold_table
    if _fold_table is None:
        _fold_table = str.maketrans(json.loads((WORK / "fold.json").read_text()))
    return re.sub(r"\s+", " ", text.translate(_fold_table)).strip()


def held_out_articles():
    """Ids of the articles that the English questions are about: never trained on."""
    lines = (HERE / "english-questions.jsonl").read_text().splitlines()
    return {json.loads(line)["article"] for line in lines}


def news(limit=None):
    """(id, folded text) of the news articles in a fixed random order, the held-out ones left out."""
    with gzip.open(DATA / "crud_news_63k.jsonl.gz", "rt") as lines:
        articles = [json.loads(line) for line in lines]
    held_out = held_out_articles()
    random.Random(1).shuffle(articles)
    seen = set()
    for article in articles:
        text = fold(re.sub(r"^[,，]?正文[:：]", "", article["text"].strip()))
        start = text[:60]
        if article["id"] in held_out or start in seen or len(text) < 80:
            continue
        seen.add(start)
        yield article["id"], text
        if limit and len(seen) >= limit:
            return


def reading_comprehension():
    """[(paragraphs of one article: [(folded paragraph, [folded questions])])]"""
    articles = []
    for name in ("DRCD_dev", "DRCD_test", "cmrc2018_trial"):
        for article in json.loads((DATA / f"{name}.json").read_text())["data"]:
            articles.append(
                [
                    (fold(p["context"]), [fold(qa["question"]) for qa in p["qas"]])
                    for p in article["paragraphs"]
                ]
            )
    return articles


def sentence_pairs():
    """[(English, Chinese)], folded (Tatoeba)."""
    with gzip.open(DATA / "tatoeba-en-zh.tsv.gz", "rt") as lines:
        return [tuple(map(fold, line.split("\t")[:2])) for line in lines]


_SENTENCE = re.compile(r"[^。！？!?;；]*[。！？!?;；]+[\"'」』)]*|[^。！？!?;；]+$")


def sentences(text):
    """The sentences of a folded text, with their end marks."""
    return [s for s in (m.group().strip() for m in _SENTENCE.finditer(text)) if len(s) >= 2]

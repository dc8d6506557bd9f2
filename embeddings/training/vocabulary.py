"""Step 1: the pieces (SentencePiece unigram over runs of Chinese, words and numbers) and tokenizer.json.

Punctuation and blanks separate runs and are dropped: to a bag of pieces they are noise. Numbers stay
whole where they are frequent: a bag of digits says nothing. Chinese pieces are short, so that a question
and a text are cut alike; the other scripts have pieces of their own, as long as words are.
"""

import json
import random
import re
import sys
from collections import Counter

import sentencepiece

from english import Dictionary, to_english
from texts import WORK, news, reading_comprehension, sentence_pairs, sentences

# name: (how many pieces, longest piece)
SCRIPTS = {"chinese": (29_000, 4), "other": (15_000, 14)}
ARTICLES = 12_000

# Python's re has no \p: the same runs as RUNS_REGEX, for texts that are already folded.
RUNS = re.compile(r"[\u3400-\u9fff]+|[0-9]+(?:[.,][0-9]+)+|(?:(?![\u3400-\u9fff_])\w)+")
RUNS_REGEX = r"[\u3400-\u9fff]+|[0-9]+(?:[.,][0-9]+)+|(?:(?![\u3400-\u9fff])[\p{L}\p{M}\p{N}])+"


def count_runs():
    """How often each run occurs in a sample of what the model will see."""
    counts = Counter()
    rng = random.Random(2)
    dictionary = Dictionary()
    for _, text in news(ARTICLES):
        counts.update(RUNS.findall(text))
        for sentence in rng.sample(sentences(text), 1):
            counts.update(RUNS.findall(to_english(dictionary, sentence, rng)))
    for article in reading_comprehension():
        for paragraph, questions in article:
            for text in (paragraph, *questions):
                counts.update(2 * RUNS.findall(text))
    for pair in sentence_pairs():
        for text in pair:
            counts.update(2 * RUNS.findall(text))
    for word, glosses in dictionary.glosses.items():
        counts.update([word])
        for gloss, _ in glosses:
            counts.update(2 * RUNS.findall(gloss))
    return counts


def script_of(run):
    return "chinese" if "\u3400" <= run[0] <= "\u9fff" else "other"


def train_pieces():
    counts = sorted(count_runs().items())
    for script, (pieces, longest) in SCRIPTS.items():
        runs = WORK / f"{script}.tsv"
        runs.write_text("".join(f"{run}\t{count}\n" for run, count in counts if script_of(run) == script))
        sentencepiece.SentencePieceTrainer.train(
            input=str(runs),
            input_format="tsv",
            model_prefix=str(WORK / script),
            vocab_size=pieces,
            model_type="unigram",
            character_coverage=0.9999 if script == "chinese" else 0.999,
            max_sentencepiece_length=longest,
            seed_sentencepiece_size=400_000,
            normalization_rule_name="identity",
            add_dummy_prefix=False,
            remove_extra_whitespaces=False,
            split_by_number=False,
            num_threads=2,
            minloglevel=1,
        )


def tokenizer_json(tokenizer):
    """The pieces as the transformers packages read them; <pad> comes last."""
    vocabulary = list(zip(tokenizer.pieces, tokenizer.scores))
    pad = len(vocabulary)
    special = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    added = [(0, "<unk>"), (1, "<s>"), (2, "</s>"), (pad, "<pad>")]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": i, "content": content, **special} for i, content in added],
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]},
        "pre_tokenizer": {
            "type": "Split",
            "pattern": {"Regex": RUNS_REGEX},
            "behavior": "Removed",
            "invert": True,
        },
        "post_processor": None,
        "decoder": None,
        "model": {"type": "Unigram", "unk_id": 0, "vocab": [*vocabulary, ["<pad>", 0.0]]},
    }


class Tokenizer:
    """Ids of the pieces of folded texts, as tokenizer.json gives them."""

    def __init__(self):
        self.pieces = ["<unk>", "<s>", "</s>"]
        self.scores = [0.0, 0.0, 0.0]
        self.models = {}
        for script in SCRIPTS:
            model = sentencepiece.SentencePieceProcessor(model_file=str(WORK / f"{script}.model"))
            self.models[script] = (model, len(self.pieces) - 3)
            for i in range(3, len(model)):
                self.pieces.append(model.id_to_piece(i))
                self.scores.append(model.get_score(i))

    def __len__(self):
        return len(self.pieces)

    def __call__(self, text):
        ids = []
        for run in RUNS.findall(text):
            model, shift = self.models[script_of(run)]
            ids.extend(i + shift if i >= 3 else 0 for i in model.encode(run))
        return ids


if __name__ == "__main__":
    if (WORK / "other.model").exists():
        sys.exit()
    train_pieces()

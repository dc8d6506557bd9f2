"""Step 3: one vector and one weight a piece, trained so that queries lie near their passages.

A text's embedding is the normalised sum of its distinct pieces' vectors, each times the piece's weight
and the square root of how often it occurs. The vectors start as random projections of the piece's
characters, bigrams and itself, weighted by rarity: before any training they do what BM25 does.
"""

import argparse
import math
import time

import numpy as np
import torch
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from examples import NEWS_PARTS
from texts import WORK
from vocabulary import Tokenizer

DIMENSIONS = 512
STEPS = 1_800
BATCH, WORD_BATCH = 1_536, 2_048
WORD_STEPS = 0.12
REAL, MADE = 0.12, 0.12
CLUSTERED = 0.35
PASSAGE_DROP = 0.1
SCALE = 20.0
RATE, WEIGHT_RATE = 2e-3, 1e-2
WARM_UP = 100
DECAY = 0.99
SAME_PASSAGE = 0.75
SAVE_EVERY = 200
AVERAGE_FROM = 0.75


class Pairs:
    """Flat arrays of pairs, see save() in examples.py."""

    def __init__(self, *names):
        parts = [np.load(WORK / f"{name}.npz") for name in names]
        self.kind = np.concatenate([part["kind"] for part in parts])
        self.group = np.concatenate([part["group"] for part in parts])
        self.sides = {}
        for side in ("query", "passage"):
            offsets, base = [np.zeros(1, np.int64)], 0
            for part in parts:
                offsets.append(part[f"{side}_offsets"][1:] + base)
                base += part[f"{side}_offsets"][-1]
            ids = np.concatenate([part[f"{side}_ids"] for part in parts])
            counts = np.concatenate([part[f"{side}_counts"] for part in parts])
            self.sides[side] = (ids, counts, np.concatenate(offsets))

    def __len__(self):
        return len(self.kind)

    def bags(self, side, indices):
        """(ids, square roots of counts, offsets) as tensors."""
        ids, counts, offsets = self.sides[side]
        starts, ends = offsets[indices], offsets[indices + 1]
        lengths = ends - starts
        first = np.cumsum(lengths) - lengths
        flat = np.arange(lengths.sum()) - np.repeat(first, lengths) + np.repeat(starts, lengths)
        return (
            torch.from_numpy(ids[flat].astype(np.int64)),
            torch.from_numpy(np.sqrt(counts[flat].astype(np.float32))),
            torch.from_numpy(first),
        )


def together(*bags):
    """Bags of several sources as one."""
    shift, offsets = 0, []
    for ids, _, starts in bags:
        offsets.append(starts + shift)
        shift += len(ids)
    return torch.cat([b[0] for b in bags]), torch.cat([b[1] for b in bags]), torch.cat(offsets)


def first_vectors(pieces, passages):
    """Random projections of what the pieces are made of, and the weights that rarity gives them."""
    ids, _, offsets = passages.sides["passage"]
    frequency = np.bincount(ids, minlength=len(pieces)).astype(np.float64)
    total = len(offsets) - 1
    features = []
    for i in range(len(pieces)):
        piece = pieces.pieces[i]
        if i < 3:
            features.append([])
        elif "\u3400" <= piece[0] <= "\u9fff":
            bigrams = [piece[j : j + 2] for j in range(len(piece) - 1)]
            features.append([(c, 0.7) for c in piece] + [(b, 1.0) for b in bigrams])
        else:
            around = f"<{piece}>"
            trigrams = [around[j : j + 3] for j in range(len(around) - 2)]
            features.append([(t, 0.5) for t in trigrams])
    having = {}
    for i, parts in enumerate(features):
        for feature, _ in parts:
            having[feature] = having.get(feature, 0.0) + frequency[i]

    def rarity(count):
        return math.log(1 + total / (count + 1))

    number = {feature: i for i, feature in enumerate(having)}
    noise = np.random.default_rng(4).standard_normal((len(number), DIMENSIONS), dtype=np.float32)
    own = np.random.default_rng(5).standard_normal((len(pieces), DIMENSIONS), dtype=np.float32)
    vectors = np.empty_like(own)
    for i, parts in enumerate(features):
        vectors[i] = own[i] * (0.5 * rarity(frequency[i]))
        for feature, weight in parts:
            vectors[i] += noise[number[feature]] * (weight * rarity(having[feature]))
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    weights = norms[:, 0] / norms.mean()
    weights[:3] = 0.1
    return torch.from_numpy(vectors / norms), torch.from_numpy(np.log(weights).astype(np.float32))


def embed(vectors, weights, bags):
    ids, roots, offsets = bags
    scales = weights.exp()[ids] * roots
    return normalize(embedding_bag(ids, vectors, offsets, mode="sum", per_sample_weights=scales))


def segments(pairs, vectors, weights, clusters=300):
    """The pairs in an order in which neighbours are about the same topic, article by article."""
    groups, first = np.unique(pairs.group, return_index=True)
    with torch.no_grad():
        means = torch.cat([embed(vectors, weights, pairs.bags("passage", part)) for part in np.array_split(first, 50)])
        rng = np.random.default_rng(6)
        centres = means[rng.choice(len(means), clusters, replace=False)]
        for _ in range(6):
            nearest = (means @ centres.T).argmax(1)
            sums = torch.zeros_like(centres).index_add_(0, nearest, means)
            centres = normalize(sums + 1e-6)
    cluster_of = dict(zip(groups.tolist(), nearest.tolist()))
    clusters = np.array([cluster_of[g] for g in pairs.group.tolist()])
    return np.lexsort((pairs.group, clusters))


def loss_of(queries, passages, groups):
    """Cross-entropy both ways; passages that are nearly the same are no negatives of each other."""
    scores = queries @ passages.T * SCALE
    with torch.no_grad():
        same = (passages @ passages.T > SAME_PASSAGE) | ((groups[:, None] == groups[None, :]) & (groups[:, None] >= 1_000_000))
        same.fill_diagonal_(False)
    scores = scores.masked_fill(same, -1e4)
    target = torch.arange(len(queries))
    return (cross_entropy(scores, target) + 0.5 * cross_entropy(scores.T, target)) / 1.5


def compact(ids, total):
    """The distinct ids, and the ids as places among them."""
    mark = torch.zeros(total, dtype=torch.long)
    mark[ids] = 1
    return mark.nonzero()[:, 0], (mark.cumsum(0) - 1)[ids]


def adapt(values, squares, times, used, gradient, rate):
    """Adam without momentum, with one learning rate a row: as good here, and three times as fast.

    What no text of the batch has used stays as it is, the second moments too."""
    size = gradient.pow(2).mean(1) if gradient.dim() == 2 else gradient.pow(2)
    squares[used] = DECAY * squares[used] + (1 - DECAY) * size
    scale = rate / ((squares[used] / (1 - DECAY ** (times[used] + 1))).sqrt() + 1e-12)
    values[used] -= gradient * (scale[:, None] if gradient.dim() == 2 else scale)


class Sampler:
    """The batch of each step; the same step always gives the same batch."""

    def __init__(self, news, order, words, made, real):
        self.news, self.order, self.words, self.made, self.real = news, order, words, made, real

    def batch(self, step):
        rng = np.random.default_rng([7, step])
        if rng.random() < WORD_STEPS:
            return self._bags(rng, (self.words, rng.integers(len(self.words), size=WORD_BATCH)))
        count = int(BATCH * (1 - REAL - MADE))
        if rng.random() < CLUSTERED:
            size, taken, parts = 320, 72, math.ceil(count / 72)
            starts = rng.integers(len(self.order) - size, size=parts)
            picked = np.concatenate([start + rng.choice(size, taken, replace=False) for start in starts])
            chosen = self.order[picked[:count]]
        else:
            chosen = rng.integers(len(self.news), size=count)
        return self._bags(
            rng,
            (self.news, chosen),
            (self.made, rng.integers(len(self.made), size=int(BATCH * MADE))),
            (self.real, rng.integers(len(self.real), size=int(BATCH * REAL))),
        )

    @staticmethod
    def _bags(rng, *chosen):
        groups = torch.from_numpy(np.concatenate([pairs.group[i] for pairs, i in chosen]))
        queries = together(*(pairs.bags("query", i) for pairs, i in chosen))
        ids, roots, offsets = together(*(pairs.bags("passage", i) for pairs, i in chosen))
        kept = torch.from_numpy(rng.random(len(ids)) >= PASSAGE_DROP)
        return queries, (ids, roots * kept, offsets), groups


def measured(vectors, weights, held_out, news):
    """nDCG@10 of the held-out questions (Chinese; turned into English), among 3,000 news passages."""
    with torch.no_grad():
        groups, first = np.unique(held_out.group, return_index=True)
        passages = embed(vectors, weights, held_out.bags("passage", first))
        others = np.random.default_rng(8).choice(len(news), 3000, replace=False)
        passages = torch.cat([passages, embed(vectors, weights, news.bags("passage", others))])
        queries = embed(vectors, weights, held_out.bags("query", np.arange(len(held_out))))
        right = torch.from_numpy(np.searchsorted(groups, held_out.group))
        scores = queries @ passages.T
        ranks = (scores > scores.gather(1, right[:, None])).sum(1).numpy()
    gains = np.where(ranks < 10, 1 / np.log2(ranks + 2.0), 0)
    chinese = held_out.kind == 0
    return f"Chinese {100 * gains[chinese].mean():.1f}, English {100 * gains[~chinese].mean():.1f}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--name", default="model")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    pieces = Tokenizer()
    news = Pairs(*(f"news-{i}" for i in range(NEWS_PARTS)))
    words, made, real, held_out = Pairs("words"), Pairs("made"), Pairs("real"), Pairs("held-out")
    print(f"{len(news)} pairs from news, {len(words)} of words, {len(made)} made, {len(real)} real", flush=True)
    vectors, weights = first_vectors(pieces, news)
    print(f"untrained: {measured(vectors, weights, held_out, news)}", flush=True)
    sampler = Sampler(news, segments(news, vectors, weights), words, made, real)
    vector_squares, weight_squares, times = (torch.zeros(len(vectors)) for _ in range(3))
    average, averaged = None, 0
    start, losses, began = 0, [], time.time()
    saved = WORK / f"{options.name}.pt"
    if saved.exists():
        state = torch.load(saved)
        start, average, averaged = state["step"], state["average"], state["averaged"]
        vectors, weights = state["vectors"], state["weights"]
        vector_squares, weight_squares, times = state["optimizer"]
    for step in range(start, options.steps):
        rest = 1 - step / options.steps
        rate = min(1, (step + 1) / WARM_UP) * max(0.03, rest)
        queries, passages, groups = sampler.batch(step)
        ids, roots, offsets = together(queries, passages)
        used, ids = compact(ids, len(vectors))
        rows = vectors[used].requires_grad_()
        row_weights = weights[used].requires_grad_()
        loss = loss_of(*embed(rows, row_weights, (ids, roots, offsets)).split(len(groups)), groups)
        loss.backward()
        adapt(vectors, vector_squares, times, used, rows.grad, RATE * rate)
        adapt(weights, weight_squares, times, used, row_weights.grad, WEIGHT_RATE * rate)
        times[used] += 1
        losses.append(loss.item())
        if step >= AVERAGE_FROM * options.steps and step % 10 == 9:
            averaged += 1
            if average is None:
                average = [vectors.clone(), weights.clone()]
            else:
                for mean, value in zip(average, (vectors, weights)):
                    mean.lerp_(value, 1 / averaged)
        if (step + 1) % 25 == 0:
            seconds = (time.time() - began) / (step + 1 - start)
            print(f"step {step + 1}: loss {np.mean(losses[-25:]):.3f}, {seconds:.2f} s a step", flush=True)
        if (step + 1) % SAVE_EVERY == 0 or step + 1 == options.steps:
            print(f"  {measured(vectors, weights, held_out, news)}", flush=True)
            if average:
                print(f"  {measured(*average, held_out, news)} (averaged)", flush=True)
            torch.save(
                {
                    "step": step + 1, "vectors": vectors, "weights": weights, "average": average,
                    "averaged": averaged, "optimizer": (vector_squares, weight_squares, times),
                },
                saved,
            )  # fmt: skip


if __name__ == "__main__":
    main()

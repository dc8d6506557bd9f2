"""Step 2: pairs of a query and the passage it should find, made from the texts, as piece ids.

Each kind of pair teaches something that BM25 cannot see: what stands near a sentence, what a question
asks for, which words mean the same, and what they are in English.
"""

import random
import re
from functools import lru_cache
from multiprocessing import Pool

import numpy as np

from english import Dictionary, to_english
from texts import WORK, news, reading_comprehension, sentence_pairs, sentences
from vocabulary import Tokenizer

NEWS_PARTS, PART_ARTICLES = 28, 2_000
LONGEST_QUERY, LONGEST_PASSAGE = 48, 256

KINDS = ["question", "cloze", "near", "head", "english", "english-question", "gloss", "pair", "synonym"]

KINDS_OF_WINDOWS = ["question", "cloze", "near", "english", "english-question"]

COMMON_ENGLISH = (
    "the of in to a did does was were is are has have by for on at with from that his their its "
    "which what who how when where why many much be been will and as about after during"
).split()

ASKED = [
    (r"(?:约|近|超过|超|逾)?\d[\d.,]*[万亿千百]*(?:余|多)?(人|名|个|家|元|公里|米|吨|岁|年|项|次|辆|天|位|件|平方米|公斤|亿|万|%)",
     ["多少{0}", "几{0}", "有多少{0}", "多少"]),
    (r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:上午|下午|晚|凌晨)?", ["什么时候", "何时", "哪天", "哪一天"]),
    (r"\d{4}年", ["哪年", "哪一年", "什么时候"]),
    (r"在[\u4e00-\u9fff]{2,7}(?=举行|召开|开幕|举办|成立|发生|进行|启动)", ["在哪里", "在哪", "在什么地方"]),
    (r"[\u4e00-\u9fff]{2,4}(?=介绍|表示|说|认为|指出|透露|告诉)", ["谁", "什么人"]),
    (r"(?<=[省市县区])[\u4e00-\u9fff]{2,5}(?=[镇村乡县区街])", ["哪个", "什么"]),
    (r"\"[^\"]{2,16}\"|《[^》]{2,16}》", ["什么", "哪个", "叫什么"]),
    (r"(?:因为|由于|因)[\u4e00-\u9fff]{3,12}", ["为什么", "什么原因", "为何"]),
]  # fmt: skip
ASKED = [(re.compile(pattern), words) for pattern, words in ASKED]
OPENINGS = ["为什么", "什么是", "怎么", "如何", "请问", ""]
ENDINGS = ["是什么", "是多少", "怎么样", "有哪些", "是谁", "在哪里", "吗", ""]


def clauses(sentence):
    return [c for c in re.split(r"[,:;。!?、]", sentence) if len(c) >= 4]


def question_about(sentence, rng):
    """One to three clauses of the sentence with what is asked for replaced by a question word."""
    parts = clauses(sentence)
    if not parts:
        return None
    at = rng.randrange(len(parts))
    text = "".join(parts[at : at + rng.choice([1, 1, 2, 3])])
    for pattern, words in rng.sample(ASKED, len(ASKED)):
        match = pattern.search(text)
        if match:
            groups = match.groups() or ("",)
            asked = rng.choice(words).format(*groups)
            return text[: match.start()] + asked + text[match.end() :]
    return rng.choice(OPENINGS) + text + rng.choice(ENDINGS)


def thinned(dictionary, text, rng, most=0.5, replaced=0.2):
    """Some words left out, some replaced by a synonym, sometimes in another order."""
    words = list(dictionary.words(text))
    drop = rng.random() * most
    kept = []
    for word in words:
        if rng.random() < drop:
            continue
        others = dictionary.synonyms.get(word)
        kept.append(rng.choice(others) if others and rng.random() < replaced else word)
    if rng.random() < 0.2:
        rng.shuffle(kept)
    return " ".join(kept) if rng.random() < 0.2 else "".join(f" {w} " if w.isascii() else w for w in kept)


class Maker:
    """Makes the pairs of one article after the other; `out` gets (kind, group, query, passage)."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.dictionary = Dictionary()
        self.tokenizer = Tokenizer()
        self.out = []
        self.passage_ids = lru_cache(maxsize=64)(self.tokenizer)

    def add(self, kind, group, query, passage):
        query = self.tokenizer(query)[:LONGEST_QUERY]
        passage = self.passage_ids(passage)[:LONGEST_PASSAGE]
        if len(query) >= 1 and len(passage) >= 1:
            self.out.append((KINDS.index(kind), group, counted(query), counted(passage)))

    def take(self):
        taken, self.out = self.out, []
        return taken

    def passages(self, text):
        """(sentences before, sentences) of windows of 2 to 8 sentences."""
        all_sentences = sentences(text)
        at = 0
        while at < len(all_sentences):
            size = self.rng.randint(2, 8)
            window = all_sentences[at : at + size]
            if sum(map(len, window)) >= 40:
                yield window
            at += size

    def from_text(self, group, text, rounds=1):
        rng = self.rng
        windows = list(self.passages(text))
        head = windows[0].pop(0)[:60] if windows else ""
        for window in filter(None, windows):
            if rng.random() < 0.6:
                self.add("head", group, head, "".join(window))
            for kind in rng.choices(KINDS_OF_WINDOWS, k=3 * rounds):
                self.from_window(group, window, kind)

    def from_window(self, group, window, kind):
        rng, dictionary = self.rng, self.dictionary
        at = rng.randrange(len(window))
        sentence = window[at]

        def passage(with_it):
            """The window with the sentence, or (more often than not) what stands around it."""
            return "".join(window if rng.random() < with_it else window[:at] + window[at + 1 :])

        if kind == "near":
            self.add(kind, group, sentence[:60], passage(0.1))
        elif kind == "cloze":
            part = rng.choice(clauses(sentence) or [sentence]) if rng.random() < 0.6 else sentence[:80]
            self.add(kind, group, thinned(dictionary, part, rng, 0.6, 0.3), passage(0.3))
        elif kind == "english":
            part = "".join(clauses(sentence)[:3]) or sentence
            english = to_english(dictionary, part[:60], rng, keep=rng.choice([0, 0, 0.2]))
            self.add(kind, group, thinned_english(english, rng), passage(0.8))
        else:
            question = question_about(sentence, rng)
            if question and kind == "question":
                self.add(kind, group, thinned(dictionary, question, rng), passage(0.5))
            elif question:
                english = to_english(dictionary, question[:60], rng)
                self.add(kind, group, thinned_english(english, rng), passage(0.85))


def thinned_english(text, rng):
    """Some words left out, and some of those put in that an English question has besides its subject."""
    drop = rng.random() * 0.5
    words = [word for word in text.split() if rng.random() >= drop]
    for word in rng.sample(COMMON_ENGLISH, rng.randrange(5)):
        words.insert(rng.randrange(len(words) + 1), word)
    return " ".join(words)


def counted(ids):
    """Distinct ids and how often each occurs."""
    return np.unique(np.array(ids, dtype=np.uint16), return_counts=True)


def news_part(seed, articles):
    maker = Maker(seed)
    for group, text in articles:
        maker.from_text(group, text[:1500])
    save(f"news-{seed}", maker.take())


def comprehension_part():
    """Real questions, and made ones about the same paragraphs, which are encyclopaedic.

    Every tenth article is only measured on while training."""
    maker = Maker(99)
    rng, dictionary = maker.rng, maker.dictionary
    real, held_out = [], []
    group = 1_000_000
    for number, article in enumerate(reading_comprehension()):
        for paragraph, questions in article:
            group += 1
            if number % 10 == 0:
                held_out += [(group, question, paragraph) for question in questions]
                continue
            maker.from_text(group, paragraph, rounds=5)
            for question in questions:
                for _ in range(3):
                    real.append((group, thinned(dictionary, question, rng, 0.3, 0.15), paragraph))
                    english = thinned_english(to_english(dictionary, question, rng), rng)
                    maker.add("english-question", group, english, paragraph)
                real.append((group, question, paragraph))
    save("made", maker.take())
    for group, question, paragraph in real:
        maker.add("question", group, question, paragraph)
    save("real", maker.take())
    for group, question, paragraph in held_out:
        maker.add("question", group, question, paragraph)
        maker.add("english-question", group, to_english(dictionary, question, rng), paragraph)
    save("held-out", maker.take())


def word_part():
    maker = Maker(98)
    rng, dictionary = maker.rng, maker.dictionary
    group = 2_000_000
    for word, glosses in dictionary.glosses.items():
        group += 1
        for gloss, _ in glosses[:4]:
            maker.add("gloss", group, gloss, word)
        for other in dictionary.synonyms.get(word, [])[:2]:
            maker.add("synonym", group, other, word)
    for english, chinese in sentence_pairs():
        group += 1
        for _ in range(3):
            maker.add("pair", group, thinned_english(english, rng), chinese)
    save("words", maker.take())


def save(name, pairs):
    """The pairs as flat arrays: ids and counts of queries and passages, with offsets."""
    arrays = {
        "kind": np.array([p[0] for p in pairs], dtype=np.uint8),
        "group": np.array([p[1] for p in pairs], dtype=np.int32),
    }
    for name_of_side, column in (("query", 2), ("passage", 3)):
        bags = [p[column] for p in pairs]
        counts = np.concatenate([counts for _, counts in bags])
        arrays[f"{name_of_side}_ids"] = np.concatenate([ids for ids, _ in bags])
        arrays[f"{name_of_side}_counts"] = np.minimum(counts, 255).astype(np.uint8)
        arrays[f"{name_of_side}_offsets"] = np.cumsum([0] + [len(ids) for ids, _ in bags], dtype=np.int64)
    np.savez(WORK / f"{name}.npz", **arrays)
    print(f"{name}: {len(pairs)} pairs", flush=True)


if __name__ == "__main__":
    with Pool(2) as pool:
        waiting = []
        if not (WORK / "held-out.npz").exists():
            waiting.append(pool.apply_async(comprehension_part))
        if not (WORK / "words.npz").exists():
            waiting.append(pool.apply_async(word_part))
        articles = list(enumerate(text for _, text in news(NEWS_PARTS * PART_ARTICLES)))
        for seed in range(NEWS_PARTS):
            if not (WORK / f"news-{seed}.npz").exists():
                waiting.append(pool.apply_async(news_part, (seed, articles[seed::NEWS_PARTS])))
        for result in waiting:
            result.get()

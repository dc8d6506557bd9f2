"""Chinese text turned word by word into English, with CC-CEDICT: not a translation, but the words that
an English question about the text would use."""

import gzip
import re
from collections import Counter, defaultdict

from texts import DATA, fold

LONGEST_WORD = 8

FUNCTION_WORDS = {
    "的": ["", "", "of", "'s"], "了": [""], "着": [""], "在": ["in", "at", "on", ""], "和": ["and", ""],
    "与": ["and", "with", ""], "及": ["and"], "是": ["is", "was", "are", ""], "也": ["also", ""], "就": [""],
    "都": ["all", ""], "将": ["will", ""], "从": ["from"], "对": ["to", "on", ""], "把": [""], "被": ["by", ""],
    "为": ["for", "is", ""], "以": ["with", "by", ""], "于": ["in", "at", ""], "这": ["this"], "那": ["that"],
    "其": ["its", ""], "等": [""], "而": [""], "并": ["and", ""], "或": ["or"], "有": ["has", "have", "there is"],
    "我": ["i"], "我们": ["we"], "他": ["he"], "她": ["she"], "他们": ["they"], "不": ["not"], "一": ["a", "one"],
    "个": [""], "到": ["to"], "由": ["by"], "向": ["to"], "上": ["on", ""], "下": ["under", ""], "中": ["in", ""],
    "谁": ["who"], "什么": ["what", "which"], "哪里": ["where"], "哪": ["which"], "多少": ["how many", "how much"],
    "几": ["how many"], "什么时候": ["when"], "何时": ["when"], "哪天": ["when", "what day", "what date"],
    "哪年": ["what year", "when"], "为什么": ["why"], "怎么": ["how"], "如何": ["how"], "哪些": ["which", "what"],
    "多大": ["how big", "how old", "how large"], "多高": ["how high", "how tall"], "多长": ["how long"],
}  # fmt: skip

IRREGULAR = {
    "be": "was", "begin": "began", "break": "broke", "bring": "brought", "build": "built", "buy": "bought",
    "catch": "caught", "choose": "chose", "come": "came", "cut": "cut", "deal": "dealt", "do": "did", "draw": "drew",
    "drive": "drove", "eat": "ate", "fall": "fell", "fight": "fought", "find": "found", "fly": "flew", "get": "got",
    "give": "gave", "go": "went", "grow": "grew", "have": "had", "hear": "heard", "hit": "hit", "hold": "held",
    "keep": "kept", "know": "knew", "lead": "led", "leave": "left", "lose": "lost", "make": "made", "meet": "met",
    "pay": "paid", "put": "put", "read": "read", "rise": "rose", "run": "ran", "say": "said", "see": "saw",
    "sell": "sold", "send": "sent", "set": "set", "show": "showed", "sing": "sang", "speak": "spoke",
    "spend": "spent", "stand": "stood", "take": "took", "teach": "taught", "tell": "told", "think": "thought",
    "win": "won", "write": "wrote", "wear": "wore", "steal": "stole", "sink": "sank", "throw": "threw",
}  # fmt: skip

MONTHS = "january february march april may june july august september october november december".split()


class Dictionary:
    def __init__(self):
        self.glosses = defaultdict(list)  # Chinese word → [(English, is a verb)]
        self.surnames = set()
        readings = defaultdict(Counter)
        with gzip.open(DATA / "cedict.txt.gz", "rt") as lines:
            for line in lines:
                entry = re.match(r"(\S+) (\S+) \[([^]]+)\] /(.*)/", line)
                if entry:
                    self._add(entry.group(2), entry.group(3), entry.group(4), readings)
        self.pinyin = {c: counts.most_common(1)[0][0] for c, counts in readings.items()}
        self.synonyms = self._synonyms()

    def _add(self, word, pinyin, definition, readings):
        word = fold(word)
        syllables = [re.sub(r"[\d:]", "", s).lower() for s in pinyin.split()]
        if len(syllables) == len(word):
            for character, syllable in zip(word, syllables):
                readings[character][syllable] += 1
        for gloss in re.split(r"[/;]", definition):
            if "surname" in gloss and len(word) == 1:
                self.surnames.add(word)
                continue
            if re.search(r"variant of|^see |CL:|abbr\.|also written|used in|Taiwan pr|^old |idiom", gloss):
                continue
            gloss = fold(re.sub(r"\([^)]*\)|\[[^]]*\]|[\u4e00-\u9fff|·]+", " ", gloss))
            is_verb = gloss.startswith("to ")
            gloss = re.sub(r"^(to be|to|a|an|the) ", "", gloss).strip(" ,.!?")
            if gloss and len(gloss.split()) <= 5 and gloss.isascii():
                self.glosses[word].append((gloss, is_verb))
        if pinyin[0].isupper() and 2 <= len(word) <= 4:
            self.glosses[word].append(("".join(syllables), False))

    def _synonyms(self):
        """Chinese word → words with an English gloss in common."""
        words = defaultdict(set)
        for word, glosses in self.glosses.items():
            if len(word) >= 2:
                for gloss, _ in glosses:
                    words[gloss].add(word)
        synonyms = defaultdict(list)
        for same in words.values():
            if 2 <= len(same) <= 12:
                for word in same:
                    synonyms[word].extend(sorted(same - {word}))
        return synonyms

    def words(self, text):
        """Longest matches; what is no word stays as characters, Latin words and numbers whole."""
        at = 0
        while at < len(text):
            other = re.compile(r"[a-z]+|\d[\d.,]*").match(text, at)
            if other:
                yield other.group()
                at = other.end()
                continue
            for length in range(min(LONGEST_WORD, len(text) - at), 0, -1):
                word = text[at : at + length]
                if length == 1 or word in self.glosses or word in FUNCTION_WORDS:
                    yield word
                    at += length
                    break


def inflect(gloss, is_verb, rng):
    head, _, rest = gloss.partition(" ")
    if is_verb:
        form = rng.random()
        stem = head[:-1] if head.endswith("e") else head
        if form < 0.35:
            head = IRREGULAR.get(head) or (head[:-1] + "ied" if re.search("[^aeiou]y$", head) else stem + "ed")
        elif form < 0.5:
            head = stem + "ing"
        elif form < 0.6:
            head = plural(head)
        return f"{head} {rest}".strip()
    return plural(gloss) if rng.random() < 0.2 else gloss


def plural(word):
    if re.search("[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search("(s|x|ch|sh)$", word) else "s")


def english_numbers(text, rng):
    """Dates and large numbers as English writes them; they stay as they are one time in four."""
    if rng.random() < 0.25:
        return text

    def date(match):
        month, day = MONTHS[min(int(match.group(1)), 12) - 1], match.group(2)
        return rng.choice([f" {month} {day} ", f" {day} {month} "]) if day else f" {month} "

    def large(match):
        value = float(match.group(1).replace(",", "")) * {"万": 1e4, "亿": 1e8}[match.group(2)]
        for name, unit in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6)):
            if value >= unit:
                return f" {value / unit:.6g} {name} "
        return f" {value:,.0f} "

    text = re.sub(r"(\d{1,2})月(?:(\d{1,2})[日号])?", date, text)
    text = re.sub(r"(\d{4})年", r" \1 ", text)
    text = re.sub(r"(\d[\d,]*(?:\.\d+)?)(万|亿)", large, text)
    return re.sub(r"(\d)%", r"\1 percent", text)


def to_english(dictionary, text, rng, keep=0.0):
    """`keep`: how many words stay Chinese."""
    out = []
    words = list(dictionary.words(english_numbers(text, rng)))
    at = 0
    while at < len(words):
        word = words[at]
        name = _name(dictionary, words, at)
        if name and rng.random() < 0.8:
            out.append("".join(dictionary.pinyin[c] for c in name[:1]))
            out.append("".join(dictionary.pinyin[c] for c in name[1:]))
            at += len(name)
            continue
        at += 1
        if keep and rng.random() < keep:
            out.append(word)
        elif word in FUNCTION_WORDS:
            out.append(rng.choice(FUNCTION_WORDS[word]))
        elif word in dictionary.glosses:
            glosses = dictionary.glosses[word]
            if len(word) == 1 and rng.random() < 0.4:
                continue
            choice = glosses[0] if rng.random() < 0.5 else rng.choice(glosses)
            out.append(inflect(*choice, rng))
        elif word.isascii():
            out.append(word)
        elif word in dictionary.pinyin and rng.random() < 0.6:
            out.append(dictionary.pinyin[word])
    return re.sub(r"\s+", " ", " ".join(out)).strip()


def _name(dictionary, words, at):
    """A person's name: a surname and one or two characters that are part of no longer word."""
    if words[at] not in dictionary.surnames or words[at] in FUNCTION_WORDS:
        return None
    given = ""
    for word in words[at + 1 : at + 3]:
        if len(word) != 1 or word not in dictionary.pinyin or word in FUNCTION_WORDS:
            break
        given += word
    return words[at] + given if given else None

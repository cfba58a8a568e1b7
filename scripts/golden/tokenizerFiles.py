"""Writes packages/text-tokenizer/testdata/tokenizers.json: tokenizers of every kind, and what Hugging Face's Rust library
makes of texts with them.

    pip install tokenizers==0.23.3 sentencepiece==0.2.3
    python scripts/golden/tokenizerFiles.py [--texts N] [--seed S] [--out FILE] [--rules nmt_nfkc]

CI reads the file alone. With more texts, another seed or the whole rules of a SentencePiece model, write the file
elsewhere and point GOLDEN_TOKENIZERS at it.
"""

import argparse
import base64
import io
import json
import random
import unicodedata

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

LLAMA3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
O200K = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
CLIP = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
BLOOM = r" ?[^(\s|[.,!?…。，、।۔،])]+"
DEEPSEEK = [r"\p{N}{1,3}", r"[一-龥぀-ゟ゠-ヿ]+", r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"]

CORPUS = [
    "The quick brown fox jumps over the lazy dog; the dog doesn't mind. It's 2024, they'll've said: \"naïve café\" - don't!",
    "Zwei junge weiße Männer sind im Freien in der Nähe vieler Büsche. Die Straße ist groß, ÜBERALL Äpfel.",
    "東京は日本の首都です。タワーとラーメン。 привет, мир! это хорошо 你好世界 한국어 문장",
    "می‌خواهم کتاب را بخوانم. नमस्ते दुनिया สวัสดีครับ ٣٤٥ x² + y² = ½ ① Ⓐ Ⅷ ﬁne ﬃ",
] * 3
CHARS = list("aabcdeefghiilmnoorsstt  \n\t1290'_-.,!?<>[]|ÉéßẞÄüñıİΣσςſﬁ²½①ⒶⅧ東京はター한국어กา٣मा") + [
    "\u0301", "\u0308", "\u200d", "\u200c", "\u200b", "\ufeff", "\u0085", "\u00a0", "\u3000", "\u2028", "\u2581", "\ufffd", "\u00ad", "\r\n", "\x00", "\x07",
    "😀", "🇩🇪", "👍🏽", "👩‍👧", "e\u0301", "می‌خواهم", "<unk>", "<s>", "[MASK]", "'s", "'LL", "the ", " the", "ing", "\u1734", "\U0001e000", "\u30fc", "ｶﾞ", "각", "\u1100\u1161",
]


def known(rng):
    """A character that Python's Unicode knows: the newest ones differ between platforms."""
    while True:
        char = chr(rng.choice([rng.randint(1, 0x2FF), rng.randint(0x300, 0xD7FF), rng.randint(0xE000, 0x1FFFF)]))
        if unicodedata.category(char) != "Cn":
            return char


def text(rng):
    part = lambda: rng.choice(CHARS) if rng.random() < 0.93 else known(rng)
    words = rng.random() < 0.3
    return (" ".join(rng.sample(rng.choice(CORPUS).split(), 5)) if words else "") + "".join(part() for _ in range(rng.randint(0, 20)))


def charsmap(rules):
    """The table of a SentencePiece model with these rules: a name, or pairs of texts."""
    options = dict(sentence_iterator=iter(CORPUS), model_writer=io.BytesIO(), vocab_size=150, hard_vocab_limit=False, minloglevel=2)
    if isinstance(rules, str):
        options["normalization_rule_name"] = rules
    else:
        with open("/tmp/rules.tsv", "w") as file:
            for before, after in rules:
                file.write(" ".join(f"{ord(c):X}" for c in before) + "\t" + " ".join(f"{ord(c):X}" for c in after) + "\n")
        options["normalization_rule_tsv"] = "/tmp/rules.tsv"
    sentencepiece.SentencePieceTrainer.train(**options)
    # Field 3 of the model, the normalizer; its field 2, the table.
    return field(field(options["model_writer"].getvalue(), 3), 2)


def field(message, wanted):
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        key = varint()
        kind, number = key & 7, key >> 3
        if kind == 2:
            size = varint()
            if number == wanted:
                return message[at : at + size]
            at += size
        elif kind == 0:
            varint()
        else:
            at += 4 if kind == 5 else 8
    raise ValueError("no such field")


SMALL_RULES = [("\t", " "), ("\n", " "), ("\r", " "), ("\u3000", " "), ("\u00a0", " "), ("\u200b", ""), ("\u00ad", ""), ("ﬁ", "fi"), ("①", "1"), ("½", "1/2"), ("e\u0301", "é"), ("ｶ", "カ"), ("ｶﾞ", "ガ"), ("\u0308", ""), ("Ⓐ", "A"), ("²", "2"), ("😀", ":)")]


def precompiled(table):
    normalizer = normalizers.Sequence([])
    return normalizers.Precompiled(table) if hasattr(normalizers, "Precompiled") else normalizer


def build(rules):
    table = charsmap(rules)
    seq, pseq, dseq = normalizers.Sequence, pre_tokenizers.Sequence, decoders.Sequence
    split = lambda regex, behavior="isolated", invert=False: pre_tokenizers.Split(Regex(regex), behavior, invert)
    byte_level = lambda **options: pre_tokenizers.ByteLevel(add_prefix_space=False, **options)
    bpe = lambda **options: (models.BPE(**options), trainers.BpeTrainer(vocab_size=420, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    char_bpe = lambda **options: (models.BPE(unk_token="<unk>", **options), trainers.BpeTrainer(vocab_size=260, special_tokens=["<unk>", "<s>", "</s>"], show_progress=False, **{key: value for key, value in options.items() if "word" in key}))
    unigram = lambda: (models.Unigram(), trainers.UnigramTrainer(vocab_size=260, special_tokens=["<unk>", "<s>"], unk_token="<unk>", show_progress=False))
    piece = lambda: (models.WordPiece(unk_token="[UNK]"), trainers.WordPieceTrainer(vocab_size=260, special_tokens=["[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
    words = lambda: (models.WordLevel(unk_token="<unk>"), trainers.WordLevelTrainer(vocab_size=200, special_tokens=["<unk>"], show_progress=False))
    kinds = {
        "gpt2": (bpe(), None, byte_level(), decoders.ByteLevel(), None),
        "llama3": (bpe(ignore_merges=True), None, pseq([split(LLAMA3), byte_level(use_regex=False)]), decoders.ByteLevel(), None),
        "o200k": (bpe(), normalizers.NFC(), pseq([split(O200K), byte_level(use_regex=False)]), decoders.ByteLevel(), None),
        "bloom": (bpe(), None, pseq([split(BLOOM), byte_level(use_regex=False)]), decoders.ByteLevel(), None),
        "deepseek": (bpe(), seq([]), pseq([split(regex) for regex in DEEPSEEK] + [byte_level(use_regex=False)]), decoders.ByteLevel(), None),
        "llama2": (char_bpe(byte_fallback=True, fuse_unk=True), seq([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]), None, dseq([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]), None),
        "clip": (char_bpe(end_of_word_suffix="</w>"), seq([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]), split(CLIP, "removed", True), decoders.BPEDecoder(), None),
        "bytes": (bpe(), normalizers.ByteLevel(), None, decoders.ByteLevel(), None),
        "prefix": (char_bpe(continuing_subword_prefix="##"), normalizers.Strip(), pseq([pre_tokenizers.Punctuation("contiguous"), pre_tokenizers.Digits(True), pre_tokenizers.WhitespaceSplit()]), decoders.WordPiece(), None),
        "bert": (piece(), normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer(), decoders.WordPiece(), processors.TemplateProcessing("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", [("[CLS]", 1), ("[SEP]", 2)])),
        "cased": (piece(), normalizers.BertNormalizer(lowercase=False, handle_chinese_chars=False), pseq([pre_tokenizers.Whitespace(), pre_tokenizers.Punctuation("merged_with_previous")]), decoders.WordPiece(), processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))),
        "t5": (unigram(), precompiled(table), pseq([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]), decoders.Metaspace(), None),
        "albert": (unigram(), seq([normalizers.Replace("``", '"'), normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(), precompiled(table)]), pre_tokenizers.Metaspace(prepend_scheme="first"), decoders.Metaspace(), None),
        "xlmr": (unigram(), seq([precompiled(table), normalizers.Replace(Regex(" {2,}"), " ")]), pre_tokenizers.Metaspace(prepend_scheme="never"), decoders.Metaspace(), None),
        "nmt": (unigram(), seq([normalizers.Nmt(), normalizers.NFKC(), normalizers.Strip(left=False)]), pseq([pre_tokenizers.UnicodeScripts(), pre_tokenizers.Metaspace()]), decoders.Metaspace(), None),
        "words": (words(), seq([normalizers.NFD(), normalizers.Lowercase(), normalizers.StripAccents()]), pre_tokenizers.Whitespace(), None, None),
        "fixed": (words(), None, pseq([pre_tokenizers.CharDelimiterSplit("-"), pre_tokenizers.FixedLength(3)]), None, None),
        "ctc": (words(), normalizers.Replace(" ", "|"), pre_tokenizers.FixedLength(1), decoders.CTC(pad_token="<unk>"), None),
        "digits": (char_bpe(), None, pseq([split(r"(?<=\p{L})(?=\p{N})|\b", "isolated"), split(r"\d{1,3}(?=(?:\d{3})*\b)"), pre_tokenizers.Digits()]), None, None),
        "classes": (char_bpe(), normalizers.Replace(Regex(r"[[:cntrl:]]|[\p{S}&&[^$+<=>]]"), "?"), pseq([split(r"(?i)straße|[[:upper:]]++|(?>\p{Greek}+)", "merged_with_next"), split(r"\A\s+|\s+\z|\h{2}", "contiguous")]), None, None),
    }
    added = [AddedToken("<s>", special=True), AddedToken("[MASK]", lstrip=True, special=True), AddedToken("ing", normalized=True, single_word=False), AddedToken("the", single_word=True, normalized=True), AddedToken("東", rstrip=True, normalized=False), AddedToken("😀", single_word=True)]
    for name, ((model, trainer), normalizer, pre_tokenizer, decoder, post_processor) in kinds.items():
        tokenizer = Tokenizer(model)
        if normalizer: tokenizer.normalizer = normalizer
        if pre_tokenizer: tokenizer.pre_tokenizer = pre_tokenizer
        if decoder: tokenizer.decoder = decoder
        if post_processor: tokenizer.post_processor = post_processor
        tokenizer.train_from_iterator(CORPUS, trainer)
        if name in ("llama3", "bert", "t5", "words", "prefix"):
            tokenizer.add_tokens(added)
        yield name, tokenizer
    vocab = [("<unk>", 0.0), ("a", -2.0), ("b", -3.0), ("▁", -2.5), ("a", -9.0), ("ab", -6.0), ("<0xC3>", -9.0), ("<0xA9>", -9.0), ("é", -30.0)]
    for name, model in {
        "repeats": models.Unigram(vocab, 0, False),
        "pieces": models.Unigram(vocab[:4] + vocab[6:8], 0, True),
        "bytes2": models.BPE({"<unk>": 0, "a": 1, "<0xC3>": 2, "<0xA9>": 3, "b": 4, "ab": 5}, [("a", "b")], unk_token="<unk>", byte_fallback=True, fuse_unk=True),
        "bytes3": models.BPE({"<unk>": 0, "a": 1, "<0xC3>": 2, "<0xA9>": 3, "b": 4, "ab": 5}, [("a", "b")], unk_token="<unk>", byte_fallback=True),
    }.items():
        yield name, Tokenizer(model)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rules", default=None)
    parser.add_argument("--out", default="packages/text-tokenizer/testdata/tokenizers.json")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    texts = ["", " ", "<unk>", "aéab<unk>bñé"] + [text(rng) for _ in range(options.texts)]
    cases = []
    for name, tokenizer in build(options.rules or SMALL_RULES):
        encodings = [tokenizer.encode(one).ids for one in texts]
        decoded = [tokenizer.decode(ids, skip_special_tokens=False) for ids in encodings]
        cases.append({"name": name, "tokenizer": json.loads(tokenizer.to_str()), "ids": encodings, "decoded": decoded})
    with open(options.out, "w") as file:
        json.dump({"about": "Written by scripts/golden/tokenizerFiles.py with tokenizers 0.23.3 and sentencepiece 0.2.3.", "texts": texts, "cases": cases}, file, ensure_ascii=True, separators=(",", ":"))


main()

"""Passages of many agencies held beside each other.

    python -m benchmarks.sameness [agencies] [paragraphs]

Invented paragraphs of 40 to 200 letters, half of each of them from words that many use; among them
one planted copy for every tenth, in which up to a fifth of the letters is changed; every tenth of
the others is made of sentences that all reports may share, where these allow it filled differently.
Prints the processor time of finding the pairs and of making the passages ready, how many copies
were found, how many pairs are of shared sentences alone, and how many other pairs there are.
"""

from __future__ import annotations

import sys
import time
import tomllib
from importlib.resources import files
from random import Random

from gxgen.prose.alike.lawful import ANYTHING, SHORTEST, lawful, masked
from gxgen.prose.alike.likeness import pairs

LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]


def invented(random: Random, words: list[str]) -> str:
    """A paragraph of words and letters."""
    wanted = random.randint(40, 200)
    text = ""
    while len(text) < wanted:
        text += random.choice(words) if random.random() < 0.5 else random.choice(LETTERS)
        text += random.choice(("", "", "", "，"))
    return text + "。"


def copied(random: Random, text: str, share: float) -> str:
    """The text with that share of its letters changed, wherever they stand."""
    letters = list(text)
    for at in random.sample(range(len(letters)), int(share * len(letters))):
        letters[at] = random.choice(LETTERS)
    return "".join(letters)


def shared(random: Random, sentences: list[str]) -> str:
    """Three sentences that all may share, filled with some letters where they allow it."""
    told = ""
    for sentence in random.sample(sentences, 3):
        parts = sentence.split(ANYTHING)
        fillings = ["".join(random.choices(LETTERS, k=random.randint(0, 8))) for _ in parts[1:]]
        told += parts[0] + "".join(f + p for f, p in zip(fillings, parts[1:], strict=True)) + "。"
    return told


def allowed() -> list[str]:
    """gxgen's own list of sentences that all may share."""
    text = files("gxgen.prose.alike").joinpath("lawful.toml").read_text(encoding="utf-8")
    return [one for one in tomllib.loads(text)["sentences"] if one.strip(ANYTHING)]


def county(agencies: int, paragraphs: int) -> tuple[list[str], set[tuple[int, int]], set[int]]:
    """The paragraphs of all, the places of the planted copies, and of shared sentences."""
    random = Random(7)
    words = ["".join(random.choices(LETTERS, k=random.randint(2, 4))) for _ in range(800)]
    texts = [invented(random, words) for _ in range(agencies * paragraphs)]
    planted = set()
    places = random.sample(range(len(texts)), len(texts) // 5 * 2)
    for one, other in zip(places[::4], places[1::4], strict=True):
        texts[other] = copied(random, texts[one], random.uniform(0, 0.2))
        planted.add((min(one, other), max(one, other)))
    sentences = allowed()
    free = sorted(set(range(len(texts))).difference(places))
    common = set(random.sample(free, len(free) // 10))
    for at in common:
        texts[at] = shared(random, sentences)
    return texts, planted, common


def main(agencies: int, paragraphs: int) -> None:
    """Measure and print."""
    texts, planted, common = county(agencies, paragraphs)
    list(pairs(texts[:10]))
    start = time.process_time()
    known = lawful()
    said = ((at, known.own_words(masked(text))) for at, text in enumerate(texts))
    own = [(at, words) for at, words in said if len(words) >= SHORTEST]
    ready = time.process_time()
    near = pairs([words for _, words in own])
    found = {(own[one][0], own[other][0]) for one, other, _ in near}
    end = time.process_time()
    print(f"{agencies} agencies × {paragraphs} paragraphs, {sum(map(len, texts))} letters")
    print(f"  made ready     {ready - start:6.3f} s")
    print(f"  pairs found    {end - ready:6.3f} s")
    print(f"  planted copies {len(planted & found)} of {len(planted)}")
    alike = {pair for pair in found if common.issuperset(pair)}
    print(f"  of shared sentences {len(alike)} pairs among {len(common)}")
    print(f"  other pairs    {len(found - planted - alike)}")


if __name__ == "__main__":
    main(*map(int, (sys.argv[1:] + ["100", "40"][len(sys.argv) - 1 :])))

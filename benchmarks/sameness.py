"""Passages of many agencies held beside each other.

    python -m benchmarks.sameness [agencies] [paragraphs]

Invented paragraphs of 40 to 200 letters, half of each of them from words that many use; among them
one planted copy for every tenth, in which up to a fifth of the letters is changed. Prints the
processor time of finding the pairs and of making the passages ready, how many copies were found,
and how many other pairs.
"""

from __future__ import annotations

import sys
import time
from random import Random

from gxgen.prose.alike.lawful import lawful, masked
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


def county(agencies: int, paragraphs: int) -> tuple[list[str], set[tuple[int, int]]]:
    """The paragraphs of all, and the places of the planted copies."""
    random = Random(7)
    words = ["".join(random.choices(LETTERS, k=random.randint(2, 4))) for _ in range(800)]
    texts = [invented(random, words) for _ in range(agencies * paragraphs)]
    planted = set()
    places = random.sample(range(len(texts)), len(texts) // 5 * 2)
    for one, other in zip(places[::4], places[1::4], strict=True):
        texts[other] = copied(random, texts[one], random.uniform(0, 0.2))
        planted.add((min(one, other), max(one, other)))
    return texts, planted


def main(agencies: int, paragraphs: int) -> None:
    """Measure and print."""
    texts, planted = county(agencies, paragraphs)
    list(pairs(texts[:10]))
    start = time.process_time()
    known = lawful()
    own = [known.own_words(masked(text)) for text in texts]
    ready = time.process_time()
    found = {(one, other) for one, other, _ in pairs(own)}
    end = time.process_time()
    print(f"{agencies} agencies × {paragraphs} paragraphs, {sum(map(len, texts))} letters")
    print(f"  made ready     {ready - start:6.3f} s")
    print(f"  pairs found    {end - ready:6.3f} s")
    print(f"  planted copies {len(planted & found)} of {len(planted)}")
    print(f"  other pairs    {len(found - planted)}")


if __name__ == "__main__":
    main(*map(int, (sys.argv[1:] + ["100", "40"][len(sys.argv) - 1 :])))

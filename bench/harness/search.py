"""What searches cost, and how long they take: each is asked once, so that nothing is kept of it."""

import random
import re
from urllib.parse import quote

from . import banks
from .measure import Load
from .servers import qbank

ASKED = 300
ORDINARY_MS, WORST_MS = 10, 50
EVERYWHERE = ("the", "of", "a", "to", "and", "in", "is", "for", "that", "with")  # bench/generate.c
NOTHING = ("the -does", "does -the", '"does does"')  # both stand in every question
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def words_of(text):
    return re.findall(r"[a-z]{4,}", re.sub(r"\$.*?\$", " ", text.lower()))


def samples(server, chance):
    """Neighbouring words, as they stand in questions from all over the bank."""
    found = []
    while len(found) < ASKED:
        for item in server.get("/v1/questions/random?count=50")["items"]:
            words = words_of(item["question"])
            at = chance.randrange(max(len(words) - 1, 1))
            if len(words) > 1:
                found.append(words[at:at + 2])
    return found[:ASKED]


def target(text, more=""):
    return f"/v1/questions?q={quote(text)}{more}"


def varied(texts, more=""):
    """Few words in as many different requests as there are samples of other searches."""
    return [target(texts[i % len(texts)], f"&limit={1 + i // len(texts)}{more}")
            for i in range(ASKED)]


def searches(server):
    """The targets of each kind of search, and the most that its slowest in a hundred may take."""
    pairs = samples(server, random.Random(7))
    ordinary = [" ".join(pair) for pair in pairs]
    return {
        "two ordinary words": ([target(it) for it in ordinary], ORDINARY_MS),
        "a phrase of two words": ([target(f'"{it}"') for it in ordinary], WORST_MS),
        "a prefix of one letter": (varied([f"{letter}*" for letter in LETTERS]), WORST_MS),
        "a word that is everywhere": (varied(EVERYWHERE), WORST_MS),
        "two words that are everywhere":
            (varied([f"{word} {other}" for word, other in zip(EVERYWHERE, EVERYWHERE[1:])]),
             WORST_MS),
        "two words that are everywhere, without a hit": (varied(NOTHING), WORST_MS),
        "two ordinary words in answers":
            ([target(it, "&in=answer") for it in ordinary], WORST_MS),
        "a word that is everywhere, in answers": (varied(EVERYWHERE, "&in=answer"), WORST_MS),
    }


def search(table, questions):
    """One connection: the latency is that of a search alone, without a queue before it."""
    with qbank(banks.generated(questions)) as server:
        for what, (targets, most) in searches(server).items():
            load = Load(server, targets, ["--connections", "1", "--requests", str(len(targets))])
            found = load.run(warm_up=0, seconds=60)
            table.value("search", f"{what}, slowest in a hundred", found["p99_us"] / 1000, "ms",
                        most)
            table.value("search", f"{what}, median", found["p50_us"] / 1000, "ms", None)
            table.value("search", f"{what}, CPU time", found["cpu_us"] / 1000, "ms", None)

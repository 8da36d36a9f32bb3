"""What requests cost in a large bank against a small one."""

import os
import random

from . import banks, plot
from .http import draws, exclusions, filters
from .measure import Load, compare
from .servers import HUGE_PAGES, NO_CACHE, qbank, reference

SIZES = (1000, 10000, 100000, 1000000)
SVG = "growth.svg"
MOST = 1.3
HELD = 2000  # bytes of --cache-size with which a worker can keep a question ready


def sizes(questions):
    """Beyond the small bank, the largest last."""
    return [size for size in SIZES if banks.SMALL < size < questions] + [questions]


def growing_draws(server):
    excluding = f"count=10&difficulty=easy&difficulty=hard&{exclusions(server)}"
    return {**{f"random, {what}": targets for what, targets in draws(server).items()},
            "random, count 10, two difficulties, 250 exclusions":
                [f"/v1/questions/random?{excluding}"]}


def kept(server, questions):
    """The same number of different requests at any size, from all over the bank."""
    ids, cursors = banks.walk(server, questions)
    few = random.Random(6).sample(ids, 500)
    deep = [cursors[i * len(cursors) // 9] for i in range(9)]
    return {"one question": [f"/v1/questions/{id}" for id in few],
            "page of 20, any depth": [f"/v1/questions?limit=20&cursor={it}" for it in deep],
            **growing_draws(server),
            "facets": ["/v1/questions?limit=1&facets=difficulty,section,source"],
            "stats": ["/v1/stats"],
            "sections": ["/v1/sections"]}


def computed(server, questions):
    """What a server that keeps nothing has to find and to read for each request."""
    some = kept(server, questions)
    same = ("one question", "page of 20, any depth", "random, count 10, two difficulties")
    return {**{f"{what}, nothing kept": some[what] for what in same},
            "total under 200 filters of 5 values, nothing kept":
                [f"/v1/questions?limit=1&{it}" for it in filters(server, 200)],
            "facets under 200 filters of 5 values, nothing kept":
                [f"/v1/questions?limit=1&facets=difficulty,section,source&{it}"
                 for it in filters(server, 200)]}


def compare_sizes(questions, requests, *options):
    """For each size what was found for each request against the small bank."""
    found = {}
    with qbank(banks.generated(banks.SMALL), *options) as small:
        few = requests(small, banks.SMALL)
        for size in sizes(questions):
            with qbank(banks.generated(size), *options) as large:
                many = requests(large, size)
                found[size] = {what: compare(Load(large, many[what]), Load(small, few[what]))
                               for what in few}
    return found


def holding(size, questions):
    """A server whose cache has room for the larger bank, set up as it is advised for such."""
    return qbank(banks.generated(size), "--cache-size", str(questions * HELD),
                 environment=[HUGE_PAGES])


def fill(server, questions):
    """Has the server make the JSON of each question: asks for every page, one after another."""
    path = "/v1/questions?limit=100"
    pages = [path, *(f"{path}&cursor={it}" for it in banks.walk(server, questions)[1])]
    in_turn = ["--connections", "1", "--requests", str(len(pages))]
    Load(server, pages, in_turn).run(seconds=600, warm_up=0)


def compare_held(questions):
    """The draws again, where all questions are in memory on both sides."""
    with holding(questions, questions) as large, holding(banks.SMALL, questions) as small:
        many, few = growing_draws(large), growing_draws(small)
        fill(large, questions)
        fill(small, banks.SMALL)
        return {f"{what}, all kept": compare(Load(large, many[what]), Load(small, few[what]))
                for what in few}


def tell(table, questions, found, most):
    for what, result in found.items():
        table.ratio("growth", f"{what}, {questions:,} against {banks.SMALL:,}",
                    result.cpu_us, result.reference_us, result.ratio, most)


def curves(questions, found):
    """Costs by size. Ratios are sounder than times, which were taken minutes apart."""
    small = {what: result.reference_us for what, result in found[questions].items()}
    return {what: {banks.SMALL: cost,
                   **{size: cost * results[what].ratio for size, results in found.items()}}
            for what, cost in small.items()}


def ready_texts(table, questions):
    """How a draw grows that takes ten ready texts, the small bank's from memory."""
    ten = ("--count", "10")
    with qbank(banks.generated(banks.SMALL)) as server:
        response = server.raw("/v1/questions/random?count=10")
    for place, what in ("database", "SQLite"), ("file", "a file"), ("memory", "memory"):
        with reference(response, "--texts", banks.texts(questions), *ten, "--from", place) as large, \
                reference(response, "--texts", banks.texts(banks.SMALL), *ten, "--from",
                          "memory") as small:
            found = compare(Load(large, ["/"]), Load(small, ["/"]))
        table.ratio("growth", f"without qbank: ten ready texts, {questions:,} in {what} against"
                    f" {banks.SMALL:,} in memory", found.cpu_us, found.reference_us, found.ratio,
                    None)


def growth(table, questions):
    if os.path.exists(SVG):
        os.remove(SVG)
    found = compare_sizes(questions, kept)
    tell(table, questions, found[questions], MOST)
    if not plot.draw(curves(questions, found), SVG):
        table.note("growth", "gnuplot, which `scripts/install-dependencies bench` installs, is not"
                   " there: nothing is plotted")
    tell(table, questions, compare_held(questions), MOST)
    tell(table, questions, compare_sizes(questions, computed, *NO_CACHE)[questions], None)
    ready_texts(table, questions)

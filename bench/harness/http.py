"""What requests cost."""

import random
import re

from . import banks
from .measure import Load, compare
from .servers import ALL_CORES, nginx, qbank, reference

# A request of 250 exclusions does not fit into the reference's usual memory.
ROOMY = ("--memory", "32768")


def typical(server, targets):
    """The response of middle size among some of these."""
    responses = [server.raw(target) for target in random.Random(1).choices(targets, k=21)]
    return sorted(responses, key=len)[len(responses) // 2]


def against_reference(table, section, what, server, targets, most, options=(), load=(),
                      response=None):
    """A row: these requests, against the reference that answers a typical response to them."""
    with reference(response or typical(server, targets), *options) as bare:
        found = compare(Load(server, targets, list(load)), Load(bare, targets, list(load)))
    table.ratio(section, what, found.cpu_us, found.reference_us, found.ratio, most)


def least(table, section, what, server, target, database, *options):
    """A row that is told: what nobody can do without who puts such a response together, which is to
    take texts that are ready from memory, a file or SQLite, against the reference."""
    response = typical(server, [target])
    with reference(response, "--texts", database, *options) as texts, \
            reference(response) as bare:
        found = compare(Load(texts, ["/"]), Load(bare, ["/"]))
    table.ratio(section, f"without qbank: {what}", found.cpu_us, found.reference_us, found.ratio,
                None)


def against_nginx(table, what, server, target):
    other = nginx(server.raw(target))
    if other is None:
        table.note("hot", "nginx, which `scripts/install-dependencies bench` installs, is not there")
        return
    with other:
        found = compare(Load(server, [target]), Load(other, ["/body"]))
    table.ratio("hot", what, found.cpu_us, found.reference_us, found.ratio, 1)


# ---- hot: the same few requests again and again ---------------------------------------------


def entity_tag(server, target):
    return re.search(r"\r\nETag: (.*)\r\n", server.raw(target).decode())[1]


def not_modified(table, server, target):
    header = "If-None-Match: " + entity_tag(server, target)
    against_reference(table, "hot", "304", server, [target], 1.25,
                      load=["--status", "304", "--header", header],
                      response=server.raw(target, header))


def hot(table, questions):
    with qbank(banks.shipped()) as server:
        ids, _ = banks.walk(server, 1)
        page = "/v1/questions?limit=20"
        rows = {"one question": [f"/v1/questions/{id}" for id in ids],
                "an answer": [f"/v1/questions/{id}/answer" for id in ids],
                "sections": ["/v1/sections"]}
        for what, targets in rows.items():
            against_reference(table, "hot", what, server, targets, 1.25)
        not_modified(table, server, page)
    with qbank(banks.generated(questions)) as server:
        against_reference(table, "hot", "page of 20", server, [page], 1.25)
        against_nginx(table, "page of 20, against nginx", server, page)
        ids, _ = banks.walk(server, 1)
        against_nginx(table, "one question, against nginx", server, f"/v1/questions/{ids[0]}")


# ---- random: no seed, so nothing can be cached -------------------------------------------------


def filters(server, count):
    """Different filters, each of two difficulties and three sections."""
    sections = [item["id"] for item in server.get("/v1/sections")["items"]]
    chance = random.Random(2)
    return ["difficulty=easy&difficulty=hard"
            + "".join(f"&section={id}" for id in chance.sample(sections, 3))
            for _ in range(count)]


def exclusions(server):
    ids, _ = banks.walk(server, 10)
    return "&".join(f"exclude={id}" for id in random.Random(3).sample(ids, 250))


def draws(server):
    path = "/v1/questions/random"
    return {"count 1": [f"{path}"],
            "count 10": [f"{path}?count=10"],
            "count 10, two difficulties": [f"{path}?count=10&difficulty=easy&difficulty=hard"],
            "count 1, 200 filters of 5 values": [f"{path}?{it}" for it in filters(server, 200)],
            "count 1, 250 exclusions": [f"{path}?{exclusions(server)}"]}


def draw(table, questions):
    with qbank(banks.generated(questions)) as server:
        for what, targets in draws(server).items():
            options = ROOMY if "exclusions" in what else ()
            against_reference(table, "random", what, server, targets, 1.5, options)
        against_reference(table, "random", "count 1, against a response built each time", server,
                          ["/v1/questions/random"], None, ["--built"])
        for count, what in (1, "one ready text from memory"), (10, "ten ready texts from memory"):
            least(table, "random", what, server, f"/v1/questions/random?count={count}",
                  banks.texts(questions), "--count", str(count), "--from", "memory")


# ---- cold: every request another one -----------------------------------------------------------


def cold(table, questions):
    with qbank(banks.generated(questions)) as server:
        ids, cursors = banks.walk(server, questions)
        random.Random(4).shuffle(ids)
        random.Random(5).shuffle(cursors)
        one = [f"/v1/questions/{id}" for id in ids]
        pages = [f"/v1/questions?limit=20&cursor={cursor}" for cursor in cursors]
        against_reference(table, "cold", f"one question of {questions:,}", server, one, 2)
        against_reference(table, "cold", f"page of 20, {len(pages):,} cursors", server, pages, 4)
        for place, what in ("database", "SQLite"), ("file", "a file, at a place that is known"):
            least(table, "cold", f"one ready text from {what}", server, one[0],
                  banks.texts(questions), "--from", place)
            least(table, "cold", f"20 ready texts, side by side, from {what}", server, pages[0],
                  banks.texts(questions), "--count", "20", "--adjacent", "--from", place)


# ---- workers and connections -------------------------------------------------------------------


def workers(table, questions):
    database = banks.generated(questions)
    target = ["/v1/questions/random?count=10"]
    with qbank(database) as one, qbank(database, workers=2, cores=ALL_CORES) as two:
        found = compare(Load(two, target), Load(one, target))
    table.ratio("workers", "random, count 10, 2 workers against 1", found.cpu_us,
                found.reference_us, found.ratio, 1.1)


def connections(table, questions):
    """The library's own epoll thread would stall at multiples of 128 connections."""
    with qbank(banks.shipped()) as server:
        target = ["/v1/questions?limit=20"]
        with reference(typical(server, target)) as bare:
            for count in (127, 128, 129, 256, 1000):
                options = ["--connections", str(count)]
                found = compare(Load(server, target, options), Load(bare, target, options))
                table.ratio("connections", f"{count}, page of the shipped bank", found.cpu_us,
                            found.reference_us, found.ratio, 1.25)
                run = found.subject
                table.note("connections", f"{count}: {run['requests_per_second']:,.0f}/s,"
                           f" p99 {run['p99_us']:,} µs, max {run['max_us']:,} µs")

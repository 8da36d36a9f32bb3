"""Other servers with the same bank: how each is started and asked the same three questions."""

import json
import os
import shutil
from dataclasses import dataclass
from typing import Callable

from . import peer_data
from .servers import Server, free_port, nginx_with

HERE = os.path.abspath(os.path.join(os.path.dirname(__file__), "../peers"))
MODULES = os.path.join(HERE, "node_modules")
RANDOM, PAGE, ONE = "random one", "page of 20", "one by id"


def installed(name):
    return os.path.join(os.environ["BENCH_PROGRAMS"], "peers/bin", name)


@dataclass
class Peer:
    name: str
    program: str  # it takes part where this is
    start: Callable  # () -> Server
    targets: Callable  # (server, ids, starts of pages) -> {question: targets}
    same_json: bool = False  # a question reads exactly as qbank's

    def is_there(self):
        return os.path.exists(self.program)


# ---- servers written for the comparison ------------------------------------------------------


def start_fastify():
    return Server(["env", "NODE_ENV=production", "node", f"{HERE}/fastify.js", "peers.db"])


def start_fastapi():
    return Server(["env", "PEER_DATABASE=peers.db", installed("uvicorn"), "--app-dir", HERE,
                   "--port", "0", "--loop", "uvloop", "--http", "httptools", "--no-access-log",
                   "fastapi_peer:app"])


def own_targets(_, ids, starts):
    return {RANDOM: ["/random"],
            PAGE: [f"/questions?limit=20&after={start - 1}" for start in starts],
            ONE: [f"/questions/{id}" for id in ids]}


# ---- servers that need no program ------------------------------------------------------------


def start_json_server():
    port = free_port()
    return Server(["env", "NODE_ENV=production", f"{MODULES}/.bin/json-server", "--host",
                   "127.0.0.1", "--port", str(port), "--quiet", "--read-only", "--no-cors",
                   "--no-gzip", "json-server.json"], port=port)


def json_server_targets(_, ids, starts):
    """It has no random order."""
    return {PAGE: [f"/questions?_limit=20&_page={start // 20 + 1}" for start in starts],
            ONE: [f"/questions/{id}" for id in ids]}


def start_nginx():
    return nginx_with(os.path.abspath("files"))


def nginx_targets(_, ids, starts):
    """A file for each question and for each page: a random one takes a program."""
    return {PAGE: [f"/pages/{start}" for start in starts],
            ONE: [f"/questions/{id}" for id in ids]}


DRAW = ("SELECT * FROM questions WHERE position ="
        " (SELECT abs(random()) % (max(position) + 1) FROM questions)")


def start_datasette():
    peer_data.write("datasette.json",
                    {"databases": {"peers": {"queries": {"draw": {"sql": DRAW}}}}})
    return Server([installed("datasette"), "serve", "--immutable", "peers.db", "--metadata",
                   "datasette.json", "--port", "0", "--setting", "suggest_facets", "off"])


def datasette_targets(server, ids, starts):
    """Its pages are reached by tokens: as many of the first as others are asked for."""
    first = "/peers/questions.json?_size=20&_sort=position&_shape=objects&_nocount=1&_nofacet=1"
    pages, token = [first], server.get(first)["next"]
    while token and len(pages) < len(starts):
        pages.append(f"{first}&_next={token}")
        token = server.get(pages[-1])["next"]
    return {RANDOM: ["/peers/draw.json?_shape=objects"], PAGE: pages,
            ONE: [f"/peers/questions/{id}.json?_shape=objects" for id in ids]}


def start_pocketbase():
    program, port = installed("pocketbase"), free_port()
    peer_data.fill_pocketbase(program)
    return Server([program, "serve", "--http", f"127.0.0.1:{port}", "--dir", "pocketbase"],
                  port=port)


def pocketbase_targets(_, ids, starts):
    records = "/api/collections/questions/records"
    return {RANDOM: [f"{records}?perPage=1&sort=@random&skipTotal=1"],
            PAGE: [f"{records}?perPage=20&page={start // 20 + 1}&sort=position&skipTotal=1"
                   for start in starts],
            ONE: [f"{records}/{id}" for id in ids]}


def every():
    """All that can take part."""
    return [
        Peer("nginx, files", shutil.which("nginx") or "", start_nginx, nginx_targets, True),
        Peer("Fastify + better-sqlite3", f"{MODULES}/fastify", start_fastify, own_targets, True),
        Peer("FastAPI + uvicorn", installed("uvicorn"), start_fastapi, own_targets, True),
        Peer("json-server", f"{MODULES}/json-server", start_json_server, json_server_targets,
             True),
        Peer("Datasette", installed("datasette"), start_datasette, datasette_targets),
        Peer("PocketBase", installed("pocketbase"), start_pocketbase, pocketbase_targets),
    ]


def check(peer, server, targets, item):
    """Fails unless it serves this very question, the first that is asked for by id."""
    body = server.raw(targets[ONE][0]).partition(b"\r\n\r\n")[2]
    if item["id"].encode() not in body or peer.same_json and json.loads(body) != item:
        raise RuntimeError(f"{peer.name} does not serve question {item['id']}: {body[:200]}")

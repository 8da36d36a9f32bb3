"""The bank as other servers want it: one flat table, one JSON document, or a file for each answer.

All of them get the questions as qbank serves them, without the answers' text."""

import itertools
import json
import os
import shutil
import sqlite3
import subprocess

from . import banks
from .servers import qbank

PAGE = 20

TABLE = """
CREATE TABLE questions (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL UNIQUE, difficulty TEXT NOT NULL,
    question TEXT NOT NULL, context TEXT NOT NULL, section_id TEXT NOT NULL,
    section_title TEXT NOT NULL, source_path TEXT NOT NULL, line INTEGER NOT NULL,
    steps INTEGER NOT NULL)
"""


def read_bank(server):
    """Every question, as qbank serves it."""
    page = server.get("/v1/questions?limit=100")
    items = page["items"]
    while "next_cursor" in page:
        page = server.get(f"/v1/questions?limit=100&cursor={page['next_cursor']}")
        items += page["items"]
    return items


def row(position, item):
    return (item["id"], position, item["difficulty"], item["question"], encode(item["context"]),
            item["section"]["id"], item["section"]["title"], item["source"]["path"],
            item["source"]["line"], item["answer"].get("steps", 0))


def encode(document):
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def write(path, document):
    with open(path, "w") as file:
        file.write(encode(document))


def write_database(path, items):
    banks.remove(path)
    with sqlite3.connect(path) as database:
        database.execute(TABLE)
        database.executemany("INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             itertools.starmap(row, enumerate(items)))
    database.close()


def write_files(directory, items):
    shutil.rmtree(directory, ignore_errors=True)
    for name in ("questions", "pages"):
        os.makedirs(f"{directory}/{name}")
    for item in items:
        write(f"{directory}/questions/{item['id']}", item)
    for start in range(0, len(items), PAGE):
        some = items[start:start + PAGE]
        write(f"{directory}/pages/{start}",
              {"items": some, "total": len(items), "next": start + len(some) - 1})


def prepare(questions):
    """Writes peers.db, items.json, json-server.json and the directory `files`; the items."""
    with qbank(banks.generated(questions)) as server:
        items = read_bank(server)
    write_database("peers.db", items)
    write("items.json", items)
    write("json-server.json", {"questions": items})
    write_files("files", items)
    return items


def fill_pocketbase(program):
    shutil.rmtree("pocketbase", ignore_errors=True)
    subprocess.run([program, "load", "items.json", "--dir", "pocketbase"], check=True,
                   stdout=subprocess.DEVNULL)

"""The bank as other servers want it: one flat table, one JSON document, or a file for each answer.

All of them get the questions as qbank serves them, without the answers' text."""

import json
import os
import shutil
import sqlite3
import subprocess

from . import banks

PAGE = 20

ROWS = """
SELECT questions.id, CASE difficulty WHEN 0 THEN 'easy' WHEN 1 THEN 'medium' ELSE 'hard' END,
    questions.text,
    coalesce((SELECT json_group_array(text) FROM (SELECT text FROM contexts
        WHERE question = questions.key ORDER BY depth)), '[]'),
    sections.id, sections.title, sources.path, line, steps
FROM questions
JOIN sources ON sources.key = questions.source
JOIN sections ON sections.key = questions.section
ORDER BY sources.position, questions.ordinal
"""

TABLE = """
CREATE TABLE questions (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL UNIQUE, difficulty TEXT NOT NULL,
    question TEXT NOT NULL, context TEXT NOT NULL, section_id TEXT NOT NULL,
    section_title TEXT NOT NULL, source_path TEXT NOT NULL, line INTEGER NOT NULL,
    steps INTEGER NOT NULL)
"""


def question(row):
    """A row as the document that qbank serves."""
    key, difficulty, text, context, section, title, path, line, steps = row
    answer = {"available": steps > 0}
    if steps > 0:
        answer |= {"steps": steps, "url": f"/v1/questions/{key}/answer"}
    return {"id": key, "difficulty": difficulty, "question": text, "context": json.loads(context),
            "section": {"id": section, "title": title}, "source": {"path": path, "line": line},
            "answer": answer}


def encode(document):
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def write(path, document):
    with open(path, "w") as file:
        file.write(encode(document))


def write_database(path, rows):
    banks.remove(path)
    with sqlite3.connect(path) as database:
        database.execute(TABLE)
        database.executemany("INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             ((row[0], position, *row[1:]) for position, row in enumerate(rows)))
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
    with sqlite3.connect(banks.generated(questions)) as database:
        rows = database.execute(ROWS).fetchall()
    database.close()
    items = [question(row) for row in rows]
    write_database("peers.db", rows)
    write("items.json", items)
    write("json-server.json", {"questions": items})
    write_files("files", items)
    return items


def fill_pocketbase(program):
    shutil.rmtree("pocketbase", ignore_errors=True)
    subprocess.run([program, "load", "items.json", "--dir", "pocketbase"], check=True,
                   stdout=subprocess.DEVNULL)

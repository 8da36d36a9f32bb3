"""The three questions of the comparison, with FastAPI; the database is $PEER_DATABASE."""

import json
import os
import random
import sqlite3

from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import JSONResponse

app = FastAPI(openapi_url=None)
database = sqlite3.connect(f"file:{os.environ['PEER_DATABASE']}?mode=ro", uri=True,
                           check_same_thread=False)
database.row_factory = sqlite3.Row
database.execute("PRAGMA mmap_size = 268435456")

# The bank does not change while it is served, so it is counted once.
TOTAL = database.execute("SELECT count(*) FROM questions").fetchone()[0]


def encode(row):
    answer = {"available": row["steps"] > 0}
    if row["steps"] > 0:
        answer |= {"steps": row["steps"], "url": f"/v1/questions/{row['id']}/answer"}
    return {"id": row["id"], "difficulty": row["difficulty"], "question": row["question"],
            "context": json.loads(row["context"]),
            "section": {"id": row["section_id"], "title": row["section_title"]},
            "source": {"path": row["source_path"], "line": row["line"]}, "answer": answer}


# A query takes some microseconds: less than handing it to another thread and back. What is sent is
# made here, so it needs no validation.
@app.get("/random", response_class=JSONResponse)
async def draw():
    row = database.execute("SELECT * FROM questions WHERE position = ?",
                           (random.randrange(TOTAL),)).fetchone()
    return JSONResponse(encode(row))


@app.get("/questions", response_class=JSONResponse)
async def page(after: int = -1, limit: int = Query(20, ge=1, le=100)):
    rows = database.execute("SELECT * FROM questions WHERE position > ? ORDER BY position LIMIT ?",
                            (after, limit)).fetchall()
    return JSONResponse({"items": [encode(row) for row in rows], "total": TOTAL,
                         "next": after + len(rows)})


@app.get("/questions/{id}", response_class=JSONResponse)
async def one(id: str):  # pylint: disable=redefined-builtin
    row = database.execute("SELECT * FROM questions WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise HTTPException(404)
    return JSONResponse(encode(row))

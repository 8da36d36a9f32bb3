"""Generated banks and their databases, made once and kept in the workplace."""

import os
import sqlite3
import subprocess
import time

from .servers import program, qbank_binary

SMALL = 1000
SHIPPED = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../content/questions"))


def sources(questions):
    """The directory of a generated bank."""
    directory = f"bank-{questions}"
    if not os.path.exists(f"{directory}/complete"):
        subprocess.run([program("generate"), str(questions), directory], check=True)
        open(f"{directory}/complete", "w").close()
    return directory


def remove(database):
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(database + suffix):
            os.remove(database + suffix)


def import_into(database, path, *options):
    """Runs qbank import; returns (seconds, CPU seconds, greatest resident size in MB)."""
    return run([qbank_binary(), "import", "--db", database, *options, path])


def run(command):
    """(seconds, CPU seconds, greatest resident size in MB) of a program's run."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command}: exit status {process.returncode}")
    return (time.monotonic() - begin, usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024 / 1e6)


def shipped():
    """A database of the bank that comes with qbank, always new."""
    remove("shipped.db")
    import_into("shipped.db", SHIPPED)
    return "shipped.db"


def generated(questions):
    """The database of a generated bank, imported by the program that is measured."""
    database, stamp = f"bank-{questions}.db", f"bank-{questions}.by"
    maker = f"{os.path.realpath(qbank_binary())} {os.path.getmtime(qbank_binary())}"
    if not os.path.exists(stamp) or open(stamp).read() != maker:
        remove(database)
        import_into(database, sources(questions))
        with open(stamp, "w") as file:
            file.write(maker)
    return database


def texts(questions):
    """A database of what reference_http reads: the JSON of each question of a generated bank."""
    bank, database = generated(questions), f"texts-{questions}.db"
    if not os.path.exists(database) or os.path.getmtime(database) < os.path.getmtime(bank):
        remove(database)
        _write_texts(bank, database + ".new")
        os.rename(database + ".new", database)
    return database


def _write_texts(bank, database):
    remove(database)
    command = [qbank_binary(), "export", "--db", bank, "--format", "ndjson"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as export:
        lines = ((line.rstrip(b"\n").decode(),) for line in export.stdout)
        connection = sqlite3.connect(database)
        connection.execute("CREATE TABLE texts (key INTEGER PRIMARY KEY, json TEXT NOT NULL)")
        connection.executemany("INSERT INTO texts (json) VALUES (?)", lines)
        connection.commit()
        connection.close()
    if export.returncode != 0:
        raise RuntimeError(f"{command}: exit status {export.returncode}")


def walk(server, most_pages):
    """Ids and cursors of the bank, at most so many pages of 100."""
    page = server.get("/v1/questions?limit=100")
    key = page["revision"], most_pages
    if key not in _walks:
        _walks[key] = _walk_on(server, page, most_pages)
    ids, cursors = _walks[key]
    return list(ids), list(cursors)


_walks = {}


def _walk_on(server, page, most_pages):
    ids, cursors = [item["id"] for item in page["items"]], []
    while "next_cursor" in page and len(cursors) + 1 < most_pages:
        cursors.append(page["next_cursor"])
        page = server.get(f"/v1/questions?limit=100&cursor={cursors[-1]}")
        ids += [item["id"] for item in page["items"]]
    return ids, cursors

"""What the process costs: memory, start, a change of the bank, the import."""

import json
import os
import shutil
import signal
import subprocess
import time

from . import banks
from .measure import Load
from .servers import program, qbank, qbank_binary

STARTS = 5
CACHE_MB = 32  # the server's default, on top of what it may take without a cache


def exercise(server, questions):
    """Makes the server touch all it has."""
    ids, cursors = banks.walk(server, questions)
    for targets in ([f"/v1/questions/{id}" for id in ids],
                    [f"/v1/questions/{id}/answer" for id in ids[:1]],
                    [f"/v1/questions?cursor={cursor}" for cursor in cursors],
                    ["/v1/questions/random?count=50"]):
        if targets:
            Load(server, targets).run(seconds=2)


def memory(table, questions):
    with qbank(banks.shipped()) as server:
        exercise(server, 100)
        table.value("memory", "resident, shipped bank", server.memory_mb("VmRSS"), "MB", 40)
    with qbank(banks.generated(questions)) as server:
        exercise(server, questions)
        table.value("memory", f"resident, {questions:,} questions",
                    server.memory_mb("VmRSS"), "MB", 64 + CACHE_MB)
        own = server.memory_mb("RssAnon")
        table.note("memory", f"{own:.1f} MB of the last are no pages of files")


def ready_ms(database):
    begin = time.monotonic()
    with qbank(database) as server:
        server.get("/readyz")
        return (time.monotonic() - begin) * 1000


def start(table, questions):
    for what, database, most in (("shipped bank", banks.shipped(), 50),
                                 (f"{questions:,} questions", banks.generated(questions), 2000)):
        # Whatever else runs on the machine can only make it longer.
        fastest = min(ready_ms(database) for _ in range(STARTS))
        table.value("start", f"to ready, {what}", fastest, "ms", most)


# ---- a new revision under load -----------------------------------------------------------------


def await_revision(server, before):
    """Seconds until another revision is served."""
    begin = time.monotonic()
    while server.get("/v1/questions?limit=1")["revision"] == before:
        if time.monotonic() - begin > 60:
            raise RuntimeError("the new revision is never served")
        time.sleep(0.02)
    return time.monotonic() - begin


def switch(table, questions):
    """A source is added while requests come in at a moderate rate."""
    database = "switch.db"
    banks.remove(database)
    shutil.copy(banks.generated(questions), database)
    with open("added.md", "w") as file:
        file.write(f"# [E] What is new at {time.time()}?\n\nThis.\n")
    with qbank(database) as server:
        before = server.get("/v1/questions?limit=1")["revision"]
        load = Load(server, ["/v1/questions/random?count=10"], ["--connections", "4"])
        quiet = load.run(seconds=3)
        with subprocess.Popen(load.command(seconds=600), stdout=subprocess.PIPE) as running:
            time.sleep(1)
            subprocess.run(["nice", "-n", "19", qbank_binary(), "import", "--db", database,
                            "--add", "added.md"], check=True, stdout=subprocess.DEVNULL)
            served = await_revision(server, before)
            time.sleep(1)
            running.send_signal(signal.SIGINT)
            busy = json.loads(running.communicate()[0])
        most = server.memory_mb("VmHWM")
    table.value("switch", "import done until it is served", served * 1000, "ms", 1000)
    table.value("switch", "slowest request meanwhile", busy["max_us"] / 1000, "ms", 50)
    table.note("switch", f"greatest resident size, while two banks are alive: {most:.1f} MB")
    table.note("switch", f"slowest request without an import: {quiet['max_us'] / 1000:.1f} ms")


# ---- import ------------------------------------------------------------------------------------


def run_reference(made, directory):
    """Seconds and CPU seconds to fill a database like `made`, which came from this directory."""
    banks.remove("reference.db")
    files = sorted(os.path.join(directory, name) for name in os.listdir(directory)
                   if name.endswith(".md"))
    command = [program("reference_import"), made, "reference.db", *files]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def imports(table, questions):
    """Wall time with all cores, as a person waits for it; pairs as long as they are short."""
    directory, database = banks.sources(questions), "import.db"
    rounds = []
    for _ in range(5 if questions <= 20000 else 1):
        banks.remove(database)
        first = banks.import_into(database, directory)
        rounds.append((first, run_reference(database, directory),
                       banks.import_into(database, directory)))
    first, bare, again = sorted(rounds, key=lambda each: each[0][0] / each[1]["seconds"])[
        len(rounds) // 2]
    table.speed("import", f"first, {questions:,} questions", first[0], bare["seconds"], 0.6)
    table.speed("import", "again, unchanged, against the first", again[0], first[0], 5)
    table.note("import", f"CPU {first[1]:.2f} s against {bare['cpu_seconds']:.2f} s, again"
               f" {again[1]:.2f} s; greatest resident size {first[2]:.0f} MB")

#!/usr/bin/env python3
"""Whether the tools of the benchmarks do what they say; takes no times. `make check-bench`."""

import filecmp
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

# pylint: disable=wrong-import-position
from harness import banks, servers  # noqa: E402

for variable, default in (("QBANK_BINARY", "build/qbank"), ("BENCH_PROGRAMS", "build/bench")):
    os.environ[variable] = os.path.abspath(os.environ.get(variable, default))

RESPONSE = b"HTTP/1.1 203 Fine\r\nContent-Type: text/plain\r\nX-Own: a, b\r\n\r\nbody\nof two lines"


class BenchTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.directory.name)

    def load(self, server, targets, *options):
        with open("targets", "w") as file:
            file.writelines(target + "\n" for target in targets)
        command = [servers.program("http_load"), "--port", str(server.port),
                   "--pid", str(server.pid), "--seconds", "5", "--warm-up", "0",
                   "--requests", "500", *options, "targets"]
        finished = subprocess.run(command, stdout=subprocess.PIPE)
        return finished.returncode, json.loads(finished.stdout)


class Generate(BenchTest):
    def test_has_as_many_questions_as_asked_for(self):
        subprocess.run([servers.program("generate"), "1234", "bank"], check=True)
        report = subprocess.run([servers.qbank_binary(), "lint", "--format", "json", "bank"],
                                check=True, stdout=subprocess.PIPE).stdout
        self.assertEqual(json.loads(report)["summary"]["questions"]["total"], 1234)

    def test_is_the_same_each_time(self):
        for name in ("one", "other"):
            subprocess.run([servers.program("generate"), "600", name], check=True)
        names = os.listdir("one")
        self.assertEqual(filecmp.cmpfiles("one", "other", names, shallow=False)[0], names)


class ReferenceHttp(BenchTest):
    def answer(self, *options):
        with servers.reference(RESPONSE, *options) as server:
            return server.raw("/any?thing")

    def test_answers_what_it_was_given(self):
        for options in ((), ("--built",), ("--memory", "32768")):
            head, _, body = self.answer(*options).partition(b"\r\n\r\n")
            self.assertEqual(body, b"body\nof two lines")
            self.assertTrue(head.startswith(b"HTTP/1.1 203 "))
            self.assertIn(b"\r\nX-Own: a, b", head)
            self.assertIn(b"\r\nContent-Length: 17", head)


class Load(BenchTest):
    def test_counts_answers_and_cpu_time(self):
        with servers.reference(RESPONSE) as server:
            status, result = self.load(server, ["/a", "/b?c"], "--status", "203",
                                       "--connections", "3")
        self.assertEqual((status, result["failures"]), (0, 0))
        self.assertGreaterEqual(result["requests"], 500)
        self.assertLess(result["requests"], 503)
        self.assertGreater(result["cpu_us"], 0)
        self.assertLessEqual(result["p50_us"], result["p99_us"])
        self.assertLessEqual(result["p99_us"], result["max_us"])

    def test_fails_on_another_status(self):
        with servers.reference(RESPONSE) as server:
            status, result = self.load(server, ["/"])
        self.assertEqual((status, result["failures"]), (1, result["requests"]))

    def test_reads_answers_of_any_size(self):
        for size in (0, 1, 100, 70000, 1000000):
            with servers.reference(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(size)) as server:
                self.assertEqual(self.load(server, ["/"], "--connections", "2")[0], 0, size)

    def test_knows_that_304_has_no_body(self):
        with servers.reference(b"HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n") as server:
            self.assertEqual(self.load(server, ["/"], "--status", "304")[0], 0)


class ReferenceImport(BenchTest):
    TABLES = ("sources", "sections", "questions", "answers", "revision")

    def test_fills_the_same_tables(self):
        subprocess.run([servers.program("generate"), "600", "bank"], check=True)
        banks.import_into("made.db", "bank")
        subprocess.run([servers.program("reference_import"), "made.db", "new.db",
                        "bank/bank-000.md"], check=True, stdout=subprocess.DEVNULL)
        made, new = (sqlite3.connect(name) for name in ("made.db", "new.db"))
        self.addCleanup(made.close)
        self.addCleanup(new.close)
        for query in [f"SELECT * FROM {table}" for table in self.TABLES] + [
                "SELECT name, sql FROM sqlite_schema ORDER BY name"]:
            self.assertEqual(made.execute(query).fetchall(), new.execute(query).fetchall())


if __name__ == "__main__":
    unittest.main()

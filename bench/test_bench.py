#!/usr/bin/env python3
"""Whether the tools of the benchmarks do what they say; takes no times. `make check-bench`."""

import contextlib
import filecmp
import http.server
import importlib.machinery
import importlib.util
import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest
import unittest.mock
from xml.etree import ElementTree

sys.dont_write_bytecode = True

# pylint: disable=wrong-import-position
from harness import banks, growth, measure, peer_data, plot, report, servers, table  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))

for variable, default in (("QBANK_BINARY", "build/qbank"), ("BENCH_PROGRAMS", "build/bench")):
    os.environ[variable] = os.path.abspath(os.environ.get(variable, default))

RESPONSE = b"HTTP/1.1 203 Fine\r\nContent-Type: text/plain\r\nX-Own: a, b\r\n\r\nbody\nof two lines"


def script(name):
    """A program beside this one, as a module."""
    loader = importlib.machinery.SourceFileLoader(name, os.path.join(HERE, name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


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

    def test_puts_bodies_together_of_texts(self):
        with contextlib.closing(sqlite3.connect("texts.db")) as database:
            database.execute("CREATE TABLE texts (key INTEGER PRIMARY KEY, json TEXT NOT NULL)")
            database.executemany("INSERT INTO texts VALUES (?, ?)",
                                 ((key, f'{{"key":{key}}}') for key in range(1, 51)))
            database.commit()
        for options in ((), ("--from", "database"), ("--from", "file"), ("--from", "memory")):
            texts = ("--texts", "texts.db", "--count", "7", *options)
            keys = self.keys(*texts)
            self.assertEqual(len(keys), 7)
            self.assertNotEqual(keys, list(range(keys[0], keys[0] + 7)))
            keys = self.keys(*texts, "--adjacent")
            self.assertEqual(keys, list(range(keys[0], keys[0] + 7)))
            with self.assertRaises(subprocess.CalledProcessError):
                self.keys("--texts", "texts.db", "--count", "52", "--adjacent", *options)

    def keys(self, *options):
        body = self.answer(*options).partition(b"\r\n\r\n")[2]
        return [item["key"] for item in json.loads(body)["items"]]


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

    def test_reads_answers_in_chunks(self):
        for sizes in ((), (1,), (10, 255, 4096), (300000,)):
            with ChunkedServer(sizes) as server:
                self.assertEqual(self.load(server, ["/"], "--connections", "4")[0], 0, sizes)

    def test_fails_on_broken_chunks(self):
        with ChunkedServer((5,), end=b"x\r\n") as server:
            self.assertEqual(self.load(server, ["/"], "--connections", "1")[0], 1)


class QuietServer(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):  # the load leaves in the middle of answers
        pass


class ChunkedServer:
    """Answers every request with chunks of these sizes."""

    def __init__(self, sizes, end=b"0\r\n\r\n"):
        body = b"".join(b"%X;ignored\r\n%s\r\n" % (size, bytes(size)) for size in sizes) + end

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one segment: the load would wait for the second

            def do_GET(self):  # pylint: disable=invalid-name
                self.send_response(200)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):  # pylint: disable=arguments-differ
                pass

        self.server = QuietServer(("127.0.0.1", 0), Handler)
        self.port, self.pid = self.server.server_address[1], os.getpid()

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class ReferenceImport(BenchTest):
    def setUp(self):
        super().setUp()
        subprocess.run([servers.program("generate"), "600", "bank"], check=True)
        banks.import_into("made.db", "bank")
        subprocess.run([servers.program("reference_import"), "made.db", "new.db",
                        "bank/bank-000.md"], check=True, stdout=subprocess.DEVNULL)
        self.made, self.new = (sqlite3.connect(name) for name in ("made.db", "new.db"))
        self.addCleanup(self.made.close)
        self.addCleanup(self.new.close)

    def assert_same(self, query):
        made = self.made.execute(query).fetchall()
        self.assertGreater(len(made), 0, query)
        self.assertEqual(made, self.new.execute(query).fetchall(), query)

    def test_makes_the_same_schema(self):
        self.assert_same("SELECT name, sql FROM sqlite_schema ORDER BY name")

    def test_fills_the_same_tables(self):
        tables = self.made.execute("SELECT name FROM pragma_table_list WHERE schema = 'main'"
                                   " AND type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
        names = {name for name, in tables}
        self.assertLess({"questions", "answers", "sources", "sections"}, names)
        for name in names - {"aliases", "gone", "removed"}:  # empty in a new bank
            self.assert_same(f"SELECT * FROM {name}")

    def test_fills_the_same_indexes(self):
        for index in ("search", "search_all"):
            for database in (self.made, self.new):
                database.execute(f"CREATE VIRTUAL TABLE temp.{index}_words"
                                 f" USING fts5vocab(main, {index}, row)")
                database.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
            self.assert_same(f"SELECT * FROM {index}_words")
            self.assert_same(f"SELECT k, v FROM {index}_config ORDER BY k")


class Report(BenchTest):
    PAGE = "a\n<!-- bench one -->\nold\n<!-- end -->\nb\n<!-- bench two -->\n<!-- end -->\n"

    def table(self):
        with contextlib.redirect_stdout(io.StringIO()):
            made = table.Table()
            made.ratio("two", "of a | b", 3.0, 2.0, 1.5, 1.25)
            made.note("two", "a note")
        return made

    def test_replaces_what_stands_in_its_place(self):
        page = report.place(self.PAGE, "one", "new \\1")
        self.assertEqual(page, self.PAGE.replace("old", "\nnew \\1\n"))
        self.assertEqual(report.place(page, "one", "new \\1"), page)

    def test_names_a_place_that_is_missing(self):
        with self.assertRaisesRegex(report.NoPlace, "three"):
            report.place(self.PAGE, "three", "new")

    def test_writes_the_sections_that_were_measured(self):
        with open("page.md", "w") as file:
            file.write(self.PAGE)
        report.write("page.md", self.table(), "heading")
        with open("page.md") as file:
            page = file.read()
        self.assertIn("<!-- bench one -->\nold\n", page)
        self.assertIn("heading\n\n| what | qbank |", page)
        self.assertIn("| 3.00 µs | 2.00 µs | 1.50 | ≤ 1.25 × | over |", page)
        self.assertIn("\n\n- a note\n", page)

    def test_counts_what_is_over_its_target(self):
        self.assertEqual(self.table().failures, 1)

    def test_the_page_has_a_place_for_every_section(self):
        with open(os.path.join(HERE, "../docs/performance.md")) as file:
            page = file.read()
        for name in (*script("run").SECTIONS, "peers"):
            report.place(page, name, "")


class Plot(BenchTest):
    def test_draws_a_line_for_each_request(self):
        curves = {"one question": {1000: 7, 10000: 8}, "page": {1000: 9, 10000: 9.5}}
        self.assertTrue(plot.draw(curves, "plot.svg"))
        titles = {element.text for element in ElementTree.parse("plot.svg").iter()
                  if element.tag.endswith("}text") or element.tag.endswith("}tspan")}
        self.assertLessEqual({"one question", "page"},
                             {title.strip() for title in titles if title})

    def test_draws_points_where_there_is_one_size(self):
        self.assertTrue(plot.draw({"page": {1000: 9}, "stats": {1000: 7}}, "plot.svg"))
        self.assertGreater(os.path.getsize("plot.svg"), 0)


class Growth(unittest.TestCase):
    def test_measures_at_every_size_up_to_the_bank(self):
        self.assertEqual(growth.sizes(1000000), [10000, 100000, 1000000])
        self.assertEqual(growth.sizes(20000), [10000, 20000])
        self.assertEqual(growth.sizes(1000), [1000])

    def test_curves_follow_the_ratios(self):
        found = {size: {"x": measure.Comparison({}, 99, base, ratio)}
                 for size, base, ratio in ((10000, 8, 1.5), (100000, 10, 2))}
        self.assertEqual(growth.curves(100000, found),
                         {"x": {1000: 10, 10000: 15, 100000: 20}})


class Holding(BenchTest):
    def setUp(self):
        super().setUp()
        subprocess.run([servers.program("generate"), "1000", "bank-1000"], check=True)
        open("bank-1000/complete", "w").close()

    def test_grants_what_the_larger_bank_needs(self):
        with growth.holding(1000, 1000000) as server:
            command = " ".join(server.process.args)
        self.assertIn("--cache-size 2000000000", command)
        self.assertIn(servers.HUGE_PAGES, command)

    def test_fills_the_cache_with_every_page(self):
        with servers.qbank(banks.generated(1000)) as server:
            _, cursors = banks.walk(server, 1000)
        with servers.qbank(banks.generated(1000), "--access-log") as server:
            growth.fill(server, 1000)
        logged = server.logged()
        self.assertEqual(len(cursors), 9)
        for cursor in cursors:
            self.assertEqual(logged.count(f"?limit=100&cursor={cursor} 200"), 1)

    def test_compares_all_draws(self):
        with unittest.mock.patch.multiple(measure, ROUNDS=1, SECONDS=0.1):
            found = growth.compare_held(1000)
        self.assertEqual(len(found), 6)
        self.assertIn("random, count 10, two difficulties, 250 exclusions, all kept", found)


class Instructions(unittest.TestCase):
    def test_fails_what_is_more_than_a_tenth_above_the_record(self):
        judge = script("instructions").judge
        self.assertIsNone(judge({"a": 1000, "b": 10}, {"a": 1100, "b": 5}))
        self.assertIn(": a", judge({"a": 1000, "b": 10}, {"a": 1101, "b": 10}))
        self.assertIn("--update", judge({"a": 1000}, {"a": 1000, "b": 10}))


class PeerData(BenchTest):
    def test_is_what_qbank_serves(self):
        subprocess.run([servers.program("generate"), "600", "bank-600"], check=True)
        open("bank-600/complete", "w").close()
        items = peer_data.prepare(600)
        with servers.qbank("bank-600.db") as server:
            asked = [server.get(f"/v1/questions/{items[i]['id']}") for i in (0, 300, 599)]
        self.assertEqual(asked, [items[0], items[300], items[599]])
        with open("files/pages/580") as file:
            self.assertEqual(json.load(file)["items"], items[580:])
        with contextlib.closing(sqlite3.connect("peers.db")) as database:
            found = database.execute("SELECT id, question FROM questions WHERE position = 599")
            self.assertEqual(found.fetchall(), [(items[599]["id"], items[599]["question"])])


if __name__ == "__main__":
    unittest.main()

"""Servers under test: qbank, the bare libmicrohttpd reference, nginx. Each runs on one core."""

import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

SERVER_CORES, CLIENT_CORES, ALL_CORES = "0", "1", "0,1"
NO_CACHE = ("--cache-size", "0")
# What docs/performance.md advises for large caches; without it glibc asks for huge pages nowhere.
HUGE_PAGES = "GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.top_pad=67108864"
START_SECONDS = 120
_numbers = itertools.count()


def program(name):
    return os.path.join(os.environ.get("BENCH_PROGRAMS", "build/bench"), name)


def qbank_binary():
    return os.environ.get("QBANK_BINARY", "build/qbank")


def on_cores(cores, command):
    return ["taskset", "-c", cores, *command]


class Server:
    """A process that says where it listens; stopped at the end of a `with` block."""

    def __init__(self, command, cores=SERVER_CORES, port=None):
        self.log_path = f"server-{next(_numbers)}.log"
        self.log = open(self.log_path, "wb")
        self.process = subprocess.Popen(
            on_cores(cores, command), stdout=self.log, stderr=subprocess.STDOUT)
        self.pid = self.process.pid  # taskset becomes the server
        try:
            self.port = self._await_port(port)
        except BaseException:
            self.stop()
            raise

    def _await_port(self, port):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            text = self.logged()
            found = re.search(r"(?:listening|running) on http://127\.0\.0\.1:(\d+)\b.*\n", text)
            if found:
                return int(found[1])
            if port and self._accepts(port):
                return port
            time.sleep(0.001)
        raise RuntimeError(f"{self.process.args} does not start: {self.logged()}")

    def logged(self):
        with open(self.log_path, errors="replace") as log:
            return log.read()

    @staticmethod
    def _accepts(port):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return json.load(answer)

    def raw(self, path, header=None):
        """The response as it is on the wire."""
        command = ["curl", "-si", f"http://127.0.0.1:{self.port}{path}"]
        return subprocess.run(command + (["-H", header] if header else []),
                              check=True, stdout=subprocess.PIPE).stdout

    def memory_mb(self, field):
        """A size from /proc/PID/status, VmRSS, VmHWM or RssAnon, in MB."""
        with open(f"/proc/{self.pid}/status") as status:
            kb = next(line.split()[1] for line in status if line.startswith(field + ":"))
        return int(kb) * 1024 / 1e6


def qbank_command(database, workers=1):
    return [qbank_binary(), "serve", "--db", database, "--listen", "127.0.0.1:0",
            "--workers", str(workers)]


def qbank(database, *options, workers=1, cores=SERVER_CORES, environment=()):
    return Server(["env", *environment, *qbank_command(database, workers), *options], cores)


def reference(response, *options):
    """Answers everything with these bytes."""
    with open("response", "wb") as file:
        file.write(response)
    return Server([program("reference_http"), *options, "response"])


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


NGINX = """
daemon off; master_process off; worker_processes 1; pid nginx.pid; error_log nginx.log;
events {{ worker_connections 4096; multi_accept on; }}
http {{
    access_log off; sendfile off; tcp_nodelay on; open_file_cache max=2000 inactive=1h;
    open_file_cache_valid 1h; keepalive_requests 1000000000; output_buffers 1 64k;
    types {{ }} default_type application/json;
    server {{ listen 127.0.0.1:{port} reuseport; root {root}; index body; }}
}}
"""


def nginx_with(root):
    """Serves the files below this directory."""
    port = free_port()
    with open("nginx.conf", "w") as file:
        file.write(NGINX.format(port=port, root=root))
    return Server(["nginx", "-p", os.getcwd(), "-c", os.path.abspath("nginx.conf")], port=port)


def nginx(response):
    """Serves the body of these bytes as a file, or None where there is no nginx."""
    if shutil.which("nginx") is None:
        return None
    with open("body", "wb") as file:
        file.write(response.partition(b"\r\n\r\n")[2])
    return nginx_with(os.getcwd())

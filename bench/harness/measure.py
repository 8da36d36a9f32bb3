"""Loads, and comparisons of two of them."""

import itertools
import json
import statistics
import subprocess
from dataclasses import dataclass, field

from .servers import CLIENT_CORES, on_cores, program

_numbers = itertools.count()
ROUNDS, WARM_UP, SECONDS = 5, 0.1, 0.4


@dataclass
class Load:
    """Requests to one server. Successive runs go on in the list where the last one stopped."""

    server: object
    targets: list
    options: list = field(default_factory=list)
    done: int = 0

    def __post_init__(self):
        self.file = f"targets-{next(_numbers)}"
        with open(self.file, "w") as file:
            file.writelines(target + "\n" for target in self.targets)

    def command(self, seconds=SECONDS, warm_up=WARM_UP):
        return on_cores(CLIENT_CORES, [
            program("http_load"), "--port", str(self.server.port), "--pid", str(self.server.pid),
            "--seconds", str(seconds), "--warm-up", str(warm_up), "--skip", str(self.done),
            *self.options, self.file])

    def run(self, **times):
        """One bounded run; fails unless every request was answered as expected."""
        return self.result(subprocess.run(self.command(**times), stdout=subprocess.PIPE))

    def result(self, finished):
        if finished.returncode != 0:
            raise RuntimeError(f"{finished.args}: {finished.stdout.decode()}")
        result = json.loads(finished.stdout)
        self.done += int(result["requests"] * (1 + WARM_UP / SECONDS))
        return result


@dataclass
class Comparison:
    subject: dict  # of the run whose CPU time is the median
    cpu_us: float
    reference_us: float
    ratio: float  # the median of the rounds' ratios


def compare(subject, reference):
    """Alternating pairs, so that both see the same weather."""
    pairs = []
    for number in range(ROUNDS):
        order = [subject, reference] if number % 2 else [reference, subject]
        results = {id(load): load.run() for load in order}
        pairs.append((results[id(subject)], results[id(reference)]))
    middle = sorted((pair[0] for pair in pairs), key=lambda run: run["cpu_us"])[ROUNDS // 2]
    return Comparison(
        subject=middle,
        cpu_us=middle["cpu_us"],
        reference_us=statistics.median(pair[1]["cpu_us"] for pair in pairs),
        ratio=statistics.median(pair[0]["cpu_us"] / pair[1]["cpu_us"] for pair in pairs))

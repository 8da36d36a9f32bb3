"""The table that a run prints, in Markdown: one row for each figure, as it comes in."""

import os

WIDTHS = (11, 60, 10, 10, 6, 9, 4)
HEADINGS = ("section", "what", "qbank", "reference", "ratio", "target", "")


def machine():
    with open("/proc/cpuinfo") as file:
        models = [line.partition(": ")[2].strip() for line in file if line.startswith("model name")]
    kernel = ".".join(os.uname().release.split(".")[:2])
    return f"{len(models)} cores, {models[0] if models else 'unknown'}, Linux {kernel}"


class Table:
    def __init__(self):
        self.failures = 0
        self.notes = []
        print(machine() + "\n")
        self._print(HEADINGS)
        self._print(["-" * width for width in WIDTHS])

    @staticmethod
    def _print(cells):
        padded = [str(cell).ljust(width) for cell, width in zip(cells, WIDTHS)]
        print("| " + " | ".join(padded) + " |", flush=True)

    def _verdict(self, good):
        if good is None:
            return ""
        self.failures += not good
        return "ok" if good else "over"

    def ratio(self, section, what, value, reference, ratio, most, unit="µs"):
        """A cost against that of the reference; `most` may be None: told, not judged."""
        target = "" if most is None else f"≤ {most:g} ×"
        good = None if most is None else ratio <= most
        self._print((section, what, f"{value:.2f} {unit}", f"{reference:.2f} {unit}",
                     f"{ratio:.2f}", target, self._verdict(good)))

    def speed(self, section, what, seconds, reference, least):
        """Time against the reference's, as a speed: greater is better."""
        ratio = reference / seconds
        self._print((section, what, f"{seconds:.2f} s", f"{reference:.2f} s", f"{ratio:.2f}",
                     f"≥ {least:g} ×", self._verdict(ratio >= least)))

    def value(self, section, what, value, unit, most):
        """A figure that stands for itself."""
        target = "" if most is None else f"≤ {most:g} {unit}"
        good = None if most is None else value <= most
        self._print((section, what, f"{value:.1f} {unit}", "", "", target, self._verdict(good)))

    def note(self, text):
        """Something to be told below the table."""
        self.notes.append(text)

    def finish(self):
        if self.notes:
            print("\n" + "\n".join(f"- {text}" for text in self.notes))

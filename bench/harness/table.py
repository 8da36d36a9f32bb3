"""The table that a run prints, in Markdown: one row for each figure, as it comes in."""

import os
from dataclasses import dataclass, field

WIDTHS = (11, 60, 10, 10, 6, 9, 4)
HEADINGS = ("section", "what", "qbank", "reference", "ratio", "target", "")


def machine():
    with open("/proc/cpuinfo") as file:
        models = [line.partition(": ")[2].strip() for line in file if line.startswith("model name")]
    kernel = ".".join(os.uname().release.split(".")[:2])
    return f"{len(models)} cores, {models[0] if models else 'unknown'}, Linux {kernel}"


@dataclass
class Section:
    """What a part of the table says: its rows, cells without the section's name, and notes."""

    rows: list = field(default_factory=list)
    notes: list = field(default_factory=list)


class Table:
    def __init__(self, headings=HEADINGS, widths=WIDTHS):
        self.headings, self.widths = headings, widths
        self.failures = 0
        self.sections = {}
        print(machine() + "\n")
        self._print(headings)
        self._print(["-" * width for width in widths])

    def _print(self, cells):
        padded = [str(cell).ljust(width) for cell, width in zip(cells, self.widths)]
        print("| " + " | ".join(padded) + " |", flush=True)

    def row(self, section, *cells):
        self.sections.setdefault(section, Section()).rows.append(cells)
        self._print((section, *cells))

    def _verdict(self, good):
        if good is None:
            return ""
        self.failures += not good
        return "ok" if good else "over"

    def ratio(self, section, what, value, reference, ratio, most, unit="µs"):
        """A cost against that of the reference; `most` may be None: told, not judged."""
        target = "" if most is None else f"≤ {most:g} ×"
        good = None if most is None else ratio <= most
        self.row(section, what, f"{value:.2f} {unit}", f"{reference:.2f} {unit}", f"{ratio:.2f}",
                 target, self._verdict(good))

    def speed(self, section, what, seconds, reference, least):
        """Time against the reference's, as a speed: greater is better."""
        ratio = reference / seconds
        self.row(section, what, f"{seconds:.2f} s", f"{reference:.2f} s", f"{ratio:.2f}",
                 f"≥ {least:g} ×", self._verdict(ratio >= least))

    def value(self, section, what, value, unit, most):
        """A figure that stands for itself; `most` may be None: told, not judged."""
        target = "" if most is None else f"≤ {most:g} {unit}"
        good = None if most is None else value <= most
        self.row(section, what, f"{value:.1f} {unit}", "", "", target, self._verdict(good))

    def note(self, section, text):
        """Something to be told below the table."""
        self.sections.setdefault(section, Section()).notes.append(text)

    def finish(self):
        notes = [f"- {name}: {text}" for name, section in self.sections.items()
                 for text in section.notes]
        if notes:
            print("\n" + "\n".join(notes))

    def markdown(self, section):
        """One section's part, with a head of its own."""
        lines = [self.headings[1:], ["---"] * (len(self.headings) - 1),
                 *self.sections[section].rows]
        rows = ["| " + " | ".join(map(str, cells)).rstrip() + " |" for cells in lines]
        notes = [f"- {text}" for text in self.sections[section].notes]
        return "\n".join(rows + ([""] + notes if notes else []))

"""Writes what was measured into a page of the documentation.

The page has a place for each section: what stands between `<!-- bench NAME -->` and the next
`<!-- end -->` is replaced, the rest is left as it is.
"""

import re
import time


class NoPlace(Exception):
    """The page has no place for a section."""


def place(page, name, text):
    """The page with this text in the place of that name."""
    begin, end = f"<!-- bench {name} -->\n", "<!-- end -->"
    pattern = re.escape(begin) + ".*?" + re.escape(end)
    new, count = re.subn(pattern, lambda _: f"{begin}\n{text}\n\n{end}", page, flags=re.DOTALL)
    if count != 1:
        raise NoPlace(f"{count} places for {name}, which begin with {begin.strip()}")
    return new


def caption(machine, command):
    return f"`{command}` on {time.strftime('%Y-%m-%d')}, {machine}:"


def write(path, table, heading):
    """Puts each section that was measured into its place."""
    with open(path) as file:
        page = file.read()
    for name in table.sections:
        page = place(page, name, f"{heading}\n\n{table.markdown(name)}")
    with open(path, "w") as file:
        file.write(page)

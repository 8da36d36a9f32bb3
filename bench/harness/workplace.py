"""Where runs leave what they write."""

import os


def enter():
    """Goes to a directory below the tools; the programs are found from there by absolute names."""
    for name, default in (("QBANK_BINARY", "build/qbank"), ("BENCH_PROGRAMS", "build/bench")):
        os.environ[name] = os.path.abspath(os.environ.get(name, default))
    workplace = os.path.join(os.environ["BENCH_PROGRAMS"], "data")
    os.makedirs(workplace, exist_ok=True)
    os.chdir(workplace)

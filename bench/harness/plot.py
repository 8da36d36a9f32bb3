"""Draws what a request costs in banks of growing size."""

import shutil
import subprocess

SCRIPT = """
set terminal svg size 760,560 dynamic font 'sans-serif,13' background '#ffffff' name 'growth'
set output '{svg}'
set logscale xy 10
set xlabel 'questions in the bank'
set ylabel 'CPU time for each request, µs'
set xrange [{least}:{most}]
set yrange [5:]
set format x '%.0s%c'
set key below left Left reverse maxcols 2 samplen 2
set grid ytics mytics lc '#dddddd'
set border 3
set tics nomirror
plot for [i=2:{last}] '{data}' using 1:i with linespoints linewidth 2 linetype i-1 \\
    pointtype 3+i pointsize 0.7 title columnheader(i)
"""


def draw(curves, svg):
    """`curves` are {title: {size: µs}}, all for the same sizes, or for one, of which an axis of that
    size alone would have no width. False where there is no gnuplot."""
    if shutil.which("gnuplot") is None:
        return False
    sizes = sorted(next(iter(curves.values())))
    with open("growth.dat", "w") as data:
        data.write("questions " + " ".join(f'"{title}"' for title in curves) + "\n")
        for size in sizes:
            costs = " ".join(f"{curve[size]:.3f}" for curve in curves.values())
            data.write(f"{size} {costs}\n")
    script = SCRIPT.format(svg=svg, data="growth.dat", last=len(curves) + 1,
                           least=sizes[0], most=max(sizes[-1], 10 * sizes[0]))
    subprocess.run(["gnuplot"], input=script.encode(), check=True)
    return True

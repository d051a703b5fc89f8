#!/usr/bin/env python3
"""plot.py TABLE PLOT.svg - draws CPU seconds of the record and of one article more over the size of the corpus."""
import math, sys

rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1])]
names, rows = rows[0], [dict(zip(rows[0], row)) for row in rows[1:]]
series = [("record CPU s", "#1f5fa8"), ("one more CPU s", "#b8451f")]
points = [(float(r["articles"]), [float(r[name]) for name, _ in series]) for r in rows]
left, right, top, bottom = 70, 560, 30, 300
low, high = math.log10(points[0][0]), math.log10(max(points[-1][0], points[0][0] * 10))
floor, ceiling = -1, max(1, math.ceil(math.log10(max(max(values) for _, values in points))))
across = lambda n: left + (math.log10(n) - low) / (high - low) * (right - left)
up = lambda s: bottom - (math.log10(max(s, 0.1)) - floor) / (ceiling - floor) * (bottom - top)
out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" font-family="sans-serif" font-size="12">',
       "<title>CPU seconds by number of articles, both axes logarithmic</title>"]
for power in range(floor, ceiling + 1):
    y = up(10 ** power)
    out.append(f'<line x1="{left}" y1="{y:.0f}" x2="{right}" y2="{y:.0f}" stroke="#ddd"/><text x="{left - 8}" y="{y + 4:.0f}" text-anchor="end">{10 ** power:g} s</text>')
for n, _ in points:
    out.append(f'<text x="{across(n):.0f}" y="{bottom + 18}" text-anchor="middle">{n:,.0f}</text>')
out.append(f'<text x="{(left + right) // 2}" y="{bottom + 40}" text-anchor="middle">articles</text>')
for at, (name, colour) in enumerate(series):
    line = " ".join(f"{across(n):.1f},{up(values[at]):.1f}" for n, values in points)
    out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
    out.append(f'<text x="{left + 10}" y="{top + 16 * at}" fill="{colour}">{name}</text>')
open(sys.argv[2], "w").write("\n".join(out + ["</svg>"]) + "\n")

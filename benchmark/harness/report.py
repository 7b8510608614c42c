"""docs/benchmark.md and its chart."""
import datetime
import os
import platform
import subprocess
from html import escape
from statistics import median

BAR, LEFT, WIDTH, LINE = "#3b6ea5", 290, 460, 22
OTHER = "#b8c4d0"


def write(path, results, size):
    chart = path.with_suffix(".svg")
    chart.write_text(svg([result for result in results if not result.case.chain]), encoding="utf-8")
    parts = [introduction(results, size, chart.name)]
    parts += [section(result) for result in results]
    path.write_text("\n".join(parts), encoding="utf-8")


def introduction(results, size, chart):
    runs = [run for result in results for outcome in result.outcomes for run in outcome.runs]
    pages = sum(run.pages for run in runs)
    server = sum(run.server_cpu for run in runs) / max(1, pages)
    others = median(run.others for run in runs)
    sized = "" if size.name == "full" else f"\nThis is a run with less data (`{size.name}`), good for a look and for nothing else.\n"
    busy = (f"Other processes took {others:.1f} of its cores in the median run, so compare the ratios and not the seconds."
            if others > 0.15 else "The machine was otherwise idle.")
    return f"""# Benchmark

Quire beside other clients that read the same pages from the same server, each whole process from its start to its exit.
This page and its chart are written by `benchmark/run`; [its README](../benchmark/README.md) says what is measured and how.
{sized}
Run on {datetime.date.today().isoformat()}: {machine()}. {busy}
The page server itself took {server * 1e6:,.0f} µs of CPU for a page.

Times are medians; in brackets the ratio to Quire in the same run: 2.0 means twice as much as Quire. A run with wrong rows
or pages is a failure and has no time.

![Wall time of each client]({chart})
"""


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), platform.machine())
    with open("/proc/meminfo", encoding="utf-8") as info:
        memory = int(info.readline().split()[1]) / 1024 / 1024
    java = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.split('"')[1]
    return f"{os.cpu_count()} cores of {model}, {memory:.0f} GB, {platform.system()} {platform.release()}, JDK {java}"


def section(result):
    case = result.case
    quire = next((o for o in result.outcomes if o.client == "quire" and not o.fault), None)
    columns = ["client", "wall s", "CPU s", "peak MB", "requests", "rows/s"]
    columns += ["first output s", "bytes"] if case.first else ["on the wire s"] if case.chain else []
    lines = ["", f"## {case.title[0].upper()}{case.title[1:]}", ""]
    if case.ideal:
        lines += [f"The delays alone take {case.ideal:.1f} s. \"On the wire\" is from the first request to the last byte, as the"
                  " server saw it.", ""]
    lines += ["| " + " | ".join(columns) + " | runs |", "|---" * (len(columns) + 1) + "|"]
    lines += [row(outcome, quire, case) for outcome in result.outcomes]
    return "\n".join(lines) + "\n"


def row(outcome, quire, case):
    name = f"**{outcome.client}**" if outcome.client == "quire" else outcome.client
    if outcome.fault:
        return f"| {name} | failed: {outcome.fault[:200].replace('|', '/')} |"
    if not outcome.runs:
        return f"| {name} | not run |"

    def figure(measured, digits=2):
        value = outcome.middle(measured)
        base = quire.middle(measured) if quire and outcome is not quire else 0
        return f"{value:,.{digits}f}" + (f" ({value / base:.1f})" if base else "")

    cells = [name, figure("wall"), figure("cpu"), figure("memory", 0), f"{outcome.middle('requests'):,.0f}",
             f"{case.rows / outcome.middle('wall'):,.0f}"]
    if case.first:
        cells += [figure("first_output"), f"{outcome.middle('bytes'):,.0f}"]
    elif case.chain:
        cells.append(figure("chain"))
    return "| " + " | ".join(cells) + f" | {len(outcome.runs)} |"


def svg(results):
    """Bars of wall time, a block for each case."""
    shapes, y = [], 10
    for result in results:
        timed = [outcome for outcome in result.outcomes if outcome.runs and not outcome.fault]
        longest = max((outcome.middle("wall") for outcome in timed), default=1)
        y += 24
        shapes.append(f'<text x="10" y="{y}" class="title">{escape(result.case.title)}</text>')
        for outcome in sorted(timed, key=lambda each: each.middle("wall")):
            y += LINE
            wall = outcome.middle("wall")
            colour = BAR if outcome.client.startswith("quire") else OTHER
            width = max(1, wall / longest * WIDTH)
            shapes.append(f'<text x="{LEFT - 8}" y="{y}" text-anchor="end">{escape(outcome.client)}</text>'
                          f'<rect x="{LEFT}" y="{y - 12}" width="{width:.1f}" height="15" fill="{colour}"/>'
                          f'<text x="{LEFT + width + 6:.1f}" y="{y}">{wall:.2f} s</text>')
        y += 16
    style = "text{font:13px sans-serif;fill:#222}.title{font-weight:bold}"
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 90}" height="{y + 10}" role="img" '
            f'aria-label="Wall time of each client"><style>{style}</style>'
            f'<rect width="100%" height="100%" fill="#fff"/>' + "\n".join(shapes) + "</svg>\n")

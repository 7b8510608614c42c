"""One run of one client."""
import csv
import hashlib
import json
import os
import re
import selectors
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field

TICKS = os.sysconf("SC_CLK_TCK")
MOST_SECONDS = 300


@dataclass
class Run:
    """Wall and CPU in seconds, memory in MB; what the server saw of it; how busy others kept the machine."""
    wall: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0
    first_output: float = 0.0
    requests: int = 0
    pages: int = 0
    bytes: int = 0
    chain: float = 0.0
    server_cpu: float = 0.0
    others: float = 0.0
    fault: str = ""
    output: str = field(default="", repr=False)


def machine_cpu():
    with open("/proc/stat", encoding="ascii") as stat:
        ticks = [int(value) for value in stat.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / TICKS


def run(client, case, server, folder):
    """Runs it from start to exit. Whatever is not right about its rows or pages is the run's fault."""
    output = folder / "rows"
    for old in folder.glob("rows*"):
        old.unlink()
    server.statistics("reset")
    before, used = server.statistics(), machine_cpu()
    result = Run()
    start = time.monotonic()
    with open(folder / "errors", "wb") as errors, open(folder / "standard", "wb") as standard:
        process = subprocess.Popen(client.command(server, output), env={**os.environ, **client.environment(server)},
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, cwd=folder,
                                   start_new_session=True)
        clock = threading.Timer(MOST_SECONDS, lambda: os.killpg(process.pid, signal.SIGKILL))
        clock.start()
        result.first_output = copy(process.stdout, standard, start)
        _, status, usage = os.wait4(process.pid, 0)
        result.wall = time.monotonic() - start
        clock.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    after = server.statistics()
    result.cpu = usage.ru_utime + usage.ru_stime
    result.memory = usage.ru_maxrss / 1024
    result.server_cpu = (after["cpu_us"] - before["cpu_us"]) / 1e6
    result.others = max(0.0, machine_cpu() - used - result.cpu - result.server_cpu) / result.wall
    result.requests, result.pages, result.bytes = after["requests"], after["pages"], after["bytes"]
    result.chain = after["chain_us"] / 1e6
    said = (folder / "errors").read_text(errors="replace")
    result.fault = fault(process.returncode, said, after, client, case)
    result.output = str(output if output.exists() else folder / "standard")
    return result


def copy(source, target, start):
    """All of the standard output; the seconds to its first byte."""
    first = 0.0
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while True:
            selector.select()
            some = os.read(source.fileno(), 1 << 16)
            if not some:
                return first
            first = first or time.monotonic() - start
            target.write(some)


def fault(code, said, seen, client, case):
    if code:
        return f"exit code {code}: {said[-300:]}".replace("\n", " ")
    if client.pages is not None and seen["pages"] != client.pages:
        return f"{seen['pages']} pages were read instead of {client.pages}"
    counted = re.search(r'"rows":(\d+)|complete: ([\d,]+) rows', said)
    rows = int((counted.group(1) or counted.group(2)).replace(",", "")) if counted else case.rows
    return f"{rows} rows instead of {case.rows}" if rows != case.rows and client.rows else ""


def digest(path, kind, case):
    """The number of rows in a file, and a digest of their keys: the same for all clients, or one of them is wrong."""
    digested = hashlib.sha256()
    count = 0
    keys = values(path, kind, case.key)
    for key in keys if case.ordered else sorted(keys):
        digested.update(key.encode() + b"\n")
        count += 1
    return count, digested.hexdigest()[:16]


def values(path, kind, key):
    """One row after the other: what this process has in memory, its children count as theirs."""
    with open(path, newline="" if kind == "csv" else None, encoding="utf-8") as file:
        if kind == "csv":
            yield from (row[key] for row in csv.DictReader(file))
        elif kind == "jsonl":
            yield from (json.loads(line)[key] for line in file)
        else:  # lines in which the key can be told
            yield from (found.group(1) for found in map(re.compile(kind).search, file) if found)

"""All cases, all clients in turn, round after round, so that a drift of the machine touches all of them."""
from dataclasses import dataclass, field
from statistics import median

from . import cases, measure, place
from .server import Server


@dataclass
class Outcome:
    """What came of one client in one case."""
    client: str
    runs: list = field(default_factory=list)
    fault: str = ""

    def middle(self, name):
        return median(getattr(run, name) for run in self.runs)


@dataclass
class Result:
    case: cases.Case
    outcomes: list


def run(all_cases, tools, clients, rounds, slow):
    """Gives the result of one case after the other."""
    folder = place.TARGET / "run"
    folder.mkdir(exist_ok=True)
    for case in all_cases:
        yield one_case(case, tools, clients, rounds, slow, folder)


def one_case(case, tools, clients, rounds, slow, folder):
    place.say(f"\n{case.title}")
    chosen = [c for c in case.clients if c.name.startswith("quire") or not clients or any(name in c.name for name in clients)]
    present = [c for c in chosen if not any(name in c.name.lower() for name, _ in tools.missing)]
    outcomes = {client.name: Outcome(client.name) for client in present}
    reference = []
    with Server(tools, case.server) as server:
        (folder / "quire.yaml").write_text(cases.configuration(server))
        for number in range(min(rounds, case.rounds or rounds)):
            for client in present:
                outcome = outcomes[client.name]
                if outcome.fault or any(each.wall > slow for each in outcome.runs):
                    continue
                result = measure.run(client, case, server, folder)
                outcome.runs.append(result)
                outcome.fault = result.fault or (checked(result, client, case, reference) if number == 0 else "")
                place.say(f"  {client.name:<36} {result.wall:8.2f} s  cpu {result.cpu:7.2f} s  {result.memory:6.0f} MB"
                          f"  others {result.others:4.0%}  {outcome.fault}")
    return Result(case, list(outcomes.values()))


def checked(result, client, case, reference):
    """Reads the rows that were written, once for each client: as many as there are, with the first client's keys."""
    if not client.kind:
        return ""
    rows, digest = measure.digest(result.output, client.kind, case)
    if rows != case.rows:
        return f"{rows:,} rows were written instead of {case.rows:,}"
    reference.append(digest)
    return "" if digest == reference[0] else "other rows than the first client"

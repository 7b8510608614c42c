"""The page server, for the time of a case."""
import json
import subprocess
import urllib.request


class Server:
    """Started with options, stopped by its process id."""

    def __init__(self, tools, options):
        self.command = [tools.server, "--data", tools.data, *options]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the page server did not start")
        self.port = int(line)
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)

    def statistics(self, what="stats"):
        """Since the last reset; cpu_us since the start."""
        with urllib.request.urlopen(f"{self.url}/{what}", timeout=10) as answer:
            return json.load(answer)

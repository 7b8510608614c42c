"""Where everything is, and what must be there before anything is measured."""
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent
TARGET = HERE / "target"
PACKAGES = ["awscli", "curl", "gcc", "jq", "python3-boto3", "python3-requests", "zlib1g-dev"]
# Not what stands first on the PATH: Debian's Python has Debian's boto3.
PYTHON, AWS = "/usr/bin/python3", "/usr/bin/aws"


@dataclass(frozen=True)
class Tools:
    """What is there to measure with."""
    server: Path
    floor: Path
    data: Path
    missing: tuple  # names of clients that cannot run here, with the reason


def say(text):
    print(text, flush=True)


def prepare(size, peers):
    """Builds what is not there yet. The first time takes some minutes, later ones seconds."""
    TARGET.mkdir(exist_ok=True)
    missing = install() if peers else ()
    server = compiled("pageserver", "-lz")
    floor = compiled("floor")
    data = generated(size)
    if peers:
        missing += node_peers() + java_peers()
    say("Quire is built")
    subprocess.run([ROOT / "quire", "--version"], check=True)
    return Tools(server, floor, data, missing)


def install():
    """Debian's packages; whoever is not root installs them before."""
    absent = [name for name in PACKAGES if not is_installed(name)]
    if absent:
        say("installing " + " ".join(absent))
        command = ["apt-get", "install", "-y", "--no-install-recommends"] + absent
        done = os.geteuid() == 0 and subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0
        if not done:
            say("not installed; their clients are left out: apt-get install " + " ".join(absent))
    wanted = {"boto3": "python3-boto3", "requests": "python3-requests", "awscli": "awscli", "curl": "jq"}
    return tuple((client, name + " is not installed") for client, name in wanted.items() if not is_installed(name))


def is_installed(package):
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${Status}", package], capture_output=True, text=True)
    return "install ok installed" in asked.stdout


def compiled(name, *libraries):
    source, program = HERE / "server" / (name + ".c"), TARGET / name
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["gcc", "-O2", "-Wall", "-o", program, source, *libraries], check=True)
    return program


def generated(size):
    folder, source = TARGET / f"data-{size.name}", HERE / "data" / "Generator.java"
    stamp = folder / "complete"
    if not stamp.exists() or stamp.stat().st_mtime < source.stat().st_mtime:
        say(f"generating {size.accounts:,} accounts and {size.runs:,} job runs")
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(["java", source, folder, str(size.accounts), str(size.runs)], check=True)
        stamp.touch()
    return folder


def node_peers():
    folder = TARGET / "node"
    if not shutil.which("npm"):
        return (("node", "npm is not installed"), ("dynamics", "npm is not installed"))
    shutil.copytree(HERE / "peers" / "node", folder, dirs_exist_ok=True)
    if not (folder / "node_modules" / "dynamics-web-api").exists():
        say("npm install")
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
    return ()


def java_peers():
    sources, folder = HERE / "peers" / "java", TARGET / "java"
    if not (folder / "lib").exists():
        say("mvn dependency:copy-dependencies")
        subprocess.run(["mvn", "-q", "-B", "-ntp", "-f", sources / "pom.xml", "dependency:copy-dependencies",
                        "-DoutputDirectory=" + str(folder / "lib")], check=True)
    subprocess.run(["javac", "-nowarn", "-d", folder / "classes", "-cp", str(folder / "lib") + "/*",
                    *(sources / "src").glob("*.java")], check=True)
    return ()

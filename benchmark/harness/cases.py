"""What is measured: the work, and who does it."""
from dataclasses import dataclass, field

from . import place

ACCOUNT = ("accountid,name,accountnumber,emailaddress1,address1_city,revenue,numberofemployees,importsequencenumber,"
           "statecode,createdon,modifiedon,_ownerid_value")
THREE = "accountid,name,revenue"
RUN = ("Id,Attempt,TriggerName,JobName,StartedOn,LastModifiedOn,CompletedOn,JobRunState,ErrorMessage,ExecutionTime,Timeout,"
       "MaxCapacity,WorkerType,NumberOfWorkers")
JOB = "JobName = 'nightly-load'"
AWS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1",
       "AWS_DEFAULT_REGION": "us-east-1", "AWS_PAGER": "", "AWS_EC2_METADATA_DISABLED": "true"}
TEXT_IDS = r"\t(jr_[0-9a-f]{64})\tnightly-load\t"
JSON_IDS = r'"Id": "(jr_[0-9a-f]{64})"'
AT_ONCE = 4  # requests of a bind join


@dataclass(frozen=True)
class Size:
    name: str
    accounts: int
    runs: int
    delays: tuple


FULL = Size("full", 1_000_000, 200_000, (20, 50, 100))
QUICK = Size("quick", 100_000, 20_000, (50,))
SMOKE = Size("smoke", 10_000, 2_000, (5,))


@dataclass
class Client:
    name: str
    words: list  # {url}, {port}, {out} and {config} are filled in
    kind: str = "csv"  # of the output, or a pattern with its keys
    pages: int | None = None
    rows: bool = True  # whether it reads all rows of the case
    aws: bool = False
    options: str = ""  # of Quire's JVM

    def command(self, server, output):
        values = {"url": server.url, "port": server.port, "out": output, "config": output.parent / "quire.yaml"}
        return [str(word).format(**values) for word in self.words]

    def environment(self, server):
        return AWS if self.aws else {"QUIRE_JAVA_OPTS": self.options} if self.options else {}


@dataclass
class Case:
    name: str
    title: str
    rows: int
    key: str
    clients: list
    server: list = field(default_factory=list)
    rounds: int | None = None  # fewer than asked for
    ordered: bool = True  # whether all clients give the rows in the same order
    first: bool = False  # whether the first output counts
    chain: bool = False  # whether the time on the wire counts
    ideal: float | None = None  # seconds on the wire that the server's delay alone takes


def names():
    return ["glue", "accounts", "accounts-three", "latency", "start", "join"]


def quire(sql, pages, name="quire", output=True):
    target = ["--format", "csv", "-o", "{out}"] if output else ["--format", "csv"]
    return Client(name, [place.ROOT / "quire", "query", sql, "--config", "{config}", *target], pages=pages)


def quire_compiled(sql, pages):
    """With the JVM's second compiler, which the launcher leaves out: it pays where a statement runs for long."""
    client = quire(sql, pages, "quire, with C2")
    client.options = "-XX:TieredStopAtLevel=4"
    return client


def parquet(sql, pages):
    words = [place.ROOT / "quire", "export", sql, "--config", "{config}", "--to", "{out}.parquet", "--restart"]
    return Client("quire export, to Parquet", words, kind="", pages=pages)


def python(name, script, pages, *more, **others):
    path = place.HERE / "peers" / "python" / script
    return Client(name, [place.PYTHON, path, "{url}", "{out}", *more], pages=pages, **others)


def node(name, script, pages, *more, options=(), **others):
    path = place.TARGET / "node" / script
    return Client(name, ["node", "--no-warnings", *options, path, "{url}", "{out}", *more], pages=pages, **others)


def java(name, program, pages, *more, **others):
    folder = place.TARGET / "java"
    return Client(name, ["java", "-cp", f"{folder}/classes:{folder}/lib/*", program, "{url}", "{out}", *more], pages=pages, **others)


def aws(name, output, kind, pages, more=""):
    command = (f"exec {place.AWS} glue get-job-runs --job-name nightly-load --page-size 200 --endpoint-url {{url}}"
               f" --output {output} {more} > {{out}}")
    return Client(name, ["sh", "-c", command], kind=kind, pages=pages, aws=True)


def shell(name, script, pages):
    return Client(name, [place.HERE / "peers" / "shell" / script, "{url}", "{out}"], kind="jsonl", pages=pages)


def floor(which, tools, pages):
    return Client("floor (read and thrown away)", [tools.floor, "{port}", which], kind="", pages=pages, rows=False)


def all_cases(size, tools):
    accounts, runs = size.accounts // 5000, size.runs // 200
    yield glue(size, tools, runs)
    yield crm("accounts", "all 12 columns", ACCOUNT, "all", "*", size, tools, accounts)
    yield crm("accounts-three", "3 of 12 columns", THREE, "three", THREE, size, tools, accounts)
    yield glue_latency(size.delays[0], size, tools, runs)  # a thousand pages: the longer delays would take minutes each
    for delay in size.delays:
        yield crm_latency(delay, size, tools, accounts)
    yield start(tools)
    yield join()


def glue(size, tools, pages):
    sql = f"SELECT {RUN} FROM aws.glue.get_job_runs WHERE {JOB}"
    return Case("glue", f"{size.runs:,} Glue job runs in {pages:,} pages, to CSV", size.runs, "Id", [
        quire(sql, pages),
        quire_compiled(sql, pages),
        python("boto3", "glue_boto3.py", pages, aws=True),
        aws("awscli (json)", "json", JSON_IDS, pages),
        aws("awscli (text)", "text", TEXT_IDS, pages),
        java("AWS SDK for Java 2", "GlueSdk", pages, aws=True),
        node("AWS SDK for JavaScript 3 (node)", "glue_sdk.mjs", pages, aws=True),
        java("loop in Java: HttpClient, Jackson", "HttpLoop", pages, "glue"),
        node("loop in node: fetch", "glue_fetch.mjs", pages),
        python("loop in Python: requests", "glue_requests.py", pages),
        shell("curl and jq", "glue.sh", pages),
        floor("glue", tools, pages),
    ])


def crm(name, what, columns, which, selected, size, tools, pages):
    sql = f"SELECT {selected} FROM crm.accounts"
    clients = [
        quire(sql, pages),
        quire_compiled(sql, pages),
        parquet(sql, pages),
        java("Olingo's client", "OlingoClient", pages, which),
        node("dynamics-web-api, retrieveAll", "accounts_dwa.mjs", pages, which, options=["--max-old-space-size=12000"]),
        node("dynamics-web-api, page by page", "accounts_dwa.mjs", pages, which, "pages"),
        java("loop in Java: HttpClient, Jackson", "HttpLoop", pages, which),
        node("loop in node: fetch", "accounts_fetch.mjs", pages, which),
        python("loop in Python: requests", "accounts_requests.py", pages, which),
    ]
    if which == "all":
        clients.append(shell("curl and jq", "accounts.sh", pages))
    clients.append(floor(name, tools, pages))
    return Case(name, f"{size.accounts:,} accounts in {pages:,} pages, {what}, to CSV", size.accounts, "accountid", clients)


def glue_latency(delay, size, tools, pages):
    case = glue(size, tools, pages)
    kept = [c for c in case.clients if c.name == "quire" or c.name.startswith(("boto3", "loop in node", "loop in Java", "floor"))]
    return Case("latency", f"{case.title}, {delay} ms to the first byte", case.rows, case.key, kept,
                ["--delay-ms", str(delay)], rounds=1, chain=True, ideal=pages * delay / 1000)


def crm_latency(delay, size, tools, pages):
    case = crm("accounts", "all 12 columns", ACCOUNT, "all", "*", size, tools, pages)
    kept = [c for c in case.clients if c.name == "quire" or c.name.startswith(("loop", "floor"))]
    return Case("latency", f"{case.title}, {delay} ms to the first byte", case.rows, case.key, kept,
                ["--delay-ms", str(delay)], rounds=1, chain=True, ideal=pages * delay / 1000)


def start(tools):
    shown = "{out}"
    clients = [
        quire(f"SELECT {RUN} FROM aws.glue.get_job_runs WHERE {JOB} LIMIT 5", 1, output=False),
        python("boto3", "glue_boto3.py", 1, "5", aws=True),
        aws("awscli (json)", "json", JSON_IDS, 1, "--max-items 5"),
        node("AWS SDK for JavaScript 3 (node)", "glue_sdk.mjs", 1, "5", aws=True),
    ]
    for client in clients:
        client.words = [str(word).replace("> " + shown, "").replace(shown, "-") for word in client.words]
    return Case("start", "the first 5 job runs, from a cold start", 5, "Id", clients, first=True)


def join():
    jobs, pages, delay = 100, 20, 20
    rows = jobs * 400
    selected = ",".join("r." + name for name in RUN.split(","))
    clients = [
        quire(f"SELECT {selected} FROM aws.glue.get_jobs j JOIN aws.glue.get_job_runs r ON r.JobName = j.Name", jobs * pages + 1),
        python(f"boto3, {AT_ONCE} threads", "glue_boto3_join.py", jobs * pages + 1, str(AT_ONCE), aws=True),
    ]
    ideal = (1 + -(-jobs // AT_ONCE) * pages) * delay / 1000
    return Case("join", f"the runs of {jobs} jobs, {pages} pages each, {AT_ONCE} requests at once, {delay} ms to the first byte",
                rows, "Id", clients, ["--delay-ms", str(delay), "--most-per-page", "20"], ordered=False, chain=True, ideal=ideal)


def configuration(server):
    """The quire.yaml of a run."""
    return f"""\
sources:
  aws:
    type: aws
    region: us-east-1
    endpoint: {server.url}
    credentials: {{access_key_id: AKIDEXAMPLE, secret_access_key: secret}}
    http: {{concurrency: {AT_ONCE}}}
  crm:
    type: odata
    profile: dataverse
    url: {server.url}/api/data/v9.2/
"""

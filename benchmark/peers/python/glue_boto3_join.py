"""glue_boto3_join.py URL OUTPUT THREADS: the runs of every job, so many jobs at once."""
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

from sink import RUN, Sink

url, output, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
sink = Sink(output, RUN)
glue = boto3.client("glue", endpoint_url=url, config=Config(max_pool_connections=threads))


def runs(job):
    return [run for page in glue.get_paginator("get_job_runs").paginate(JobName=job) for run in page["JobRuns"]]


jobs = [job["Name"] for page in glue.get_paginator("get_jobs").paginate() for job in page["Jobs"]]
with ThreadPoolExecutor(threads) as pool:
    for rows in pool.map(runs, jobs):
        sink.rows(rows)
sink.close()

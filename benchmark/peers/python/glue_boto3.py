"""glue_boto3.py URL OUTPUT [LIMIT]: boto3's paginator as its documentation shows it."""
import sys

import boto3

from sink import RUN, Sink

url, output = sys.argv[1:3]
paging = {"MaxItems": int(sys.argv[3]), "PageSize": int(sys.argv[3])} if len(sys.argv) > 3 else {"PageSize": 200}
sink = Sink(output, RUN)
glue = boto3.client("glue", endpoint_url=url)
for page in glue.get_paginator("get_job_runs").paginate(JobName="nightly-load", PaginationConfig=paging):
    sink.rows(page["JobRuns"])
sink.close()

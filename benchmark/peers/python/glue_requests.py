"""glue_requests.py URL OUTPUT: a loop with requests."""
import json
import sys

import requests

from sink import RUN, Sink

url, output = sys.argv[1:3]
sink = Sink(output, RUN)
session = requests.Session()
session.headers.update({"X-Amz-Target": "AWSGlue.GetJobRuns", "Content-Type": "application/x-amz-json-1.1"})
body = {"JobName": "nightly-load", "MaxResults": 200}
while True:
    answer = session.post(url, data=json.dumps(body))
    answer.raise_for_status()
    page = answer.json()
    sink.rows(page["JobRuns"])
    if "NextToken" not in page:
        break
    body["NextToken"] = page["NextToken"]
sink.close()

"""Reads with boto3 what Quire reads. Arguments: endpoint URL, service, operation, parameters as JSON, result key.

Prints a JSON list of the elements, times as seconds since 1970.
"""

import datetime
import json
import sys

import boto3

endpoint, service, operation, parameters, result = sys.argv[1:]
client = boto3.client(
    service,
    endpoint_url=endpoint,
    region_name="us-east-1",
    aws_access_key_id="seed",
    aws_secret_access_key="seed",
)
parameters = json.loads(parameters)


def pages():
    if client.can_paginate(operation):
        yield from client.get_paginator(operation).paginate(**parameters)
        return
    # GetLogEvents: the same token again is the end.
    token = None
    while True:
        page = getattr(client, operation)(**parameters, startFromHead=True, **token or {})
        yield page
        if token and token["nextToken"] == page["nextForwardToken"]:
            return
        token = {"nextToken": page["nextForwardToken"]}


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return value.decode()
    raise TypeError(type(value))


json.dump([each for page in pages() for each in page.get(result, [])], sys.stdout, default=plain)

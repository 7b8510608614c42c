"""accounts_requests.py URL OUTPUT all|three: a loop with requests."""
import sys

import requests

from sink import ACCOUNT, THREE, Sink

url, output, which = sys.argv[1:4]
columns = THREE if which == "three" else ACCOUNT
sink = Sink(output, columns)
session = requests.Session()
session.headers.update({"Prefer": "odata.maxpagesize=5000", "OData-Version": "4.0", "Accept": "application/json"})
link = url + "/api/data/v9.2/accounts?$select=" + ",".join(columns)
while link:
    answer = session.get(link)
    answer.raise_for_status()
    page = answer.json()
    sink.rows(page["value"])
    link = page.get("@odata.nextLink")
sink.close()

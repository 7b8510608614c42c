"""Where the peers' rows go: CSV in a file or on standard output."""
import csv
import json
import sys

ACCOUNT = ("accountid,name,accountnumber,emailaddress1,address1_city,revenue,numberofemployees,importsequencenumber,"
           "statecode,createdon,modifiedon,_ownerid_value").split(",")
THREE = ["accountid", "name", "revenue"]
RUN = ("Id,Attempt,TriggerName,JobName,StartedOn,LastModifiedOn,CompletedOn,JobRunState,ErrorMessage,ExecutionTime,Timeout,"
       "MaxCapacity,WorkerType,NumberOfWorkers").split(",")


class Sink:
    def __init__(self, output, columns):
        self.columns = columns
        self.count = 0
        self.file = sys.stdout if output == "-" else open(output, "w", newline="", encoding="utf-8", buffering=1 << 20)
        self.writer = csv.writer(self.file)
        self.writer.writerow(columns)

    def rows(self, rows):
        columns = self.columns
        self.count += len(rows)
        self.writer.writerows([[row.get(column) for column in columns] for row in rows])

    def close(self):
        self.file.flush()
        if self.file is not sys.stdout:
            self.file.close()
        print(json.dumps({"rows": self.count}), file=sys.stderr)

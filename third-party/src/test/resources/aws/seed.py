"""Fills an AWS endpoint with what the tests read. Arguments: endpoint URL, name of one part or 'all'."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import boto3

ENDPOINT = sys.argv[1]
REGION = "us-east-1"


def client(service):
    return boto3.session.Session().client(
        service,
        endpoint_url=ENDPOINT,
        region_name=REGION,
        aws_access_key_id="seed",
        aws_secret_access_key="seed",
    )


def glue():
    glue = client("glue")
    for job, runs in (("etl", 1234), ("daily-report", 7), ("idle", 0)):
        glue.create_job(
            Name=job,
            Role="glue",
            Command={"Name": "glueetl", "ScriptLocation": "s3://scripts/" + job},
            DefaultArguments={"--lang": "日本語"},
            ExecutionProperty={"MaxConcurrentRuns": 5000},
        )
        for run in range(runs):
            glue.start_job_run(JobName=job, Arguments={"--run": str(run)})


def s3():
    s3 = client("s3")
    s3.create_bucket(Bucket="books")
    names = ["%s/%04d.txt" % (folder, i) for folder in ("a", "b b", "ü+&") for i in range(800)]
    names += ["root-%d" % i for i in range(5)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: s3.put_object(Bucket="books", Key=name, Body=name.encode()), names))


def ssm():
    ssm = client("ssm")
    for i in range(120):
        ssm.put_parameter(Name="/app/p%03d" % i, Value="v%d" % i, Type="String")


def logs():
    logs = client("logs")
    logs.create_log_group(logGroupName="/app")
    logs.create_log_stream(logGroupName="/app", logStreamName="main")
    now = int(time.time() * 1000) - 500_000
    events = [{"timestamp": now + i, "message": 'line %d "quoted" \u65e5' % i} for i in range(2500)]
    for i in range(0, len(events), 500):
        logs.put_log_events(
            logGroupName="/app", logStreamName="main", logEvents=events[i : i + 500]
        )


def route53():
    route53 = client("route53")
    zone = route53.create_hosted_zone(Name="example.org", CallerReference="1")["HostedZone"]["Id"]
    for start in range(0, 350, 50):
        changes = [
            {
                "Action": "CREATE",
                "ResourceRecordSet": {
                    "Name": "h%03d.example.org" % i,
                    "Type": kind,
                    "TTL": 60,
                    "ResourceRecords": [{"Value": value}],
                },
            }
            for i in range(start, start + 50)
            for kind, value in (("A", "10.0.0.1"), ("TXT", '"t"'))
        ]
        route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    print("zone=" + zone.split("/")[-1])


def cloudwatch():
    cloudwatch = client("cloudwatch")
    for i in range(1100):
        cloudwatch.put_metric_data(
            Namespace="app",
            MetricData=[
                {"MetricName": "m%04d" % i, "Value": i, "Dimensions": [{"Name": "d", "Value": "x<&>"}]}
            ],
        )


def stepfunctions():
    stepfunctions = client("stepfunctions")
    for i in range(150):
        stepfunctions.create_state_machine(
            name="machine-%03d" % i, definition="{}", roleArn="arn:aws:iam::123456789012:role/r"
        )


def sqs():
    sqs = client("sqs")
    for i in range(120):
        sqs.create_queue(QueueName="queue-%04d" % i)


def ec2():
    ec2 = client("ec2")
    for i in range(30):
        ec2.create_volume(AvailabilityZone=REGION + "a", Size=i + 1)


def dynamodb():
    """4,000 items, of which every 1,500th is marked."""
    dynamodb = client("dynamodb")
    dynamodb.create_table(
        TableName="items",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    dynamodb.get_waiter("table_exists").wait(TableName="items", WaiterConfig={"Delay": 1})

    def put(start):
        rows = [
            {
                "PutRequest": {
                    "Item": {
                        "id": {"S": "i%05d" % i},
                        "marked": {"BOOL": i % 1500 == 7},
                        "n": {"N": str(i) + ".50"},
                        "text": {"S": "日本"},
                    }
                }
            }
            for i in range(start, start + 25)
        ]
        dynamodb.batch_write_item(RequestItems={"items": rows})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, range(0, 4000, 25)))


def auth():
    """A user who may list Glue jobs and nothing else; prints the key."""
    iam = client("iam")
    iam.create_user(UserName="reader")
    iam.put_user_policy(
        UserName="reader",
        PolicyName="jobs",
        PolicyDocument='{"Version": "2012-10-17", "Statement": '
        '[{"Effect": "Allow", "Action": "glue:GetJobs", "Resource": "*"}]}',
    )
    key = iam.create_access_key(UserName="reader")["AccessKey"]
    print("id=" + key["AccessKeyId"])
    print("secret=" + key["SecretAccessKey"])


def role():
    """A user who may list a Glue job's runs, and a role that he may assume and that lists jobs; prints the key."""
    iam = client("iam")
    allowed = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": %s, "Resource": "*"}]}'
    iam.create_user(UserName="runner")
    iam.put_user_policy(
        UserName="runner",
        PolicyName="runs",
        PolicyDocument=allowed % '["glue:GetJobRuns", "sts:AssumeRole"]',
    )
    iam.create_role(RoleName="runner", AssumeRolePolicyDocument=allowed % '"sts:AssumeRole"')
    iam.put_role_policy(
        RoleName="runner", PolicyName="jobs", PolicyDocument=allowed % '"glue:GetJobs"'
    )
    key = iam.create_access_key(UserName="runner")["AccessKey"]
    print("id=" + key["AccessKeyId"])
    print("secret=" + key["SecretAccessKey"])


PARTS = [glue, s3, ssm, logs, route53, cloudwatch, stepfunctions, sqs, ec2]

if sys.argv[2] == "all":
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda part: part(), PARTS))
else:
    globals()[sys.argv[2]]()

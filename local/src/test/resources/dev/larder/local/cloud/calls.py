"""Main calls of each service of the local cloud; fails at the first answer that is not as expected."""
import json
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint = sys.argv[1]


def client(service, key="ann"):
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name="eu-central-1",
        aws_access_key_id=key,
        aws_secret_access_key="any",
        config=Config(retries={"max_attempts": 0}),
    )


def expect(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r} but was {actual!r}")


def code(call):
    try:
        call()
    except ClientError as e:
        return e.response["Error"]["Code"]
    raise AssertionError("expected an error")


# STS
sts = client("sts")
expect(sts.get_caller_identity()["Arn"], "arn:aws:iam::111122223333:user/ann")
session = sts.assume_role(RoleArn="arn:aws:iam::111122223333:role/ci/Deployer", RoleSessionName="build")["Credentials"]
expect(client("sts", session["AccessKeyId"]).get_caller_identity()["Arn"], "arn:aws:sts::111122223333:assumed-role/Deployer/build")

# SQS
sqs = client("sqs")
url = sqs.get_queue_url(QueueName="failed")["QueueUrl"]
expect(url.startswith(endpoint), True)
sqs.send_message(QueueUrl=url, MessageBody="hello")
sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": "1", "MessageBody": "a"}, {"Id": "2", "MessageBody": "b"}])
received = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
expect(sorted(m["Body"] for m in received), ["a", "b", "hello"])
for message in received:
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
policy = sqs.get_queue_attributes(QueueUrl=url.replace("failed", "work"), AttributeNames=["RedrivePolicy"])
expect(int(json.loads(policy["Attributes"]["RedrivePolicy"])["maxReceiveCount"]), 3)

# DynamoDB
dynamodb = client("dynamodb")
expect(dynamodb.list_tables()["TableNames"], ["records"])
for _ in range(2):
    dynamodb.update_item(
        TableName="records",
        Key={"pk": {"S": "set"}},
        UpdateExpression="ADD ids :id",
        ExpressionAttributeValues={":id": {"BS": [b"12345678"]}},
    )
expect(dynamodb.get_item(TableName="records", Key={"pk": {"S": "set"}})["Item"]["ids"]["BS"], [b"12345678"])

# EventBridge
events = client("events")
expect([rule["Name"] for rule in events.list_rules()["Rules"]], ["pulls"])
expect(events.describe_rule(Name="pulls")["State"], "ENABLED")
expect(events.list_targets_by_rule(Rule="pulls")["Targets"][0]["Id"], "q")
entries = events.put_events(Entries=[{"Source": "tests", "DetailType": "d", "Detail": "{}"}, {"Source": "aws.ecr", "DetailType": "d", "Detail": "{}"}])
expect(entries["FailedEntryCount"], 1)
expect(code(lambda: events.describe_rule(Name="none")), "ResourceNotFoundException")

# Scheduler
scheduler = client("scheduler")
expect([schedule["Name"] for schedule in scheduler.list_schedules()["Schedules"]], ["hourly"])
expect(scheduler.get_schedule(Name="hourly")["ScheduleExpression"], "rate(1 hour)")
expect(code(lambda: scheduler.get_schedule(Name="none")), "ResourceNotFoundException")

# Secrets Manager
secrets = client("secretsmanager")
arn = secrets.create_secret(Name="ecr-pullthroughcache/hub", SecretString='{"username":"u","accessToken":"t"}')["ARN"]
secrets.put_secret_value(SecretId=arn, SecretString="new")
expect(secrets.get_secret_value(SecretId="ecr-pullthroughcache/hub")["SecretString"], "new")
expect(secrets.describe_secret(SecretId=arn)["Name"], "ecr-pullthroughcache/hub")
expect(len(secrets.list_secrets()["SecretList"]), 1)

# Lambda
functions = client("lambda")
expect([f["FunctionName"] for f in functions.list_functions()["Functions"]], ["consumer", "echo"])
expect(functions.get_function(FunctionName="echo")["Configuration"]["Handler"], "dev.larder.sample.Echo")
answer = functions.invoke(FunctionName="echo:live", Payload=b'{"a":1}')
expect(json.loads(answer["Payload"].read())["who"], "records")
failed = functions.invoke(FunctionName="echo", Payload=b'{"do":"throw"}')
expect(failed["FunctionError"], "Unhandled")
expect(functions.invoke(FunctionName="echo", InvocationType="Event", Payload=b"{}")["StatusCode"], 202)
expect(code(lambda: functions.invoke(FunctionName="none")), "ResourceNotFoundException")

# ECR
ecr = client("ecr")
ecr.create_pull_through_cache_rule(ecrRepositoryPrefix="quay", upstreamRegistryUrl="quay.io")
expect(ecr.describe_pull_through_cache_rules()["pullThroughCacheRules"][0]["ecrRepositoryPrefix"], "quay")
ecr.create_repository(repositoryName="team/app")
expect([r["repositoryName"] for r in ecr.describe_repositories()["repositories"]], ["team/app"])
expect(code(lambda: ecr.describe_images(repositoryName="none")), "RepositoryNotFoundException")
expect(len(ecr.get_authorization_token()["authorizationData"]), 1)

# CloudTrail
trail = client("cloudtrail")
arn = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/management-events"
expect([t["TrailARN"] for t in trail.describe_trails(includeShadowTrails=True)["trailList"]], [arn])
expect(trail.get_trail(Name=arn)["Trail"]["HomeRegion"], "eu-central-1")
status = trail.get_trail_status(Name="management-events")
expect((status["IsLogging"], "StopLoggingTime" in status), (True, False))
trail.stop_logging(Name="management-events")
status = trail.get_trail_status(Name=arn)
expect((status["IsLogging"], status["StopLoggingTime"] >= status["StartLoggingTime"]), (False, True))
trail.start_logging(Name="management-events")
status = trail.get_trail_status(Name=arn)
expect((status["IsLogging"], status["StopLoggingTime"] <= status["StartLoggingTime"]), (True, True))
expect(trail.get_event_selectors(TrailName=arn)["EventSelectors"][0]["ReadWriteType"], "All")
trail.create_trail(Name="reads", S3BucketName="logs")
expect(trail.get_trail_status(Name="reads")["IsLogging"], False)
management = {"Field": "eventCategory", "Equals": ["Management"]}
trail.put_event_selectors(TrailName="reads", AdvancedEventSelectors=[{"Name": "r", "FieldSelectors": [management, {"Field": "readOnly", "Equals": ["true"]}]}])
expect(trail.get_event_selectors(TrailName="reads")["AdvancedEventSelectors"][0]["FieldSelectors"][1]["Equals"], ["true"])
expect(code(lambda: trail.create_trail(Name="reads", S3BucketName="logs")), "TrailAlreadyExistsException")
trail.delete_trail(Name="reads")
expect(code(lambda: trail.get_trail_status(Name="reads")), "TrailNotFoundException")
expect(code(lambda: trail.list_trails()), "UnknownOperationException")

# what is not imitated
expect(code(lambda: client("ssm").get_parameter(Name="x")), "UnknownOperationException")
expect(code(lambda: client("iam").list_roles()), "UnknownOperationException")
expect("NonExistentQueue" in code(lambda: sqs.get_queue_url(QueueName="none")), True)

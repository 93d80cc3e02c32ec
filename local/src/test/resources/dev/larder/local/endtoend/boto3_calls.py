"""What users of the local cloud do with boto3: look for a pull, and log in to the registry."""
import base64
import json
import sys
import time
import urllib.request

import boto3
from boto3.dynamodb.conditions import Key

endpoint, command, *rest = sys.argv[1:]


def options(user="ann"):
    return dict(
        endpoint_url=endpoint, region_name="eu-central-1", aws_access_key_id=user, aws_secret_access_key="any"
    )


def missing(ecr, table, repository, tag):
    """What cannot be seen yet; nothing when all can."""
    names = [found["repositoryName"] for page in ecr.get_paginator("describe_repositories").paginate()
             for found in page["repositories"]]
    if repository not in names:
        return f"no repository {repository} in {names}"
    details = ecr.describe_images(repositoryName=repository, imageIds=[{"imageTag": tag}])["imageDetails"]
    if [detail["imageTags"] for detail in details] != [[tag]]:
        return f"no image {tag} in {details}"
    hour = json.load(urllib.request.urlopen(f"{endpoint}/_larder/clock"))["now"][:13]
    log = table.query(KeyConditionExpression=Key("pk").eq(f"usage-log#{hour}"))["Items"]
    if not log:
        return f"no pull in the log of {hour}"
    return None


if command == "pull":
    repository, tag, seconds = rest
    ecr = boto3.client("ecr", **options())
    table = boto3.resource("dynamodb", **options()).Table("platform-cache")
    end = time.monotonic() + float(seconds)
    while (reason := missing(ecr, table, repository, tag)) is not None:
        if time.monotonic() > end:
            sys.exit(f"after {seconds} s: {reason}")
        time.sleep(0.2)
elif command == "password":
    data = boto3.client("ecr", **options(rest[0])).get_authorization_token()["authorizationData"][0]
    user, password = base64.b64decode(data["authorizationToken"]).decode().split(":", 1)
    if user != "AWS":
        sys.exit(f"the user of a token is AWS, not {user}")
    print(password)
else:
    sys.exit(f"no command {command}")

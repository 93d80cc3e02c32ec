"""Pulls images through ECR's API, as several identities at once. Reads a file of lines: who, image, how often."""
import base64
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3

endpoint, command, *rest = sys.argv[1:]


def session(who):
    """A user by name; a role by ARN, as which a session is begun."""
    key, token = who, None
    if who.startswith("arn:"):
        sts = boto3.client("sts", endpoint_url=endpoint, region_name="eu-central-1", aws_access_key_id="ann",
                           aws_secret_access_key="any")
        made = sts.assume_role(RoleArn=who, RoleSessionName="job-1")["Credentials"]
        key, token = made["AccessKeyId"], made["SessionToken"]
    return boto3.Session(aws_access_key_id=key, aws_secret_access_key="any", aws_session_token=token,
                         region_name="eu-central-1").client("ecr", endpoint_url=endpoint)


def pull(ecr, image):
    repository, separator, reference = image.partition("@")
    wanted = {"imageDigest": reference}
    if not separator:
        repository, _, reference = image.rpartition(":")
        wanted = {"imageTag": reference}
    answer = ecr.batch_get_image(repositoryName=repository, imageIds=[wanted])
    if answer["failures"] or not answer["images"]:
        sys.exit(f"{image}: {answer['failures']}")


if command == "passwords":
    for who in rest:
        data = session(who).get_authorization_token()["authorizationData"][0]
        print(base64.b64decode(data["authorizationToken"]).decode().split(":", 1)[1])
elif command == "pull":
    orders = [line.split() for line in open(rest[0])]
    clients = {who: session(who) for who, _, _ in orders}
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda order: pull(*order), [
            (clients[who], image) for who, image, times in orders for _ in range(int(times))]))
else:
    sys.exit(f"no command {command}")

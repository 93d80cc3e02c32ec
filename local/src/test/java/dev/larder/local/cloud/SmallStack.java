package dev.larder.local.cloud;

import dev.larder.local.lambda.FunctionZip;
import dev.larder.sample.Consumer;
import dev.larder.sample.Echo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a cloud assembly with a little of everything: rule, queues, functions, schedule, table. */
final class SmallStack {
    private SmallStack() {}

    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        FunctionZip.write(folder.resolve("code.zip"), Consumer.class, Echo.class);
        Files.writeString(folder.resolve("manifest.json"), """
                {"version":"1","artifacts":{
                  "Small.assets":{"type":"cdk:asset-manifest","properties":{"file":"Small.assets.json"}},
                  "Small":{"type":"aws:cloudformation:stack","environment":"aws://111122223333/eu-central-1",
                    "properties":{"templateFile":"Small.template.json"},"dependencies":["Small.assets"]}}}
                """);
        Files.writeString(folder.resolve("Small.assets.json"), """
                {"files":{"code":{"source":{"path":"code.zip","packaging":"file"},
                  "destinations":{"current":{"bucketName":"bucket","objectKey":"code.zip"}}}}}
                """);
        Files.writeString(folder.resolve("Small.template.json"), """
                {"Resources":{
                  "Table":{"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"records",
                    "BillingMode":"PAY_PER_REQUEST",
                    "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
                    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
                    "TimeToLiveSpecification":{"AttributeName":"expiresAt","Enabled":true}}},
                  "Failed":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"failed"}},
                  "Work":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"work","VisibilityTimeout":360,
                    "RedrivePolicy":{"deadLetterTargetArn":{"Fn::GetAtt":["Failed","Arn"]},"maxReceiveCount":3}}},
                  "Rule":{"Type":"AWS::Events::Rule","Properties":{"Name":"pulls",
                    "EventPattern":{"source":["tests"]},
                    "Targets":[{"Id":"q","Arn":{"Fn::GetAtt":["Work","Arn"]}}]}},
                  "Role":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"worker",
                    "AssumeRolePolicyDocument":{"Statement":[]}}},
                  "Consumer":{"Type":"AWS::Lambda::Function","Properties":{"FunctionName":"consumer",
                    "Runtime":"java25","Handler":"dev.larder.sample.Consumer","Timeout":10,"MemorySize":1024,
                    "Role":{"Fn::GetAtt":["Role","Arn"]},"Code":{"S3Bucket":"bucket","S3Key":"code.zip"}}},
                  "Mapping":{"Type":"AWS::Lambda::EventSourceMapping","Properties":{"BatchSize":10,
                    "MaximumBatchingWindowInSeconds":5,"FunctionName":{"Ref":"Consumer"},
                    "EventSourceArn":{"Fn::GetAtt":["Work","Arn"]},
                    "FunctionResponseTypes":["ReportBatchItemFailures"]}},
                  "Echo":{"Type":"AWS::Lambda::Function","Properties":{"FunctionName":"echo",
                    "Runtime":"java25","Handler":"dev.larder.sample.Echo","Timeout":10,
                    "Role":{"Fn::GetAtt":["Role","Arn"]},"Code":{"S3Bucket":"bucket","S3Key":"code.zip"},
                    "Environment":{"Variables":{"WHO":{"Ref":"Table"}}}}},
                  "Alias":{"Type":"AWS::Lambda::Alias","Properties":{"FunctionName":{"Ref":"Echo"},
                    "FunctionVersion":"1","Name":"live"}},
                  "Hourly":{"Type":"AWS::Scheduler::Schedule","Properties":{"Name":"hourly",
                    "FlexibleTimeWindow":{"Mode":"OFF"},"ScheduleExpression":"rate(1 hour)",
                    "Target":{"Arn":{"Ref":"Alias"},"RoleArn":"arn:aws:iam::111122223333:role/scheduler",
                      "Input":"{\\"at\\":\\"<aws.scheduler.scheduled-time>\\"}"}}},
                  "Alarm":{"Type":"AWS::CloudWatch::Alarm","Properties":{"AlarmName":"failures",
                    "Namespace":"AWS/SQS","MetricName":"ApproximateNumberOfMessagesVisible","Threshold":0,
                    "ComparisonOperator":"GreaterThanThreshold","EvaluationPeriods":1,
                    "Dimensions":[{"Name":"QueueName","Value":{"Fn::GetAtt":["Failed","QueueName"]}}]}}},
                 "Outputs":{"WorkUrl":{"Value":{"Ref":"Work"}}}}
                """);
        return folder;
    }
}

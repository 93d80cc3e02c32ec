package dev.larder.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private final List<String> deployed = new ArrayList<>();
    private final Deployment deployment = new Deployment(List.of(new Thing()), resource -> {});

    @Test
    void resourcesComeAfterWhatTheyReferTo() throws IOException {
        deploy("""
                {"Resources":{
                  "A":{"Type":"Test::Thing","Properties":{"Name":{"Fn::Sub":"a-${B}"}}},
                  "B":{"Type":"Test::Thing","Properties":{"Name":{"Fn::GetAtt":["C","Arn"]}},"DependsOn":["D"]},
                  "C":{"Type":"Test::Thing","Properties":{"Name":"c"}},
                  "D":{"Type":"Test::Thing","Properties":{"Name":"d"}}}}
                """);
        assertEquals(List.of("C=c", "D=d", "B=arn:c", "A=a-arn:c"), deployed);
    }

    @Test
    void functionsAndConditionsAreComputed() throws IOException {
        Map<String, String> outputs = deploy("""
                {"Parameters":{"Stage":{"Type":"String","Default":"prod"}},
                 "Mappings":{"M":{"eu-central-1":{"x":"mapped"}}},
                 "Conditions":{"Prod":{"Fn::Equals":[{"Ref":"Stage"},"prod"]},
                               "Not":{"Fn::Not":[{"Condition":"Prod"}]},
                               "Any":{"Fn::Or":[{"Condition":"Not"},{"Condition":"Prod"}]}},
                 "Resources":{
                  "A":{"Type":"Test::Thing","Condition":"Any","Properties":{
                        "Name":{"Fn::Join":["-",[{"Ref":"AWS::Region"},{"Fn::If":["Prod","p","d"]},
                                {"Fn::Select":[1,{"Fn::Split":["/","a/b/c"]}]},
                                {"Fn::FindInMap":["M",{"Ref":"AWS::Region"},"x"]}]]},
                        "Other":{"Ref":"AWS::NoValue"}}},
                  "B":{"Type":"Test::Thing","Condition":"Not","Properties":{"Name":"never"}}},
                 "Outputs":{"Url":{"Value":{"Fn::Sub":["${X}/${!Literal}/${AWS::AccountId}",{"X":{"Ref":"A"}}]}}}}
                """);
        assertEquals(List.of("A=eu-central-1-p-b-mapped"), deployed);
        assertEquals(Map.of("Url", "eu-central-1-p-b-mapped/${Literal}/111122223333"), outputs);
    }

    @Test
    void anUnknownPropertyStopsTheStartWithItsName() {
        assertEquals(
                "stack A: property Colour.Shade of Test::Thing is not known to the local cloud",
                refusal("{\"Resources\":{\"A\":{\"Type\":\"Test::Thing\",\"Properties\":{\"Name\":\"a\","
                        + "\"Colour\":{\"Shade\":\"dark\"}}}}}"));
    }

    @Test
    void anUnknownTypeFunctionAttributeOrSectionStopsTheStartWithItsName() {
        assertEquals(
                "stack A: the resource type AWS::New::Thing is not known to the local cloud",
                refusal("{\"Resources\":{\"A\":{\"Type\":\"AWS::New::Thing\"}}}"));
        assertEquals(
                "stack A: the function Fn::Cidr is not known to the local cloud",
                refusal(
                        "{\"Resources\":{\"A\":{\"Type\":\"Test::Thing\",\"Properties\":{\"Name\":{\"Fn::Cidr\":[]}}}}}"));
        assertEquals(
                "stack A: the resource attribute CreationPolicy of Test::Thing is not known to the local cloud",
                refusal("{\"Resources\":{\"A\":{\"Type\":\"Test::Thing\",\"CreationPolicy\":{}}}}"));
        assertEquals(
                "stack: the template's section Transform is not known to the local cloud",
                refusal("{\"Transform\":\"AWS::Serverless-2016-10-31\"}"));
    }

    @Test
    void aReferenceToNothingAndACircleAreNamed() {
        assertEquals(
                "stack A: there is no parameter or resource Missing",
                refusal(
                        "{\"Resources\":{\"A\":{\"Type\":\"Test::Thing\",\"Properties\":{\"Name\":{\"Ref\":\"Missing\"}}}}}"));
        assertEquals(
                "stack: resources depend on each other in a circle: [A, B]",
                refusal("{\"Resources\":{\"A\":{\"Type\":\"Test::Thing\",\"Properties\":{\"Name\":{\"Ref\":\"B\"}}},"
                        + "\"B\":{\"Type\":\"Test::Thing\",\"Properties\":{\"Name\":{\"Ref\":\"A\"}}}}}"));
    }

    @Test
    void whatAServiceRefusesIsToldWithTheResource() {
        assertEquals(
                "stack A: Test::Thing was refused: InvalidParameterException: no",
                refusal("{\"Resources\":{\"A\":{\"Type\":\"Test::Thing\",\"Properties\":{\"Name\":\"refused\"}}}}"));
    }

    private Map<String, String> deploy(String template) throws IOException {
        return deployment.deploy(
                new StackTemplate("stack", "111122223333", "eu-central-1", Json.read(template), List.of(), Map.of()));
    }

    private String refusal(String template) {
        return assertThrows(TemplateException.class, () -> deploy(template)).getMessage();
    }

    private final class Thing implements ResourceType {
        @Override
        public String name() {
            return "Test::Thing";
        }

        @Override
        public Set<String> properties() {
            return Set.of("Name", "Other", "Colour.Hue");
        }

        @Override
        public Deployed deploy(Resource resource) throws TemplateException {
            String name = resource.required("Name");
            if (name.equals("refused")) {
                throw new AwsException(400, "InvalidParameterException", "no");
            }
            deployed.add(resource.logicalId() + "=" + name);
            return Deployed.withArn(name, "arn:" + name);
        }
    }
}

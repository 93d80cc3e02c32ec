package dev.larder.local.front;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialTest {
    @Test
    void theHeaderNamesKeyAndService() {
        assertEquals(
                new Credential("AKIDEXAMPLE", "sqs"),
                Credential.of(
                        Map.of(
                                "authorization",
                                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/eu-central-1/sqs/aws4_request,"
                                        + " SignedHeaders=host, Signature=abc"),
                        ""));
    }

    @Test
    void aPresignedUrlNamesThemToo() {
        assertEquals(
                new Credential("ann", "sts"),
                Credential.of(
                        Map.of(),
                        "Action=GetCallerIdentity&X-Amz-Credential=ann%2F20261124%2Fus-east-1%2Fsts%2Faws4_request"));
    }

    @Test
    void whoDoesNotSignIsAnonymous() {
        assertEquals(new Credential("anonymous", ""), Credential.of(Map.of(), ""));
    }
}

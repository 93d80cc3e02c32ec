package dev.larder.local.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.larder.local.aws.Caller;
import org.junit.jupiter.api.Test;

class CallersTest {
    private final Callers callers = new Callers("111122223333");

    @Test
    void aKeyThatNobodyMadeIsAUserOfThatName() {
        assertEquals("arn:aws:iam::111122223333:user/ann", callers.of("ann").arn());
        assertEquals("arn:aws:iam::111122223333:user/ann", callers.of("ann").issuerArn());
    }

    @Test
    void aSessionIsItsRoleWithThePathOnlyInTheRolesOwnArn() {
        Caller session = callers.session("arn:aws:iam::111122223333:role/ci/Deployer", "build");
        Caller found = callers.of(session.accessKeyId());
        assertEquals("arn:aws:sts::111122223333:assumed-role/Deployer/build", found.arn());
        assertEquals("arn:aws:iam::111122223333:role/ci/Deployer", found.issuerArn());
    }

    @Test
    void noKeyLooksLikeOneOfAwssOwn() {
        String key = callers.session("worker", "w").accessKeyId();
        assertFalse(key.startsWith("ASIA") || key.startsWith("AKIA"), key);
    }
}

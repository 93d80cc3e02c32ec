package dev.larder.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalTest {
    @ParameterizedTest
    @CsvSource({
        "arn:aws:sts::111122223333:assumed-role/eks-node/i-053374f60a4d79830, i-053374f60a4d79830",
        "arn:aws-cn:sts::111122223333:assumed-role/eks-node/i-053374f60a4d79830, i-053374f60a4d79830",
        "arn:aws:sts::111122223333:assumed-role/Admin/mary=@example.com, mary=@example.com",
        "arn:aws:sts::111122223333:assumed-role/Admin,",
        "arn:aws:sts::111122223333:assumed-role/Admin/,",
        "arn:aws:sts::111122223333:federated-user/mary,",
        "arn:aws:sts::111122223333:user/mary/mary,",
        "arn:aws:iam::111122223333:role/ci/builder,",
        "arn:aws:iam::111122223333:user/assumed-role/mary,",
        "arn:aws:iam::111122223333:root,",
        ","
    })
    void onlyASessionOfARoleHasAName(String arn, String session) {
        Principal principal = new Principal(
                "AssumedRole",
                Optional.of("111122223333"),
                Optional.ofNullable(arn),
                Optional.empty(),
                Optional.empty(),
                Optional.of("AROAEXAMPLE:other"));
        assertEquals(Optional.ofNullable(session), principal.session());
    }
}

package dev.larder.functions.ecr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.PullThroughCacheRuleNotFoundException;
import software.amazon.awssdk.services.ecr.model.ValidatePullThroughCacheRuleRequest;
import software.amazon.awssdk.services.ecr.model.ValidatePullThroughCacheRuleResponse;

class EcrRuleValidatorTest {
    private final StubEcr ecr = new StubEcr();
    private final EcrRuleValidator validator = new EcrRuleValidator(ecr);

    @Test
    void aRuleWhoseCredentialsWorkHasNoFailure() {
        ecr.validate = request -> answer(true, null);

        assertEquals(Optional.empty(), validator.failure("docker-hub"));
        assertEquals(
                "docker-hub", ((ValidatePullThroughCacheRuleRequest) ecr.requests.getFirst()).ecrRepositoryPrefix());
    }

    @Test
    void theReasonIsEcrs() {
        ecr.validate = request -> answer(false, "wrong password");

        assertEquals(Optional.of("wrong password"), validator.failure("docker-hub"));
    }

    @Test
    void aRuleThatIsInvalidWithoutAReasonIsInvalidAllTheSame() {
        ecr.validate = request -> answer(false, null);

        assertTrue(validator.failure("docker-hub").isPresent());
    }

    @Test
    void aRuleThatIsGoneIsInvalid() {
        ecr.validate = request -> {
            throw PullThroughCacheRuleNotFoundException.builder().build();
        };

        assertEquals(
                Optional.of("ECR has no rule for the prefix; deploy the stack again"), validator.failure("docker-hub"));
    }

    @Test
    void whenEcrDoesNotAnswerNothingIsSaidOfTheRule() {
        ecr.validate = request -> {
            throw StubEcr.failure("ThrottlingException", "slow down");
        };

        CacheException refused = assertThrows(CacheException.class, () -> validator.failure("docker-hub"));
        assertTrue(refused.getMessage().contains("validate the rule docker-hub"), refused.getMessage());
    }

    private static ValidatePullThroughCacheRuleResponse answer(
            boolean valid, @org.jspecify.annotations.Nullable String failure) {
        return ValidatePullThroughCacheRuleResponse.builder()
                .isValid(valid)
                .failure(failure)
                .build();
    }
}

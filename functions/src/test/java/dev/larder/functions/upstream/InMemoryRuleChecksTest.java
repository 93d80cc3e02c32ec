package dev.larder.functions.upstream;

class InMemoryRuleChecksTest extends RuleChecksContract {
    private final RuleChecks checks = new InMemoryRuleChecks();

    @Override
    RuleChecks checks() {
        return checks;
    }
}

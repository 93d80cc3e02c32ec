package dev.larder.functions.upstream;

import dev.larder.functions.table.LocalTable;
import org.junit.jupiter.api.AfterEach;

class DynamoDbRuleChecksTest extends RuleChecksContract {
    private final LocalTable table = new LocalTable();
    private final RuleChecks checks = new DynamoDbRuleChecks(table.table());

    @Override
    RuleChecks checks() {
        return checks;
    }

    @AfterEach
    void close() {
        table.close();
    }
}

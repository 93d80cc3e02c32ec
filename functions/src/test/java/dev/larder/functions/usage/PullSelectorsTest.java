package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;

class PullSelectorsTest {
    private static final AdvancedFieldSelector MANAGEMENT = field("eventCategory", is -> is.equalsValue("Management"));

    @Test
    void aBasicSelectorTakesPullsWhenItTakesReadsOfManagementEvents() {
        assertTrue(basic(selector -> selector.readWriteType("All").includeManagementEvents(true)));
        assertTrue(basic(selector -> selector.readWriteType("ReadOnly").includeManagementEvents(true)));
        assertFalse(basic(selector -> selector.readWriteType("WriteOnly").includeManagementEvents(true)));
        assertFalse(basic(selector -> selector.readWriteType("All").includeManagementEvents(false)));
    }

    @Test
    void whatABasicSelectorLeavesOutHasItsDefault() {
        assertTrue(basic(selector -> selector));
    }

    @Test
    void theSourcesThatABasicSelectorExcludesAreNotEcr() {
        assertTrue(basic(selector -> selector.readWriteType("All").excludeManagementEventSources("kms.amazonaws.com")));
    }

    @Test
    void anAdvancedSelectorOfAllManagementEventsTakesPulls() {
        assertTrue(advanced(MANAGEMENT));
        assertTrue(advanced(MANAGEMENT, field("readOnly", is -> is.equalsValue("true"))));
        assertTrue(advanced(
                MANAGEMENT, field("eventSource", is -> is.notEquals("kms.amazonaws.com", "rdsdata.amazonaws.com"))));
    }

    @Test
    void anAdvancedSelectorThatLeavesThemOutDoesNot() {
        assertFalse(advanced(field("eventCategory", is -> is.equalsValue("Data"))));
        assertFalse(advanced(MANAGEMENT, field("readOnly", is -> is.equalsValue("false"))));
        assertFalse(advanced(MANAGEMENT, field("eventSource", is -> is.notEquals("ecr.amazonaws.com"))));
        assertFalse(advanced(MANAGEMENT, field("eventSource", is -> is.notStartsWith("ecr."))));
        assertFalse(advanced(MANAGEMENT, field("eventName", is -> is.equalsValue("PutImage"))));
        assertFalse(advanced(field("readOnly", is -> is.equalsValue("true"))), "no category");
    }

    @Test
    void aSelectorThatDependsOnTheCallerTakesOnlySomePulls() {
        assertFalse(advanced(MANAGEMENT, field("userIdentity.arn", is -> is.notEquals("arn:aws:iam::1:role/x"))));
    }

    @Test
    void aSelectingOperatorIsEnoughUnlessAnExcludingOneHolds() {
        assertTrue(advanced(
                MANAGEMENT, field("eventName", is -> is.equalsValue("PutImage").startsWith("BatchGet"))));
        assertFalse(advanced(
                MANAGEMENT, field("eventName", is -> is.startsWith("Batch").notEndsWith("Image"))));
    }

    @Test
    void noSelectorsTakeNothing() {
        assertFalse(PullSelectors.takePulls(GetEventSelectorsResponse.builder().build()));
    }

    private static boolean basic(UnaryOperator<EventSelector.Builder> selector) {
        return PullSelectors.takePulls(GetEventSelectorsResponse.builder()
                .eventSelectors(selector.apply(EventSelector.builder()).build())
                .build());
    }

    private static boolean advanced(AdvancedFieldSelector... fields) {
        return PullSelectors.takePulls(GetEventSelectorsResponse.builder()
                .advancedEventSelectors(
                        AdvancedEventSelector.builder().fieldSelectors(fields).build())
                .build());
    }

    private static AdvancedFieldSelector field(String name, UnaryOperator<AdvancedFieldSelector.Builder> operators) {
        return operators.apply(AdvancedFieldSelector.builder().field(name)).build();
    }
}

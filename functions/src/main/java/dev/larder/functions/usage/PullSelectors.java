package dev.larder.functions.usage;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;

/** Whether a trail's event selectors take every pull, that is {@code BatchGetImage} of ECR by anybody. */
final class PullSelectors {
    /** What a pull's record says in the fields that a selector can name. */
    private static final Map<String, String> PULL = Map.of(
            "eventCategory", "Management",
            "readOnly", "true",
            "eventSource", "ecr.amazonaws.com",
            "eventName", "BatchGetImage",
            "eventType", "AwsApiCall");

    private PullSelectors() {}

    /** A trail has either basic or advanced selectors; one that takes pulls is enough. */
    static boolean takePulls(GetEventSelectorsResponse selectors) {
        return selectors.eventSelectors().stream().anyMatch(PullSelectors::takesPulls)
                || selectors.advancedEventSelectors().stream().anyMatch(PullSelectors::takesPulls);
    }

    /** Absent, the two fields mean All and true; the sources that can be excluded are KMS and RDS only (the model). */
    private static boolean takesPulls(EventSelector selector) {
        ReadWriteType type = selector.readWriteType();
        return (type == null || type == ReadWriteType.ALL || type == ReadWriteType.READ_ONLY)
                && !Boolean.FALSE.equals(selector.includeManagementEvents());
    }

    private static boolean takesPulls(AdvancedEventSelector selector) {
        return selector.fieldSelectors().stream().anyMatch(field -> "eventCategory".equals(field.field()))
                && selector.fieldSelectors().stream().allMatch(PullSelectors::matches);
    }

    /**
     * The operators that select are alternatives, and none of those that exclude may hold. A field that is not the same
     * in every pull, such as the caller's ARN, narrows the selector to some pulls, which is not enough.
     */
    private static boolean matches(AdvancedFieldSelector field) {
        String value = PULL.get(field.field());
        if (value == null) {
            return false;
        }
        boolean selects = field.hasEqualsValue() || field.hasStartsWith() || field.hasEndsWith();
        boolean selected = any(field.equalsValue(), value, String::equals)
                || any(field.startsWith(), value, String::startsWith)
                || any(field.endsWith(), value, String::endsWith);
        boolean excluded = any(field.notEquals(), value, String::equals)
                || any(field.notStartsWith(), value, String::startsWith)
                || any(field.notEndsWith(), value, String::endsWith);
        return (selected || !selects) && !excluded;
    }

    private static boolean any(List<String> operands, String value, BiPredicate<String, String> operator) {
        return operands.stream().anyMatch(operand -> operator.test(value, operand));
    }
}

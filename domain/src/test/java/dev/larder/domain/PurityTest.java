package dev.larder.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Decisions depend on what they are given, and on nothing else. */
@AnalyzeClasses(packages = "dev.larder.domain", importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {
    private static final Set<String> CLOCKS =
            Set.of("java.time.Instant", "java.time.LocalDate", "java.time.LocalDateTime", "java.time.ZonedDateTime");

    @ArchTest
    static final ArchRule noClock = noClasses()
            .should()
            .callMethodWhere(new DescribedPredicate<>("reads a clock") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                    return readsClock(call);
                }
            })
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.time\\.(Clock|InstantSource)");

    @ArchTest
    static final ArchRule noRandom = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.util\\.(Random|SplittableRandom|UUID)"
                            + "|java\\.util\\.random\\..*|java\\.util\\.concurrent\\.ThreadLocalRandom|java\\.security\\.(Secure.*|Key.*)");

    @ArchTest
    static final ArchRule noEnvironment = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.(System|Runtime|Process.*|Thread)");

    @ArchTest
    static final ArchRule noInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat(new DescribedPredicate<>("do input or output") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getPackageName().matches("java\\.(net|nio\\.(file|channels)|sql)(\\..*)?|javax\\..*")
                            || (type.getPackageName().equals("java.io")
                                    && !type.getName().equals("java.io.Serializable"));
                }
            });

    @ArchTest
    static final ArchRule onlyTheJdkAndTheWordsOfEvents = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "org.jspecify..", "dev.larder.domain..", "dev.larder.events..");

    private static boolean readsClock(JavaAccess<?> call) {
        return call.getName().equals("now")
                && CLOCKS.contains(call.getTargetOwner().getName());
    }
}

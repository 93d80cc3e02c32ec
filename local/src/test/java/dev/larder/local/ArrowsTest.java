package dev.larder.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Walks the arrows between the modules: down only, as docs/architecture.md draws them. */
class ArrowsTest {
    /** Which other modules each module may know. */
    private static final Map<String, List<String>> ARROWS = Map.of(
            "events", List.of(),
            "config", List.of(),
            "domain", List.of("events"),
            "functions", List.of("events", "config", "domain"),
            "infra", List.of("config"),
            "local", List.of("events", "config", "domain", "functions"),
            "cli", List.of("events", "config", "domain", "functions"));

    private static JavaClasses house;

    @BeforeAll
    static void importEveryModule() {
        house = new ClassFileImporter()
                .importPaths(ARROWS.keySet().stream()
                        .map(module -> Path.of("..", module, "target", "classes"))
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> aModuleKnowsOnlyTheModulesBelowIt() {
        return ARROWS.keySet().stream()
                .sorted()
                .map(module -> DynamicTest.dynamicTest(module, () -> {
                    String[] above = ARROWS.keySet().stream()
                            .filter(other ->
                                    !other.equals(module) && !ARROWS.get(module).contains(other))
                            .map(other -> "dev.larder." + other + "..")
                            .toArray(String[]::new);
                    String own = "dev.larder." + module + "..";
                    assertFalse(
                            house.stream()
                                    .noneMatch(type -> type.getPackageName().startsWith("dev.larder." + module)),
                            () -> "no classes of " + module + " to look at");
                    if (above.length > 0) {
                        check(noClasses()
                                .that()
                                .resideInAPackage(own)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(above));
                    }
                }));
    }

    @Test
    void onlyFunctionsAndWhatStandsOnThemUseTheSdk() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.larder.events..", "dev.larder.config..", "dev.larder.domain..", "dev.larder.infra..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk.."));
    }

    @Test
    void onlyInfraUsesTheCdk() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.larder.infra..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awscdk.."));
    }

    @Test
    void noNameSaysNothing() {
        check(classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Helpers|Manager|Common|Impl)(\\$.*)?"));
    }

    private static void check(ArchRule rule) {
        rule.check(house);
    }
}

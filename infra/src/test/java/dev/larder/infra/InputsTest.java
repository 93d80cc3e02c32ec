package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Target;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputsTest {
    private final Path zip = Synthesized.zip("functions");

    @Test
    void theContextGoesBeforeTheEnvironment() {
        Inputs inputs = Inputs.of(
                Map.<String, Object>of("config", "pom.xml", "zip", zip.toString())::get,
                Map.of("LARDER_CONFIG", "nowhere.yaml", "LARDER_FUNCTIONS_ZIP", "nowhere.zip"));
        assertEquals(new Inputs(Path.of("pom.xml"), zip, Target.ACCOUNT), inputs);
    }

    @Test
    void theEnvironmentGoesBeforeTheDefaults() {
        Inputs inputs = inputs(
                Map.of("LARDER_CONFIG", "cdk.json", "LARDER_FUNCTIONS_ZIP", zip.toString(), "LARDER_TARGET", "local"));
        assertEquals(new Inputs(Path.of("cdk.json"), zip, Target.LOCAL), inputs);
    }

    @Test
    void theDefaultFileIsTheOneAtTheRootAlsoForTheToolkitWhichRunsInInfra() {
        assertEquals(
                Path.of("../larder.yaml"),
                inputs(Map.of("LARDER_FUNCTIONS_ZIP", zip.toString())).config());
    }

    @Test
    void aMissingZipSaysHowToBuildIt() {
        String message = assertThrows(
                        UnusableInputException.class, () -> inputs(Map.of("LARDER_FUNCTIONS_ZIP", "nowhere.zip")))
                .getMessage();
        assertTrue(message.contains("nowhere.zip") && message.contains("./mvnw"), message);
    }

    @Test
    void anUnknownTargetIsNamed() {
        String message = assertThrows(
                        UnusableInputException.class,
                        () -> inputs(Map.of("LARDER_FUNCTIONS_ZIP", zip.toString(), "LARDER_TARGET", "moon")))
                .getMessage();
        assertEquals("could not use LARDER_TARGET 'moon': expected account or local", message);
    }

    @Test
    void theOutputIsTheOnlyArgument() {
        assertEquals(Optional.empty(), Inputs.output());
        assertEquals(Optional.of("out"), Inputs.output("--output", "out"));
        assertThrows(UnusableInputException.class, () -> Inputs.output("--output"));
        assertThrows(UnusableInputException.class, () -> Inputs.output("--verbose", "yes"));
    }

    private static Inputs inputs(Map<String, String> environment) {
        return Inputs.of(key -> null, environment);
    }
}

package dev.larder.infra;

import dev.larder.config.Cell;
import dev.larder.config.ConfigFile;
import dev.larder.config.InvalidConfigException;
import dev.larder.config.LarderConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/**
 * Turns {@code larder.yaml} into one CloudFormation stack for each cell. {@code ./larder synth} and {@code deploy} run
 * it through the AWS CDK toolkit, {@code ./larder up} by itself.
 */
public final class LarderApp {
    /** What the templates depend on, the same whoever runs the app. */
    private static final Map<String, Object> CONTEXT = Map.of(
            // a property that CloudFormation does not know fails the synthesis
            "@aws-cdk/core:validateAgainstDefaultRules", true,
            // the stack's tags are CloudFormation's to hand on, not repeated in each resource
            "@aws-cdk/core:explicitStackTags", true,
            "aws:cdk:enable-path-metadata", false,
            "aws:cdk:enable-asset-metadata", false,
            "aws:cdk:version-reporting", false);

    private LarderApp() {}

    /**
     * Runs the app.
     *
     * @param arguments {@code --output DIR}: where the templates go; otherwise where {@code CDK_OUTDIR} says, or
     *     {@code cdk.out}
     */
    public static void main(String[] arguments) {
        try {
            Optional<String> output = Inputs.output(arguments);
            App app = app(output);
            Inputs inputs = Inputs.of(app.getNode()::tryGetContext, System.getenv());
            declare(app, ConfigFile.load(inputs.config(), inputs.target()), inputs.zip());
            app.synth();
        } catch (InvalidConfigException | UnusableInputException expected) {
            System.err.println(expected.getMessage());
            System.exit(1);
        }
    }

    /**
     * Synthesizes in this process.
     *
     * @param zip the functions' zip
     * @param output the folder for the templates, as {@code cdk synth} would fill it
     */
    public static void synth(LarderConfig config, Path zip, Path output) {
        App app = app(Optional.of(output.toString()));
        declare(app, config, zip);
        app.synth();
    }

    private static void declare(App app, LarderConfig config, Path zip) {
        for (Cell cell : config.cells()) {
            new CellStack(app, config, cell, zip);
        }
    }

    static App app(Optional<String> output) {
        AppProps.Builder props = AppProps.builder()
                .postCliContext(CONTEXT)
                .analyticsReporting(false)
                .stackTraces(false)
                .treeMetadata(false);
        output.ifPresent(props::outdir);
        return new App(props.build());
    }
}

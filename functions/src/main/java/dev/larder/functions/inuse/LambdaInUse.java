package dev.larder.functions.inuse;

import dev.larder.domain.lifecycle.InUse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionCodeLocation;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionVersion;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * The images of Lambda's functions, of all their versions: an alias is a name for one or two of these, so that all
 * aliases are covered. Lambda pulls an image again when it has not run for a while, however old the version.
 */
public final class LambdaInUse implements InUseSources {
    private static final String LATEST = "$LATEST";

    private final LambdaClient client;
    private final RegistryHosts hosts;

    /** What is published does not change any more. */
    private final Map<String, FunctionCodeLocation> published = new ConcurrentHashMap<>();

    /** @param hosts this registry's */
    public LambdaInUse(LambdaClient client, RegistryHosts hosts) {
        this.client = client;
        this.hosts = hosts;
    }

    @Override
    public List<InUse> now() {
        try {
            Sighted sighted = new Sighted(hosts);
            client.listFunctionsPaginator(list -> list.functionVersion(FunctionVersion.ALL)).functions().stream()
                    .filter(function -> function.packageType() == PackageType.IMAGE)
                    .forEach(function -> look(function, sighted));
            return List.of(InUse.of("Lambda", sighted.images()));
        } catch (RuntimeException e) {
            return List.of(InUse.unreadable("Lambda", Unread.why(e, "lambda:ListFunctions and lambda:GetFunction")));
        }
    }

    private void look(FunctionConfiguration function, Sighted sighted) {
        String user = "the function " + function.functionName() + ", version " + function.version();
        FunctionCodeLocation code;
        try {
            code = LATEST.equals(function.version())
                    ? code(function)
                    : published.computeIfAbsent(
                            function.functionName() + ":" + function.version() + " " + function.codeSha256(),
                            key -> code(function));
        } catch (ResourceNotFoundException deleted) {
            return;
        }
        sighted.add(code.imageUri(), null, user);
        sighted.add(code.resolvedImageUri(), null, user);
    }

    private FunctionCodeLocation code(FunctionConfiguration function) {
        FunctionCodeLocation code = client.getFunction(
                        get -> get.functionName(function.functionName()).qualifier(function.version()))
                .code();
        if (code == null || (code.imageUri() == null && code.resolvedImageUri() == null)) {
            throw new IllegalStateException("Lambda does not say which image the function " + function.functionName()
                    + ", version " + function.version() + ", is made of");
        }
        return code;
    }
}

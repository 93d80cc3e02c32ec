package dev.larder.local.world;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leads guests' calls for environment, time and console to their {@link World}. */
final class CallRewriter {
    private static final ClassDesc WORLD = ClassDesc.of(World.class.getName());
    private static final String SYSTEM = "java.lang.System";
    /** Calls that are led, and the {@link World}'s method that each is led to. */
    private static final Map<String, String> ENVIRONMENT = Map.of(SYSTEM + ".getenv", "getenv");

    private static final Map<String, String> ENVIRONMENT_AND_TIME = Map.of(
            SYSTEM + ".getenv",
            "getenv",
            SYSTEM + ".currentTimeMillis",
            "currentTimeMillis",
            "java.time.Instant.now",
            "now",
            "java.time.OffsetDateTime.now",
            "offsetDateTime",
            "java.time.Clock.systemUTC",
            "systemUTC",
            "java.time.InstantSource.system",
            "system");
    private static final List<byte[]> TRACES =
            List.of(bytes("getenv"), bytes("java/time/"), bytes("currentTimeMillis"), bytes("java/io/PrintStream"));

    private final ClassFile classFile;
    private final String timePrefix;

    /**
     * @param classes finds class files of the guests, for the verifier's frames
     * @param timePrefix the classes whose calls for time are led; those for environment and console are in all classes
     */
    CallRewriter(ClassHierarchyResolver classes, String timePrefix) {
        this.timePrefix = timePrefix;
        this.classFile = ClassFile.of(
                ClassFile.ClassHierarchyResolverOption.of(classes.orElse(ClassHierarchyResolver.defaultResolver())));
    }

    /**
     * Rewrites a class file.
     *
     * @param className with dots
     */
    byte[] rewrite(String className, byte[] content) {
        if (TRACES.stream().noneMatch(trace -> contains(content, trace))) {
            return content;
        }
        Map<String, String> calls = className.startsWith(timePrefix) ? ENVIRONMENT_AND_TIME : ENVIRONMENT;
        return classFile.transformClass(
                classFile.parse(content),
                ClassTransform.transformingMethodBodies((code, element) -> rewrite(code, element, calls)));
    }

    private static void rewrite(CodeBuilder code, CodeElement element, Map<String, String> calls) {
        switch (element) {
            case InvokeInstruction call
            when parametersFit(call.typeSymbol().parameterList()) -> {
                Optional<String> led = led(call.owner().asSymbol(), call.name().stringValue(), calls);
                led.ifPresentOrElse(
                        method -> code.invokestatic(WORLD, method, call.typeSymbol()), () -> code.with(call));
            }
            case InvokeDynamicInstruction call -> code.invokedynamic(lead(call, calls));
            case FieldInstruction field
            when name(field.owner().asSymbol()).equals(SYSTEM)
                    && field.typeSymbol().displayName().equals("PrintStream") ->
                code.getstatic(WORLD, "console", field.typeSymbol());
            default -> code.with(element);
        }
    }

    private static DynamicCallSiteDesc lead(InvokeDynamicInstruction call, Map<String, String> calls) {
        ConstantDesc[] arguments = call.bootstrapArgs().stream()
                .map(argument -> argument instanceof DirectMethodHandleDesc handle ? lead(handle, calls) : argument)
                .toArray(ConstantDesc[]::new);
        return DynamicCallSiteDesc.of(call.bootstrapMethod(), call.name().stringValue(), call.typeSymbol(), arguments);
    }

    private static MethodHandleDesc lead(DirectMethodHandleDesc handle, Map<String, String> calls) {
        Optional<String> led = led(handle.owner(), handle.methodName(), calls)
                .filter(method -> parametersFit(handle.invocationType().parameterList()));
        return led.<MethodHandleDesc>map(method -> MethodHandleDesc.ofMethod(
                        DirectMethodHandleDesc.Kind.STATIC, WORLD, method, handle.invocationType()))
                .orElse(handle);
    }

    private static Optional<String> led(ClassDesc owner, String method, Map<String, String> calls) {
        return Optional.ofNullable(calls.get(name(owner) + "." + method));
    }

    /** {@code Instant.now(Clock)} has a clock already. */
    private static boolean parametersFit(List<ClassDesc> parameters) {
        return parameters.isEmpty() || parameters.getFirst().displayName().equals("String");
    }

    private static String name(ClassDesc type) {
        return type.isArray() ? "" : type.packageName() + "." + type.displayName();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean contains(byte[] content, byte[] trace) {
        for (int start = 0; start <= content.length - trace.length; start++) {
            if (content[start] == trace[0]
                    && Arrays.equals(content, start, start + trace.length, trace, 0, trace.length)) {
                return true;
            }
        }
        return false;
    }
}

package dev.larder.local.lambda;

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
import java.util.Set;

/** Leads a function's calls for environment, time and console to its {@link FunctionWorld}. */
final class CallRewriter {
    private static final ClassDesc WORLD = ClassDesc.of(FunctionWorld.class.getName());
    private static final String SYSTEM = "java.lang.System";
    private static final Set<String> EVERYWHERE = Set.of(SYSTEM + ".getenv");
    private static final Set<String> OURS = Set.of(
            SYSTEM + ".getenv",
            SYSTEM + ".currentTimeMillis",
            "java.time.Instant.now",
            "java.time.Clock.systemUTC",
            "java.time.InstantSource.system");
    private static final List<byte[]> TRACES =
            List.of(bytes("getenv"), bytes("java/time/"), bytes("currentTimeMillis"), bytes("java/io/PrintStream"));

    private final ClassFile classFile;

    /** @param classes finds class files of the function, for the verifier's frames */
    CallRewriter(ClassHierarchyResolver classes) {
        this.classFile = ClassFile.of(
                ClassFile.ClassHierarchyResolverOption.of(classes.orElse(ClassHierarchyResolver.defaultResolver())));
    }

    /**
     * Rewrites a class file.
     *
     * @param className with dots; time is led only in classes of Larder's own, environment and console in all
     */
    byte[] rewrite(String className, byte[] content) {
        if (TRACES.stream().noneMatch(trace -> contains(content, trace))) {
            return content;
        }
        Set<String> calls = className.startsWith("dev.larder.") ? OURS : EVERYWHERE;
        return classFile.transformClass(
                classFile.parse(content),
                ClassTransform.transformingMethodBodies((code, element) -> rewrite(code, element, calls)));
    }

    private static void rewrite(CodeBuilder code, CodeElement element, Set<String> calls) {
        switch (element) {
            case InvokeInstruction call
            when isLed(call.owner().asSymbol(), call.name().stringValue(), calls)
                    && parametersFit(call.typeSymbol().parameterList()) ->
                code.invokestatic(WORLD, call.name().stringValue(), call.typeSymbol());
            case InvokeDynamicInstruction call -> code.invokedynamic(lead(call, calls));
            case FieldInstruction field
            when name(field.owner().asSymbol()).equals(SYSTEM)
                    && field.typeSymbol().displayName().equals("PrintStream") ->
                code.getstatic(WORLD, "console", field.typeSymbol());
            default -> code.with(element);
        }
    }

    private static DynamicCallSiteDesc lead(InvokeDynamicInstruction call, Set<String> calls) {
        ConstantDesc[] arguments = call.bootstrapArgs().stream()
                .map(argument -> argument instanceof DirectMethodHandleDesc handle
                                && isLed(handle.owner(), handle.methodName(), calls)
                        ? MethodHandleDesc.ofMethod(
                                DirectMethodHandleDesc.Kind.STATIC, WORLD, handle.methodName(), handle.invocationType())
                        : argument)
                .toArray(ConstantDesc[]::new);
        return DynamicCallSiteDesc.of(call.bootstrapMethod(), call.name().stringValue(), call.typeSymbol(), arguments);
    }

    private static boolean isLed(ClassDesc owner, String method, Set<String> calls) {
        return calls.contains(name(owner) + "." + method);
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

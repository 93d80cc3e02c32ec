package dev.larder.local.lambda;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * A function's handler object: a {@code RequestStreamHandler}, or a {@code RequestHandler} whose events are read and
 * written by the serialization library of Lambda's own Java runtime.
 */
final class Handler {
    private final Object handler;
    private final Method method;

    private Handler(Object handler, Method method) {
        this.handler = handler;
        this.method = method;
    }

    /**
     * Makes the handler: its class is initialized and its constructor runs.
     *
     * @throws InvocationTargetException with what the constructor threw
     * @throws ReflectiveOperationException when there is no such class, or no such constructor or method in it
     */
    static Handler create(String name, ClassLoader loader) throws ReflectiveOperationException {
        String[] parts = name.split("::", 2);
        String methodName = parts.length == 2 ? parts[1] : "handleRequest";
        Class<?> type = loader.loadClass(parts[0]);
        Method method = Arrays.stream(type.getMethods())
                .filter(each -> each.getName().equals(methodName) && !each.isBridge())
                .filter(each -> each.getParameterCount() == 2 || each.getParameterCount() == 3)
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(parts[0] + " has no public method " + methodName
                        + " with an event and a context, or with two streams and a context"));
        return new Handler(type.getConstructor().newInstance(), method);
    }

    /**
     * Handles one event.
     *
     * @throws InvocationTargetException with what the handler threw
     */
    byte[] handle(byte[] event, Object context) throws ReflectiveOperationException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (method.getParameterCount() == 3) {
            method.invoke(handler, new ByteArrayInputStream(event), out, context);
            return out.toByteArray();
        }
        ClassLoader loader = handler.getClass().getClassLoader();
        InputStream in = new ByteArrayInputStream(event);
        Object parsed = serializer(method.getParameterTypes()[0], loader).fromJson(in);
        Object result = method.invoke(handler, parsed, context);
        write(result, out, loader);
        return out.toByteArray();
    }

    private void write(Object result, OutputStream out, ClassLoader loader) {
        if (method.getReturnType() != void.class) {
            serializer(method.getReturnType(), loader).toJson(result, out);
        }
    }

    @SuppressWarnings("unchecked") // the type is known to reflection only
    private static PojoSerializer<Object> serializer(Class<?> type, ClassLoader loader) {
        return (PojoSerializer<Object>)
                (LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
                        ? LambdaEventSerializers.serializerFor(type, loader)
                        : JacksonFactory.getInstance().getSerializer(type));
    }
}

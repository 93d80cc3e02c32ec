package dev.larder.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Loads a function from its unpacked zip and from nothing else but the JDK, with its calls led by the rewriter. */
final class FunctionClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final CallRewriter rewriter = new CallRewriter(ClassHierarchyResolver.ofResourceParsing(
            type -> getResourceAsStream(type.descriptorString().replaceAll("^L|;$", "") + ".class")));

    private FunctionClassLoader(String name, URL[] urls) {
        super(name, urls, ClassLoader.getPlatformClassLoader());
    }

    /**
     * Opens the function's classes: the folder itself and the jars of its {@code lib}, as Lambda's Java runtimes do.
     *
     * @throws IOException when the folder cannot be read
     */
    static FunctionClassLoader open(
            String name, Path folder, Map<String, String> environment, InstantSource clock, PrintStream console)
            throws IOException {
        List<URL> urls = new ArrayList<>(List.of(folder.toUri().toURL()));
        if (Files.isDirectory(folder.resolve("lib"))) {
            try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
                for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList()) {
                    urls.add(jar.toUri().toURL());
                }
            }
        }
        FunctionClassLoader loader = new FunctionClassLoader(name, urls.toArray(URL[]::new));
        loader.enter(environment, clock, console);
        return loader;
    }

    private void enter(Map<String, String> environment, InstantSource clock, PrintStream console) throws IOException {
        try {
            loadClass(FunctionWorld.class.getName())
                    .getMethod("enter", Map.class, InstantSource.class, PrintStream.class)
                    .invoke(null, environment, clock, console);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IOException("the function's world cannot be made: " + e, e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        boolean world = name.equals(FunctionWorld.class.getName());
        try (InputStream in =
                world ? FunctionWorld.class.getResourceAsStream("FunctionWorld.class") : getResourceAsStream(file)) {
            if (in == null) {
                throw new ClassNotFoundException(name + " is not in the function's zip");
            }
            byte[] content = in.readAllBytes();
            byte[] led = world ? content : rewriter.rewrite(name, content);
            String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            if (!packageName.isEmpty() && getDefinedPackage(packageName) == null) {
                definePackageOnce(packageName);
            }
            return defineClass(name, led, 0, led.length);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " of the function", e);
        }
    }

    private void definePackageOnce(String packageName) {
        try {
            definePackage(packageName, null, null, null, null, null, null, null);
        } catch (IllegalArgumentException e) {
            // another thread was faster
            if (getDefinedPackage(packageName) == null) {
                throw e;
            }
        }
    }
}

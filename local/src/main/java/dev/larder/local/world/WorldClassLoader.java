package dev.larder.local.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Loads guests, with their calls for environment, time and console led to a {@link World} of their own. */
public final class WorldClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Predicate<String> own;
    private final CallRewriter rewriter;

    private WorldClassLoader(String name, URL[] urls, ClassLoader parent, Predicate<String> own, String timePrefix) {
        super(name, urls, parent);
        this.own = own;
        this.rewriter = new CallRewriter(
                ClassHierarchyResolver.ofResourceParsing(
                        type -> getResourceAsStream(type.descriptorString().replaceAll("^L|;$", "") + ".class")),
                timePrefix);
    }

    /**
     * For a function: the folder itself and the jars of its {@code lib}, as Lambda's Java runtimes have them, and nothing
     * else but the JDK. Time is led in Larder's own classes.
     *
     * @throws IOException when the folder cannot be read
     */
    public static WorldClassLoader ofFunction(
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
        WorldClassLoader loader = new WorldClassLoader(
                name, urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader(), type -> false, "dev.larder.");
        loader.enter(environment, clock, console);
        return loader;
    }

    /**
     * For a library of this process, of which it loads a copy.
     *
     * @param own the classes that it loads itself; the others are the process's
     * @param timePrefix the classes whose calls for time are led
     * @throws IOException when the world cannot be made
     */
    public static WorldClassLoader ofLibrary(String name, Predicate<String> own, String timePrefix, InstantSource clock)
            throws IOException {
        WorldClassLoader loader = new WorldClassLoader(
                name,
                new URL[0],
                WorldClassLoader.class.getClassLoader(),
                own.or(World.class.getName()::equals),
                timePrefix);
        loader.enter(Map.of(), clock, new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        return loader;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!own.test(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    private void enter(Map<String, String> environment, InstantSource clock, PrintStream console) throws IOException {
        try {
            loadClass(World.class.getName())
                    .getMethod("enter", Map.class, InstantSource.class, PrintStream.class)
                    .invoke(null, environment, clock, console);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IOException("the world of " + getName() + " cannot be made: " + e, e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        boolean world = name.equals(World.class.getName());
        try (InputStream in = world ? World.class.getResourceAsStream("World.class") : getResourceAsStream(file)) {
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
            throw new UncheckedIOException("cannot read " + file + " of " + getName(), e);
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

package io.carafe.assembly.discovery;

/**
 * What a vendor's JAR may see of us: the vocabulary and the contracts. Everything else it has to bring, so that it neither
 * depends on our libraries nor clashes with them.
 */
final class ApiClassLoader extends ClassLoader {
    private final ClassLoader ours;

    ApiClassLoader(ClassLoader ours) {
        super(ClassLoader.getPlatformClassLoader());
        this.ours = ours;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (shows(name)) {
            return ours.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    static boolean shows(String name) {
        return name.startsWith("io.carafe.domain.")
                || (name.startsWith("io.carafe.ports.") && !name.startsWith("io.carafe.ports.tck."));
    }
}

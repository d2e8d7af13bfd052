package io.carafe.assembly.discovery;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the classes of a JAR fit the contracts as they are here. Found as the JVM finds it when it links (JVMS 5.4.3), but before
 * a pod is there: what is named must be there, and what is concrete must have all that is asked of it. A declared version would
 * say less, since most changes of the contracts disturb few adapters.
 *
 * <p>Bounded: classes that do not mention us are read over, not parsed.
 */
final class PortsLinkage {
    private static final String US = "io/carafe/";
    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";

    private final JarClasses classes;

    PortsLinkage(JarFile jar) {
        this.classes = new JarClasses(jar);
    }

    /** The first thing that does not fit, as a sentence; empty if all does. */
    Optional<String> misfit() throws IOException {
        Map<String, ClassModel> concerned = concerned();
        for (ClassModel model : concerned.values()) {
            Optional<String> misfit = misfitOf(model);
            if (misfit.isPresent()) {
                return misfit;
            }
        }
        return Optional.empty();
    }

    /** Those that mention us, and those below one of them, which inherit what they lack. */
    private Map<String, ClassModel> concerned() throws IOException {
        Map<String, ClassModel> concerned = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (String name : classes.own()) {
            byte[] bytes = classes.bytes(name);
            if (new String(bytes, StandardCharsets.ISO_8859_1).contains(US)) {
                concerned.put(name, parse(name, bytes));
            } else {
                others.add(name);
            }
        }
        if (concerned.values().stream().noneMatch(PortsLinkage::isAbstract)) {
            return concerned;
        }
        boolean more = true;
        while (more) {
            more = false;
            for (String name : List.copyOf(others)) {
                ClassModel model = parse(name, classes.bytes(name));
                if (parents(model).anyMatch(concerned::containsKey)) {
                    concerned.put(name, model);
                    others.remove(name);
                    more = true;
                }
            }
        }
        return concerned;
    }

    private static boolean isAbstract(ClassModel model) {
        return (model.flags().flagsMask() & ClassFile.ACC_ABSTRACT) != 0;
    }

    private static Stream<String> parents(ClassModel model) {
        return Stream.concat(model.superclass().stream(), model.interfaces().stream())
                .map(ClassEntry::asInternalName);
    }

    private static ClassModel parse(String name, byte[] bytes) {
        try {
            return ClassFile.of().parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("class " + dotted(name) + ": " + e.getMessage(), e);
        }
    }

    private Optional<String> misfitOf(ClassModel model) {
        String user = dotted(model.thisClass().asInternalName());
        for (PoolEntry entry : model.constantPool()) {
            Optional<String> missing = switch (entry) {
                case ClassEntry named -> missing(named).map(what -> what + ", but " + user + " uses it");
                case MemberRefEntry member -> missing(member).map(what -> what + ", but " + user + " uses it");
                case InvokeDynamicEntry call ->
                    lambdaLacks(call).map(what -> "a lambda of " + user + " does not implement " + what);
                default -> Optional.empty();
            };
            if (missing.isPresent()) {
                return missing;
            }
        }
        return isAbstract(model)
                ? Optional.empty()
                : lacks(model.thisClass().asInternalName(), List.of())
                        .map(what -> user + " does not implement " + what);
    }

    private Optional<String> missing(ClassEntry entry) {
        String name = element(entry.asInternalName());
        if (!name.startsWith(US)) {
            return Optional.empty();
        }
        boolean there = classes.find(name)
                .filter(found -> !JarClasses.isOurs(name) || found.isPublic())
                .isPresent();
        return there ? Optional.empty() : Optional.of(dotted(name) + " is not there for adapters");
    }

    private Optional<String> missing(MemberRefEntry entry) {
        String owner = entry.owner().asInternalName();
        if (owner.startsWith("[")) {
            return Optional.empty(); // of every array
        }
        String name = entry.name().stringValue();
        String descriptor = entry.type().stringValue();
        boolean isField = entry instanceof FieldRefEntry;
        String member = isField ? LinkedClass.field(name, descriptor) : LinkedClass.method(name, descriptor);
        Optional<LinkedClass> found = classes.find(owner);
        Optional<List<LinkedClass>> lineage = classes.lineage(owner);
        if (found.isEmpty()
                || lineage.isEmpty()
                || lineage.get().stream().noneMatch(one -> JarClasses.isOurs(one.name()))) {
            return Optional.empty(); // none of ours, or named by its class already
        }
        if (!isField && JarClasses.isOurs(owner)) {
            boolean asInterface = entry instanceof InterfaceMethodRefEntry;
            if (asInterface != found.get().isInterface()) {
                return Optional.of(dotted(owner) + " is " + (asInterface ? "a class now" : "an interface now"));
            }
        }
        boolean there = name.equals("<init>")
                ? isOpen(found.get(), member)
                : Stream.concat(lineage.get().stream(), classes.find("java/lang/Object").stream())
                        .anyMatch(one -> isOpen(one, member));
        return there
                ? Optional.empty()
                : Optional.of(dotted(owner) + "." + text(name, descriptor, isField) + " is not there");
    }

    /** Only of ours it matters who may use it. */
    private static boolean isOpen(LinkedClass type, String member) {
        return JarClasses.isOurs(type.name())
                ? type.opens(member)
                : type.members().containsKey(member);
    }

    /** A method of ours that a concrete class does not have, nor {@code also} is. */
    private Optional<String> lacks(String name, List<String> also) {
        Optional<List<LinkedClass>> lineage = classes.lineage(name);
        if (lineage.isEmpty()) {
            return Optional.empty(); // cannot be loaded here at all, so it is for another place
        }
        List<LinkedClass> all = Stream.concat(lineage.get().stream(), classes.find("java/lang/Object").stream())
                .toList();
        return lineage.get().stream()
                .filter(type -> JarClasses.isOurs(type.name()))
                .flatMap(type -> type.abstractMethods().stream()
                        .filter(method -> !also.contains(method))
                        .filter(method -> all.stream().noneMatch(one -> one.implementsMethod(method)))
                        .map(method -> dotted(type.name()) + "." + text(method)))
                .findFirst();
    }

    private Optional<String> lambdaLacks(InvokeDynamicEntry call) {
        String type = element(MethodTypeDesc.ofDescriptor(call.type().stringValue())
                .returnType()
                .descriptorString());
        var bootstrap = call.bootstrap();
        if (!JarClasses.isOurs(type)
                || !bootstrap
                        .bootstrapMethod()
                        .reference()
                        .owner()
                        .asInternalName()
                        .equals(LAMBDAS)
                || bootstrap.arguments().isEmpty()
                || !(bootstrap.arguments().getFirst() instanceof MethodTypeEntry erased)) {
            return Optional.empty();
        }
        return lacks(
                type,
                List.of(LinkedClass.method(
                        call.name().stringValue(), erased.descriptor().stringValue())));
    }

    /** {@code [[Lio/carafe/X;} is about io/carafe/X. */
    private static String element(String name) {
        String type = name.replaceFirst("^\\[+", "");
        return type.endsWith(";") ? type.substring(1, type.length() - 1) : type;
    }

    private static String text(String method) {
        int parameters = method.indexOf('(');
        return text(method.substring(0, parameters), method.substring(parameters), false);
    }

    private static String text(String name, String descriptor, boolean isField) {
        if (isField) {
            return name;
        }
        return MethodTypeDesc.ofDescriptor(descriptor).parameterList().stream()
                .map(ClassDesc::displayName)
                .collect(Collectors.joining(", ", name.equals("<init>") ? "new(" : name + "(", ")"));
    }

    private static String dotted(String name) {
        return name.replace('/', '.');
    }
}

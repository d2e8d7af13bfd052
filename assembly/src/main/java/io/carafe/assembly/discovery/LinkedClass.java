package io.carafe.assembly.discovery;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What linking needs of a class file.
 *
 * @param name as class files have it: io/carafe/ports/runtime/Containers
 * @param members flags by name and descriptor: {@code start(Lio/carafe/domain/container/ContainerId;)V}, {@code LIMIT:I}
 */
record LinkedClass(
        String name, int flags, Optional<String> superclass, List<String> interfaces, Map<String, Integer> members) {
    static LinkedClass of(ClassModel model) {
        Map<String, Integer> members = new HashMap<>();
        model.methods()
                .forEach(method -> members.put(
                        method(
                                method.methodName().stringValue(),
                                method.methodType().stringValue()),
                        method.flags().flagsMask()));
        model.fields()
                .forEach(field -> members.put(
                        field(field.fieldName().stringValue(), field.fieldType().stringValue()),
                        field.flags().flagsMask()));
        return new LinkedClass(
                model.thisClass().asInternalName(),
                model.flags().flagsMask(),
                model.superclass().map(ClassEntry::asInternalName),
                model.interfaces().stream().map(ClassEntry::asInternalName).toList(),
                members);
    }

    static String method(String name, String descriptor) {
        return name + descriptor;
    }

    static String field(String name, String descriptor) {
        return name + ":" + descriptor;
    }

    boolean isInterface() {
        return has(flags, ClassFile.ACC_INTERFACE);
    }

    boolean isAbstract() {
        return has(flags, ClassFile.ACC_ABSTRACT);
    }

    boolean isPublic() {
        return has(flags, ClassFile.ACC_PUBLIC);
    }

    /** Methods that a concrete class below must have. */
    List<String> abstractMethods() {
        return members.entrySet().stream()
                .filter(member -> has(member.getValue(), ClassFile.ACC_ABSTRACT))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Whether it has the body of such a method. */
    boolean implementsMethod(String method) {
        Integer found = members.get(method);
        return found != null && (found & (ClassFile.ACC_ABSTRACT | ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE)) == 0;
    }

    /** Whether classes of others may name such a member of it. */
    boolean opens(String member) {
        Integer found = members.get(member);
        return found != null && (found & (ClassFile.ACC_PUBLIC | ClassFile.ACC_PROTECTED)) != 0;
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}

package io.carafe.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no class of ours does. */
class CodingRulesTest {
    private static final Pattern SAYS_NOTHING =
            Pattern.compile(".*(Manager|Helper|Utils?|Impl|Data|Info|Wrapper|Processor)");
    /** Names that the CRI gave. */
    private static final Set<String> GIVEN_NAMES = Set.of("ImageFsInfo");

    /** Where a thread may be made: for use cases and adapters, in namespaces, and for calls of the kernel that may not return. */
    private static final Set<String> START_THREADS = Set.of(
            "io.carafe.application.task", "io.carafe.linux.namespace", "io.carafe.linux.poll", "io.carafe.linux.file");

    /** A thread for each call, one for each operation, which outlives the call that asked for it, and one for each long kernel call. */
    private static final Set<String> START_THREADS_ALSO = Set.of(
            "io.carafe.grpc.CriServer", "io.carafe.application.journal.Operations", "io.carafe.linux.libc.OwnThread");

    /** JUnit's own interfaces speak of methods and parameters. */
    private static final Set<String> TEST_KITS = Set.of("ports-tck", "conformance-tests");

    private static final Set<String> SPEAK_TO_PEOPLE = Set.of("cli", "conformance-tests");
    /** The daemon's command line (--help, config default), and the one that certifies. */
    private static final Set<String> PROGRAMS =
            Set.of("io.carafe.assembly.CarafedMain", "io.carafe.assembly.certify.CarafeCertify");

    private static final Set<String> MUTABLE = Set.of(
            "java.util.ArrayList",
            "java.util.HashMap",
            "java.util.TreeMap",
            "java.util.HashSet",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentMap",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "java.util.concurrent.atomic.AtomicBoolean",
            "java.util.concurrent.atomic.AtomicReference",
            "java.lang.StringBuilder");

    @Test
    void everyPackageIsNullMarked() {
        assertThat(Codebase.CARAFE
                        .written()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(named -> !named.isAnnotatedWith("org.jspecify.annotations.NullMarked")))
                .isEmpty();
    }

    @Test
    void nothingBareIsThrown() {
        Set<Class<?>> bare = Set.of(RuntimeException.class, Exception.class, Throwable.class, Error.class);
        assertThat(Codebase.CARAFE
                        .written()
                        .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                        .filter(call -> bare.stream().anyMatch(call.getTargetOwner()::isEquivalentTo))
                        // the constructor of an exception of ours calls that of its superclass
                        .filter(call -> !call.getOriginOwner().isAssignableTo(Throwable.class)))
                .extracting(JavaConstructorCall::getDescription)
                .isEmpty();
    }

    @Test
    void noStateIsStatic() {
        assertThat(Codebase.CARAFE
                        .written()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL)
                                || MUTABLE.contains(field.getRawType().getName())))
                .extracting(JavaField::getFullName)
                .isEmpty();
    }

    @Test
    void threadsAreStartedByTasksNamespacesAndAssemblyOnly() {
        Set<String> mayStart = Set.of("assembly", "ports-tck", "cli", "conformance-tests");
        assertThat(Codebase.CARAFE
                        .written()
                        .filter(type -> Codebase.CARAFE
                                .moduleOf(type)
                                .filter(mayStart::contains)
                                .isEmpty())
                        .filter(type -> !START_THREADS.contains(type.getPackageName()))
                        .filter(type -> !START_THREADS_ALSO.contains(type.getName()))
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(CodingRulesTest::startsThread))
                .extracting(JavaAccess::getDescription)
                .isEmpty();
    }

    /**
     * Its channels look at the error number of a call only after they have taken locks, see UnixStream. SdNotify's datagrams may be:
     * sending one does not wait, so there is no error number of a wait to be misread.
     */
    @Test
    void noNativeChannelIsReadOrWritten() {
        assertThat(Codebase.CARAFE
                        .written()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getName())
                        .filter(name ->
                                name.startsWith("jnr.enxio.") || name.matches("jnr.unixsocket.*Socket(Channel)?")))
                .isEmpty();
    }

    @Test
    void insideNothingIsReactive() {
        assertThat(Stream.of("domain", "ports", "application")
                        .flatMap(module -> Codebase.CARAFE.main(module).stream())
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(dependency -> dependency.getTargetClass().isAssignableTo(CompletableFuture.class)
                                || dependency.getTargetClass().getName().startsWith("java.util.concurrent.Flow")))
                .isEmpty();
    }

    @Test
    void onlyProgramsForPeoplePrint() {
        assertThat(Codebase.CARAFE
                        .written()
                        .filter(type -> Codebase.CARAFE
                                .moduleOf(type)
                                .filter(SPEAK_TO_PEOPLE::contains)
                                .isEmpty())
                        .filter(type -> !PROGRAMS.contains(type.getName()))
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(CodingRulesTest::prints))
                .extracting(JavaAccess::getDescription)
                .isEmpty();
    }

    @Test
    void nothingIsFinalizedOrReflected() {
        assertThat(Codebase.CARAFE
                        .written()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getName().equals("finalize")))
                .isEmpty();
        assertThat(Codebase.CARAFE
                        .written()
                        .filter(type -> Codebase.CARAFE
                                .moduleOf(type)
                                .filter(TEST_KITS::contains)
                                .isEmpty())
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(CodingRulesTest::reflects))
                .extracting(JavaAccess::getDescription)
                .isEmpty();
    }

    @Test
    void namesSayWhatTheyName() {
        assertThat(Codebase.CARAFE
                        .written()
                        .filter(type ->
                                !type.isAnonymousClass() && !type.getName().contains(".Dagger"))
                        .map(JavaClass::getSimpleName)
                        .filter(name -> SAYS_NOTHING.matcher(name).matches() && !GIVEN_NAMES.contains(name)))
                .isEmpty();
        assertThat(Codebase.CARAFE
                        .written()
                        .filter(type -> type.getSimpleName().endsWith("Service"))
                        .filter(type -> Codebase.CARAFE
                                .moduleOf(type)
                                .filter("adapters-grpc"::equals)
                                .isEmpty()))
                .isEmpty();
    }

    private static boolean startsThread(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        if (owner.isEquivalentTo(Thread.class)) {
            return Pattern.matches("<init>|start|ofVirtual|ofPlatform|startVirtualThread", call.getName());
        }
        return Stream.of(Executors.class, ForkJoinPool.class, Timer.class).anyMatch(owner::isEquivalentTo);
    }

    private static boolean prints(JavaAccess<?> access) {
        if (access.getTarget() instanceof AccessTarget.FieldAccessTarget target) {
            return target.getOwner().isEquivalentTo(System.class) && Pattern.matches("out|err", target.getName());
        }
        return access.getName().equals("printStackTrace");
    }

    private static boolean reflects(JavaAccess<?> access) {
        if (access.getTargetOwner().isEquivalentTo(Class.class)) {
            return Pattern.matches("forName|get(Declared)?(Method|Field|Constructor)s?", access.getName());
        }
        return access.getTargetOwner().getPackageName().equals("java.lang.reflect");
    }
}

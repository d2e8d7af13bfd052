package io.carafe.application.node;

import io.carafe.domain.fault.Fault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Counts the calls of all ports of one daemon, and lets the n-th fail or be the last. Concurrency: safe. */
public final class PortCalls {
    private static final Set<String> PURE = Set.of("Sandboxes.needs", "PodFiles.paths", "PodCgroup.name");

    /** What becomes of the n-th call. */
    public enum Fate {
        /** It fails, and nothing has happened. */
        FAILS,
        /** It does what it should, and fails. */
        FAILS_AFTERWARDS,
        /** It and all that follow fail. */
        ALL_FAIL,
        /** The daemon dies before it. */
        DEATH,
        /** The daemon dies when it is done. */
        DEATH_AFTERWARDS
    }

    /** What is done before a call. */
    public interface Hook {
        void before() throws InterruptedException;
    }

    private record Plan(int at, Fate fate) {}

    private final Map<String, Hook> hooks = new ConcurrentHashMap<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final List<String> seen = new ArrayList<>();
    private volatile Optional<Plan> plan = Optional.empty();
    private volatile Predicate<String> broken = name -> false;
    private volatile boolean dead;
    private volatile boolean reached;

    /** From now on the {@code n}-th call, the first being 1, has this fate. */
    public synchronized void doom(int n, Fate fate) {
        seen.clear();
        reached = false;
        plan = Optional.of(new Plan(n, fate));
    }

    /** Whether the fate has come. */
    public boolean isReached() {
        return reached;
    }

    public void heal() {
        plan = Optional.empty();
        broken = name -> false;
        faults.clear();
    }

    /** The daemon is dead from now on. */
    public void kill() {
        dead = true;
    }

    /** Every call whose name ("PodNetwork.attach") is such fails from now on. */
    public void breakAll(Predicate<String> name) {
        broken = name;
    }

    /** Each call of that name fails so, until healed. */
    public void fail(String name, Fault fault) {
        faults.put(name, fault);
    }

    /** Before each call of that name. */
    public void before(String name, Hook hook) {
        hooks.put(name, hook);
    }

    /** The names of all calls since the last {@link #doom}. */
    public synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    public <T> T over(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    Callable<Object> call = () -> invoke(method, real, arguments);
                    String name = port.getSimpleName() + "." + method.getName();
                    return method.getDeclaringClass().equals(Object.class) || PURE.contains(name)
                            ? call.call()
                            : through(name, call);
                }));
    }

    private Object through(String name, Callable<Object> call) throws Exception {
        if (dead) {
            throw new PowerLoss(name);
        }
        Hook hook = hooks.get(name);
        if (hook != null) {
            hook.before();
        }
        Optional<Fate> fate = next(name);
        if (fate.isEmpty()) {
            return call.call();
        }
        boolean dies = fate.get() == Fate.DEATH || fate.get() == Fate.DEATH_AFTERWARDS;
        if (dies) {
            dead = true;
        }
        if (fate.get() == Fate.FAILS_AFTERWARDS || fate.get() == Fate.DEATH_AFTERWARDS) {
            call.call();
        }
        if (dies) {
            throw new PowerLoss(name);
        }
        throw new Fault.Unavailable("injected at " + name);
    }

    private static Object invoke(Method method, Object real, Object[] arguments) throws Exception {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private synchronized Optional<Fate> next(String name) {
        seen.add(name);
        Fault fault = faults.get(name);
        if (fault != null) {
            throw fault;
        }
        if (broken.test(name)) {
            return Optional.of(Fate.FAILS);
        }
        int n = seen.size();
        Optional<Fate> fate = plan.filter(p -> n == p.at() || (n > p.at() && p.fate() == Fate.ALL_FAIL))
                .map(Plan::fate);
        if (fate.isPresent()) {
            reached = true;
        }
        return fate;
    }
}

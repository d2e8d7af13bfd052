package io.carafe.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A (state x event) table. An event is a transition method; where the table says nothing the method must not exist, which is how
 * an illegal transition is refused.
 */
public record StateTable(List<Object> states, Map<String, Map<String, String>> legal, Map<Class<?>, Object> arguments) {
    /** All pairs, with the name of the state that follows where there is one. */
    public List<Pair> pairs() {
        List<String> events = legal.values().stream()
                .flatMap(transitions -> transitions.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        return states.stream()
                .flatMap(state -> events.stream()
                        .map(event -> new Pair(
                                state,
                                event,
                                Optional.ofNullable(
                                        legal.getOrDefault(state.getClass().getSimpleName(), Map.of())
                                                .get(event)),
                                arguments)))
                .toList();
    }

    /** One cell. */
    public record Pair(Object state, String event, Optional<String> next, Map<Class<?>, Object> arguments) {
        public void check() throws ReflectiveOperationException {
            Optional<Method> method = Arrays.stream(state.getClass().getDeclaredMethods())
                    .filter(candidate -> candidate.getName().equals(event))
                    .findFirst();
            assertThat(method.isPresent()).as(toString()).isEqualTo(next.isPresent());
            if (method.isPresent()) {
                Object[] values = Arrays.stream(method.get().getParameterTypes())
                        .map(arguments::get)
                        .toArray();
                Object result = method.get().invoke(state, values);
                assertThat(result.getClass().getSimpleName()).isEqualTo(next.orElseThrow());
            }
        }

        @Override
        public String toString() {
            return state.getClass().getSimpleName() + " x " + event + " -> " + next.orElse("no such call");
        }
    }
}

package io.carafe.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TextTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCellAndLinesEndWithoutSpace() {
        var table = new TextTable("A", "LONG", "C").row("wide cell", 1, "x").row("y", "", "z");
        assertThat(table.text()).isEqualTo("""
                A           LONG   C
                wide cell   1      x
                y           -      z
                """);
    }

    @Test
    void cellsStayOnTheirLine() {
        assertThat(new TextTable("A").row("one\ntwo").text()).isEqualTo("A\none two\n");
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new TextTable("A", "B").row("x")).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.carafe.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Rows under a heading, columns as wide as their widest cell. An empty cell shows as "-", so that rows split alike. */
public final class TextTable {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... heading) {
        rows.add(List.of(heading));
    }

    public TextTable row(Object... cells) {
        var row = new ArrayList<String>();
        for (var cell : cells) {
            var text = cell.toString().replace('\n', ' ').strip();
            row.add(text.isEmpty() ? "-" : text);
        }
        if (row.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row of " + row.size() + " cells under " + rows.getFirst());
        }
        rows.add(row);
        return this;
    }

    public String text() {
        var widths = new int[rows.getFirst().size()];
        for (var row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var out = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i))
                        .repeat(" ", widths[i] - row.get(i).length())
                        .append(GAP);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}

package dev.transcode.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Rows of text in aligned columns. On a terminal a line that is too long is cut, not wrapped. */
final class Table {
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();
    private final Map<Integer, UnaryOperator<String>> paints = new HashMap<>();
    private final BitSet text = new BitSet();

    /**
     * @param leftAligned how many columns, from the left, are text; the others are numbers, aligned right
     */
    Table(int leftAligned, String... header) {
        this.header = List.of(header);
        text.set(0, leftAligned);
    }

    /** The last column is text as well. */
    Table endingInText() {
        text.set(header.size() - 1);
        return this;
    }

    /** Colors the cells of a column, by their text. */
    Table paint(int column, UnaryOperator<String> paint) {
        paints.put(column, paint);
        return this;
    }

    void add(String... cells) {
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(Format.plain(cell));
        }
        rows.add(row);
    }

    void print(PrintWriter out, Console console) {
        int columns = console.isOutLive() ? TerminalSize.now().columns() : Integer.MAX_VALUE;
        lines(console, columns).forEach(out::println);
    }

    /** @param columns how long a line may be */
    List<String> lines(Console console, int columns) {
        int[] widths = new int[header.size()];
        measure(widths, header);
        rows.forEach(row -> measure(widths, row));
        List<String> lines = new ArrayList<>();
        lines.add(console.bold(line(widths, header, columns, Map.of())));
        rows.forEach(row -> lines.add(line(widths, row, columns, paints)));
        return lines;
    }

    private static void measure(int[] widths, List<String> row) {
        for (int i = 0; i < row.size(); i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
        }
    }

    private String line(int[] widths, List<String> row, int columns, Map<Integer, UnaryOperator<String>> painting) {
        StringBuilder line = new StringBuilder();
        int start = 0;
        for (int i = 0; i < row.size() && start < columns; i++) {
            String cell = row.get(i);
            boolean last = i == row.size() - 1;
            String padding = " ".repeat(widths[i] - cell.length());
            String padded = Format.cut(text.get(i) ? cell + (last ? "" : padding) : padding + cell, columns - start);
            line.append(painting.getOrDefault(i, UnaryOperator.identity()).apply(padded));
            start += widths[i] + GAP.length();
            line.append(last || start >= columns ? "" : GAP);
        }
        return line.toString().stripTrailing();
    }
}

package dev.transcode.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** Where a command prints: results on stdout, progress and errors on stderr; colours only on a terminal. */
final class Console {
    private static final Path LINUX_STDERR = Path.of("/proc/self/fd/2");

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private final boolean colored;

    private Console(PrintWriter out, PrintWriter err, boolean terminal, boolean colored) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.colored = colored;
    }

    /** The streams of a running command. */
    static Console of(CommandLine command) {
        boolean ownStreams = command.getErr() == Main.processErr();
        boolean terminal = ownStreams && isTerminal();
        boolean noColor = !System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(command.getOut(), command.getErr(), terminal, terminal && !noColor);
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    /** Whether a line on stderr can be written over. */
    boolean isLive() {
        return terminal;
    }

    String bold(String text) {
        return colored ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    String green(String text) {
        return colored ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    String yellow(String text) {
        return colored ? "\u001b[33m" + text + "\u001b[0m" : text;
    }

    String red(String text) {
        return colored ? "\u001b[31m" + text + "\u001b[0m" : text;
    }

    /** {@code System.console()} tells about stdout as well; only stderr matters here. */
    private static boolean isTerminal() {
        try {
            if (Files.isSymbolicLink(LINUX_STDERR)) {
                String target = Files.readSymbolicLink(LINUX_STDERR).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            }
            Process test = new ProcessBuilder("test", "-t", "2").inheritIO().start();
            return test.waitFor(2, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

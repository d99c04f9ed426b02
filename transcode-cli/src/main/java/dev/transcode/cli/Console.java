package dev.transcode.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * Where a command prints: results on stdout, progress and errors on stderr. Each is colored and written over only where it
 * is a terminal itself.
 */
final class Console {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean outTerminal;
    private final boolean errTerminal;
    private final boolean colored;

    private Console(PrintWriter out, PrintWriter err, boolean outTerminal, boolean errTerminal, boolean colored) {
        this.out = out;
        this.err = err;
        this.outTerminal = outTerminal;
        this.errTerminal = errTerminal;
        this.colored = colored;
    }

    /** The streams of a running command. */
    static Console of(CommandLine command) {
        boolean ownStreams = command.getErr() == Main.processErr();
        boolean noColor = !System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(
                command.getOut(),
                command.getErr(),
                ownStreams && isTerminal(STDOUT),
                ownStreams && isTerminal(STDERR),
                !noColor);
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    /** Whether a line on stderr can be written over. */
    boolean isLive() {
        return errTerminal;
    }

    /** Whether lines on stdout can be written over. */
    boolean isOutLive() {
        return outTerminal;
    }

    /** For stdout. */
    String bold(String text) {
        return paint(outTerminal, 1, text);
    }

    /** For stdout. */
    String green(String text) {
        return paint(outTerminal, 32, text);
    }

    /** For stdout. */
    String yellow(String text) {
        return paint(outTerminal, 33, text);
    }

    /** For stdout. */
    String red(String text) {
        return paint(outTerminal, 31, text);
    }

    /** Says on stderr what went wrong. */
    void error(String text) {
        err.println(paint(errTerminal, 31, "error") + ": " + text);
    }

    private String paint(boolean terminal, int code, String text) {
        return terminal && colored ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** {@code System.console()} tells about all streams at once; here each matters for itself. */
    private static boolean isTerminal(int descriptor) {
        try {
            Path link = Path.of("/proc/self/fd/" + descriptor);
            if (Files.isSymbolicLink(link)) {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            }
            Process test = new ProcessBuilder("test", "-t", Integer.toString(descriptor))
                    .inheritIO()
                    .start();
            return test.waitFor(2, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

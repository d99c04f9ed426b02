package dev.transcode.worker;

import dev.transcode.internal.Version;
import java.io.PrintStream;
import java.util.List;

/** The program of {@code transcode-worker.jar}. It takes no jobs in this version and says so. */
public final class WorkerMain {
    private static final int OK = 0;
    private static final int UNAVAILABLE = 69;

    private WorkerMain() {}

    /** Runs the program and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out, System.err));
    }

    /** Runs the program on the given streams and returns its exit code: 0, or 69 because there is no worker yet. */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--version")) {
            out.println("transcode-worker " + Version.current());
            return OK;
        }
        if (args.contains("--help") || args.contains("-h")) {
            out.println("Usage: java -jar transcode-worker.jar [--version] [--help]");
            out.println("The queue worker is not part of this version yet; `transcode run` needs no queue.");
            return OK;
        }
        err.println(
                "The queue worker is not part of this version yet; `transcode run` does the same job on local files.");
        return UNAVAILABLE;
    }
}

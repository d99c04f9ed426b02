package dev.transcode.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code transcode} command. Without a subcommand it is a usage error: exit code 2. */
@Command(
        name = "transcode",
        description = "Turns a video into a playable HLS ladder with progressive MP4s.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionProvider.class,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Examples:",
            "  transcode demo                    try it on a film it makes itself",
            "  transcode up                      try the whole system, with a page",
            "  transcode probe film.mp4          what is odd about it",
            "  transcode run film.mp4 -o out     out/master.m3u8, out/1080p.mp4, ...",
            "  transcode verify out              whether that is a good package",
            "  transcode submit --input s3://media/film.mp4 --wait     by workers",
            "",
            "Exit codes: 0 ok, 1 failed, 2 usage, 3 wait timed out, 4 credentials refused,",
            "5 not found, 69 unreachable, 130 interrupted."
        })
public final class Main implements Runnable {
    private static final PrintWriter OUT = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private static final PrintWriter ERR = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of an error as well.")
    private boolean stacktrace;

    private Main() {}

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs the command on the process's own streams and returns its exit code; it never ends the JVM. */
    public static int run(String... args) {
        return run(OUT, ERR, args);
    }

    /** Runs the command on the given streams and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(new ServerConnections(System.getenv()), out, err, args);
    }

    /** Runs the command with other servers than the environment names. */
    static int run(Connections connections, PrintWriter out, PrintWriter err, String... args) {
        return commandLine(connections).setOut(out).setErr(err).execute(args);
    }

    static CommandLine commandLine(Connections connections) {
        CommandLine command = new CommandLine(new Main())
                .addSubcommand(new RunCommand())
                .addSubcommand(new VerifyCommand())
                .addSubcommand(new ProbeCommand())
                .addSubcommand(new PlanCommand())
                .addSubcommand(new PlayCommand())
                .addSubcommand(new SubmitCommand(connections))
                .addSubcommand(new StatusCommand(connections))
                .addSubcommand(new ListCommand(connections))
                .addSubcommand(new WatchCommand(connections))
                .addSubcommand(new CancelCommand(connections))
                .addSubcommand(new RetryCommand(connections))
                .addSubcommand(new QueueCommand(connections))
                .addSubcommand(new UploadCommand(connections))
                .addSubcommand(new ServeCommand(connections))
                .addSubcommand(new UpCommand(connections))
                .addSubcommand(WebhookCommand.with(connections))
                .addSubcommand(new DemoCommand())
                .addSubcommand(new DoctorCommand(connections))
                .addSubcommand(new ProfilesCommand())
                .addSubcommand(ConfigCommand.with(connections))
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new ManCommand());
        command.setExpandAtFiles(false);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler(Errors::onException);
        command.setParameterExceptionHandler(Errors::onUsage);
        return command;
    }

    /** The command as it was typed, for hints that can be pasted. */
    static String typed() {
        return System.getProperty("transcode.command", "transcode");
    }

    /** The process's own stderr, to tell it from a test's. */
    static PrintWriter processErr() {
        return ERR;
    }

    boolean printsStackTraces() {
        return stacktrace;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "there is no subcommand");
    }
}

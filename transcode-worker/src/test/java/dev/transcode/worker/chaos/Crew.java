package dev.transcode.worker.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The worker processes of a run: starts them, hurts them, starts them again. For one thread. */
final class Crew implements AutoCloseable {
    private static final int SIGTERM_STATUS = 143;

    private final List<String> command;
    private final Map<String, String> env;
    private final Site site;
    private final Random random;
    private final Member[] members;
    private final Map<String, Integer> counts = new TreeMap<>();

    /** A process, and what was last done to it. */
    private static final class Member {
        Process process;
        long thawAt = Long.MAX_VALUE;
        boolean told;
    }

    /**
     * @param arguments of {@link ChaosWorker} but for its seed, which is the third
     * @param env on top of this process'
     */
    Crew(int size, List<String> arguments, Map<String, String> env, Site site, Random random) throws IOException {
        command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-Xshare:auto"));
        command.addAll(List.of("-Dtranscode.log=text", "-Dio.netty.eventLoopThreads=2"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChaosWorker.class.getName()));
        command.addAll(arguments);
        this.env = env;
        this.site = site;
        this.random = random;
        members = new Member[size];
        for (int i = 0; i < size; i++) {
            members[i] = new Member();
            start(i);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAll));
    }

    private void start(int number) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.add(line.indexOf(ChaosWorker.class.getName()) + 3, Long.toString(random.nextLong()));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                site.folder().resolve("worker-" + number + ".log").toFile()));
        builder.environment().putAll(env);
        members[number].process = builder.start();
        members[number].thawAt = Long.MAX_VALUE;
        members[number].told = false;
    }

    /** Starts again who died, and lets go on whose time has come. */
    void look() throws IOException {
        for (int i = 0; i < members.length; i++) {
            Member member = members[i];
            if (System.nanoTime() > member.thawAt) {
                signal(member, "CONT");
                member.thawAt = Long.MAX_VALUE;
            }
            if (!member.process.isAlive()) {
                int status = member.process.exitValue();
                if (member.told && status != SIGTERM_STATUS) {
                    counts.merge("SIGTERM ended with " + status, 1, Integer::sum);
                }
                counts.merge("starts again", 1, Integer::sum);
                start(i);
            }
        }
    }

    /** kill -9 of one of them, whatever it is doing. */
    void kill() {
        counts.merge("kill -9", 1, Integer::sum);
        any().process.destroyForcibly();
    }

    /** SIGTERM to one of them, if it is not held. */
    void terminate() throws IOException {
        Member member = any();
        if (member.thawAt == Long.MAX_VALUE) {
            counts.merge("SIGTERM", 1, Integer::sum);
            member.told = true;
            signal(member, "TERM");
        }
    }

    /** SIGSTOP to one of them. */
    void freeze(Duration time) throws IOException {
        Member member = any();
        if (member.thawAt == Long.MAX_VALUE) {
            counts.merge("SIGSTOP past the lease", 1, Integer::sum);
            member.thawAt = System.nanoTime() + time.toNanos();
            signal(member, "STOP");
        }
    }

    boolean anyFrozen() {
        for (Member member : members) {
            if (member.thawAt != Long.MAX_VALUE) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return members.length;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    /** Tells all to stop and waits. */
    void stop(Duration patience) throws IOException, InterruptedException {
        for (Member member : members) {
            signal(member, "TERM");
        }
        for (Member member : members) {
            member.process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Workers, and what they started, that are still there. */
    static int alive() {
        return (int) ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(ChaosWorker.class.getName()))
                .count();
    }

    private Member any() {
        return members[random.nextInt(members.length)];
    }

    private static void signal(Member member, String name) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(member.process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD) // It may have died a moment ago.
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void killAll() {
        for (Member member : members) {
            member.process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        killAll();
    }
}

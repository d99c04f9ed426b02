package dev.transcode.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** Names for workers: the host's, and something random, because in containers every process is number 1. */
final class WorkerNames {
    private static final int MAX_HOST = 63;

    private WorkerNames() {}

    /** E.g. {@code node-7-1a2b3c4d}. */
    static String create(Map<String, String> env) {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return host(env) + "-" + HexFormat.of().formatHex(random);
    }

    /** Without asking a name server, which may take seconds. */
    private static String host(Map<String, String> env) {
        String host = env.getOrDefault("HOSTNAME", env.getOrDefault("COMPUTERNAME", ""))
                .strip();
        if (host.isEmpty()) {
            try {
                host = Files.readString(Path.of("/etc/hostname")).strip();
            } catch (IOException e) {
                host = "worker";
            }
        }
        String plain = host.replaceAll("[^A-Za-z0-9.-]", "-");
        return plain.isEmpty() ? "worker" : plain.substring(0, Math.min(MAX_HOST, plain.length()));
    }
}

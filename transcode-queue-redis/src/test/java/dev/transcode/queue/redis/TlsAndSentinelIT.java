package dev.transcode.queue.redis;

import static dev.transcode.queue.redis.Fixtures.QUEUE;
import static dev.transcode.queue.redis.Fixtures.submission;
import static dev.transcode.queue.redis.Fixtures.takeAndClaim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.transcode.job.JobId;
import dev.transcode.queue.JobQueue;
import dev.transcode.queue.QueueRefusedException;
import dev.transcode.queue.QueueUnavailableException;
import dev.transcode.queue.redis.testing.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks only TLS, and one found through Sentinel. Both need the redis-server from PATH. */
class TlsAndSentinelIT {
    @TempDir
    Path directory;

    @Test
    void tlsWithACertificateOfATrustStoreAndWithoutOneNot() throws Exception {
        needRedis();
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem");
        run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-importcert",
                "-noprompt",
                "-alias",
                "redis",
                "-file",
                "cert.pem",
                "-keystore",
                "trust.p12",
                "-storepass",
                "changeit");
        int port = freePort();
        try (TestRedis redis = TestRedis.open(
                "--tls-port", Integer.toString(port),
                "--tls-cert-file", directory.resolve("cert.pem").toString(),
                "--tls-key-file", directory.resolve("key.pem").toString(),
                "--tls-ca-cert-file", directory.resolve("cert.pem").toString(),
                "--tls-auth-clients", "no",
                "--requirepass", "right")) {
            String uri = "rediss://:right@localhost:" + port;
            assertThat(redis.port()).isNotEqualTo(port);
            try (RedisBackend backend = RedisBackend.builder().uri(uri).build()) {
                assertThatThrownBy(() -> backend.store().find(new JobId("a")))
                        .isInstanceOf(QueueRefusedException.class)
                        .hasMessageContaining("javax.net.ssl.trustStore");
            }
            System.setProperty(
                    "javax.net.ssl.trustStore", directory.resolve("trust.p12").toString());
            System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
            try (RedisBackend backend = RedisBackend.builder().uri(uri).build()) {
                backend.store().submit(submission("a"));
                takeAndClaim(backend.worker("w1", List.of(QUEUE)), "a");
            } finally {
                System.clearProperty("javax.net.ssl.trustStore");
                System.clearProperty("javax.net.ssl.trustStorePassword");
            }
        }
    }

    @Test
    void sentinelLeadsToTheNewMasterWhenTheOldOneDies() throws Exception {
        needRedis();
        try (TestRedis first = TestRedis.open();
                TestRedis second = TestRedis.open("--replicaof", "127.0.0.1 " + first.port());
                Fixtures.Cli cli = new Fixtures.Cli(second.uri())) {
            Awaitility.await().until(() -> cli.run().info("replication").contains("master_link_status:up"));
            int port = freePort();
            Path config = directory.resolve("sentinel.conf");
            Files.writeString(
                    config,
                    "port " + port + "\nbind 127.0.0.1\nsentinel monitor films 127.0.0.1 " + first.port() + " 1\n"
                            + "sentinel down-after-milliseconds films 500\nsentinel failover-timeout films 3000\n");
            Process sentinel = new ProcessBuilder(
                            TestRedis.onPath().orElseThrow().toString(), config.toString(), "--sentinel")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("sentinel.log").toFile())
                    .start();
            try (RedisBackend backend = RedisBackend.builder()
                    .uri("redis-sentinel://127.0.0.1:" + port + "#films")
                    .lease(Duration.ofSeconds(30))
                    .build()) {
                JobQueue worker = backend.worker("w1", List.of(QUEUE));
                Awaitility.await()
                        .ignoreException(QueueUnavailableException.class)
                        .until(() -> worker.take(Duration.ZERO).isEmpty());
                backend.store().submit(submission("a"));
                Awaitility.await().until(() -> cli.run().llen(QUEUE) == 1);
                Fixtures.Cli sentinels = new Fixtures.Cli("redis://127.0.0.1:" + port);
                Awaitility.await().until(() -> sentinels.run().info("sentinel").contains("slaves=1"));
                sentinels.close();
                first.kill();

                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .ignoreException(QueueUnavailableException.class)
                        .until(() -> takeAndClaim(worker, "a").attempt(), attempt -> attempt == 1);
                assertThat(cli.run().info("replication")).contains("role:master");
            } finally {
                sentinel.destroyForcibly().waitFor();
            }
        }
    }

    private static void needRedis() {
        boolean found = TestRedis.onPath().isPresent();
        assumeTrue(found || "required".equals(System.getenv("TRANSCODE_IT")), "no redis-server on PATH");
        assertThat(found).as("redis-server on PATH").isTrue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}

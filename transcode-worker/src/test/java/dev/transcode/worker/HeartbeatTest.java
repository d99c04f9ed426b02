package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.transcode.queue.JobQueue;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    @Test
    void aThreadThatHangsInACallDoesNotGoRound() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        JobQueue queue = (JobQueue) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {JobQueue.class}, (proxy, method, arguments) -> {
                    called.countDown();
                    answer.await();
                    return List.of();
                });
        Heartbeat heartbeat = new Heartbeat(
                queue,
                new QueueLink(System::nanoTime),
                Duration.ofMillis(30),
                RandomGenerator.getDefault(),
                Duration.ofMillis(500));
        assertThat(heartbeat.goesRound()).as("not begun yet").isTrue();

        Thread thread = new Thread(heartbeat, "heartbeat-test");
        thread.start();
        called.await();
        await().until(() -> !heartbeat.goesRound());
        assertThat(thread.isAlive()).isTrue();

        answer.countDown();
        await().until(heartbeat::goesRound);
        heartbeat.stop();
        thread.join();
    }
}

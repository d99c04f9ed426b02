package dev.transcode.worker.chaos;

import dev.transcode.job.JobId;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.Payload;
import dev.transcode.queue.QueueUnavailableException;
import dev.transcode.queue.Submission;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Pushes the jobs of a run, and what goes with them: one in forty is pushed twice, one in a hundred is followed by
 * something that is no job, one in fifty is cancelled, one in ten comes by submit. For one thread.
 */
final class Producer {
    private static final int TWICE = 40;
    private static final int MALFORMED = 100;
    private static final int CANCEL = 50;
    private static final int SUBMIT = 10;

    private final String queue;
    private final int jobs;
    private final RedisCommands<String, String> redis;
    private final JobStore store;
    private final Random random;

    private final Map<String, Integer> pushes = new HashMap<>();
    private final Set<String> cancels = new HashSet<>();
    private final Set<String> malformed = new HashSet<>();
    private final Deque<String> again = new ArrayDeque<>();
    private int next;

    Producer(String queue, int jobs, RedisCommands<String, String> redis, JobStore store, Random random) {
        this.queue = queue;
        this.jobs = jobs;
        this.redis = redis;
        this.store = store;
        this.random = random;
    }

    boolean done() {
        return next == jobs;
    }

    int pushed() {
        return next;
    }

    void pushNext() {
        String id = kind(next).id(next);
        next++;
        pushes.put(id, 1);
        if (next % SUBMIT == 0) {
            submit(id);
        } else {
            redis.lpush(queue, payload(id));
        }
        if (next % TWICE == 7) {
            again.add(id);
        }
        // Some copies come at once, some when the job may have ended.
        while (!again.isEmpty() && (done() || again.size() > 3 || random.nextInt(20) == 0)) {
            String copy = again.remove();
            pushes.merge(copy, 1, Integer::sum);
            redis.lpush(queue, payload(copy));
        }
        if (next % MALFORMED == 50) {
            String text = malformed(next);
            malformed.add(Payload.of(text).sha256());
            redis.lpush(queue, text);
        }
        if (next % CANCEL == 20) {
            cancel(id);
        }
    }

    Map<String, Integer> pushes() {
        return pushes;
    }

    Set<String> cancels() {
        return cancels;
    }

    Set<String> malformed() {
        return malformed;
    }

    /** Every 400th is poison, and the tenth. */
    private static Kind kind(int number) {
        if (number % 400 == 10) {
            return Kind.POISON;
        }
        return switch (number % 50) {
            case 11 -> Kind.BROKEN;
            case 12 -> number % 200 == 12 ? Kind.HOPELESS : Kind.GOOD;
            case 13, 33 -> Kind.FLAKY;
            default -> Kind.GOOD;
        };
    }

    private static String malformed(int number) {
        return switch (number / MALFORMED % 3) {
            case 0 -> "no JSON, number " + number;
            case 1 -> "{\"input_key\": \"without an id " + number + "\"}";
            default -> "{\"id\": \"bad_" + number + "\", \"input_key\": 5}";
        };
    }

    private static String payload(String id) {
        return "{\"id\": \"" + id + "\", \"input_bucket\": \"" + Site.IN + "\", \"input_key\": \"" + Site.FILM
                + "\", \"output_bucket\": \"" + Site.OUT + "\", \"output_prefix\": \"" + Site.prefix(id) + "\"}";
    }

    private void submit(String id) {
        untilAnswered(() -> store.submit(
                new Submission(new JobId(id), queue, Payload.of(payload(id)), Map.of(), Optional.empty())));
    }

    private void cancel(String id) {
        cancels.add(id);
        untilAnswered(() -> store.cancel(new JobId(id)));
    }

    /** Redis may have come back a moment ago. */
    private static void untilAnswered(Runnable call) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (true) {
            try {
                call.run();
                return;
            } catch (QueueUnavailableException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }
}

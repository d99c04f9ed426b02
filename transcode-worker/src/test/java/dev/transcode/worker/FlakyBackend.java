package dev.transcode.worker;

import dev.transcode.queue.JobQueue;
import dev.transcode.queue.QueueBackend;
import dev.transcode.queue.QueueUnavailableException;
import dev.transcode.queue.QueueUpkeep;
import dev.transcode.queue.Renewal;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;

/** A queue whose server is away when told so, that says all leases are lost, or whose client breaks. Nothing is recovered behind its back. */
final class FlakyBackend {
    volatile boolean away;
    volatile boolean loses;
    volatile boolean breaks;

    QueueBackend around(QueueBackend real) {
        return (QueueBackend) Proxy.newProxyInstance(
                QueueBackend.class.getClassLoader(), new Class<?>[] {QueueBackend.class}, (proxy, method, args) -> {
                    if (method.getReturnType() == QueueUpkeep.class) {
                        return (QueueUpkeep) () -> QueueUpkeep.Round.NOTHING;
                    }
                    Object port = method.invoke(real, args);
                    return port instanceof JobQueue queue ? around(queue) : port;
                });
    }

    private JobQueue around(JobQueue real) {
        return (JobQueue) Proxy.newProxyInstance(
                JobQueue.class.getClassLoader(), new Class<?>[] {JobQueue.class}, (proxy, method, args) -> {
                    if (away) {
                        throw new QueueUnavailableException("no connection", new IOException("no connection"));
                    }
                    if (breaks && method.getName().equals("heartbeat")) {
                        throw new OutOfMemoryError("told to");
                    }
                    if (loses && method.getName().equals("heartbeat")) {
                        return Collections.nCopies(((List<?>) args[0]).size(), Renewal.LOST);
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

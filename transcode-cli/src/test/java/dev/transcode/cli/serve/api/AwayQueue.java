package dev.transcode.cli.serve.api;

import dev.transcode.queue.JobEvents;
import dev.transcode.queue.JobStore;
import dev.transcode.queue.Outbox;
import dev.transcode.queue.QueueUnavailableException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A queue whose server is away. */
final class AwayQueue implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        Class<?> type = method.getReturnType();
        if (type == JobStore.class || type == JobEvents.class || type == Outbox.class) {
            return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, this);
        }
        if (method.getName().equals("close")) {
            return null;
        }
        throw new QueueUnavailableException(
                "cannot reach redis-host-1:6379", new IOException("connection refused: redis-host-1"));
    }
}

package dev.transcode.queue.redis;

import dev.transcode.queue.QueueRefusedException;
import io.lettuce.core.RedisURI;
import java.util.Optional;

/** Reads the address of a Redis server. */
final class RedisAddress {
    private RedisAddress() {}

    /** @throws QueueRefusedException without the address and without a cause: both may hold the password */
    static RedisURI parse(String uri, Optional<String> clientName) {
        RedisURI parsed;
        try {
            parsed = RedisURI.create(uri.strip());
        } catch (IllegalArgumentException e) {
            throw new QueueRefusedException(
                    "cannot read the address of Redis (REDIS_URL): it is not of the form "
                            + "redis://user:password@host:6379/0; in user and password percent-encode what is no letter or digit");
        }
        clientName.ifPresent(parsed::setClientName);
        parsed.getSentinels().forEach(sentinel -> clientName.ifPresent(sentinel::setClientName));
        return parsed;
    }
}

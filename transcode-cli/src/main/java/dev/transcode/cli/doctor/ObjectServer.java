package dev.transcode.cli.doctor;

import dev.transcode.storage.ObjectRef;
import dev.transcode.storage.PutOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The object store: single requests, sent once, each of some seconds at most. Whatever does not succeed is a
 * {@link dev.transcode.job.TranscodeException}.
 */
public interface ObjectServer extends AutoCloseable {
    /** Its address, without secrets. */
    URI endpoint();

    /** What requests are signed for. */
    String region();

    /** Asks for the bucket without credentials: any answer shows that the server is there. */
    Answer knock(String bucket);

    void put(ObjectRef object, Path file, PutOptions options);

    /** @param headers sent as well, e.g. {@code Range} */
    Answer get(ObjectRef object, Map<String, String> headers);

    /** What a browser asks before a page of {@code origin} may read a range of an object. */
    Answer preflight(ObjectRef object, String origin);

    /** That it is forbidden is an error here. */
    void delete(ObjectRef object);

    @Override
    void close();

    /**
     * What a server said.
     *
     * @param headers by their names in lower case
     * @param body its beginning
     * @param took from the request to the end of the answer
     */
    record Answer(int status, Map<String, String> headers, String body, Duration took) {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }
}

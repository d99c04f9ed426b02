package dev.transcode.cli;

import dev.transcode.cli.doctor.ObjectServer;
import dev.transcode.cli.doctor.QueueServer;
import dev.transcode.queue.QueueBackend;
import dev.transcode.storage.Storage;
import dev.transcode.worker.Settings;
import java.util.Optional;

/** The servers that commands talk to. Nothing is opened, or even loaded, before a command asks for it. */
interface Connections {
    /** @throws dev.transcode.worker.SettingException if a file with a secret cannot be read */
    Settings settings();

    /**
     * Who asks closes it.
     *
     * @throws dev.transcode.worker.SettingException if its address is missing
     * @throws dev.transcode.queue.QueueUnavailableException if it cannot be reached
     */
    QueueBackend openQueue();

    /** @throws dev.transcode.worker.SettingException if the endpoint or a key is missing */
    Storage storage();

    /**
     * The queue's server, to be examined; who asks closes it.
     *
     * @return empty if none is set, or the queue is in this process
     */
    default Optional<QueueServer> queueServer() {
        return Optional.empty();
    }

    /**
     * The object store, to be examined; who asks closes it.
     *
     * @return empty if none is set, or objects are local files
     * @throws dev.transcode.worker.SettingException if only some of its settings are there
     */
    default Optional<ObjectServer> objectServer() {
        return Optional.empty();
    }
}

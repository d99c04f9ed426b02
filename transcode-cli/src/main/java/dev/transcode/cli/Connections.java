package dev.transcode.cli;

import dev.transcode.queue.QueueBackend;
import dev.transcode.storage.Storage;
import dev.transcode.worker.Settings;

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
}

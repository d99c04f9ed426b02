package example;

import dev.transcode.contract.StorageContract;
import dev.transcode.storage.LocalStorage;
import dev.transcode.storage.Storage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** With an adapter of your own in place of LocalStorage. */
class MyStorageTest extends StorageContract {
    @TempDir
    Path folder;

    private Storage storage;

    @BeforeEach
    void open() {
        storage = LocalStorage.of(Map.of("films", folder.resolve("films")));
    }

    @Override
    protected Storage storage() {
        return storage;
    }

    @Override
    protected String bucket() {
        return "films";
    }
}

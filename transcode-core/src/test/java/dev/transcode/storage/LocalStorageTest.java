package dev.transcode.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.transcode.contract.StorageContract;
import dev.transcode.internal.FileErrors;
import dev.transcode.job.Cancellation;
import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStorageTest {
    private static final PutOptions PLAIN = PutOptions.of("text/plain", "no-store");

    @TempDir
    Path folder;

    private Path out;
    private Path film;
    private LocalStorage storage;

    @BeforeEach
    void open() throws IOException {
        out = folder.resolve("some/out");
        film = Files.writeString(folder.resolve("film"), "film");
        storage = LocalStorage.of(Map.of("out", out));
    }

    abstract class Contract extends StorageContract {
        @Override
        protected String bucket() {
            return "out";
        }

        @Override
        protected boolean canHold(String key) {
            try {
                return !folder.resolve(key).toString().isEmpty();
            } catch (InvalidPathException e) {
                return false; // This machine's locale has no such character.
            }
        }
    }

    @Nested
    class WithAttributes extends Contract {
        @Override
        protected Storage storage() {
            return storage;
        }

        @Test
        void leavesNoOtherFileBesideTheObjects() throws IOException {
            assumeTrue(new LocalMetadata(true).mark(film, "tag", Map.of("k", "v")));

            put("x", Map.of("k", "v"));

            assertThat(namesIn(out)).containsExactly("x");
        }
    }

    @Nested
    class WithoutAttributes extends Contract {
        private Storage plain;

        @BeforeEach
        void openPlain() {
            plain = LocalStorage.of(Map.of("out", folder.resolve("plain")), false);
        }

        @Override
        protected Storage storage() {
            return plain;
        }
    }

    @Nested
    class BelowARoot extends Contract {
        private Storage root;

        @BeforeEach
        void openRoot() throws IOException {
            Files.createDirectories(folder.resolve("root/out"));
            root = LocalStorage.of(folder.resolve("root"));
        }

        @Override
        protected Storage storage() {
            return root;
        }
    }

    @Test
    void fetchGivesTheObjectsOwnFile() {
        put("p/x", Map.of());

        assertThat(storage.fetch(ref("p/x"), folder, TransferListener.NONE, new Cancellation()))
                .isEqualTo(out.resolve("p/x"));
    }

    @Test
    void putSharesTheBytesOfItsFile() throws IOException {
        put("x", Map.of());

        assertThat(Files.getAttribute(out.resolve("x"), "unix:ino")).isEqualTo(Files.getAttribute(film, "unix:ino"));
    }

    @Test
    void aLargeFileWithMetadataIsCopiedWhole() throws IOException {
        byte[] bytes = new byte[(3 << 20) + 5];
        new SplittableRandom(1).nextBytes(bytes);
        Files.write(film, bytes);

        ObjectInfo info = put("x", Map.of("k", "v"));

        assertThat(out.resolve("x")).hasBinaryContent(bytes);
        assertThat(Files.getAttribute(out.resolve("x"), "unix:ino")).isNotEqualTo(Files.getAttribute(film, "unix:ino"));
        assertThat(storage.stat(ref("x"))).contains(info);
    }

    @Test
    void putCopiesWhatASymbolicLinkLeadsTo() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), film);

        storage.put(ref("x"), link, PLAIN, new Cancellation());

        assertThat(out.resolve("x")).isRegularFile();
        assertThat(Files.isSymbolicLink(out.resolve("x"))).isFalse();
    }

    @Test
    void deleteRemovesEmptyFoldersUpToWhatThisInstanceMade() {
        put("p/q/x", Map.of());
        put("p/y", Map.of());

        storage.delete("out", List.of("p/q/x"));
        assertThat(out.resolve("p/q")).doesNotExist();
        assertThat(out.resolve("p/y")).exists();
        storage.delete("out", List.of("p/y"));
        assertThat(out.getParent()).doesNotExist();
        assertThat(folder).exists();
    }

    @Test
    void deleteKeepsABucketThatWasThereBefore() throws IOException {
        Files.createDirectories(out);
        put("p/x", Map.of());

        storage.delete("out", List.of("p/x"));

        assertThat(out).isEmptyDirectory();
    }

    @Test
    void aFailedPutLeavesNoFolder() {
        assertThatThrownBy(() -> storage.put(ref("p/x"), folder.resolve("gone"), PLAIN, new Cancellation()))
                .isInstanceOf(TranscodeException.class);

        assertThat(out.getParent()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/x", "a/../../x", "a//x", "a/", ".", "a/./x", ".transcode-tmp-1-2"})
    void aKeyThatIsNoPathBelowTheBucketIsRefused(String key) throws IOException {
        assertThatThrownBy(() -> put(key, Map.of()))
                .isInstanceOfSatisfying(
                        TranscodeException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(FailureCode.INVALID_JOB));
        assertThatThrownBy(() -> storage.stat(ref(key))).isInstanceOf(TranscodeException.class);
        storage.delete("out", List.of(key));

        assertThat(namesIn(folder)).containsExactly("film");
    }

    @Test
    void nothingIsWrittenOrDeletedThroughALinkThatLeadsOut() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside/empty")).getParent();
        Files.writeString(outside.resolve("precious"), "mine");
        Files.createDirectories(out);
        Files.createSymbolicLink(out.resolve("link"), outside);

        assertThatThrownBy(() -> put("link/x", Map.of())).hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> put("link/empty/x", Map.of())).hasMessageContaining("symbolic link");
        storage.delete("out", List.of("link/precious"));

        assertThat(namesIn(outside)).containsExactlyInAnyOrder("empty", "precious");
        assertThat(storage.list("out", "")).isEmpty();
        assertThat(storage.stat(ref("link/precious"))).isPresent();
    }

    @Test
    void aLinkedObjectIsReplacedOrDeletedItselfNotItsTarget() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "mine");
        Files.createDirectories(out);
        Files.createSymbolicLink(out.resolve("a"), precious);
        Files.createSymbolicLink(out.resolve("b"), precious);

        put("a", Map.of());
        storage.delete("out", List.of("b"));

        assertThat(precious).hasContent("mine");
        assertThat(out.resolve("a")).hasContent("film");
        assertThat(namesIn(out)).containsExactly("a");
    }

    @Test
    void metadataOfAnEditedFileNoLongerCounts() throws IOException {
        put("x", Map.of("k", "v"));

        Files.writeString(out.resolve("x"), "edited by hand");

        assertThat(storage.stat(ref("x")).orElseThrow().metadata()).isEmpty();
    }

    @Test
    void onlyOldTemporaryFilesAreRemoved() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve(".transcode-tmp-1000-00"), "left by a crash");
        Path young = Files.writeString(LocalTemp.beside(out.resolve("x")), "another process is at it");

        put("x", Map.of());

        assertThat(namesIn(out))
                .containsExactlyInAnyOrder("x", young.getFileName().toString());
        assertThat(storage.list("out", "")).containsExactly("x");
    }

    @Test
    void whatIsNotToBeReadIsNamedWithItsReason() throws IOException {
        Files.createDirectories(out.resolve("sub"));
        Path secret = Files.writeString(out.resolve("secret"), "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));

        assertThatThrownBy(() -> storage.fetch(ref("sub"), folder, TransferListener.NONE, new Cancellation()))
                .hasMessageContaining(out.resolve("sub") + ": it is not a file");
        assumeTrue(!Files.isReadable(secret), "root may read everything");
        assertThatThrownBy(() -> storage.fetch(ref("secret"), folder, TransferListener.NONE, new Cancellation()))
                .hasMessageContaining("permission denied");
    }

    @Test
    void aFullDiskIsSaidToBeFull() {
        FileSystemException full = new FileSystemException("/out/x", null, "No space left on device");

        assertThat(FileErrors.of("cannot put x", full).failure().code()).isEqualTo(FailureCode.DISK_FULL);
        assertThat(FileErrors.of("cannot put x", new IOException("No space left on device"))
                        .failure()
                        .code())
                .isEqualTo(FailureCode.DISK_FULL);
        assertThat(FileErrors.of("cannot put x", new IOException("Input/output error"))
                        .failure()
                        .code())
                .isEqualTo(FailureCode.IO_ERROR);
    }

    private ObjectInfo put(String key, Map<String, String> metadata) {
        PutOptions options = new PutOptions("text/plain", "no-store", metadata, Optional.empty());
        return storage.put(ref(key), film, options, new Cancellation());
    }

    private static ObjectRef ref(String key) {
        return new ObjectRef("out", key);
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }
}

package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link FileHead} and {@link FileTail}. */
class FileEndsTest {
    @TempDir
    Path directory;

    @Test
    void whatIsNotAReadableFileIsNotFound() {
        assertFails(directory.resolve("nothing.mp4"), FailureCode.INPUT_NOT_FOUND, "there is no such file");
        assertFails(directory, FailureCode.INPUT_NOT_FOUND, "it is a directory");
    }

    @Test
    void anEmptyFileIsBad() throws IOException {
        assertFails(write(new byte[0]), FailureCode.BAD_INPUT, "it is empty (0 bytes)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd",
                "\n\n#EXTM3U\n",
                "ffconcat version 1.0\nfile /etc/passwd",
                "<?xml version=\"1.0\"?><MPD>",
                "v=0\r\no=- 0 0 IN IP4 127.0.0.1",
                "\ufeff#EXTM3U"
            })
    void playlistsAreRefusedBeforeAnythingReadsThem(String text) throws IOException {
        assertFails(write(text.getBytes(StandardCharsets.UTF_8)), FailureCode.UNSUPPORTED_FORMAT, "it is a playlist");
    }

    @Test
    void aWholeMp4MissesNothing() throws IOException {
        byte[] film = boxes(box("ftyp", 8), box("moov", 100), box("mdat", 1_000));

        assertThat(FileTail.missingBytes(write(film), "mov,mp4")).isZero();
        assertThat(FileHead.read(write(film)).isMov()).isTrue();
    }

    @Test
    void anMp4CutInItsDataMissesBytes() throws IOException {
        byte[] film = boxes(box("ftyp", 8), box("moof", 100), box("mdat", 1_000));
        byte[] half = Arrays.copyOf(film, film.length - 300);

        assertThat(FileTail.missingBytes(write(half), "mov,mp4")).isEqualTo(300);
        assertThat(FileTail.missingBytes(write(half), "matroska,webm")).isZero();
    }

    @Test
    void garbageAfterTheLastBoxIsNoLongBox() throws IOException {
        byte[] film = boxes(box("ftyp", 8), box("mdat", 10), "garbage follows".getBytes(StandardCharsets.UTF_8));

        assertThat(FileTail.missingBytes(write(film), "mov,mp4")).isZero();
    }

    @Test
    void largeBoxesAndBoxesToTheEndAreUnderstood() throws IOException {
        ByteBuffer large = ByteBuffer.allocate(24)
                .putInt(1)
                .put("mdat".getBytes(StandardCharsets.UTF_8))
                .putLong(5_000);
        ByteBuffer open = ByteBuffer.allocate(24).putInt(0).put("mdat".getBytes(StandardCharsets.UTF_8));

        assertThat(FileTail.missingBytes(write(large.array()), "mov,mp4")).isEqualTo(4_976);
        assertThat(FileTail.missingBytes(write(open.array()), "mov,mp4")).isZero();
    }

    @Test
    void aRiffChunkTellsItsLength() throws IOException {
        assertThat(FileTail.missingBytes(write(riff(1_000)), "wav")).isEqualTo(908);
        assertThat(FileTail.missingBytes(write(riff(92)), "avi")).isZero();
        assertThat(FileTail.missingBytes(write(riff(0xFFFF_FFFF)), "wav")).isZero();
        assertThat(FileTail.missingBytes(write(riff(0)), "wav")).isZero();
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(directory.resolve("file"), content);
    }

    private static byte[] riff(int claimed) {
        return ByteBuffer.allocate(100)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.UTF_8))
                .putInt(claimed)
                .array();
    }

    private static byte[] box(String type, int content) {
        return ByteBuffer.allocate(8 + content)
                .putInt(8 + content)
                .put(type.getBytes(StandardCharsets.UTF_8))
                .array();
    }

    private static byte[] boxes(byte[]... boxes) {
        ByteBuffer all = ByteBuffer.allocate(10_000);
        for (byte[] box : boxes) {
            all.put(box);
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    private static void assertFails(Path file, FailureCode code, String reason) {
        assertThatThrownBy(() -> FileHead.read(file))
                .isInstanceOfSatisfying(
                        TranscodeException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(code))
                .hasMessageContaining(reason);
    }
}

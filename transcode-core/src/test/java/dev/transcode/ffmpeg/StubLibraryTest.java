package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StubLibraryTest {
    @TempDir
    Path directory;

    @Test
    void aStubIsSmallForItsMachineAndNeedsNothing() throws IOException {
        for (short machine : new short[] {62, 183}) {
            byte[] bytes = StubLibrary.bytes(machine, "libasound.so.2", List.of("ALSA_0.9", "ALSA_0.9.0rc4"));
            Path file = Files.write(directory.resolve("stub-" + machine), bytes);

            assertThat(bytes).hasSizeLessThan(1_000);
            assertThat(ElfReader.machine(file)).isEqualTo(machine);
            assertThat(ElfReader.needed(file)).isEmpty();
        }
    }

    /** Figures of the System V ABI's hash, as {@code readelf -V} shows them. */
    @Test
    void namesAreHashedAsTheAbiSays() {
        assertThat(StubLibrary.hash("GLIBC_2.2.5")).isEqualTo(0x09691a75);
        assertThat(StubLibrary.hash("GLIBC_2.17")).isEqualTo(0x06969197);
    }

    @Test
    void whatIsNoElfFileIsRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "#!/bin/sh\n".repeat(20));
        Path cut = Files.write(
                directory.resolve("cut"), Arrays.copyOf(StubLibrary.bytes((short) 62, "libx.so.1", List.of()), 100));

        assertThatThrownBy(() -> ElfReader.needed(text)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ElfReader.machine(text)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ElfReader.needed(cut)).isInstanceOf(IOException.class);
    }
}

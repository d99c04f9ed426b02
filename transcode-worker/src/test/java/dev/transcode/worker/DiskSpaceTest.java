package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The work folder beside everybody's, as where TRANSCODE_WORK_DIR is unset. */
class DiskSpaceTest {
    private static final int NOBODY = 65_534;

    @TempDir
    private Path shared;

    @BeforeEach
    void forEverybody() throws IOException {
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void aFolderThatIsNotThereIsMadeAndLeftEmpty() {
        new DiskSpace(shared.resolve("work")).prepare();

        assertThat(shared.resolve("work")).isEmptyDirectory();
    }

    @Test
    void oneThatAnotherUserMadeFirstIsRefused() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("only root can give a folder away")
                .isEqualTo("root");
        Path theirs = Files.createDirectory(shared.resolve("work"));
        Files.setAttribute(theirs, "unix:uid", NOBODY);

        refused(theirs);
    }

    @Test
    void soIsALinkOfTheirs() throws IOException {
        assumeThat(System.getProperty("user.name"))
                .as("only root can give a link away")
                .isEqualTo("root");
        Path link = Files.createSymbolicLink(shared.resolve("work"), Files.createDirectory(shared.resolve("target")));
        Files.setAttribute(link, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);

        refused(link);
    }

    private static void refused(Path folder) {
        assertThatThrownBy(() -> new DiskSpace(folder).prepare())
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining("another user made it");
        assertThat(folder).isEmptyDirectory();
    }
}

package dev.transcode.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
    @TempDir
    private Path parent;

    @Test
    void isGoneWithEverythingInItWhenClosed() throws IOException {
        WorkFolder folder = WorkFolder.create(parent);
        Files.writeString(folder.newDirectory("encode").resolve("s00000.m4s"), "x");

        folder.close();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void takesItsParentWithItOnlyIfItMadeIt() throws IOException {
        Path made = parent.resolve("made");
        WorkFolder.create(made).close();
        assertThat(made).doesNotExist();

        WorkFolder folder = WorkFolder.create(made);
        Files.writeString(made.resolve("output"), "x");
        folder.close();
        assertThat(made.resolve("output")).exists();
    }

    @Test
    void removesTheFoldersOfTheDeadAndSparesTheLivingAndStrangers() throws IOException {
        Path dead = Files.createDirectory(parent.resolve(".transcode-dead"));
        Files.writeString(dead.resolve("lock"), "");
        Files.writeString(dead.resolve("s00000.m4s"), "x");
        Path stranger = Files.createDirectory(parent.resolve(".transcode-notes"));
        Files.writeString(stranger.resolve("notes.txt"), "mine");

        try (WorkFolder living = WorkFolder.create(parent);
                WorkFolder second = WorkFolder.create(parent)) {
            assertThat(dead).doesNotExist();
            assertThat(living.path()).exists();
            assertThat(second.path()).exists();
            assertThat(stranger.resolve("notes.txt")).exists();
        }
    }

    /** They could put a link in its place meanwhile. Only root can give a folder away. */
    @Test
    void leavesTheFoldersOfOtherUsersAlone() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Path theirs = Files.createDirectory(parent.resolve(".transcode-theirs"));
        Files.writeString(theirs.resolve("lock"), "");
        Files.setAttribute(theirs, "unix:uid", 65_534);

        WorkFolder.create(parent).close();

        assertThat(theirs.resolve("lock")).exists();
    }

    /** On POSIX a process loses its locks on a file when it closes any channel of it. */
    @Test
    void aSecondFolderOfThisProcessDoesNotLeaveTheFirstToOthers() throws IOException, InterruptedException {
        try (WorkFolder first = WorkFolder.create(parent);
                WorkFolder second = WorkFolder.create(parent)) {
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Other.class.getName(),
                            parent.toString())
                    .inheritIO()
                    .start();
            assertThat(other.waitFor()).isZero();

            assertThat(first.path()).exists();
            assertThat(second.path()).exists();
        }
    }

    /** A process beside this one that works in the same folder. */
    static final class Other {
        private Other() {}

        public static void main(String[] args) {
            WorkFolder.create(Path.of(args[0])).close();
        }
    }
}

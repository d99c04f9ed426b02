package dev.transcode.ffmpeg;

import dev.transcode.job.FailureCode;
import dev.transcode.job.TranscodeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The first bytes of a file, looked at before any program is let loose on it.
 *
 * @param text the bytes as ISO 8859-1
 */
record FileHead(String text) {
    private static final int BYTES = 4_096;

    /** How the texts begin that make FFmpeg open other files or hosts. Its versions differ in what they recognise. */
    private static final List<String> PLAYLISTS = List.of(
            "#EXTM3U", "ffconcat", "<?xml", "<MPD", "<SmoothStreamingMedia", "v=0", "[playlist]", "[InternetShortcut]");

    /** Types a QuickTime or MP4 file may begin with (ISO/IEC 14496-12, QuickTime File Format). */
    private static final Set<String> MOV_BOXES =
            Set.of("ftyp", "styp", "moov", "moof", "mdat", "free", "skip", "wide", "pnot");

    /**
     * Reads the head of {@code file}.
     *
     * @throws TranscodeException {@code input_not_found} if there is no such file or it cannot be read,
     *     {@code bad_input} if it is empty, {@code unsupported_format} if it is a playlist
     */
    static FileHead read(Path file) {
        if (!Files.exists(file)) {
            throw notFound(file, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw notFound(file, Files.isDirectory(file) ? "it is a directory" : "it is not a file");
        }
        FileHead head;
        try (InputStream in = Files.newInputStream(file)) {
            head = new FileHead(new String(in.readNBytes(BYTES), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new TranscodeException(
                    FailureCode.INPUT_NOT_FOUND, "cannot read " + file.getFileName() + ": it is not readable", e);
        }
        head.check();
        return head;
    }

    private void check() {
        if (text.isEmpty()) {
            throw new TranscodeException(FailureCode.BAD_INPUT, "cannot read the file: it is empty (0 bytes)");
        }
        String start = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
        for (String playlist : PLAYLISTS) {
            if (start.stripLeading().startsWith(playlist)) {
                throw new TranscodeException(
                        FailureCode.UNSUPPORTED_FORMAT,
                        "cannot use the file: it is a playlist or another text that points to media, and holds none");
            }
        }
    }

    /** Whether it begins like a QuickTime or MP4 file. */
    boolean isMov() {
        return text.length() >= 8 && MOV_BOXES.contains(text.substring(4, 8));
    }

    /** Whether it begins like a Matroska or WebM file (the EBML id, RFC 8794). */
    boolean isMatroska() {
        return text.startsWith("\u001aE\u00df\u00a3");
    }

    private static TranscodeException notFound(Path file, String reason) {
        return new TranscodeException(FailureCode.INPUT_NOT_FOUND, "cannot read " + file.getFileName() + ": " + reason);
    }
}

package dev.transcode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.transcode.encode.EncodedMedia;
import dev.transcode.job.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes small films with FFmpeg's own generators, and looks at films with its programs. */
final class Films {
    private final FfmpegInstallation installation = Installations.tool();
    private final Path directory;

    Films(Path directory) {
        this.directory = directory;
    }

    /**
     * Runs ffmpeg.
     *
     * @param name of the file it makes
     * @param arguments separated by spaces, without the file
     */
    Path make(String name, String arguments) {
        Path file = directory.resolve(name);
        List<String> command = new ArrayList<>(List.of("-v", "error", "-nostdin", "-y"));
        command.addAll(List.of(arguments.strip().split(" +", -1)));
        command.add(file.toString());
        run(installation.ffmpeg(), command);
        return file;
    }

    /** Whether they can be made with an encoder. */
    boolean canEncode(String encoder) {
        return installation.encoders().contains(encoder);
    }

    /** A copy that has to be turned clockwise to stand upright. */
    Path turned(String name, Path film, int degrees) {
        // FFmpeg 5 writes the tag as a matrix, 8 takes the matrix before the input; both counter-clockwise.
        return make(
                name,
                installation.version().startsWith("5.")
                        ? "-i " + film + " -c copy -metadata:s:v rotate=" + (360 - degrees)
                        : "-display_rotation " + -degrees + " -i " + film + " -c copy");
    }

    /** A track's pieces in one file, as a player would see them. */
    Path joined(EncodedMedia.Track track) {
        Path file = directory.resolve(track.name() + "-joined.mp4");
        try (OutputStream out = Files.newOutputStream(file)) {
            Files.copy(track.init(), out);
            for (Path segment : track.segments()) {
                Files.copy(segment, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Times of the first stream's packets in the order of presentation, in seconds. */
    List<Double> times(Path file) {
        List<Double> times = new ArrayList<>();
        for (String line : probe(file, "packet=pts_time")) {
            times.add(Double.valueOf(line.replace(",", "")));
        }
        times.sort(Double::compare);
        return times;
    }

    /** What ffprobe prints of the first stream, a line for each entry. */
    List<String> probe(Path file, String entries) {
        return run(
                installation.ffprobe(),
                List.of(
                        "-v",
                        "error",
                        "-select_streams",
                        "0",
                        "-of",
                        "csv=p=0",
                        "-show_entries",
                        entries,
                        file.toString()));
    }

    /** Mean red, green and blue of a frame, 0 to 255. */
    int[] meanColor(Path file, String filter) {
        Path raw = make(
                "mean.rgb",
                "-i " + file + " -frames:v 1 -vf " + filter + ",scale=1:1:flags=area,format=rgb24 -f rawvideo");
        try {
            byte[] bytes = Files.readAllBytes(raw);
            return new int[] {bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> run(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        List<String> lines = new ArrayList<>();
        ToolExit exit = new ToolProcess(command)
                .environment(installation.environment())
                .stdoutLines(4_096, lines::add)
                .run(new Cancellation());
        assertThat(exit.isSuccess()).as("%s: %s", command, exit.lastLines()).isTrue();
        return lines;
    }
}

package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command's logback.xml. */
class LogbackTest {
    /** The level of FFmpeg's own lines, which are logged at TRACE. */
    @ParameterizedTest
    @CsvSource({"'', WARN", "off, WARN", "verbose, TRACE", "../../etc/passwd, WARN"})
    void ffmpegsLinesAreSeenWhenAskedFor(String setting, String level) throws JoranException {
        LoggerContext context = new LoggerContext();
        if (!setting.isEmpty()) {
            context.putProperty("TRANSCODE_FFMPEG_LOG", setting);
        }
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);

        configurator.doConfigure(Objects.requireNonNull(getClass().getResource("/logback.xml")));

        assertThat(context.getLogger("dev.transcode.ffmpeg.FfmpegEncoder").getEffectiveLevel())
                .isEqualTo(Level.toLevel(level));
        assertThat(context.getLogger("dev.transcode").getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(context.getLogger("io.lettuce.core.protocol.ConnectionWatchdog")
                        .isWarnEnabled())
                .isFalse();
        assertThat(context.getLogger("io.netty.channel").isWarnEnabled()).isFalse();
        // Logback prints its own warnings to the console: an option that is unset must not cause one.
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .noneMatch(status -> status.getLevel() > Status.INFO);
    }
}

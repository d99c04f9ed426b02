package dev.transcode.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogConfiguratorTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void aKeyWithALineBreakForgesNoLine() {
        assertThat(
                        line(
                                null,
                                "Claimed from jobs: in/a.mp4\r\n2026-01-01T00:00:00Z ERROR \u001b\u009b[31m\u2028\u0085\u202eforged"))
                .endsWith(" INFO  Claimed from jobs: in/a.mp4 2026-01-01T00:00:00Z ERROR  [31m forged\n")
                .hasLineCount(1);
    }

    @Test
    void aStackTraceKeepsItsLines() {
        assertThat(line(new IllegalStateException("why"), "Unexpected failure"))
                .contains(" INFO  Unexpected failure\njava.lang.IllegalStateException: why\n\tat ");
    }

    private String line(@Nullable Throwable thrown, String message) {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        LoggingEvent event = new LoggingEvent("", root, Level.INFO, message, thrown, null);
        event.setMDCPropertyMap(Map.of());
        return new String(LogConfigurator.text(context).encode(event), StandardCharsets.UTF_8);
    }
}

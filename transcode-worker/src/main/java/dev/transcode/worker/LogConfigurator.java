package dev.transcode.worker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.transcode.internal.OneLine;
import java.util.Objects;
import org.slf4j.Logger;

/**
 * The log of the worker's program, on standard error. Logback finds it by its service file, and wherever it is not that
 * program that runs, or {@code -Dlogback.configurationFile} names another, it steps aside. In Java because reading the
 * same from XML takes some 600 classes, a fifth of all that a worker loads until it waits for jobs.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    /** {@code text} or {@code json}; set by {@link WorkerMain} only. */
    static final String FORM = "transcode.log";

    /** {@code verbose}: every line FFmpeg logs while it encodes. */
    static final String FFMPEG = "transcode.ffmpeg.log";

    private static final String LINE =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %replace(%msg){'" + OneLine.CHARACTER + "+', ' '}"
                    + "%replace( job=%X{job} attempt=%X{attempt} stage=%X{stage}){' job= attempt= stage=| stage=$', ''}%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        String form = System.getProperty(FORM);
        if (form == null || System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        MaskingEncoder masking = new MaskingEncoder();
        masking.setContext(context);
        masking.setEncoder(form.equals("json") ? json(context) : text(context));
        masking.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("STDERR");
        appender.setTarget("System.err");
        appender.setEncoder(masking);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        context.getLogger("io.lettuce").setLevel(Level.WARN);
        context.getLogger("io.netty").setLevel(Level.WARN);
        if (Objects.equals(System.getProperty(FFMPEG), "verbose")) {
            context.getLogger("dev.transcode.ffmpeg.FfmpegEncoder").setLevel(Level.TRACE);
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** One line for each event, whatever stands in an object's key; and a stack trace's own. */
    static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE);
        encoder.start();
        return encoder;
    }

    /** One JSON object for each event, with the MDC: worker, job, attempt, stage. */
    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        return encoder;
    }
}

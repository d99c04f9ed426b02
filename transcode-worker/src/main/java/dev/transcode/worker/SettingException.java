package dev.transcode.worker;

/** A setting is missing or cannot be used. The message is a sentence for people and holds no secret. */
public final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingException(String message) {
        super(message);
    }

    public SettingException(String message, Throwable cause) {
        super(message, cause);
    }
}

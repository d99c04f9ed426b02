package dev.transcode.hls;

/**
 * A playlist or a media file is not what it has to be. Checked, because only the caller knows what that means: for a
 * file of our encoder it failed, for a stranger's it is a finding.
 */
public final class MalformedMediaException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and where, without a capital */
    public MalformedMediaException(String message) {
        super(message);
    }
}

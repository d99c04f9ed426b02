package dev.transcode.hls;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * What an elementary stream descriptor says of sound (ISO/IEC 14496-1, 7.2.6; 14496-3, 1.6.2.1).
 *
 * @param codec RFC 6381, e.g. {@code mp4a.40.2}
 * @param channels 0 if not told
 * @param sampleRate Hz; 0 if not told
 */
record AudioConfig(String codec, int channels, int sampleRate) {
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };
    private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8};

    static AudioConfig read(Box esds) throws MalformedMediaException {
        ByteBuffer body = esds.read();
        InitReader.skip(body, 4);
        enter(body, 3);
        InitReader.skip(body, 2);
        int flags = body.get();
        InitReader.skip(body, (flags & 0x80) == 0 ? 0 : 2);
        InitReader.skip(body, (flags & 0x40) == 0 ? 0 : Byte.toUnsignedInt(body.get()));
        InitReader.skip(body, (flags & 0x20) == 0 ? 0 : 2);
        enter(body, 4);
        int objectType = Byte.toUnsignedInt(body.get());
        InitReader.skip(body, 12);
        if (objectType != 0x40) {
            return new AudioConfig(String.format(Locale.ROOT, "mp4a.%02X", objectType), 0, 0);
        }
        enter(body, 5);
        return specific(body);
    }

    private static AudioConfig specific(ByteBuffer body) {
        // At most 5 + 6 + 4 + 24 + 4 bits matter; the descriptor is often no longer than two bytes.
        long bits = 0;
        for (int i = 0; i < 6; i++) {
            bits = bits << 8 | (body.hasRemaining() ? Byte.toUnsignedInt(body.get()) : 0);
        }
        int at = 48;
        int object = (int) (bits >> (at -= 5) & 31);
        if (object == 31) {
            object = 32 + (int) (bits >> (at -= 6) & 63);
        }
        int index = (int) (bits >> (at -= 4) & 15);
        int rate = index < RATES.length ? RATES[index] : 0;
        if (index == 15) {
            rate = (int) (bits >> (at -= 24) & 0xffffff);
        }
        int channels = (int) (bits >> (at - 4) & 15);
        return new AudioConfig("mp4a.40." + object, channels < CHANNELS.length ? CHANNELS[channels] : 0, rate);
    }

    /** Reads a descriptor's tag and length, which stands in up to four bytes of seven bits. */
    private static void enter(ByteBuffer body, int tag) throws MalformedMediaException {
        int found = body.get();
        if (found != tag) {
            throw new MalformedMediaException("descriptor " + found + " where " + tag + " was expected");
        }
        for (int i = 0; i < 4 && body.get() < 0; i++) {
            // The length itself is not needed: reading stops at the end of the box.
        }
    }
}

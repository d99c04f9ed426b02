package dev.transcode.worker.e2e;

/** Jobs as producers write them. */
final class Jobs {
    /** The four rungs of the contract's full ladder. */
    static final String FULL_LADDER = """
            [{"name": "1080p", "height": 1080, "bitrate": "8M", "audio_bitrate": "192k"},
             {"name": "720p", "height": 720, "bitrate": "4M", "audio_bitrate": "128k"},
             {"name": "480p", "height": 480, "bitrate": "2M", "audio_bitrate": "96k"},
             {"name": "360p", "height": 360, "bitrate": "800k", "audio_bitrate": "64k"}]""";

    /** Four rungs that cost little. */
    static final String SMALL_LADDER = """
            [{"name": "180p", "height": 180, "bitrate": "400k", "audio_bitrate": "96k"},
             {"name": "144p", "height": 144, "bitrate": "300k", "audio_bitrate": "64k"},
             {"name": "120p", "height": 120, "bitrate": "200k", "audio_bitrate": "64k"},
             {"name": "96p", "height": 96, "bitrate": "100k", "audio_bitrate": "64k"}]""";

    static final String ONE_RUNG = """
            [{"name": "120p", "height": 120, "bitrate": "200k", "audio_bitrate": "64k"}]""";

    private Jobs() {}

    /** Outputs go to {@code out/<id>}; encoded as fast as can be; buckets are left to the worker's setting. */
    static String of(String id, String inputKey, String ladder) {
        return of(id, inputKey, ladder, "\"preset\": \"ultrafast\"");
    }

    /** @param more further fields */
    static String of(String id, String inputKey, String ladder, String more) {
        return """
                {"id": "%s", "input_key": "%s", "output_prefix": "out/%s", "ladder": %s, %s}""".formatted(id, inputKey, id, ladder, more);
    }
}

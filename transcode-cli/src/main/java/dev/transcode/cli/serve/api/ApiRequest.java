package dev.transcode.cli.serve.api;

import dev.transcode.job.JobId;
import dev.transcode.job.TranscodeException;
import java.util.Map;
import java.util.Optional;

/**
 * What a call is asked.
 *
 * @param path the variables of its path, e.g. {@code id}
 * @param query decoded; of a repeated name the first
 * @param headers names in lower case; of a repeated one the first
 * @param body UTF-8; empty = none
 */
record ApiRequest(Map<String, String> path, Map<String, String> query, Map<String, String> headers, String body) {
    ApiRequest {
        path = Map.copyOf(path);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** @throws ApiProblem 404 if the path's id can't be one */
    JobId id() {
        String id = path.getOrDefault("id", "");
        try {
            return new JobId(id);
        } catch (TranscodeException e) {
            throw Problems.jobNotFound(id);
        }
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** @throws ApiProblem 400 if it is there but no whole number from {@code min} to {@code max} */
    int number(String name, int min, int max, int usual) {
        String text = query.getOrDefault(name, "");
        try {
            int number = text.isEmpty() ? usual : Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw Problems.invalid(
                "cannot use " + name + ": it is not a whole number from " + min + " to " + max,
                "Correct " + name + ".");
    }
}

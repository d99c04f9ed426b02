package dev.transcode.cli.doctor;

import dev.transcode.cli.doctor.LoadedPackage.Reference;
import dev.transcode.internal.Count;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a server's answers and a package's addresses mean to players. */
final class PackageRules {
    private static final Set<String> PLAYLIST_TYPES =
            Set.of("application/x-mpegurl", "application/vnd.apple.mpegurl", "audio/mpegurl", "audio/x-mpegurl");
    private static final int SHOWN = 3;

    private PackageRules() {}

    /** RFC 8216, 4 and 10, and what everybody wrote before it. */
    static boolean isPlaylistType(String contentType) {
        return PLAYLIST_TYPES.contains(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    static void contentTypes(Report report, Collection<Web.Answer> playlists) {
        Set<String> good = new LinkedHashSet<>();
        Set<String> wrong = new LinkedHashSet<>();
        for (Web.Answer answer : playlists) {
            String type = answer.headers().get("content-type").orElse("none");
            (isPlaylistType(type) ? good : wrong).add(type);
        }
        if (wrong.isEmpty()) {
            report.ok("content type", String.join(", ", good));
        } else {
            report.warning(
                    "content type",
                    "playlists come as " + String.join(", ", wrong),
                    "Let the server send *.m3u8 as application/x-mpegURL: some players go by it.");
        }
    }

    static void cors(Report report, Collection<Web.Answer> answers) {
        List<Web.Answer> refused = new ArrayList<>();
        Set<String> reasons = new LinkedHashSet<>();
        for (Web.Answer answer : answers) {
            Optional<String> refusal = Cors.refusal(answer.headers().get("access-control-allow-origin"));
            if (refusal.isPresent()) {
                refused.add(answer);
                reasons.add(refusal.get());
            }
        }
        if (refused.isEmpty()) {
            report.ok("cors", "pages on any site may play it");
        } else {
            report.warning(
                    "cors",
                    "pages on other sites may not play it (" + refused.size() + " of "
                            + Count.of(answers.size(), "answer") + "): " + String.join("; ", reasons),
                    "Roku does not mind. For browsers send Access-Control-Allow-Origin: * with playlists and segments.");
        }
    }

    static void addresses(Report report, URI start, List<Reference> references) {
        Set<String> hosts = new LinkedHashSet<>();
        int absolute = 0;
        int insecure = 0;
        for (Reference reference : references) {
            Optional<URI> target = LoadedPackage.resolve(reference.playlist(), reference.text());
            boolean secure = "https".equalsIgnoreCase(reference.playlist().getScheme());
            if (target.isPresent()
                    && secure
                    && "http".equalsIgnoreCase(target.get().getScheme())) {
                insecure++;
            }
            if (reference.text().contains("://")) {
                absolute++;
                target.ifPresent(uri -> hosts.add(uri.getAuthority()));
            }
        }
        addresses(report, start, references.size(), absolute, insecure, hosts);
    }

    private static void addresses(Report report, URI start, int all, int absolute, int insecure, Set<String> hosts) {
        String name = "addresses";
        if (insecure > 0) {
            report.failed(
                    name,
                    insecure + " of " + all + " lead from https to http: no browser loads them",
                    "Set TRANSCODE_PUBLIC_BASE_URL to the https address and make the package again.");
        } else if (absolute == 0) {
            report.ok(name, "all " + all + " are relative: they survive any proxy and CDN");
        } else if (absolute < all) {
            report.warning(
                    name,
                    absolute + " of " + all + " are absolute, the others relative",
                    "Use one kind: somebody has edited the playlists, or moved them.");
        } else if (hosts.size() == 1 && hosts.contains(start.getAuthority())) {
            report.ok(name, "all " + all + " are absolute, at " + start.getAuthority());
        } else {
            report.warning(
                    name,
                    "all " + all + " are absolute, but lead to " + join(hosts) + ", not to " + start.getAuthority(),
                    "If that is not meant: set TRANSCODE_PUBLIC_BASE_URL right, or not at all (addresses are then"
                            + " relative), and make the package again.");
        }
    }

    /** The first few. */
    static String join(Collection<String> texts) {
        List<String> first = texts.stream().limit(SHOWN).toList();
        return String.join("; ", first) + (texts.size() > SHOWN ? "; and " + (texts.size() - SHOWN) + " more" : "");
    }
}

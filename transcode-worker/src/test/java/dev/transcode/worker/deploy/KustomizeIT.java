package dev.transcode.worker.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * kubectl's own kustomize makes of the overlays what the tests make of them. Debian has no kubectl that is new enough,
 * so nothing requires it.
 */
class KustomizeIT {
    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/production"})
    void kubectlSeesTheSame(String folder) throws Exception {
        Map<String, Object> theirs = new TreeMap<>();
        for (Object document : new Yaml().loadAll(kubectl(folder))) {
            theirs.put(Kustomization.name(Kustomization.map(document)), document);
        }
        Map<String, Object> ours = new TreeMap<>();
        for (Map<String, Object> resource : Kustomization.build(KubernetesTest.FOLDER.resolve(folder))) {
            ours.put(Kustomization.name(resource), resource);
        }
        assertThat(theirs).containsExactlyEntriesOf(ours);
    }

    private static String kubectl(String folder) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder("kubectl", "kustomize", folder)
                    .directory(KubernetesTest.FOLDER.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "no kubectl");
            throw e;
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text;
    }
}

package dev.transcode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** The POMs as they would be published, made by the flatten plugin in each build. */
class PublishedPomsTest {
    /** <a href="https://central.sonatype.org/publish/requirements/">Maven Central: sufficient metadata</a>. */
    private static final List<String> REQUIRED = List.of(
            "groupId",
            "artifactId",
            "version",
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "developers/developer/organization",
            "developers/developer/organizationUrl",
            "scm/connection",
            "scm/developerConnection",
            "scm/url");

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "transcode-core",
                "transcode-queue-redis",
                "transcode-storage-s3",
                "transcode-worker",
                "transcode-cli"
            })
    void eachSaysWhatMavenCentralAsksFor(String module) throws Exception {
        Path pom = Path.of("..", module, ".flattened-pom.xml");
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        XPath xpath = XPathFactory.newInstance().newXPath();

        for (String element : REQUIRED) {
            assertThat(xpath.evaluate("/project/" + element, document))
                    .as(element + " in " + pom)
                    .isNotBlank()
                    .doesNotContain("${");
        }
        assertThat(xpath.evaluate("count(/project/parent)", document)).isEqualTo("0");
        // The same for all: Maven would otherwise add the module's name to each.
        assertThat(xpath.evaluate("/project/url", document)).isEqualTo(xpath.evaluate("/project/scm/url", document));
        assertThat(xpath.evaluate("/project/scm/url", document)).doesNotEndWith(module);
    }
}

package dev.transcode.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.audio1.tv/api/transcode-webhook",
                "http://site_web:3000/hook?token=a%20b&x=1",
                "HTTPS://EXAMPLE.ORG",
                "https://192.0.2.1:65535/",
                "https://[2001:db8::1]:8443/hook",
                "https://bücher.example/hook"
            })
    void takesWebAddresses(String url) {
        assertThat(WebhookUrl.parse(url)).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                              | does not start with http
            /hook                           | does not start with http
            www.example.org                 | does not start with http
            ftp://example.org/s3cret        | does not start with http
            file:///etc/s3cret              | does not start with http
            javascript:s3cret               | does not start with http
            https:s3cret                    | names no host
            https:///s3cret                 | names no host
            https://:443/s3cret             | names no host
            https://[fe80::1%25eth0]/s3cret | names no host
            https://a:b:c/s3cret            | names no host
            https://me:s3cret@example.org/  | user or password
            https://s3cret@example.org/     | user or password
            https://@example.org/s3cret     | user or password
            https://example.org:0/s3cret    | port
            https://example.org:65536/s3cret| port
            https://example.org/a b?s3cret  | character 22
            """)
    void refusesWhatIsNoneAndDoesNotRepeatIt(String url, String why) {
        assertThatThrownBy(() -> WebhookUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasNoCause()
                .message()
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://www.audio1.tv/api/transcode-webhook?token=s3cret | https://www.audio1.tv/api/transcode-webhook
            https://hooks.chat.example/services/T0AB/B0CD/s3cretxxxxxxxxxxxxxxxxxx | https://hooks.chat.example/services/T0AB/B0CD/…
            https://api.chat.example/bot123456:s3cretxxxxxxxxxxxxx/send#s3cret | https://api.chat.example/…/send
            https://worker-2.internal-site-4711.example:8443 | https://worker-2.internal-site-4711.example:8443
            https://example.org?s3cret | https://example.org
            """)
    void isShownWithoutWhatMayBeASecret(String url, String shown) {
        assertThat(WebhookUrl.shown(url)).isEqualTo(shown);
    }

    @Test
    void takes2048CharactersAndNotOneMore() {
        String longest = "https://example.org/" + "x".repeat(2_028);

        assertThat(WebhookUrl.parse(longest)).hasToString(longest);
        assertThatThrownBy(() -> WebhookUrl.parse(longest + "x")).hasMessageContaining("2,048");
    }
}

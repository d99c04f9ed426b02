package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackHostTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:1", "[::1]:8080"})
    void thisMachineByItsOwnNames(String host) {
        assertThat(LoopbackHost.isLoopback(host)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example:8080",
                "localhost:8080:1",
                "localhost:",
                "evil.example@localhost",
                "0.0.0.0",
                "::1"
            })
    void nothingElse(String host) {
        assertThat(LoopbackHost.isLoopback(host)).isFalse();
    }
}

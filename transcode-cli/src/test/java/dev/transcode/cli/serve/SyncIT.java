package dev.transcode.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How far sound and picture are apart in the browser, measured with a film whose flashes and beeps begin at the same
 * instants.
 *
 * <p>Both are measured on the element's own time line, which a busy machine cannot shift. The flash: with the film
 * paused, a seek to the middle of each frame around the instant, and the time of the first white one. The beep: while it
 * plays, an AudioWorklet (which sees every sample) notes the sample it begins with; the element's time at that sample is
 * the median of hundreds of readings of both clocks. What that median is off by (the sound card's batches), the same
 * measurement of a WAV file tells, whose beeps are known to the sample: it is subtracted.
 */
@Tag("playback")
class SyncIT {
    /** Milliseconds. */
    private static final double LIMIT = 10;

    /** Median, over the beeps, of how much later than the whole second they begin; in seconds of the element's time. */
    private static final String BEEPS = """
            const worklet = `registerProcessor('onsets', class extends AudioWorkletProcessor {
              quiet = 0;
              process([input]) {
                const samples = input[0] ?? [];
                for (let i = 0; i < samples.length; i++) {
                  const loud = Math.abs(samples[i]) > 0.4;
                  if (loud && this.quiet > 9600) this.port.postMessage((currentFrame + i) / sampleRate);
                  this.quiet = loud ? 0 : this.quiet + 1;
                }
                return true;
              }
            });`;
            window.measureBeeps = async (media) => {
              const context = new AudioContext({ sampleRate: 48000 });
              await context.audioWorklet.addModule(URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' })));
              const node = new AudioWorkletNode(context, 'onsets');
              const onsets = [];
              node.port.onmessage = (message) => onsets.push(message.data);
              context.createMediaElementSource(media).connect(node).connect(context.destination);
              await context.resume();
              media.currentTime = 0;
              await media.play();
              const readings = [];
              const ended = new Promise((yes) => media.addEventListener('ended', yes, { once: true }));
              const timer = setInterval(() => readings.push([context.currentTime, media.currentTime]), 4);
              await ended;
              clearInterval(timer);
              const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
              const late = [];
              for (const onset of onsets) {
                const near = readings.filter(([at]) => Math.abs(at - onset) < 0.5);
                if (near.length < 20) continue;
                const time = onset + median(near.map(([audio, element]) => element - audio));
                late.push(time - Math.round(time));
              }
              await context.close();
              return { late: median(late), count: late.length, spread: late.at(-1) - late[0] };
            };
            """;

    /** Seconds from each of three whole seconds to the first white frame's own time; the largest by size. */
    private static final String FLASHES = """
            const canvas = document.createElement('canvas');
            canvas.width = canvas.height = 8;
            const pen = canvas.getContext('2d', { willReadFrequently: true });
            let worst = 0;
            for (const second of [1, 3, 5]) {
              let first = null;
              for (let step = -4; step <= 4 && first === null; step++) {
                const { mediaTime } = await seek(second + step * 0.04 + 0.02);
                pen.drawImage(video, 0, 0, 8, 8);
                if (pen.getImageData(4, 4, 1, 1).data[0] > 128) first = mediaTime;
              }
              if (first === null) throw new Error(`no flash near ${second} s`);
              if (Math.abs(first - second) > Math.abs(worst)) worst = first - second;
            }
            return worst;
            """;

    private static Browser browser;
    private static PlayServer server;
    private static double control;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        browser.allowOwnScripts();
        server = PlayServer.start(Films.flashAndBeep().resolve("master.m3u8"), 0);
        browser.open(server.url().toString());
        browser.run(BEEPS);
        control = beeps("const media = new Audio('/media/control.wav'); await event('canplaythrough', media);");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?native"})
    void soundAndPictureAreTogether(String engine) {
        browser.play(server.url() + engine);
        browser.run("video.pause();" + BEEPS);
        double flash = 1_000 * browser.number(FLASHES);
        double beep = beeps("const media = video;");
        double error = beep - control - flash;
        System.out.printf(
                "A/V sync%s: %.2f ms (beep %+.2f, control %+.2f, flash %+.2f)%n", engine, error, beep, control, flash);
        assertThat(error).as("milliseconds the sound is late").isBetween(-LIMIT, LIMIT);
    }

    /** Milliseconds; fails unless nearly all five beeps were heard. */
    private static double beeps(String media) {
        browser.run(media + " window.heard = await measureBeeps(media);");
        assertThat(browser.number("return heard.count;")).as("beeps heard").isBetween(3.0, 5.0);
        System.out.printf("beeps: spread %.2f ms%n", 1_000 * browser.number("return heard.spread;"));
        return 1_000 * browser.number("return heard.late;");
    }
}

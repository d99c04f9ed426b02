package dev.transcode.cli.doctor;

import dev.transcode.worker.Setting;
import dev.transcode.worker.SettingException;
import dev.transcode.worker.Settings;
import dev.transcode.worker.WorkerConfig;
import java.util.ArrayList;
import java.util.List;

/** Whether a worker and the API would start with these settings. */
final class SettingsArea implements Area {
    private final Settings settings;

    SettingsArea(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public void examine(Report report) {
        try {
            WorkerConfig unused = WorkerConfig.of(settings);
            List<String> set = new ArrayList<>();
            for (Setting setting : Setting.values()) {
                settings.variable(setting).ifPresent(set::add);
            }
            report.ok("settings", set.isEmpty() ? "none is set, all defaults hold" : "set: " + String.join(" ", set));
        } catch (SettingException e) {
            report.failed(
                    "settings", String.valueOf(e.getMessage()), "Correct it: 'transcode config show' has them all.");
        }
        for (String variable : settings.unknownVariables()) {
            report.warning(
                    "settings",
                    variable + " is set, but there is no such setting: it does nothing",
                    "Correct its name: 'transcode config show' has them all.");
        }
    }
}

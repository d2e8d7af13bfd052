package com.example.toy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;

/** Lines in CRI's log format. */
record ToyLog(Optional<Path> file, InstantSource clock) {
    void copy(String stream, InputStream output) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (file.isPresent()) {
                    Files.writeString(
                            file.get(),
                            clock.instant() + " " + stream + " F " + line + "\n",
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                }
            }
        } catch (IOException e) {
            System.getLogger(ToyLog.class.getName()).log(System.Logger.Level.WARNING, "log of a toy container: " + e);
        }
    }
}

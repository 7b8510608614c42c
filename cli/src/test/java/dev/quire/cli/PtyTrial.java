package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The command in a process of its own on a pseudo-terminal, at which a test types. The terminal is
 * made by {@code script} of util-linux: Java alone can open none that sends signals.
 */
final class PtyTrial implements AutoCloseable {
  private static final long SECONDS_TO_WAIT = 30;

  private final Path folder;
  private final Path name;
  private final Process process;
  private final StringBuilder screen = new StringBuilder();
  private int read;

  /**
   * Starts {@code quire shell} in a folder.
   *
   * @param folder has the configuration, and is the home
   * @param columns of the terminal, which has 24 lines
   */
  PtyTrial(Path folder, int columns) {
    this.folder = folder;
    this.name = folder.resolve("terminal");
    try {
      process = builder(columns).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread reader = new Thread(this::copy, "screen");
    reader.setDaemon(true);
    reader.start();
    await("quire> ");
  }

  /** Whether there is a {@code script} that runs a command; BSD's has other options. */
  static boolean isPossible() {
    try {
      Process probe =
          new ProcessBuilder("script", "-qfec", "stty size", "/dev/null")
              .redirectErrorStream(true)
              .start();
      probe.getOutputStream().close();
      probe.getInputStream().readAllBytes();
      return probe.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private ProcessBuilder builder(int columns) throws IOException {
    Path start = folder.resolve("start.sh");
    Files.writeString(
        start,
        String.join(
            "\n",
            "stty rows 24 cols " + columns,
            "tty > '" + name + "'",
            "exec '"
                + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m -cp '"
                + System.getProperty("java.class.path")
                + "' dev.quire.cli.Main shell"));
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qfec", "exec sh '" + start + "'", "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().remove("XDG_STATE_HOME");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TERM", "xterm");
    builder.environment().put("PAGER", "cat");
    builder.environment().put("SHELL", "/bin/sh");
    return builder;
  }

  /** Letters of several bytes may come in parts. */
  private void copy() {
    try (InputStream in = process.getInputStream()) {
      Reader letters = new InputStreamReader(in, StandardCharsets.UTF_8);
      char[] some = new char[4_096];
      for (int count; (count = letters.read(some)) >= 0; ) {
        synchronized (screen) {
          screen.append(some, 0, count);
          screen.notifyAll();
        }
      }
    } catch (IOException e) {
      // The terminal is gone.
    }
    synchronized (screen) {
      screen.notifyAll();
    }
  }

  /** Types keys, without a wait for what comes of them. */
  PtyTrial type(String keys) {
    try {
      process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Waits for a text behind the one that was waited for last; gives what came with it. */
  String await(String text) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_WAIT);
    synchronized (screen) {
      int found = shown().indexOf(text, read);
      while (found < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        assertThat(left).as("'%s' in:\n%s", text, screen).isPositive();
        try {
          screen.wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        found = shown().indexOf(text, read);
      }
      String passed = shown().substring(read, found + text.length());
      read = found + text.length();
      return passed;
    }
  }

  String screen() {
    synchronized (screen) {
      return screen.toString();
    }
  }

  /** What came to the terminal, colours and cursor moves left out. */
  private String shown() {
    return screen
        .toString()
        .replaceAll("\u001b(\\[[0-9;?]*[a-zA-Z]|[=>]|\\([A-Z0-9])", "")
        .replace("\r", "");
  }

  /** Changes the window's width, as dragging its border does. */
  void resize(int columns) throws IOException, InterruptedException {
    String terminal = Files.readString(name).strip();
    Process stty =
        new ProcessBuilder(List.of("stty", "-F", terminal, "cols", String.valueOf(columns)))
            .inheritIO()
            .start();
    assertThat(stty.waitFor()).isZero();
  }

  /** The exit code of the command. */
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(SECONDS_TO_WAIT, TimeUnit.SECONDS))
        .as("ended:\n%s", screen)
        .isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}

package dev.quire.cli;

import dev.quire.cli.format.DisplayText;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks on standard error and reads answers, a line each, from a terminal or a pipe. An answer that
 * cannot be used is asked for again. One thread at a time.
 */
final class Questions {
  private final BufferedReader answers;
  private final PrintStream err;

  Questions(InputStream in, PrintStream err) {
    this.answers = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.err = err;
  }

  /**
   * @param fallback what an empty line means, if anything
   * @param problem what is wrong with an answer, if anything; must not repeat what may be a secret
   */
  String ask(
      String question, Optional<String> fallback, Function<String, Optional<String>> problem) {
    while (true) {
      String shown = fallback.map(text -> " [" + text + "]").orElse("");
      err.println(DisplayText.harmless(question + shown));
      String answer = line(question).strip();
      if (answer.isEmpty() && fallback.isPresent()) {
        return fallback.get();
      }
      Optional<String> wrong =
          answer.isEmpty() ? Optional.of("Please answer.") : problem.apply(answer);
      if (wrong.isEmpty()) {
        return answer;
      }
      err.println("  " + DisplayText.harmless(wrong.get()));
    }
  }

  String choose(String question, List<String> choices, String fallback) {
    return ask(
        question + ": " + String.join(", ", choices),
        Optional.of(fallback),
        answer ->
            choices.contains(answer)
                ? Optional.empty()
                : Optional.of("It must be one of " + String.join(", ", choices) + "."));
  }

  private String line(String question) {
    String line = read();
    if (line == null) {
      throw new SourceException(
              ErrorKind.CONFIGURATION, "the answers ended at the question: " + question)
          .withHint("Nothing was written.");
    }
    return line;
  }

  /** Reads in a thread of its own, because Ctrl-C cannot interrupt a read. */
  private @Nullable String read() {
    FutureTask<@Nullable String> task = new FutureTask<>(answers::readLine);
    Thread reader = new Thread(task, "answers");
    reader.setDaemon(true);
    reader.start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(ErrorKind.CANCELLED, "interrupted", e);
    } catch (ExecutionException e) {
      throw new SourceException(
          ErrorKind.CONFIGURATION, "the answers cannot be read: " + e.getCause(), e);
    }
  }
}

package dev.quire.spi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${env:NAME}} and {@code ${file:PATH}} in configuration values, each time it is
 * asked, so that a secret renewed on disk is found. A second dollar sign before the first ({@code
 * $$}) makes it plain text. A replaced text is not searched again. Immutable and thread-safe.
 */
public final class References implements UnaryOperator<String> {
  private final Path folder;
  private final UnaryOperator<@Nullable String> environment;

  /**
   * @param folder where relative paths start: the folder of the configuration file
   * @param environment the value of a variable, or null
   */
  public References(Path folder, UnaryOperator<@Nullable String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** References into the environment of this process. */
  public static References in(Path folder) {
    return new References(folder, System::getenv);
  }

  /**
   * The text with each reference replaced.
   *
   * @throws SourceException CONFIGURATION, naming the variable or file that is missing
   */
  @Override
  public String apply(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    for (int open; (open = text.indexOf("${", at)) >= 0; ) {
      if (open > at && text.charAt(open - 1) == '$') {
        out.append(text, at, open - 1).append("${");
        at = open + 2;
        continue;
      }
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw wrong("a reference is not closed: '${' without '}'");
      }
      out.append(text, at, open).append(value(text.substring(open + 2, close)));
      at = close + 1;
    }
    return out.append(text, at, text.length()).toString();
  }

  private String value(String reference) {
    if (reference.startsWith("env:")) {
      return variable(reference.substring(4).strip());
    }
    if (reference.startsWith("file:")) {
      return content(reference.substring(5).strip());
    }
    throw wrong("'${" + reference + "}' is neither ${env:NAME} nor ${file:PATH}")
        .withHint("Write $${ for a plain ${.");
  }

  private String variable(String name) {
    String value = environment.apply(name);
    if (value == null) {
      throw wrong("the environment variable " + name + " is not set")
          .withHint("Set it before the start: export " + name + "=…");
    }
    return value;
  }

  private String content(String path) {
    try {
      Path file = folder.resolve(path);
      try {
        return withoutMarks(Files.readString(file, StandardCharsets.UTF_8));
      } catch (NoSuchFileException e) {
        throw wrong("the file " + file + " does not exist")
            .withHint("Create it, or correct ${file:" + path + "}.");
      } catch (IOException e) {
        throw wrong("the file " + file + " cannot be read: " + e.getClass().getSimpleName())
            .withHint("It must be a readable text file in UTF-8.");
      }
    } catch (InvalidPathException e) {
      throw wrong("'" + path + "' is not the path of a file");
    }
  }

  /** Editors leave a byte order mark before a text and line ends after it; neither is meant. */
  private static String withoutMarks(String text) {
    int begin = text.startsWith("\uFEFF") ? 1 : 0;
    int end = text.length();
    while (end > begin && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(begin, end);
  }

  private static SourceException wrong(String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, problem);
  }
}

package dev.quire.cli;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The statement: an argument, a file, or standard input. */
final class StatementText {
  @Parameters(
      arity = "0..1",
      paramLabel = "SQL",
      description = "The statement, in quotes; - reads it from standard input.")
  private @Nullable String argument;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Read the statement from a file in UTF-8.")
  private @Nullable Path file;

  /**
   * The statement's text.
   *
   * @throws SourceException CONFIGURATION if there is none, or two
   */
  String read(Surroundings surroundings) {
    if ((argument == null) == (file == null)) {
      throw wrong(argument == null ? "there is no statement" : "there are two statements")
          .withHint("Give it as an argument in quotes, with -f FILE, or as - on standard input.");
    }
    String text = file != null ? fromFile(surroundings, file) : fromArgument(surroundings);
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (plain.isBlank()) {
      throw wrong("the statement is empty");
    }
    return plain;
  }

  private String fromArgument(Surroundings surroundings) {
    String given = String.valueOf(argument);
    if (!given.equals("-")) {
      return given;
    }
    try (InputStream in = surroundings.in()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw wrong("cannot read standard input: " + e.getMessage());
    }
  }

  private static String fromFile(Surroundings surroundings, Path named) {
    Path path = surroundings.folder().resolve(named);
    try {
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw wrong("the file " + path + " does not exist");
    } catch (IOException e) {
      throw wrong("cannot read " + path + " as UTF-8 text: " + e.getMessage());
    }
  }

  private static SourceException wrong(String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, problem);
  }
}

package dev.quire.cli;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The statement: an argument, a file, or standard input. */
final class StatementText {
  /** A byte order mark; it may stand before a statement and is no part of it. */
  private static final String MARK = "\uFEFF";

  private static final Pattern COMMENT = Pattern.compile("--[^\\s=]*\\s");

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
    String plain = text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    if (plain.isBlank()) {
      throw wrong("the statement is empty");
    }
    return plain;
  }

  /**
   * The arguments of the process, such that a statement that begins with a comment ({@code -- …})
   * is not taken for an option: no option has blanks in its name.
   */
  static String[] marked(String... args) {
    return Arrays.stream(args)
        .map(argument -> COMMENT.matcher(argument).lookingAt() ? MARK + argument : argument)
        .toArray(String[]::new);
  }

  private String fromArgument(Surroundings surroundings) {
    String given = String.valueOf(argument);
    if (!given.equals("-")) {
      return given;
    }
    try (InputStream in = surroundings.in()) {
      return text(in.readAllBytes(), "standard input");
    } catch (IOException e) {
      throw wrong("cannot read standard input: " + e.getMessage());
    }
  }

  /** A wrong encoding is refused: a letter that was lost would give wrong rows without a word. */
  private static String text(byte[] bytes, String place) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw wrong("the statement in " + place + " is not UTF-8 text; save it as UTF-8");
    }
  }

  private static String fromFile(Surroundings surroundings, Path named) {
    Path path = surroundings.folder().resolve(named);
    try {
      return text(Files.readAllBytes(path), path.toString());
    } catch (NoSuchFileException e) {
      throw wrong("the file " + path + " does not exist");
    } catch (IOException e) {
      String reason = Files.isDirectory(path) ? "it is a folder" : e.getMessage();
      throw wrong("cannot read " + path + ": " + reason);
    }
  }

  private static SourceException wrong(String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, problem);
  }
}

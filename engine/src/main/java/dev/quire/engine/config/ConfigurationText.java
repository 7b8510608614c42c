package dev.quire.engine.config;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The text of a configuration file, and faults that point into it. Immutable.
 *
 * @param label the file as the user knows it
 */
record ConfigurationText(String label, String text) {
  private static final Pattern SECRET =
      Pattern.compile("(?i)([\\w.-]*(?:secret|password|token|key)[\\w.-]*[\"']?\\s*:\\s*)(\\S.*)");
  private static final int LONGEST_EXCERPT = 100;

  /** Reads UTF-8, with or without a byte order mark. */
  static ConfigurationText read(Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return new ConfigurationText(
          file.toString(), text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw new SourceException(
          ErrorKind.CONFIGURATION, file + " is not UTF-8 text; save it as UTF-8", e);
    } catch (IOException e) {
      String reason = Files.isDirectory(file) ? "it is a folder" : e.toString();
      throw new SourceException(ErrorKind.CONFIGURATION, "cannot read " + file + ": " + reason, e);
    }
  }

  /** The root of the document; empty for a file without content. */
  Optional<Node> compose() {
    try {
      return new Compose(LoadSettings.builder().setLabel(label).setUseMarks(true).build())
          .composeString(text);
    } catch (MarkedYamlEngineException e) {
      throw badYaml(e);
    } catch (YamlEngineException e) {
      throw new SourceException(
          ErrorKind.CONFIGURATION, label + ": bad YAML: " + e.getMessage(), null);
    }
  }

  private SourceException badYaml(MarkedYamlEngineException e) {
    // An alias that does not exist is mostly a secret that begins with *, so it is not repeated.
    String problem =
        e.getProblem().startsWith("found undefined alias")
            ? "a value that begins with * must stand in quotes"
            : e.getProblem();
    Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
    if (mark.isEmpty()) {
      return new SourceException(ErrorKind.CONFIGURATION, label + ": bad YAML: " + problem);
    }
    int line = mark.get().getLine();
    int column = mark.get().getColumn();
    String place = label + ":" + (line + 1) + ":" + (column + 1);
    return new SourceException(
        ErrorKind.CONFIGURATION, place + ": bad YAML: " + problem + excerpt(line, column));
  }

  /** The line and a caret below the column, without secrets; nothing if it has no key. */
  private String excerpt(int line, int column) {
    String shown = text.lines().skip(line).findFirst().orElse("").replace('\t', ' ');
    if (shown.indexOf(':') < 0) {
      return "";
    }
    int caret = column;
    Matcher secret = SECRET.matcher(shown);
    if (secret.find()) {
      shown = shown.substring(0, secret.start(2)) + "…";
      caret = Math.min(caret, secret.start(2));
    }
    if (shown.length() > LONGEST_EXCERPT) {
      return "";
    }
    return "\n  " + shown + "\n  " + " ".repeat(caret) + "^";
  }

  /** {@code quire.yaml:7} */
  String place(Node node) {
    return node.getStartMark().map(mark -> label + ":" + (mark.getLine() + 1)).orElse(label);
  }

  SourceException fault(Node node, String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, place(node) + ": " + problem);
  }
}

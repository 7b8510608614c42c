package dev.quire.rest.spec;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads spec files. What stands at the top holds for every table that does not say otherwise. */
public final class SpecReader {
  private static final String[] TOP = {
    "url",
    "headers",
    "parameters",
    "format",
    "paging",
    "page_size",
    "errors",
    "rate_limit",
    "tables",
    "remarks"
  };

  private SpecReader() {}

  /**
   * Reads a file.
   *
   * @throws SourceException CONFIGURATION with file and line
   */
  public static Spec read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new SourceException(ErrorKind.CONFIGURATION, "there is no file " + file, e)
          .withHint(
              "'spec' names a file, or one of the specs that Quire brings: "
                  + String.join(", ", ShippedSpecs.NAMES)
                  + ".");
    } catch (CharacterCodingException e) {
      throw new SourceException(ErrorKind.CONFIGURATION, file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new SourceException(ErrorKind.CONFIGURATION, "cannot read " + file + ": " + e, e);
    }
  }

  /**
   * Reads a text.
   *
   * @param label what messages call it
   */
  public static Spec parse(String label, String text) {
    Yaml root = Yaml.parse(label, text);
    Map<String, Yaml> top = root.section(TOP);
    Map<String, Yaml> named = root.require(top, "tables").section();
    if (named.isEmpty()) {
      throw root.require(top, "tables").fault("there are no tables");
    }
    TableReader reader = new TableReader(top);
    List<TableSpec> tables = new ArrayList<>();
    named.forEach((name, table) -> tables.add(reader.table(name, table)));
    named.forEach((name, table) -> ParentReader.check(name, table, tables));
    return new Spec(
        label,
        Yaml.find(top, "url").map(Yaml::text),
        Yaml.find(top, "rate_limit").map(SpecReader::rate),
        tables);
  }

  private static String rate(Yaml yaml) {
    String text = yaml.text();
    if (!text.matches("[1-9]\\d{0,5}/(s|min|h)")) {
      throw yaml.fault("'rate_limit' must be like 10/s, 600/min or 5000/h, not '" + text + "'");
    }
    return text;
  }
}

package dev.quire.rest.openapi;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import dev.quire.rest.json.JsonTree;
import dev.quire.rest.probe.Trees;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * An OpenAPI document. Immutable.
 *
 * @param label the file as the user knows it
 * @param tree of maps, lists and scalars
 */
record Document(String label, @Nullable Object tree) {
  private static final int LONGEST = 512 << 20;
  private static final int DEEPEST = 500;

  /**
   * Reads a file.
   *
   * @throws SourceException CONFIGURATION with file and place
   */
  static Document read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new SourceException(ErrorKind.CONFIGURATION, file + " is not UTF-8 text", e);
    } catch (IOException e) {
      String problem = Files.exists(file) ? "cannot read " + file : "there is no file " + file;
      throw new SourceException(ErrorKind.CONFIGURATION, problem, e);
    }
  }

  static Document parse(String label, String text) {
    String start = text.startsWith("\uFEFF") ? text.substring(1) : text;
    Document document =
        new Document(
            label, start.stripLeading().startsWith("{") ? json(label, start) : yaml(label, start));
    document.check();
    return document;
  }

  private static @Nullable Object json(String label, String text) {
    try (JsonParser json = Trees.FACTORY.createParser(text)) {
      json.nextToken();
      Object tree = JsonTree.read(json);
      if (json.nextToken() != null) {
        throw fault(label + ": the text goes on after the end of its JSON");
      }
      return tree;
    } catch (JacksonException e) {
      String place =
          e.getLocation() == null
              ? label
              : label + ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      throw new SourceException(
          ErrorKind.CONFIGURATION, place + ": bad JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new SourceException(ErrorKind.CONFIGURATION, "cannot read " + label, e);
    }
  }

  private static @Nullable Object yaml(String label, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(label).setCodePointLimit(LONGEST).build();
    try {
      return named(new Load(settings).loadFromString(text), 0);
    } catch (MarkedYamlEngineException e) {
      String place =
          e.getProblemMark()
              .or(e::getContextMark)
              .map(mark -> label + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
              .orElse(label);
      throw new SourceException(
          ErrorKind.CONFIGURATION, place + ": bad YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new SourceException(
          ErrorKind.CONFIGURATION, label + ": bad YAML: " + e.getMessage(), e);
    }
  }

  /** The same with texts as keys: YAML reads {@code 200:} as a number. */
  private static @Nullable Object named(@Nullable Object tree, int depth) {
    if (depth > DEEPEST) {
      throw new YamlEngineException("it is nested too deeply, or in itself");
    }
    if (tree instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      map.forEach((key, value) -> named.put(String.valueOf(key), named(value, depth + 1)));
      return named;
    }
    if (tree instanceof List<?> list) {
      List<@Nullable Object> named = new ArrayList<>();
      list.forEach(each -> named.add(named(each, depth + 1)));
      return named;
    }
    return tree;
  }

  private void check() {
    Node root = root();
    if (root.find("swagger").isPresent()) {
      throw root.fault("this is Swagger " + root.text("swagger").orElse("2") + ", not OpenAPI 3")
          .withHint("Convert it first; swagger2openapi and others do.");
    }
    String version = root.text("openapi").orElse("");
    if (!version.startsWith("3.")) {
      throw root.fault(
              version.isEmpty()
                  ? "this is no OpenAPI document: it lacks 'openapi'"
                  : "OpenAPI " + version + " is not read, 3.0 and 3.1 are")
          .withHint("Give the OpenAPI 3 document of the API.");
    }
    root.require("paths").members();
  }

  Node root() {
    return new Node(this, "#", tree);
  }

  static SourceException fault(String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, problem);
  }
}

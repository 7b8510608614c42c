package dev.quire.rest.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is opened before the first page and closed after the last. */
final class SessionReader {
  private static final String[] REQUEST = {"path", "method", "headers", "parameters", "body"};

  private SessionReader() {}

  static SessionSpec session(Yaml yaml, TableReader reader) {
    Map<String, Yaml> section =
        yaml.section("open", "id", "parameter", "header", "body", "renewed", "close");
    Yaml open = yaml.require(section, "open");
    Map<String, Yaml> opened = open.section(REQUEST);
    return new SessionSpec(
        reader.request(method(opened, List.of("POST", "GET")), open, opened),
        PagingReader.signal(yaml.require(section, "id")),
        PagingReader.place(yaml, section),
        Yaml.find(section, "renewed").map(PagingReader::signal),
        Yaml.find(section, "close").map(each -> close(each, reader)));
  }

  private static SessionSpec.Close close(Yaml yaml, TableReader reader) {
    Map<String, Yaml> section =
        yaml.section("path", "method", "headers", "parameters", "body", "id");
    Yaml id = yaml.require(section, "id");
    return new SessionSpec.Close(
        reader.request(method(section, List.of("DELETE", "POST")), yaml, section),
        PagingReader.place(id, id.section("parameter", "header", "body")));
  }

  /** The first of the choices unless the section says another. */
  private static String method(Map<String, Yaml> section, List<String> choices) {
    Optional<Yaml> method = Yaml.find(section, "method");
    return method.map(each -> each.choice(choices)).orElse(choices.get(0));
  }
}

package dev.quire.rest.openapi;

import dev.quire.rest.probe.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes a spec from an OpenAPI 3 document. Sends nothing. */
public final class OpenApi {
  private final Node root;
  private final StringBuilder out = new StringBuilder();

  private OpenApi(Document document) {
    this.root = document.root();
  }

  /**
   * The spec of the document's lists; what is a guess stands in its comments.
   *
   * @throws dev.quire.spi.SourceException CONFIGURATION with file and place
   */
  public static String spec(Path file) {
    return new OpenApi(Document.read(file)).spec();
  }

  /** As {@link #spec(Path)}. */
  public static String spec(String label, String text) {
    return new OpenApi(Document.parse(label, text)).spec();
  }

  private String spec() {
    Map<String, ListOperation> lists = new LinkedHashMap<>();
    Map<String, Node> paths = root.require("paths").members();
    paths.forEach(
        (path, item) ->
            ListOperation.of(path, item).ifPresent(operation -> lists.put(path, operation)));
    if (lists.isEmpty()) {
      throw root.require("paths")
          .fault("none of the " + paths.size() + " paths has a GET that answers with a list");
    }
    head(lists.size(), paths.size());
    out.append("tables:\n");
    Map<String, String> names = TableNames.of(List.copyOf(lists.keySet()));
    lists.forEach(
        (path, operation) ->
            out.append(new TableText(operation).text(names.getOrDefault(path, path))));
    return out.toString();
  }

  private void head(int lists, int paths) {
    comment(
        "Made from "
            + root.find("info").flatMap(info -> info.text("title")).orElse("an OpenAPI document")
            + ": "
            + String.format(Locale.ROOT, "%,d of %,d paths are lists.", lists, paths));
    comment("Paging, page sizes and filters are read from names; nothing was tried.");
    comment("'quire probe URL' tries a list.");
    auth().forEach(each -> comment("Signing in, for quire.yaml: auth: " + each));
    server()
        .ifPresentOrElse(
            url -> out.append("url: ").append(Words.quoted(url)).append('\n'),
            () -> comment("Unsure: the document names no server; the source needs a 'url'."));
  }

  private void comment(String text) {
    out.append("# ").append(text.replaceAll("\\s+", " ")).append('\n');
  }

  /** The first server that is not relative, with its variables' defaults. */
  private Optional<String> server() {
    for (Node server : root.elements("servers")) {
      String url = server.text("url").orElse("");
      for (Map.Entry<String, Node> variable : server.members("variables").entrySet()) {
        url =
            url.replace(
                "{" + variable.getKey() + "}", variable.getValue().text("default").orElse(""));
      }
      if (url.matches("https?://[^{}\\s]+")) {
        return Optional.of(url);
      }
    }
    return Optional.empty();
  }

  private List<String> auth() {
    List<String> ways = new ArrayList<>();
    root.find("components")
        .map(components -> components.members("securitySchemes"))
        .orElse(Map.of())
        .values()
        .forEach(scheme -> auth(scheme).ifPresent(ways::add));
    return ways.stream().distinct().toList();
  }

  private static Optional<String> auth(Node scheme) {
    return switch (scheme.text("type").orElse("")) {
      case "http" ->
          switch (scheme.text("scheme").orElse("").toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of("{type: bearer, token: \"${env:TOKEN}\"}");
            case "basic" ->
                Optional.of("{type: basic, username: USER, password: \"${env:PASSWORD}\"}");
            default -> Optional.empty();
          };
      case "apiKey" ->
          scheme
              .text("in")
              .filter(place -> place.equals("header") || place.equals("query"))
              .map(
                  place ->
                      "{type: api_key, in: %s, name: %s, value: \"${env:API_KEY}\"}"
                          .formatted(place, Words.quoted(scheme.text("name").orElse("NAME"))));
      case "oauth2" ->
          scheme
              .find("flows")
              .flatMap(flows -> flows.find("clientCredentials"))
              .flatMap(flow -> flow.text("tokenUrl"))
              .map(
                  url ->
                      "{type: oauth2, token_url: %s, client_id: ID, client_secret: \"${env:SECRET}\"}"
                          .formatted(Words.quoted(url)));
      default -> Optional.empty();
    };
  }
}

package dev.quire.rest.paging;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses the Link header field (RFC 8288, appendix B.2). One thread at a time. */
final class LinkFields {
  private final String text;
  private int at;

  private LinkFields(String text) {
    this.text = text;
  }

  /**
   * The target of the first link with a relation type.
   *
   * @param fields the values of all Link headers
   * @param rel compared without case
   */
  static Optional<String> find(List<String> fields, String rel) {
    for (String field : fields) {
      Optional<String> target = new LinkFields(field).find(rel.toLowerCase(Locale.ROOT));
      if (target.isPresent()) {
        return target;
      }
    }
    return Optional.empty();
  }

  private Optional<String> find(String rel) {
    while (at < text.length()) {
      skip(" \t,");
      if (at >= text.length() || text.charAt(at) != '<') {
        return Optional.empty();
      }
      int end = text.indexOf('>', at);
      if (end < 0) {
        return Optional.empty();
      }
      String target = text.substring(at + 1, end).strip();
      at = end + 1;
      if (hasRelation(rel)) {
        return Optional.of(target);
      }
    }
    return Optional.empty();
  }

  /** Reads a link's parameters; only the first {@code rel} counts. */
  private boolean hasRelation(String rel) {
    @Nullable String found = null;
    while (true) {
      skip(" \t");
      if (at >= text.length() || text.charAt(at) != ';') {
        return found != null
            && List.of(found.toLowerCase(Locale.ROOT).split("[ \t]+")).contains(rel);
      }
      at++;
      skip(" \t");
      String name = until("=;, \t").toLowerCase(Locale.ROOT);
      skip(" \t");
      String value = value();
      if (name.equals("rel") && found == null) {
        found = value;
      }
    }
  }

  private String value() {
    if (at >= text.length() || text.charAt(at) != '=') {
      return "";
    }
    at++;
    skip(" \t");
    return at < text.length() && text.charAt(at) == '"' ? quoted() : until(";, \t");
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    at++;
    return value.toString();
  }

  private String until(String stops) {
    int start = at;
    while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skip(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}

package dev.quire.rest.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what a table's answers look like. One thread at a time. */
final class AnswerReader {
  private static final Rows LIST = new Rows(Pointer.ROOT, Rows.Shape.LIST, false);

  private final Map<String, Yaml> section;
  private final Format format;

  AnswerReader(Map<String, Yaml> section, Optional<Yaml> format) {
    this.section = section;
    this.format = format.map(AnswerReader::format).orElse(Format.JSON);
  }

  /**
   * @param top what holds for every table that does not say otherwise
   */
  AnswerSpec read(PagingSpec paging, Map<String, Yaml> top) {
    Optional<Yaml> at = Yaml.find(section, "rows");
    Rows rows = at.map(AnswerReader::rows).orElse(LIST);
    if (!format.hasFrame()) {
      requireNoFrame(at, paging);
    }
    if (format instanceof Format.Xml && rows.at().steps().size() < 2) {
      throw at.or(() -> Yaml.find(section, "path"))
          .orElseThrow()
          .fault("in XML the rows are elements: say with 'rows' which, as /feed/entry");
    }
    return new AnswerSpec(
        format,
        rows,
        Yaml.find(section, "total").map(PagingReader::signal),
        Yaml.find(section, "errors")
            .or(() -> Yaml.find(top, "errors"))
            .map(AnswerReader::errors)
            .orElse(ErrorSpec.NONE),
        Yaml.find(section, "equal_pages").map(Yaml::flag).orElse(false));
  }

  private void requireNoFrame(Optional<Yaml> rows, PagingSpec paging) {
    rows.ifPresent(
        yaml -> {
          throw yaml.fault("each record of this format is a row; leave out 'rows'");
        });
    boolean inBody = paging.signals().stream().anyMatch(Signal.InBody.class::isInstance);
    if (inBody || paging instanceof PagingSpec.TokenObject) {
      throw Yaml.find(section, "paging")
          .or(() -> Yaml.find(section, "path"))
          .orElseThrow()
          .fault(
              "this format has rows alone: only a header or the last row can tell the next page");
    }
  }

  private static Format format(Yaml yaml) {
    List<String> all = List.of("json", "jsonl", "csv", "xml");
    if (!yaml.isSection()) {
      return format(yaml.choice(all), Map.of());
    }
    Map<String, Yaml> whole = yaml.section();
    String type = yaml.require(whole, "type").choice(all);
    return format(
        type,
        type.equals("csv")
            ? yaml.section("type", "delimiter", "header", "open_end")
            : yaml.section("type"));
  }

  private static Format format(String type, Map<String, Yaml> section) {
    return switch (type) {
      case "jsonl" -> new Format.JsonLines();
      case "xml" -> new Format.Xml();
      case "csv" ->
          new Format.Csv(
              Yaml.find(section, "delimiter").map(AnswerReader::delimiter).orElse(','),
              Yaml.find(section, "header").map(Yaml::flag).orElse(true),
              Yaml.find(section, "open_end").map(Yaml::flag).orElse(false));
      default -> Format.JSON;
    };
  }

  private static char delimiter(Yaml yaml) {
    String text = yaml.text();
    if (text.length() != 1 || "\"\r\n".contains(text)) {
      throw yaml.fault("'delimiter' must be one character, and neither a quote nor a line break")
          .withHint("A tab is written \"\\t\".");
    }
    return text.charAt(0);
  }

  private static Rows rows(Yaml yaml) {
    if (!yaml.isSection()) {
      return new Rows(yaml.pointer(), Rows.Shape.LIST, false);
    }
    Map<String, Yaml> section = yaml.section("at", "as", "absent");
    String as =
        Yaml.find(section, "as").map(y -> y.choice(List.of("list", "map", "one"))).orElse("list");
    boolean empty =
        Yaml.find(section, "absent")
            .map(y -> y.choice(List.of("empty", "error")).equals("empty"))
            .orElse(false);
    Pointer at = Yaml.find(section, "at").map(Yaml::pointer).orElse(Pointer.ROOT);
    return new Rows(at, Rows.Shape.valueOf(as.toUpperCase(Locale.ROOT)), empty);
  }

  private static ErrorSpec errors(Yaml yaml) {
    Map<String, Yaml> section = yaml.section("when", "message", "code", "retry");
    List<ErrorSpec.Envelope> envelopes = new ArrayList<>();
    Yaml.find(section, "when")
        .ifPresent(
            when ->
                (when.isList() ? when.list() : List.of(when))
                    .forEach(each -> envelopes.add(envelope(each))));
    Optional<Yaml> retried = Yaml.find(section, "retry");
    Set<String> retry =
        retried.map(Yaml::list).orElse(List.of()).stream()
            .map(Yaml::text)
            .collect(Collectors.toSet());
    if (!retry.isEmpty() && !section.containsKey("code") && !section.containsKey("message")) {
      throw retried
          .orElseThrow()
          .fault(
              "'retry' lists codes, but neither 'code' nor 'message' says where an error has one");
    }
    return new ErrorSpec(
        envelopes,
        Yaml.find(section, "message").map(Yaml::pointer),
        Yaml.find(section, "code").map(Yaml::pointer),
        retry);
  }

  private static ErrorSpec.Envelope envelope(Yaml yaml) {
    if (!yaml.isSection()) {
      return new ErrorSpec.Envelope(yaml.pointer(), Optional.empty(), false);
    }
    Map<String, Yaml> section = yaml.section("at", "is", "is_not");
    Pointer at = yaml.require(section, "at").pointer();
    Optional<String> is = Yaml.find(section, "is").map(Yaml::text);
    Optional<String> isNot = Yaml.find(section, "is_not").map(Yaml::text);
    if (is.isPresent() && isNot.isPresent()) {
      throw yaml.fault("only one of 'is' and 'is_not' can mark an error");
    }
    return new ErrorSpec.Envelope(at, is.or(() -> isNot), isNot.isPresent());
  }
}

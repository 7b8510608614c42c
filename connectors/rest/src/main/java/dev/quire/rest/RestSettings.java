package dev.quire.rest;

import dev.quire.http.HttpDoor;
import dev.quire.rest.spec.ShippedSpecs;
import dev.quire.rest.spec.Spec;
import dev.quire.rest.spec.SpecReader;
import dev.quire.spi.Property;
import dev.quire.spi.SourceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The configuration of one REST source. Immutable.
 *
 * @param source its name
 * @param root the API's base URL
 * @param pageSize rows wanted per page
 */
record RestSettings(String source, String root, Spec spec, OptionalInt pageSize) {

  private static final Property URL =
      Property.of(
          "url",
          Property.Kind.URL,
          "The API's base URL; credentials go to its origin alone. Default: the spec's.");
  private static final Property SPEC =
      Property.of(
              "spec",
              Property.Kind.TEXT,
              "The file that describes the API, or the name of a spec that Quire brings.")
          .withRequired();
  private static final Property PAGE_SIZE =
      Property.of(
          "page_size",
          Property.Kind.INTEGER,
          "Rows wanted per page. Default: what the spec says, else the most that the API gives.");

  static List<Property> properties() {
    List<Property> all = new ArrayList<>(List.of(SPEC, URL));
    HttpDoor.properties().stream()
        .filter(property -> !property.name().equals(URL.name()))
        .forEach(all::add);
    all.add(2, PAGE_SIZE);
    return List.copyOf(all);
  }

  static RestSettings of(SourceConfig config) {
    String named = config.require(SPEC.name());
    Spec spec =
        ShippedSpecs.find(named.strip())
            .orElseGet(() -> SpecReader.read(config.resolve(SPEC.name(), named)));
    String root =
        config
            .find(URL.name())
            .or(spec::url)
            .orElseThrow(
                () ->
                    config.fault(
                        URL.name(),
                        "source '" + config.name() + "' needs the key 'url': the spec has none"));
    return new RestSettings(config.name(), root, spec, pageSize(config));
  }

  private static OptionalInt pageSize(SourceConfig config) {
    if (!config.has(PAGE_SIZE.name())) {
      return OptionalInt.empty();
    }
    String text = config.require(PAGE_SIZE.name());
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw config.fault(PAGE_SIZE.name(), "'page_size' must be a number from 1");
    }
    return OptionalInt.of(Integer.parseInt(text));
  }
}

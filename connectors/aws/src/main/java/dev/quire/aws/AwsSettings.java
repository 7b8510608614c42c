package dev.quire.aws;

import dev.quire.aws.access.Access;
import dev.quire.aws.catalogue.Catalogue;
import dev.quire.http.HttpDoor;
import dev.quire.spi.Property;
import dev.quire.spi.SourceConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The configuration of one AWS source. Immutable.
 *
 * @param services those that are schemas; empty for all
 * @param pageSize rows wanted per page
 * @param catalogue a file of the user's own
 */
record AwsSettings(
    Access access, List<String> services, OptionalInt pageSize, Optional<Path> catalogue) {

  private static final Property SERVICES =
      Property.of(
          "services",
          Property.Kind.LIST,
          "The services to show, as glue, s3, cognito_idp; any other can be named all the same."
              + " Default: all.");
  private static final Property PAGE_SIZE =
      Property.of(
          "page_size",
          Property.Kind.INTEGER,
          "Rows to ask for per page, within what an operation allows. Default: the most that it"
              + " allows.");

  private static final Property CATALOGUE =
      Property.of(
          "catalogue",
          Property.Kind.TEXT,
          "A file made by 'quire aws update-catalogue', for services that are newer than Quire."
              + " Default: the catalogue that comes with Quire.");

  AwsSettings {
    services = List.copyOf(services);
  }

  /** Every key that an AWS source understands. */
  static List<Property> properties() {
    List<Property> all = new ArrayList<>(Access.properties());
    all.add(SERVICES);
    all.add(PAGE_SIZE);
    all.add(CATALOGUE);
    HttpDoor.properties().stream()
        .filter(property -> property.name().startsWith("http."))
        .forEach(all::add);
    return List.copyOf(all);
  }

  static AwsSettings of(SourceConfig config) {
    return new AwsSettings(
        Access.of(config),
        services(config),
        pageSize(config),
        config.find(CATALOGUE.name()).map(path -> config.resolve(CATALOGUE.name(), path)));
  }

  private static List<String> services(SourceConfig config) {
    List<String> services = new ArrayList<>();
    for (String name : config.find(SERVICES.name()).orElse("").split(",")) {
      if (!name.isBlank()) {
        services.add(name.strip().replace('_', '-'));
      }
    }
    return services;
  }

  private static OptionalInt pageSize(SourceConfig config) {
    String text = config.find(PAGE_SIZE.name()).map(String::strip).orElse("");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw config.fault(PAGE_SIZE.name(), "page_size must be a whole number above 0");
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  /** Reads the catalogue. */
  Catalogue openCatalogue() {
    return catalogue.map(Catalogue::read).orElseGet(Catalogue::bundled);
  }

  String source() {
    return access.config().name();
  }
}

package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.odata.metadata.DisplayTexts;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Protocol;
import dev.quire.odata.profile.Aggregates;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.Durations;
import dev.quire.spi.Property;
import dev.quire.spi.SourceConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The configuration of one OData source. Immutable.
 *
 * @param source its name
 * @param root service root, without a slash at its end and without a query
 * @param rootQuery what the configured URL has after its question mark; sent with every request
 *     that is not a next link
 * @param pageSize rows wanted per page
 * @param protocol what the service speaks; empty where its metadata document shall say it
 * @param metadata where the metadata document is read instead of at the service: a file or a URL
 * @param metadataCache how long a copy of the metadata document is used unasked; empty if none is
 *     kept
 * @param displayTexts the columns that tables have beside their properties
 */
record ODataSettings(
    String source,
    String root,
    String rootQuery,
    Profile profile,
    OptionalInt pageSize,
    Optional<Protocol> protocol,
    Optional<String> metadata,
    Optional<Duration> metadataCache,
    DisplayTexts displayTexts) {

  private static final Property URL =
      Property.of(
          "url",
          Property.Kind.URL,
          "The service root; credentials go to its origin alone. Default: the profile's own, if it"
              + " has one; else it must be given.");
  private static final Property PROFILE =
      Property.choice("profile", Profile.names(), "The vendor whose ways the service has.")
          .withDefault("none");
  private static final Property PAGE_SIZE =
      Property.of(
          "page_size",
          Property.Kind.INTEGER,
          "Rows to ask for per page; the service may send fewer. Default: the profile's own.");
  private static final Property METADATA =
      Property.of(
          "metadata",
          Property.Kind.TEXT,
          "A file or URL to read $metadata from instead of the service.");
  private static final Property METADATA_CACHE =
      Property.of(
              "metadata_cache",
              Property.Kind.TEXT,
              "How long the copy of $metadata in the user's cache is used without asking the"
                  + " service, as 1h or 1d. With 0s only a service that sends an ETag is asked"
                  + " whether the copy is still right; off keeps none.")
          .withDefault("0s");
  private static final Property VERSION =
      Property.choice(
          "version",
          Protocol.versions(),
          "The OData version to speak. Default: what $metadata says, never more than 4.0.");
  private static final Property STRINGS =
      Property.choice(
              "strings",
              List.of("lenient", "exact"),
              "How the service compares text: exact only if it tells case and trailing blanks"
                  + " apart.")
          .withDefault("lenient");
  private static final Property FORMATTED_VALUES =
      Property.of(
              "formatted_values",
              Property.Kind.BOOLEAN,
              "Whether SELECT * has the columns *_formatted and *_logicalname too (profile"
                  + " dataverse).")
          .withDefault("false");

  /** Every key that an OData source understands. */
  static List<Property> properties() {
    List<Property> all = new ArrayList<>();
    HttpDoor.properties().stream()
        .map(property -> property.name().equals(URL.name()) ? URL : property)
        .forEach(all::add);
    all.addAll(
        List.of(PROFILE, PAGE_SIZE, METADATA, METADATA_CACHE, VERSION, STRINGS, FORMATTED_VALUES));
    return List.copyOf(all);
  }

  /** The configuration with the profile's own URL if it has none. */
  static SourceConfig complete(SourceConfig config) {
    return profile(config).url().map(url -> config.withDefault(URL.name(), url)).orElse(config);
  }

  static ODataSettings of(SourceConfig config) {
    String url = config.require(URL.name()).strip();
    int hash = url.indexOf('#');
    url = hash < 0 ? url : url.substring(0, hash);
    int question = url.indexOf('?');
    String query = question < 0 ? "" : url.substring(question + 1);
    String root = withoutMetadata(question < 0 ? url : url.substring(0, question));
    Profile profile = profile(config);
    return new ODataSettings(
        config.name(),
        root,
        query,
        profile,
        pageSize(config),
        protocol(config),
        config
            .find(METADATA.name())
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(place -> isUrl(place) ? place : config.resolve("metadata", place).toString()),
        metadataCache(config),
        displayTexts(config, profile));
  }

  private static Optional<Duration> metadataCache(SourceConfig config) {
    String text = config.find(METADATA_CACHE.name()).map(String::strip).orElse("0s");
    if (text.equals("off")) {
      return Optional.empty();
    }
    return Optional.of(
        Durations.parse(text)
            .orElseThrow(
                () ->
                    config.fault(
                        METADATA_CACHE.name(),
                        "metadata_cache is '" + text + "', and must be a time, as 1h, or off")));
  }

  private static DisplayTexts displayTexts(SourceConfig config, Profile profile) {
    String shown = config.find(FORMATTED_VALUES.name()).map(String::strip).orElse("false");
    if (!shown.equals("true") && !shown.equals("false")) {
      throw config.fault(
          FORMATTED_VALUES.name(),
          "formatted_values is '" + shown + "', and must be true or false");
    }
    if (!profile.extras().displayTexts()) {
      return DisplayTexts.NONE;
    }
    return shown.equals("true") ? DisplayTexts.SHOWN : DisplayTexts.HIDDEN;
  }

  /** Whether metadata is fetched; a drive letter is no scheme. */
  static boolean isUrl(String place) {
    return place.startsWith("http:") || place.startsWith("https:");
  }

  /** The root's own URL is also understood with the slash or the document that people paste. */
  private static String withoutMetadata(String url) {
    String root = url.endsWith("/$metadata") ? url.substring(0, url.length() - 10) : url;
    while (root.endsWith("/")) {
      root = root.substring(0, root.length() - 1);
    }
    return root;
  }

  private static Profile profile(SourceConfig config) {
    Profile profile = Profile.find(choice(config, PROFILE)).orElseThrow();
    return choice(config, STRINGS).equals("exact")
        ? profile.withStrings(Profile.Strings.EXACT)
        : profile;
  }

  private static OptionalInt pageSize(SourceConfig config) {
    Optional<String> text = config.find(PAGE_SIZE.name()).map(String::strip);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int rows = Integer.parseInt(text.get());
      if (rows > 0) {
        return OptionalInt.of(rows);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw config.fault(
        PAGE_SIZE.name(), "page_size is '" + text.get() + "', and must be a whole number above 0");
  }

  private static Optional<Protocol> protocol(SourceConfig config) {
    return config
        .find(VERSION.name())
        .flatMap(version -> Protocol.find(choice(config, VERSION, version)));
  }

  private static String choice(SourceConfig config, Property property) {
    String absent = property.defaultValue().orElseThrow();
    return choice(config, property, config.find(property.name()).orElse(absent));
  }

  private static String choice(SourceConfig config, Property property, String value) {
    if (!property.choices().contains(value)) {
      throw config.fault(
          property.name(),
          property.name()
              + " is '"
              + value
              + "', and must be one of "
              + String.join(", ", property.choices()));
    }
    return value;
  }

  /** A URL of the service: its path below the root, and options that are encoded already. */
  String url(String path, String options) {
    String query =
        rootQuery.isEmpty() ? options : options.isEmpty() ? rootQuery : rootQuery + "&" + options;
    return root + "/" + path + (query.isEmpty() ? "" : "?" + query);
  }

  /** The page size of a scan that wants {@code wanted}, within what the service allows. */
  OptionalInt pageSize(OptionalInt wanted) {
    return profile.pageSize(wanted.isPresent() ? wanted : pageSize);
  }

  /** How the service aggregates a table; empty if it does not. */
  Optional<Aggregates> aggregates(EntityTable table) {
    return table.singleton()
        ? Optional.empty()
        : profile
            .aggregates()
            .or(
                () ->
                    table.capabilities().aggregates()
                        ? Optional.of(Aggregates.DECLARED)
                        : Optional.empty());
  }
}

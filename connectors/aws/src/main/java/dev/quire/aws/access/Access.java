package dev.quire.aws.access;

import dev.quire.spi.Property;
import dev.quire.spi.SourceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration of a source says about who asks and where. Immutable; secrets are looked
 * up anew each time they are needed.
 *
 * @param regions where to ask; empty for the region that the environment or the profile names
 * @param accounts roles to assume, one after the other; empty for the credentials themselves
 * @param endpoint asked instead of AWS, without a slash at its end
 */
public record Access(
    SourceConfig config,
    List<String> regions,
    List<String> accounts,
    Optional<String> endpoint,
    boolean fips,
    boolean dualStack) {

  static final Property REGION =
      Property.of(
          "region",
          Property.Kind.TEXT,
          "The region to ask. Default: what the environment (AWS_REGION) or the profile says.");
  static final Property REGIONS =
      Property.of(
          "regions",
          Property.Kind.LIST,
          "Several regions to ask, one after the other; the column region tells them apart.");
  static final Property ACCOUNTS =
      Property.of(
          "accounts",
          Property.Kind.LIST,
          "ARNs of roles in several accounts, assumed one after the other; the column account tells"
              + " them apart.");
  static final Property ENDPOINT =
      Property.of(
          "endpoint",
          Property.Kind.URL,
          "A URL to ask instead of AWS, for emulators and gateways.");
  static final Property FIPS =
      flag("fips", "Whether to use the endpoints with FIPS 140 cryptography.");
  static final Property DUAL_STACK =
      flag("dual_stack", "Whether to use the endpoints that have IPv6 addresses, too.");
  static final Property CREDENTIALS =
      Property.choice(
              "credentials",
              List.of("default", "anonymous"),
              "Where credentials come from if neither keys nor a profile are given: the SDK's default"
                  + " chain, or none at all, for what is public.")
          .withDefault("default");
  static final Property KEY_ID =
      Property.of(
          "credentials.access_key_id", Property.Kind.TEXT, "The id of an access key to sign with.");
  static final Property SECRET_KEY =
      Property.of("credentials.secret_access_key", Property.Kind.SECRET, "The access key itself.");
  static final Property SESSION_TOKEN =
      Property.of(
          "credentials.session_token",
          Property.Kind.SECRET,
          "What belongs to a temporary access key.");
  static final Property PROFILE =
      Property.of(
          "profile",
          Property.Kind.TEXT,
          "The profile of ~/.aws/config to take credentials and region from: keys, SSO, a role or a"
              + " process.");
  static final Property ROLE =
      Property.of(
          "role", Property.Kind.TEXT, "The ARN of a role to assume with these credentials.");
  static final Property EXTERNAL_ID =
      Property.of(
          "external_id",
          Property.Kind.TEXT,
          "What the roles' owner wants to hear with role or accounts.");
  static final Property SESSION_NAME =
      Property.of(
              "session_name",
              Property.Kind.TEXT,
              "How an assumed role's session is called in logs.")
          .withDefault("quire");

  public Access {
    regions = List.copyOf(regions);
    accounts = List.copyOf(accounts);
  }

  private static Property flag(String name, String description) {
    return Property.of(name, Property.Kind.BOOLEAN, description).withDefault("false");
  }

  /** The keys that are read here. */
  public static List<Property> properties() {
    return List.of(
        REGION,
        REGIONS,
        ACCOUNTS,
        PROFILE,
        ROLE,
        EXTERNAL_ID,
        SESSION_NAME,
        CREDENTIALS,
        KEY_ID,
        SECRET_KEY,
        SESSION_TOKEN,
        ENDPOINT,
        FIPS,
        DUAL_STACK);
  }

  /**
   * @throws dev.quire.spi.SourceException CONFIGURATION when keys contradict each other or a value
   *     cannot be used
   */
  public static Access of(SourceConfig config) {
    List<String> regions = list(config, REGIONS);
    if (!regions.isEmpty() && config.has(REGION.name())) {
      throw config.fault(REGIONS.name(), "give region or regions, not both");
    }
    config.find(REGION.name()).map(String::strip).ifPresent(regions::add);
    for (String region : regions) {
      if (!region.matches("[a-z0-9-]{2,40}")) {
        throw config.fault(
            config.has(REGION.name()) ? REGION.name() : REGIONS.name(),
            "'" + region + "' is no region, as eu-central-1");
      }
    }
    check(config);
    return new Access(
        config,
        regions,
        list(config, ACCOUNTS),
        config.find(ENDPOINT.name()).map(url -> endpoint(config, url)),
        isSet(config, FIPS),
        isSet(config, DUAL_STACK));
  }

  private static List<String> list(SourceConfig config, Property property) {
    List<String> values = new ArrayList<>();
    for (String part : config.find(property.name()).orElse("").split(",")) {
      if (!part.isBlank()) {
        values.add(part.strip());
      }
    }
    return values;
  }

  private static void check(SourceConfig config) {
    boolean keyed = config.has(KEY_ID.name()) || config.has(SECRET_KEY.name());
    if (config.has(KEY_ID.name()) != config.has(SECRET_KEY.name())) {
      Property given = config.has(KEY_ID.name()) ? KEY_ID : SECRET_KEY;
      Property missing = given == KEY_ID ? SECRET_KEY : KEY_ID;
      throw config.fault(given.name(), given.name() + " needs " + missing.name());
    }
    if (keyed && config.has(PROFILE.name())) {
      throw config.fault(PROFILE.name(), "give keys under credentials, or a profile, not both");
    }
    if (config.has(ROLE.name()) && config.has(ACCOUNTS.name())) {
      throw config.fault(ROLE.name(), "give role or accounts, not both");
    }
    config
        .find(CREDENTIALS.name())
        .filter(value -> !CREDENTIALS.choices().contains(value))
        .ifPresent(
            value -> {
              throw config.fault(
                  CREDENTIALS.name(),
                  "credentials is none of " + String.join(", ", CREDENTIALS.choices()));
            });
  }

  private static boolean isSet(SourceConfig config, Property property) {
    String value = config.find(property.name()).orElse("false").strip();
    if (!value.equals("true") && !value.equals("false")) {
      throw config.fault(property.name(), property.name() + " must be true or false");
    }
    return value.equals("true");
  }

  private static String endpoint(SourceConfig config, String url) {
    String plain = url.strip().replaceFirst("/+$", "");
    if (!plain.matches("(?i)https?://[^/@?#]+(/[^?#]*)?")) {
      throw config.fault(ENDPOINT.name(), "endpoint must be an http or https URL without a query");
    }
    return plain;
  }

  /** The value of a key, if it was given and is not blank. */
  Optional<String> find(Property property) {
    return config.find(property.name()).map(String::strip).filter(text -> !text.isEmpty());
  }

  boolean isAnonymous() {
    return config.find(CREDENTIALS.name()).filter("anonymous"::equals).isPresent();
  }

  /** How accounts are named in the column of that name: the number in the role's ARN. */
  public static String accountOf(String role) {
    String[] parts = role.split(":", -1);
    return parts.length > 4 ? parts[4] : role;
  }
}

package dev.quire.cli;

import dev.quire.engine.config.Configuration;
import dev.quire.spi.Connector;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Nearest;
import dev.quire.spi.Property;
import dev.quire.spi.References;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say with which credentials an API is probed. */
final class ProbeSignIn {
  private static final String AUTH = "auth.";
  private static final String COMMAND_LINE = "--auth";

  @ArgGroup private @Nullable Choice choice;

  /** One of two. */
  private static final class Choice {
    @Option(
        names = "--source",
        paramLabel = "NAME",
        description =
            "A source of the configuration, for its url, auth and http; it may still lack 'spec'.")
    private @Nullable String source;

    @Option(
        names = COMMAND_LINE,
        paramLabel = "KEY=VALUE",
        description =
            "A key of a source's 'auth', as type=bearer; a secret as token=env:VARIABLE or"
                + " token=file:PATH. May be repeated.")
    private List<String> auth = List.of();
  }

  SourceConfig config(Surroundings surroundings, CommonOptions common, Connector connector) {
    String named = choice == null ? null : choice.source;
    return named == null
        ? given(surroundings, connector)
        : configured(named, common.configuration(surroundings), connector);
  }

  private static SourceConfig configured(
      String wanted, Configuration configuration, Connector connector) {
    String name =
        configuration.sources().keySet().stream()
            .filter(wanted::equalsIgnoreCase)
            .findFirst()
            .orElseThrow(
                () ->
                    fault("there is no source '" + wanted + "'")
                        .withHint(
                            Nearest.question(wanted, configuration.sources().keySet())
                                .orElse(
                                    "There are: "
                                        + String.join(", ", configuration.sources().keySet())
                                        + ".")));
    SourceConfig source = java.util.Objects.requireNonNull(configuration.sources().get(name));
    String type = String.valueOf(configuration.types().get(name));
    if (!type.equals(connector.type())) {
      throw fault("source '" + name + "' is of type " + type + "; only rest needs a spec");
    }
    if (!source.has("url") && !source.has("spec")) {
      throw source.fault("url", "source '" + name + "' needs the key 'url'");
    }
    return source;
  }

  private SourceConfig given(Surroundings surroundings, Connector connector) {
    return new SourceConfig(
        "probe",
        keys(connector),
        new References(surroundings.folder(), surroundings.environment()::get),
        key -> COMMAND_LINE);
  }

  private Map<String, String> keys(Connector connector) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String each : choice == null ? List.<String>of() : choice.auth) {
      int equals = each.indexOf('=');
      String key = AUTH + (equals < 0 ? each : each.substring(0, equals)).strip();
      Property property =
          connector.properties().stream()
              .filter(known -> known.name().equals(key))
              .findFirst()
              .orElseThrow(() -> unknown(key, connector));
      if (equals < 0) {
        throw fault(COMMAND_LINE + " is given as KEY=VALUE");
      }
      keys.put(key, value(property, each.substring(equals + 1).strip()));
    }
    return keys;
  }

  /** Everybody on the machine can read arguments, so that a secret is none. */
  private static String value(Property property, String text) {
    boolean secret = property.kind() == Property.Kind.SECRET;
    if (secret && text.matches("(env|file):.+")) {
      return "${" + text + "}";
    }
    if (secret && !text.startsWith("${")) {
      throw fault("'" + property.name() + "' is a secret, which an argument must not hold")
          .withHint("Say where it is: env:VARIABLE or file:PATH.");
    }
    return text;
  }

  private static SourceException unknown(String key, Connector connector) {
    List<String> known =
        connector.properties().stream()
            .map(Property::name)
            .filter(name -> name.startsWith(AUTH))
            .map(name -> name.substring(AUTH.length()))
            .toList();
    String bare = key.substring(AUTH.length());
    return fault(COMMAND_LINE + " does not know '" + bare + "'")
        .withHint(
            Nearest.question(bare, known).orElse("It knows: " + String.join(", ", known) + "."));
  }

  /** How a configuration names the spec, as comments; with references where secrets are. */
  String source() {
    if (choice != null && choice.source != null) {
      return "# In quire.yaml, the source '" + choice.source + "' gets the key 'spec'.\n";
    }
    Map<String, String> auth = new LinkedHashMap<>();
    for (String each : choice == null ? List.<String>of() : choice.auth) {
      int equals = each.indexOf('=');
      String text = each.substring(equals + 1).strip();
      String value = text.matches("(env|file):.+") ? "${" + text + "}" : text;
      auth.put(each.substring(0, equals).strip(), "\"" + value.replace("\"", "\\\"") + "\"");
    }
    String lines =
        "# In quire.yaml:\n#   sources:\n#     api:\n#       type: rest\n#       spec: FILE\n";
    return auth.isEmpty()
        ? lines
        : lines
            + auth.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", ", "#       auth: {", "}\n"));
  }

  private static SourceException fault(String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, problem);
  }
}

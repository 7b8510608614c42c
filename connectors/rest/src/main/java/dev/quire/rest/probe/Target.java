package dev.quire.rest.probe;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import dev.quire.http.Links;
import dev.quire.rest.json.JsonTree;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.ProbeRequest;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be probed. Immutable.
 *
 * @param config with the {@code url} that credentials go to
 * @param root that the spec's path is below
 * @param isOwn whether the root is a configured source's, so that the spec does not name it
 * @param path below the root, as it is in the URL
 * @param secret a parameter that was taken out of the URL
 */
public record Target(
    SourceConfig config,
    String root,
    boolean isOwn,
    String path,
    Map<String, String> parameters,
    Optional<String> secret,
    ProbeRequest request) {
  private static final String URL = "url";

  /**
   * Puts together what was asked for and what is configured.
   *
   * @throws SourceException CONFIGURATION when the two do not fit
   */
  public static Target of(ProbeRequest request, SourceConfig config) {
    Optional<String> own = config.find(URL).map(url -> url.replaceFirst("/+$", ""));
    String url = absolute(request.url(), own);
    int question = url.indexOf('?');
    String place = question < 0 ? url : url.substring(0, question);
    String root = own.map(base -> base.replaceFirst("\\?.*", "")).orElseGet(() -> origin(url));
    if (!place.startsWith(root + "/") && !place.equals(root)) {
      throw fault("the URL is not below the source's, " + root)
          .withHint("Credentials go to the configured URL alone: correct one of the two.");
    }
    Map<String, String> parameters = parameters(question < 0 ? "" : url.substring(question + 1));
    Optional<String> secret = parameters.keySet().stream().filter(Words::isSecret).findFirst();
    SourceConfig complete =
        config
            .withDefault(URL, root)
            .withDefault("http.attempts", "3")
            .withDefault("http.max_body", "64MiB");
    if (secret.isPresent()) {
      complete = withKey(complete, secret.get(), String.valueOf(parameters.remove(secret.get())));
    }
    refuseSecrets(parameters, request.headers());
    return new Target(
        complete,
        own.orElse(root),
        own.isPresent(),
        place.substring(root.length()),
        parameters,
        secret,
        request);
  }

  private static String absolute(String url, Optional<String> own) {
    String clean = url.strip().replaceFirst("#.*", "");
    boolean relative = !clean.contains("://");
    if (relative && own.isEmpty()) {
      throw fault("'" + clean + "' is not a URL")
          .withHint("It begins with https://, or is a path below the URL of --source.");
    }
    String whole =
        relative
            ? own.get().replaceFirst("\\?.*", "") + "/" + clean.replaceFirst("^/+", "")
            : clean;
    try {
      URI uri =
          new URI(whole.replace('[', '_').replace(']', '_').replace('|', '_').replace(' ', '_'));
      if (!String.valueOf(uri.getScheme()).matches("(?i)https?") || uri.getHost() == null) {
        throw fault("'" + clean + "' is not a URL that begins with https:// or http://");
      }
      if (uri.getRawUserInfo() != null) {
        throw fault("the URL holds a user").withHint("Say who you are with --auth.");
      }
    } catch (URISyntaxException e) {
      throw fault("the URL is not one: " + e.getReason());
    }
    return whole;
  }

  private static String origin(String url) {
    return Links.resolve(url, "/").replaceFirst("/$", "");
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        parameters.put(
            decoded(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** A secret in the URL goes on to be sent, and into no spec. */
  private static SourceConfig withKey(SourceConfig config, String name, String value) {
    if (config.has("auth.type")) {
      throw fault("the URL has the secret '" + name + "', and there is 'auth' besides");
    }
    return config
        .withDefault("auth.type", "api_key")
        .withDefault("auth.in", "query")
        .withDefault("auth.name", name)
        .withDefault("auth.value", value.replace("${", "$${"));
  }

  private static void refuseSecrets(Map<String, String> parameters, Map<String, String> headers) {
    parameters.keySet().stream()
        .filter(Words::isSecret)
        .findFirst()
        .ifPresent(
            name -> {
              throw fault("the URL has more than one secret; '" + name + "' is another");
            });
    headers.keySet().stream()
        .filter(Words::isSecret)
        .findFirst()
        .ifPresent(
            name -> {
              throw fault("the header " + name + " is a secret, which a spec must not hold")
                  .withHint("Say who you are with --auth, or with a --source that has 'auth'.");
            });
  }

  Optional<String> rows() {
    return request.rows();
  }

  /** The spec's beginning. */
  Draft draft() {
    Draft draft = new Draft(isOwn ? Optional.empty() : Optional.of(root), path, parameters);
    draft.headers(request.headers());
    if (request.post()) {
      draft.post(request.body().map(Target::tree).orElse(Map.of()));
    }
    secret.ifPresent(
        name ->
            draft.settings(
                "'" + name + "' was left out of the parameters: it is a secret. The source has it:",
                "  auth: {type: api_key, in: query, name: "
                    + Words.quoted(name)
                    + ", value: \"${env:API_KEY}\"}"));
    return draft;
  }

  private static @Nullable Object tree(String body) {
    try (JsonParser json = Trees.FACTORY.createParser(body)) {
      if (json.nextToken() == null) {
        throw fault("--body is empty");
      }
      Object tree = JsonTree.read(json);
      if (json.nextToken() != null) {
        throw fault("--body goes on after the end of its JSON");
      }
      return tree;
    } catch (JacksonException e) {
      throw fault("--body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SourceException fault(String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, problem);
  }
}

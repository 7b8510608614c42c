package dev.quire.cli;

import dev.quire.engine.config.Configuration;
import dev.quire.spi.Connector;
import dev.quire.spi.Property;
import dev.quire.spi.SourceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out what to connect to. Asks where a secret is, never what it is. */
final class SourceInterview {
  private static final Pattern REFERENCE =
      Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*|file:[^{}\\p{Cntrl}]+");
  private static final List<String> SIGN_INS =
      List.of("none", "bearer", "basic", "api_key", "oauth2", "managed_identity");

  private static final String SPECS_OWN = "the spec's own";

  private final Questions questions;
  private final Map<String, Connector> connectors;
  private final Path folder;

  /**
   * @param connectors by type; not empty
   * @param folder of the configuration
   */
  SourceInterview(Questions questions, Map<String, Connector> connectors, Path folder) {
    this.questions = questions;
    this.folder = folder;
    this.connectors = connectors;
  }

  SourceDraft ask() {
    SourceDraft draft =
        new SourceDraft(
            questions.ask(
                "Name of the source, which is its schema in SQL",
                Optional.of("crm"),
                SourceInterview::wrongName));
    List<String> types = List.copyOf(connectors.keySet());
    String type = questions.choose("Type", types, types.contains("odata") ? "odata" : types.get(0));
    draft.put("type", type);
    Connector connector = java.util.Objects.requireNonNull(connectors.get(type));
    find(connector, "profile")
        .filter(profile -> profile.kind() == Property.Kind.CHOICE)
        .ifPresent(
            profile ->
                draft.put(
                    "profile",
                    questions.choose(
                        "Profile, the vendor whose ways the service has",
                        profile.choices(),
                        profile.defaultValue().orElse(profile.choices().get(0)))));
    find(connector, "url").ifPresent(url -> draft.put("url", url(draft, connector)));
    draft.values().remove("url", SPECS_OWN);
    find(connector, "auth.type").ifPresent(kinds -> signIn(draft, kinds));
    if (find(connector, "credentials.access_key_id").isPresent()) {
      aws(draft);
    }
    return draft;
  }

  /** A REST source has a spec, which may bring the URL. */
  private String url(SourceDraft draft, Connector connector) {
    String question = "URL, the root of the service";
    if (find(connector, SpecQuestion.SPEC).isEmpty()) {
      return questions.ask(question, Optional.empty(), SourceInterview::wrongUrl);
    }
    SpecQuestion asking = new SpecQuestion(connector, folder);
    String spec = asking.ask(questions);
    draft.put(SpecQuestion.SPEC, spec);
    return questions.ask(
        question,
        asking.bringsUrl(spec) ? Optional.of(SPECS_OWN) : Optional.empty(),
        SourceInterview::wrongUrl);
  }

  private static Optional<Property> find(Connector connector, String name) {
    return connector.properties().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private void signIn(SourceDraft draft, Property kinds) {
    List<String> known = SIGN_INS.stream().filter(kinds.choices()::contains).toList();
    String kind = questions.choose("How requests are authenticated", known, known.get(0));
    if (!kind.equals("none")) {
      draft.put("auth.type", kind);
    }
    switch (kind) {
      case "bearer" -> secret(draft, "auth.token", "token");
      case "basic" -> {
        text(draft, "auth.username", "User");
        secret(draft, "auth.password", "password");
      }
      case "api_key" -> {
        String place =
            questions.choose("Where the API key is sent", List.of("header", "query"), "header");
        draft.put("auth.in", place);
        text(
            draft,
            "auth.name",
            "Name of that " + place + (place.equals("query") ? " parameter" : ""));
        secret(draft, "auth.value", "key");
      }
      case "oauth2" -> oauth2(draft);
      default -> {} // nothing more is needed
    }
  }

  /** A program signs in with a secret; a person needs none. */
  private void oauth2(SourceDraft draft) {
    String program = "client_credentials";
    String grant =
        questions.choose(
            "Who signs in, a program or a person: elsewhere with a code, or in a browser here",
            List.of(program, "device_code", "authorization_code"),
            program);
    draft.put("auth.grant", grant);
    String issuer =
        questions.ask(
            "Microsoft Entra tenant, or the URL of the token endpoint",
            Optional.empty(),
            SourceInterview::wrongText);
    boolean isUrl = issuer.contains("://");
    draft.put(isUrl ? "auth.token_url" : "auth.tenant", issuer);
    if (isUrl && grant.equals("device_code")) {
      text(draft, "auth.device_url", "URL of the device authorization endpoint");
    } else if (isUrl && grant.equals("authorization_code")) {
      text(draft, "auth.authorize_url", "URL of the page to sign in on");
    }
    text(draft, "auth.client_id", "Client id");
    if (grant.equals(program)) {
      secret(draft, "auth.client_secret", "secret");
    }
    if (isUrl) {
      String none = "none";
      String scope = questions.ask("Scope", Optional.of(none), SourceInterview::wrongText);
      if (!scope.equals(none)) {
        draft.put("auth.scope", scope);
      }
    }
    if (!grant.equals(program)) {
      draft.put(
          "auth.token_cache",
          questions.ask(
              "File beside the configuration that keeps the sign-in for the next start",
              Optional.of(draft.name() + ".token"),
              SourceInterview::wrongText));
    }
  }

  private void aws(SourceDraft draft) {
    draft.put(
        "region", questions.ask("Region", Optional.of("us-east-1"), SourceInterview::wrongText));
    String origin =
        questions.choose(
            "Where credentials come from: the AWS SDK's default chain, a profile, keys, or none",
            List.of("default", "profile", "keys", "anonymous"),
            "default");
    switch (origin) {
      case "profile" -> text(draft, "profile", "Profile of ~/.aws/config");
      case "keys" -> {
        text(draft, "credentials.access_key_id", "Access key id");
        secret(draft, "credentials.secret_access_key", "key");
      }
      case "anonymous" -> draft.put("credentials", origin);
      default -> {} // nothing more is needed
    }
  }

  private void text(SourceDraft draft, String key, String question) {
    draft.put(key, questions.ask(question, Optional.empty(), SourceInterview::wrongText));
  }

  /** The answer may be the secret itself by mistake, so nothing repeats it. */
  private void secret(SourceDraft draft, String key, String what) {
    String variable = draft.name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "");
    String usual =
        "env:" + (variable.isEmpty() ? "QUIRE" : variable) + "_" + what.toUpperCase(Locale.ROOT);
    String reference =
        questions.ask(
            "Where the "
                + what
                + " is found, env:VARIABLE or file:PATH; not the "
                + what
                + " itself",
            Optional.of(usual),
            answer ->
                REFERENCE.matcher(answer).matches()
                    ? Optional.empty()
                    : Optional.of(
                        "Write env: and the name of an environment variable, or file: and a path."
                            + " Nothing was kept of this answer."));
    draft.put(key, "${" + reference + "}");
  }

  private static Optional<String> wrongName(String answer) {
    try {
      Configuration.of(Map.of(answer, Map.of("type", "any")));
      return Optional.empty();
    } catch (SourceException e) {
      return Optional.of(e.problem());
    }
  }

  private static Optional<String> wrongText(String answer) {
    return answer.chars().anyMatch(Character::isISOControl)
        ? Optional.of("It must not hold control characters.")
        : Optional.empty();
  }

  private static Optional<String> wrongUrl(String answer) {
    try {
      URI url = new URI(answer);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (!List.of("http", "https").contains(scheme) || url.getHost() == null) {
        return Optional.of("It must begin with https:// or http:// and name a host.");
      }
      return url.getRawUserInfo() == null
          ? Optional.empty()
          : Optional.of("It must not hold a user or a password; they are asked for below.");
    } catch (URISyntaxException e) {
      return Optional.of("It is not a URL.");
    }
  }
}

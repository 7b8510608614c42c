package dev.quire.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.quire.chain.Verdict;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.testkit.FakeClock;
import dev.quire.thirdparty.Statements.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.MockWebServerWrapper;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Teiid behind signed tokens of a mock-oauth2-server; both go by a clock that the test sets. */
class DyingTokenTest {
  private static final String ISSUER = "crm";
  private static final long LIFE_IN_SECONDS = 60;

  private final AtomicReference<Instant> serverTime =
      new AtomicReference<>(Instant.parse("2026-05-01T00:00:00Z"));
  private final AtomicInteger requests = new AtomicInteger();
  private final List<String> admitted = new ArrayList<>();
  private final OAuth2TokenProvider tokens = new OAuth2TokenProvider(serverTime::get);
  private MockOAuth2Server issuer;
  private TeiidServer server;
  private volatile int diesAfter = Integer.MAX_VALUE;

  @BeforeEach
  void start() throws Exception {
    DefaultOAuth2TokenCallback life =
        new DefaultOAuth2TokenCallback(
            ISSUER, "quire", "JWT", List.of("api"), Map.of(), LIFE_IN_SECONDS);
    issuer =
        new MockOAuth2Server(
            new OAuth2Config(
                false, null, null, true, tokens, Set.of(life), new MockWebServerWrapper()));
    issuer.start(java.net.InetAddress.getLoopbackAddress(), 0);
    server = TeiidServer.start(Views.SCRIPT, this::admits);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    issuer.shutdown();
  }

  /** Checks signature and life; after the chosen number of requests the clock jumps. */
  private synchronized boolean admits(@Nullable String authorization) {
    if (authorization == null || !authorization.startsWith("Bearer ")) {
      return false;
    }
    String text = authorization.substring("Bearer ".length());
    if (requests.incrementAndGet() == diesAfter) {
      serverTime.updateAndGet(now -> now.plusSeconds(LIFE_IN_SECONDS + 1));
    }
    boolean good = isSignedAndAlive(text);
    if (good && !admitted.contains(text)) {
      admitted.add(text);
    }
    return good;
  }

  private boolean isSignedAndAlive(String text) {
    try {
      SignedJWT token = SignedJWT.parse(text);
      return token.verify(
              new RSASSAVerifier(tokens.publicJwkSet(ISSUER).getKeys().get(0).toRSAKey()))
          && token.getJWTClaimsSet().getExpirationTime().toInstant().isAfter(serverTime.get());
    } catch (ParseException | JOSEException e) {
      return false;
    }
  }

  /** Signs in as a user does, by the code flow. */
  private String signIn() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    String issuerUrl = tokenUrl().replaceFirst("/token$", "");
    String form = "client_id=quire&redirect_uri=http://127.0.0.1/back&scope=openid";
    HttpResponse<String> code =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(issuerUrl + "/authorize?response_type=code&state=s&" + form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    String back = code.headers().firstValue("Location").orElseThrow();
    String grant = "grant_type=authorization_code&" + form;
    HttpResponse<String> token =
        client.send(
            HttpRequest.newBuilder(URI.create(tokenUrl()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        grant + "&code=" + back.replaceFirst(".*[?&]code=([^&]*).*", "$1")))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    Matcher refresh =
        Pattern.compile("\"refresh_token\"\\s*:\\s*\"([^\"]+)\"").matcher(token.body());
    assertThat(refresh.find()).as(token.body()).isTrue();
    return refresh.group(1);
  }

  @Test
  void a_rotating_refresh_token_carries_a_scan_and_the_next_process(@TempDir Path folder)
      throws Exception {
    diesAfter = 6;
    String signedIn = signIn();
    for (int i = 0; i < 2; i++) {
      try (Statements shop =
          Statements.over(
              server.url(),
              FakeClock.start().context(),
              "page_size",
              "100",
              "auth.type",
              "oauth2",
              "auth.grant",
              "refresh_token",
              "auth.token_url",
              tokenUrl(),
              "auth.client_id",
              "quire",
              "auth.refresh_token",
              signedIn,
              "auth.token_cache",
              folder.resolve("crm.token").toString())) {
        Answer answer = shop.run("SELECT id FROM shop.sales");

        assertThat(answer.verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(answer.column(0)).hasSize(1_000);
      }
    }
    assertThat(admitted).hasSize(3);
    assertThat(folder.resolve("crm.token")).content().doesNotContain(signedIn);
  }

  private Statements shop(FakeClock clock, String tokenUrl) {
    return Statements.over(
        server.url(),
        clock.context(),
        "page_size",
        "100",
        "auth.type",
        "oauth2",
        "auth.grant",
        "client_credentials",
        "auth.token_url",
        tokenUrl,
        "auth.client_id",
        "quire",
        "auth.client_secret",
        "kept-from-logs",
        "auth.scope",
        "api");
  }

  private String tokenUrl() {
    return "http://127.0.0.1:" + issuer.baseUrl().port() + "/" + ISSUER + "/token";
  }

  @Test
  void a_scan_goes_on_with_a_new_token_when_the_first_dies_half_way() {
    diesAfter = 6;
    try (Statements shop = shop(FakeClock.start(), tokenUrl())) {
      Answer answer = shop.run("SELECT id FROM shop.sales");

      assertThat(answer.column(0)).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
      assertThat(answer.verdict()).isEqualTo(Verdict.COMPLETE);
      assertThat(admitted).hasSize(2);
      assertThat(answer.requests())
          .filteredOn(request -> request.status().orElse(0) == 401)
          .hasSize(1);
    }
  }

  @Test
  void one_token_serves_a_scan_that_it_outlives() {
    try (Statements shop = shop(FakeClock.start(), tokenUrl())) {
      shop.run("SELECT id FROM shop.sales");

      assertThat(admitted).hasSize(1);
    }
  }

  @Test
  void an_issuer_that_knows_no_such_path_is_an_error_without_the_secret() {
    try (Statements shop = shop(FakeClock.start(), tokenUrl() + "/nowhere")) {
      assertThatThrownBy(() -> shop.run("SELECT id FROM shop.sales"))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.kind()).isNotEqualTo(ErrorKind.INTERNAL))
          .hasMessageNotContaining("kept-from-logs");
    }
  }
}

package dev.quire.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.Verdict;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Notice;
import dev.quire.testkit.FakeClock;
import dev.quire.thirdparty.Statements.Answer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import okhttp3.mockwebserver.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Authorization code with PKCE against a mock-oauth2-server, which checks the verifier. */
@Timeout(60)
class SignInTest {
  private static final String ISSUER = "crm";

  @TempDir Path folder;
  private final MockOAuth2Server issuer = new MockOAuth2Server();
  private final List<Notice> notices = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<HttpResponse<String>>> visits = new CopyOnWriteArrayList<>();
  private TeiidServer server;

  @BeforeEach
  void start() throws Exception {
    issuer.start(InetAddress.getLoopbackAddress(), 0);
    server = TeiidServer.start(Views.SCRIPT, SignInTest::isSigned);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    issuer.shutdown();
  }

  private static boolean isSigned(@Nullable String authorization) {
    return authorization != null && authorization.matches("Bearer ey[\\w-]+\\.[\\w-]+\\.[\\w-]+");
  }

  /** A browser whose user is signed in with the issuer already. */
  private void browse(Notice notice) {
    notices.add(notice);
    HttpClient browser =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    URI page = URI.create(notice.page().orElseThrow());
    visits.add(
        browser.sendAsync(
            HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString()));
  }

  private Statements shop() {
    FakeClock clock = FakeClock.start();
    String root = "http://127.0.0.1:" + issuer.baseUrl().port() + "/" + ISSUER;
    return Statements.over(
        server.url(),
        new ConnectorContext(clock, () -> 0.5, this::browse),
        "auth.type",
        "oauth2",
        "auth.grant",
        "authorization_code",
        "auth.authorize_url",
        root + "/authorize",
        "auth.token_url",
        root + "/token",
        "auth.client_id",
        "quire",
        "auth.scope",
        "openid offline_access",
        "auth.token_cache",
        folder.resolve("shop.token").toString());
  }

  @Test
  void a_browser_signs_in_once_and_the_next_start_goes_on_with_the_refresh_token()
      throws Exception {
    for (int i = 0; i < 2; i++) {
      try (Statements shop = shop()) {
        Answer answer = shop.run("SELECT id FROM shop.sales");
        assertThat(answer.verdict()).isEqualTo(Verdict.COMPLETE);
        assertThat(answer.rows()).hasSize(1_000);
      }
    }
    assertThat(notices).hasSize(1);
    assertThat(visits.get(0).get().body()).contains("You can close this window");
    assertThat(folder.resolve("shop.token")).isRegularFile();
    RecordedRequest page = issuer.takeRequest();
    assertThat(page.getPath()).contains("&code_challenge_method=S256");
    String first = issuer.takeRequest().getBody().readUtf8();
    String second = issuer.takeRequest().getBody().readUtf8();
    assertThat(first).startsWith("grant_type=authorization_code&").contains("&code_verifier=");
    assertThat(second).startsWith("grant_type=refresh_token&");
  }
}

package dev.quire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.PageChain;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials: to whom they go, when they are renewed, and that nobody reads them in a message. */
abstract class OriginConformance extends CancelConformance {

  /** How a link can lead elsewhere. */
  enum Elsewhere {
    ANOTHER_PORT {
      @Override
      String url(FakeApi own, FakeApi foreign) {
        return foreign.url("/rows");
      }
    },
    BEHIND_USERINFO {
      @Override
      String url(FakeApi own, FakeApi foreign) {
        return "http://127.0.0.1:" + own.port() + "@127.0.0.1:" + foreign.port() + "/rows";
      }
    },
    WITHOUT_A_SCHEME {
      @Override
      String url(FakeApi own, FakeApi foreign) {
        return "//127.0.0.1:" + foreign.port() + "/rows";
      }
    },
    WITH_BACKSLASHES {
      @Override
      String url(FakeApi own, FakeApi foreign) {
        return "\\\\127.0.0.1:" + foreign.port() + "\\rows";
      }
    },
    ANOTHER_HOST_NAME {
      @Override
      String url(FakeApi own, FakeApi foreign) {
        return "http://localhost:" + own.port() + "/rows";
      }
    },
    ANOTHER_SCHEME {
      @Override
      String url(FakeApi own, FakeApi foreign) {
        return "https://127.0.0.1:" + own.port() + "/rows";
      }
    };

    abstract String url(FakeApi own, FakeApi foreign);
  }

  @ParameterizedTest
  @EnumSource(Elsewhere.class)
  public final void a_next_link_to_another_origin_is_refused_before_a_byte_is_sent(
      Elsewhere where) {
    if (!supports(Ability.NEXT_LINKS)) {
      assertTokenThatLooksLikeLinkIsSentBack(where.url(api, foreign));
      return;
    }
    behaviour = visit -> remote().page(rowsOf(1), Next.url(where.url(api, foreign)));
    PageChain chain = chain();
    SourceException e =
        failure(
            () -> {
              assertNext(chain, rowsOf(1));
              chain.next();
              throw new AssertionError("a foreign link was followed");
            });
    if (where != Elsewhere.WITH_BACKSLASHES || e.kind() != ErrorKind.MALFORMED_RESPONSE) {
      assertThat(e.kind()).as(e.getMessage()).isEqualTo(ErrorKind.FOREIGN_ORIGIN);
    }
    assertThat(rowRequests()).hasSize(1);
    assertThat(foreign.connectionCount()).isZero();
  }

  private void assertTokenThatLooksLikeLinkIsSentBack(String link) {
    strangeToken = link;
    behaviour =
        visit ->
            remote().page(rowsOf(visit.page()), visit.page() == 1 ? Next.token(link) : Next.END);
    readAll(chain());
    assertThat(tokens()).containsExactly("", link);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  public final void a_redirect_to_another_origin_is_refused_before_a_byte_is_sent(int status) {
    behaviour =
        visit -> visit.page() == 2 ? Reply.redirect(status, foreign.url("/rows")) : visit.normal();
    PageChain chain = chain();
    chain.next();
    SourceException e = failureOf(chain);
    assertThat(e.kind()).as(e.getMessage()).isEqualTo(ErrorKind.FOREIGN_ORIGIN);
    assertThat(e).hasMessageContaining(foreign.origin().substring("http://".length()));
    assertThat(rowRequests()).hasSize(2);
    assertThat(foreign.connectionCount()).isZero();
  }

  @Test
  public final void a_redirect_inside_the_origin_keeps_the_credential() {
    behaviour =
        visit ->
            visit.isFirstOf(2)
                ? Reply.redirect(307, rowRequests().get(1).target())
                : visit.normal();
    PageChain chain = chain();
    if (supports(Ability.REDIRECTS)) {
      assertReads(chain, FakeRow.range(1, ROWS));
      assertThat(rowRequests()).hasSize(PAGES + 1);
    } else {
      chain.next();
      failureOf(chain);
      assertThat(rowRequests()).hasSize(2);
    }
  }

  @Test
  public final void redirects_that_lead_in_a_circle_end() {
    behaviour =
        visit ->
            visit.page() == 2 ? Reply.redirect(307, rowRequests().get(1).target()) : visit.normal();
    PageChain chain = chain();
    chain.next();
    failureOf(chain);
    assertThat(rowRequests().size()).isLessThan(50);
  }

  @Test
  public final void every_page_of_the_own_origin_gets_the_credential() {
    readAll(chain());
    for (ReceivedRequest request : rowRequests()) {
      if (supports(Ability.CREDENTIALS)) {
        assertThat(remote().isAuthorized(request, secret)).as(request.toString()).isTrue();
      } else {
        assertThat(request.headers("Authorization")).isEmpty();
      }
    }
  }

  @Test
  public final void a_credential_that_dies_in_mid_scan_is_renewed_once() {
    PageChain chain = chain();
    assertNext(chain, rowsOf(1));
    if (!supports(Ability.CREDENTIALS)) {
      return;
    }
    changeSecret();
    if (supports(Ability.CREDENTIAL_REFRESH)) {
      assertReads(chain, FakeRow.range(PAGE + 1, ROWS));
      assertThat(tokens()).containsExactly("", tokenOf(2), tokenOf(2), tokenOf(3), tokenOf(4));
    } else {
      assertFails(chain, ErrorKind.AUTHENTICATION);
      assertThat(rowRequests()).hasSize(2);
    }
  }

  @Test
  public final void a_credential_that_is_never_accepted_is_tried_twice_at_most() {
    behaviour = visit -> visit.page() == 2 ? Reply.status(401) : visit.normal();
    PageChain chain = chain();
    chain.next();
    assertFails(chain, ErrorKind.AUTHENTICATION);
    assertThat(rowRequests().size()).isLessThanOrEqualTo(3);
  }

  @Test
  public final void a_secret_that_the_service_repeats_is_not_shown() {
    for (Reply answer :
        List.of(
            Reply.json("{\"error\":{\"message\":\"bad token " + secret + "\"}}").withStatus(400),
            Reply.html("<p>who is " + secret + "?</p>"))) {
      behaviour = visit -> answer;
      failureOf(chain());
    }
  }
}

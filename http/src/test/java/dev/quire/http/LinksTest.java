package dev.quire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
  private static final String BASE = "http://h/s/Customers?$top=5#x";

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '~',
      value = {
        "Customers?$skiptoken=5 http://h/s/Customers?$skiptoken=5",
        "?$skiptoken=5 http://h/s/Customers?$skiptoken=5",
        "/t/C?x=%2B%25 http://h/t/C?x=%2B%25",
        "/t/../C http://h/t/../C",
        "../t/./C?a=../b http://h/t/C?a=../b",
        ".. http://h/",
        "C('a:b')?x=1 http://h/s/C('a:b')?x=1",
        "//evil.example/x http://evil.example/x",
        "\\\\evil.example\\x http:\\\\evil.example\\x",
        "https://other/x?y|z https://other/x?y|z",
        "#f http://h/s/Customers?$top=5#f"
      })
  void resolves_as_rfc_3986_says(String link, String expected) {
    assertThat(Links.resolve(BASE, link)).isEqualTo(expected);
  }

  @Test
  void c3_resolves_a_link_against_the_context_url() {
    assertThat(Links.resolve("http://h/s/$metadata#Customers", "Customers?$skiptoken=5"))
        .isEqualTo("http://h/s/Customers?$skiptoken=5");
  }

  @Test
  void resolves_against_a_base_without_a_path() {
    assertThat(Links.resolve("http://h", "a?b")).isEqualTo("http://h/a?b");
    assertThat(Links.resolve("http://h?q=1", "a")).isEqualTo("http://h/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x:", "http:", "http:evil", "mailto:a@b", "https:/x", "http://", "a:?b#c"})
  void a_base_without_an_authority_gives_a_link_that_leads_nowhere(String base) {
    for (String link : new String[] {"next?a=1", "?a=1", "/next", "#f", "..", "//h/x"}) {
      assertThat(Links.resolve(base, link)).endsWith(link.equals("..") ? "/" : link);
    }
  }

  @Test
  void an_empty_link_is_no_page() {
    assertThatThrownBy(() -> Links.resolve(BASE, "")).isInstanceOf(IllegalArgumentException.class);
  }
}

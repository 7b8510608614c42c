package dev.quire.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  private static final Origin API = Origin.find("https://api.example.com/v1").orElseThrow();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com",
        "HTTPS://API.Example.com:443/x",
        "https://api.example.com:/x",
        "https://api.example.com?x",
        "https://api.example.com#x",
        "https:\\\\api.example.com\\x"
      })
  void g6_the_same_origin_in_other_words(String url) {
    assertThat(Origin.find(url)).contains(API);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example.com",
        "https://api.example.com:8443",
        "https://api.example.com.evil.example/",
        "https://evil.example\\@api.example.com/",
        "https://evil.example#@api.example.com/",
        "https://evil.example?@api.example.com/",
        "https://api.example.com./",
        "https:\\\\evil.example\\@api.example.com"
      })
  void other_origins_are_other_origins(String url) {
    assertThat(Origin.find(url)).isNotEmpty().isNotEqualTo(Optional.of(API));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com@evil.example/",
        "https://user:pw@api.example.com/",
        "https://api.example.com%2eevil.example/",
        "https://api.example.com\u3002evil/",
        "https://api.example.com:99999/",
        "https://api.example.com:80:80/",
        "https:/api.example.com/",
        "https:api.example.com/",
        "ftp://api.example.com/",
        "javascript:alert(1)",
        "https://api.example.com:0/",
        "https://api.example.com:65536/",
        "https://api.examp\u212ae.com/",
        "https://api.exam\tple.com/",
        "https://api.example.com\n/",
        "\u212attps://api.example.com/",
        "https://[::1/",
        "https://[::1]evil/",
        "https:///x",
        "https://",
        "",
        "api.example.com"
      })
  void g4_what_is_no_plain_origin_is_none(String url) {
    assertThat(Origin.find(url)).isEmpty();
  }

  @Test
  void letters_that_only_become_ascii_in_lower_case_are_not_ascii() {
    assertThat(Origin.find("https://\u212aube.example")).isEmpty();
  }

  @Test
  void knows_its_port_and_authority() {
    assertThat(API.port()).isEqualTo(443);
    assertThat(API.authority()).isEqualTo("api.example.com");
    Origin six = Origin.find("http://[::1]:8080/x").orElseThrow();
    assertThat(six.authority()).isEqualTo("[::1]:8080");
    assertThat(six.plainHost()).isEqualTo("::1");
    assertThat(six.isLoopback()).isTrue();
    assertThat(API.isLoopback()).isFalse();
  }
}

package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.Property;
import dev.quire.spi.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorConfigTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.connect_timeout | 30 | no duration",
        "http.request_timeout | 0s | no duration",
        "http.attempts | 0 | from 1 to 100",
        "http.attempts | many | from 1 to 100",
        "http.concurrency | -1 | from 1 to 1000",
        "http.max_body | 512 | no size",
        "auth.type | kerberos | none, bearer, basic, api_key, oauth2, managed_identity",
        "auth.type | bearer | needs the key 'auth.token'",
        "auth.type | basic | needs the key 'auth.username'",
        "auth.type | api_key | needs the key 'auth.name'",
        "auth.type | oauth2 | needs the key 'auth.client_id'",
        "auth.token | t | say one of none, bearer"
      })
  void a_wrong_value_names_its_key_and_what_is_right(String key, String value, String says) {
    SourceException fault =
        fault(() -> Doors.open(new FakeTime(), "http://127.0.0.1:1", key, value));
    assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(fault).hasMessageContaining("sources.crm.").hasMessageContaining(says);
  }

  @ParameterizedTest
  @CsvSource({
    "https://u:p4ss@h/x,user information",
    "ftp://h/x,no absolute http or https URL",
    "example.com/api,no absolute http or https URL",
    "https:,no absolute http or https URL"
  })
  void a_url_must_be_an_origin_without_user(String url, String says) {
    SourceException fault = fault(() -> Doors.open(new FakeTime(), url));
    assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(fault).hasMessageContaining(says);
    assertThat(fault.getMessage()).doesNotContain("p4ss");
  }

  @Test
  void a_secret_with_a_line_break_is_refused_and_not_shown() {
    SourceException fault =
        fault(
            () ->
                Doors.open(
                    new FakeTime(), "http://h", "auth.type", "bearer", "auth.token", "a\r\nX: y"));
    assertThat(fault).hasMessageContaining("line break");
    assertThat(fault.getMessage()).doesNotContain("X: y");
  }

  @Test
  void a_token_endpoint_needs_https() {
    SourceException fault =
        fault(
            () ->
                Doors.open(
                    new FakeTime(),
                    "https://h",
                    "auth.type",
                    "oauth2",
                    "auth.client_id",
                    "i",
                    "auth.client_secret",
                    "s",
                    "auth.token_url",
                    "http://login.example.com/token"));
    assertThat(fault).hasMessageContaining("https only");
  }

  @Test
  void every_key_is_described_once() {
    assertThat(HttpDoor.properties()).extracting(Property::name).doesNotHaveDuplicates();
    assertThat(HttpDoor.properties())
        .allSatisfy(p -> assertThat(p.description()).endsWith(".").hasSizeGreaterThan(10));
    assertThat(HttpDoor.properties())
        .filteredOn(Property::isSecret)
        .extracting(Property::name)
        .containsExactly(
            "auth.token",
            "auth.password",
            "auth.value",
            "auth.client_secret",
            "auth.refresh_token",
            "auth.identity_header",
            "http.client_key_password",
            "http.proxy_password");
  }
}

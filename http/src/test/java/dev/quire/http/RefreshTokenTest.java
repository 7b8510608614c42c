package dev.quire.http;

import static dev.quire.http.Doors.fault;
import static dev.quire.http.Doors.fetch;
import static dev.quire.http.StubServer.ok;
import static dev.quire.http.StubServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshTokenTest {
  private static final StubServer.Reply GONE =
      reply(400, "", "{\"error\":\"invalid_grant\",\"error_description\":\"r0/+ is gone\"}");

  @TempDir Path folder;
  private final FakeTime time = new FakeTime();
  private final FakeCall call = new FakeCall();

  private static StubServer.Reply token(String value, String refresh) {
    String more = refresh.isEmpty() ? "" : ",\"refresh_token\":\"" + refresh + "\"";
    return ok("{\"expires_in\":3600,\"access_token\":\"" + value + "\"" + more + "}");
  }

  private HttpDoor door(StubServer api, StubServer tokens, String... more) {
    List<String> config =
        new ArrayList<>(
            List.of(
                "auth.type",
                "oauth2",
                "auth.grant",
                "refresh_token",
                "auth.refresh_token",
                "r0/+",
                "auth.client_id",
                "id",
                "auth.token_url",
                tokens.url() + "/token"));
    config.addAll(List.of(more));
    return Doors.open(time, api.url(), config.toArray(new String[0]));
  }

  private Path cache() {
    return folder.resolve("crm.token");
  }

  private HttpDoor keeping(StubServer api, StubServer tokens, String... more) {
    List<String> config = new ArrayList<>(List.of("auth.token_cache", cache().toString()));
    config.addAll(List.of(more));
    return door(api, tokens, config.toArray(new String[0]));
  }

  private static List<String> sent(StubServer tokens) {
    return tokens.requests().stream()
        .map(r -> r.body().replaceAll(".*&refresh_token=([^&]*).*", "$1"))
        .toList();
  }

  @Test
  void a_public_client_gets_a_token_for_its_refresh_token() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", ""));
        HttpDoor door = door(api, tokens, "auth.scope", "s")) {
      fetch(door, call, api.url());
      assertThat(api.request(0).header("Authorization")).isEqualTo("Bearer t1");
      assertThat(tokens.request(0).body())
          .isEqualTo("grant_type=refresh_token&refresh_token=r0%2F%2B&scope=s&client_id=id");
    }
  }

  @Test
  void a_rotated_refresh_token_is_used_from_then_on() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens =
            StubServer.answering(token("t1", "r1"), token("t2", ""), token("t3", ""));
        HttpDoor door = door(api, tokens, "auth.client_secret", "cl1ent")) {
      for (int i = 0; i < 3; i++) {
        fetch(door, call, api.url());
        time.pass(Duration.ofHours(1));
      }
      assertThat(sent(tokens)).containsExactly("r0%2F%2B", "r1", "r1");
      assertThat(tokens.request(0).body()).endsWith("client_id=id&client_secret=cl1ent");
    }
  }

  @Test
  void a_rotated_refresh_token_outlives_the_process_in_a_file_of_its_owner() throws IOException {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", "r1"), token("t2", "r2"))) {
      for (int i = 0; i < 2; i++) {
        try (HttpDoor door = keeping(api, tokens)) {
          fetch(door, call, api.url());
        }
      }
      assertThat(sent(tokens)).containsExactly("r0%2F%2B", "r1");
      assertThat(Files.readString(cache())).contains("\"r2\"").doesNotContain("r0/+");
      if (Files.getFileStore(cache()).supportsFileAttributeView("posix")) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())))
            .isEqualTo("rw-------");
      }
      assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }
  }

  @Test
  void a_relative_cache_stands_in_the_folder_of_the_configuration() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", "r1"));
        HttpDoor door =
            HttpDoor.open(
                Doors.config(
                        api.url(),
                        "auth.type",
                        "oauth2",
                        "auth.grant",
                        "refresh_token",
                        "auth.refresh_token",
                        "r0",
                        "auth.client_id",
                        "id",
                        "auth.token_url",
                        tokens.url() + "/token",
                        "auth.token_cache",
                        "crm.token")
                    .withFolder(folder),
                new ConnectorContext(time, () -> 0.5))) {
      fetch(door, call, api.url());
      assertThat(cache()).isRegularFile();
    }
  }

  @Test
  void a_newly_configured_refresh_token_goes_before_the_kept_one() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", "r1"), token("t2", "r2"))) {
      try (HttpDoor door = keeping(api, tokens)) {
        fetch(door, call, api.url());
      }
      try (HttpDoor door = keeping(api, tokens, "auth.refresh_token", "n0")) {
        fetch(door, call, api.url());
      }
      assertThat(sent(tokens)).containsExactly("r0%2F%2B", "n0");
    }
  }

  @Test
  void a_token_that_another_process_had_exchanged_is_found_in_the_file() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens =
            StubServer.answering(
                token("t1", "r1"), token("t2", "r2"), token("t3", "r3"), token("t4", "r4"));
        HttpDoor one = keeping(api, tokens);
        HttpDoor other = keeping(api, tokens)) {
      fetch(one, call, api.url());
      fetch(other, call, api.url());
      time.pass(Duration.ofHours(1));
      fetch(one, call, api.url());
      assertThat(sent(tokens)).containsExactly("r0%2F%2B", "r1", "r2");
    }
  }

  @Test
  void a_refused_refresh_token_says_to_sign_in_again_and_is_not_shown() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(GONE);
        HttpDoor door = door(api, tokens)) {
      SourceException fault = fault(door, call, api.url());
      assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
      assertThat(fault)
          .hasMessageContaining("invalid_grant: *** is gone")
          .hasMessageContaining("Sign in again");
      assertThat(tokens.requests()).hasSize(1);
      assertThat(api.connections()).isZero();
      assertThat(call.told()).doesNotContain("r0");
    }
  }

  @Test
  void a_kept_token_that_is_refused_gives_way_to_the_configured_one() {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", "r1"), GONE, token("t2", "r2"))) {
      try (HttpDoor door = keeping(api, tokens)) {
        fetch(door, call, api.url());
      }
      try (HttpDoor door = keeping(api, tokens)) {
        assertThat(fetch(door, call, api.url())).isEqualTo("x");
      }
      assertThat(sent(tokens)).containsExactly("r0%2F%2B", "r1", "r0%2F%2B");
    }
  }

  @Test
  void the_file_of_another_client_is_neither_used_nor_overwritten() throws IOException {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", "r1"))) {
      try (HttpDoor door = keeping(api, tokens)) {
        fetch(door, call, api.url());
      }
      String before = Files.readString(cache());
      try (HttpDoor door = keeping(api, tokens, "auth.client_id", "other")) {
        SourceException fault = fault(door, call, api.url());
        assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION);
        assertThat(fault).hasMessageContaining("another client");
      }
      assertThat(tokens.requests()).hasSize(1);
      assertThat(Files.readString(cache())).isEqualTo(before);
    }
  }

  @Test
  void a_cache_in_no_folder_and_a_cache_that_is_none_are_told_apart() throws IOException {
    try (StubServer api = StubServer.answering(ok("x"));
        StubServer tokens = StubServer.answering(token("t1", "r1"))) {
      String nowhere = folder.resolve("none/crm.token").toString();
      assertThat(fault(() -> door(api, tokens, "auth.token_cache", nowhere)))
          .hasMessageContaining("in a folder that exists");
      Files.writeString(cache(), "not json");
      try (HttpDoor door = keeping(api, tokens)) {
        assertThat(fault(door, call, api.url())).hasMessageContaining("cannot be read");
      }
    }
  }
}

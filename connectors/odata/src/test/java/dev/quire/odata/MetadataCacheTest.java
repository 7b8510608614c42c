package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.StatementContext;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeClock;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataCacheTest {
  private static final String TAG = "W/\"v1\"";

  private final FakeApi api = FakeApi.start();
  private final FakeClock clock = FakeClock.start();
  @TempDir private Path cache;

  @AfterEach
  void close() {
    api.close();
  }

  /** Answers as HTTP wants it: 304 where the tag is the current one. */
  private void serve(String tag, String document) {
    api.on(
        "/s/$metadata",
        request ->
            request.header("If-None-Match").filter(tag::equals).isPresent()
                ? Reply.status(304).withHeader("ETag", tag)
                : Shop.xml(document).withHeader("ETag", tag));
  }

  /** The tables that a new process sees. */
  private int tables(String... settings) {
    Map<String, String> config = new HashMap<>(Map.of("url", api.url("/s")));
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i], settings[i + 1]);
    }
    try (Source source =
        new ODataConnector()
            .open(
                SourceConfig.of("shop", config),
                clock.context().withCache(Optional.of(cache.resolve("quire"))))) {
      return source
          .tables("", new StatementContext(clock, StatementContext.Limits.NONE, report -> {}))
          .size();
    }
  }

  private List<Optional<String>> tagsAsked() {
    return api.requests("/s/$metadata").stream()
        .map((ReceivedRequest request) -> request.header("If-None-Match"))
        .toList();
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void the_second_start_asks_whether_the_copy_is_right_and_gets_no_document() {
    serve(TAG, Shop.metadata());
    assertThat(tables()).isEqualTo(5);
    assertThat(tables()).isEqualTo(5);
    assertThat(tagsAsked()).containsExactly(Optional.empty(), Optional.of(TAG));
  }

  @Test
  void a_changed_document_takes_the_place_of_the_copy() {
    serve(TAG, Shop.metadata());
    tables();
    serve("\"v2\"", Shop.metadata().replaceFirst("(?s)<EntitySet [^>]*Name=\"Nowhere\".*?/>", ""));
    assertThat(tables()).isEqualTo(4);
    assertThat(tables()).isEqualTo(4);
    assertThat(tagsAsked())
        .containsExactly(Optional.empty(), Optional.of(TAG), Optional.of("\"v2\""));
  }

  @Test
  void a_service_without_etags_is_asked_each_time_and_nothing_is_kept() throws IOException {
    api.on("/s/$metadata", request -> Shop.xml(Shop.metadata()));
    tables();
    tables();
    assertThat(tagsAsked()).containsExactly(Optional.empty(), Optional.empty());
    assertThat(copies()).isEmpty();
  }

  @Test
  void a_copy_is_used_unasked_for_as_long_as_wanted() {
    api.on("/s/$metadata", request -> Shop.xml(Shop.metadata()));
    tables("metadata_cache", "1h");
    clock.advance(Duration.ofMinutes(59));
    assertThat(tables("metadata_cache", "1h")).isEqualTo(5);
    assertThat(tagsAsked()).hasSize(1);
    clock.advance(Duration.ofMinutes(2));
    tables("metadata_cache", "1h");
    assertThat(tagsAsked()).hasSize(2);
  }

  @Test
  void off_keeps_no_copy_and_uses_none() throws IOException {
    serve(TAG, Shop.metadata());
    tables("metadata_cache", "off");
    assertThat(copies()).isEmpty();
    tables();
    tables("metadata_cache", "off");
    assertThat(tagsAsked()).containsOnly(Optional.empty());
  }

  @Test
  void a_copy_that_was_cut_or_changed_is_not_used() throws IOException {
    serve(TAG, Shop.metadata());
    tables();
    Path copy = copies().get(0);
    String text = Files.readString(copy);
    Files.writeString(copy, text.substring(0, text.length() - 20));
    assertThat(tables()).isEqualTo(5);
    Files.writeString(copy, text.replace("Customers", "Cuckoos"));
    assertThat(tables()).isEqualTo(5);
    assertThat(tagsAsked()).containsOnly(Optional.empty());
  }

  @Test
  void a_copy_is_its_owners_alone() throws IOException {
    serve(TAG, Shop.metadata());
    tables();
    assertThat(copies())
        .singleElement()
        .satisfies(
            copy ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-------"));
  }

  @Test
  void a_folder_that_cannot_be_written_costs_nothing_but_the_copy() throws IOException {
    serve(TAG, Shop.metadata());
    Files.writeString(cache.resolve("quire"), "a file where the folder should be");
    assertThat(tables()).isEqualTo(5);
    assertThat(tables()).isEqualTo(5);
  }

  @Test
  void an_answer_304_that_nobody_asked_for_is_a_fault() {
    api.on("/s/$metadata", request -> Reply.status(304));
    assertThatThrownBy(this::tables)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("304");
  }

  @Test
  void a_time_without_a_unit_is_refused() {
    assertThatThrownBy(() -> tables("metadata_cache", "3600"))
        .hasMessageContaining("metadata_cache is '3600'");
  }
}

package dev.quire.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.export.ExportCheckpoint.Counts;
import dev.quire.export.ExportCheckpoint.Identity;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointTextTest {
  private static final ExportCheckpoint CHECKPOINT =
      new ExportCheckpoint(
          new Identity(
              "SELECT \"x\"\nFROM t", List.of("crm odata 12"), "csv gzip", List.of("x BIGINT")),
          Optional.of("AQ-_"),
          Position.of(Map.of("bytes", 12_345_678_901L)),
          new Counts(10, 2, 300, 1),
          false);

  @Test
  void what_is_written_is_read() {
    String text = CheckpointText.of(CHECKPOINT);
    assertThat(CheckpointText.parse(text, "here")).isEqualTo(CHECKPOINT);
    assertThat(text).startsWith("{\n").contains("\"quire_checkpoint\" : 1");
  }

  @Test
  void a_cut_or_foreign_text_is_refused() {
    String text = CheckpointText.of(CHECKPOINT);
    for (int length = 0; length < text.length() - 2; length++) {
      String cut = text.substring(0, length);
      assertThatThrownBy(() -> CheckpointText.parse(cut, "x.quire-checkpoint"))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("x.quire-checkpoint is not a checkpoint")
          .hasMessageContaining("--restart");
    }
    assertThatThrownBy(() -> CheckpointText.parse(text.replace("12345678901", "-1"), "x"))
        .isInstanceOf(SourceException.class);
    assertThatThrownBy(() -> CheckpointText.parse("[]", "x")).isInstanceOf(SourceException.class);
  }

  @Test
  void a_newer_one_is_refused_and_an_unknown_key_is_not() {
    String text = CheckpointText.of(CHECKPOINT);
    assertThatThrownBy(
            () -> CheckpointText.parse(text.replace("checkpoint\" : 1", "checkpoint\" : 2"), "x"))
        .hasMessageContaining("newer version");
    assertThat(CheckpointText.parse(text.replaceFirst("\\{\n", "{ \"later\" : [], "), "x").counts())
        .isEqualTo(CHECKPOINT.counts());
  }
}

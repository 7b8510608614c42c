package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PagedTargetTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  private void show(int lines, Pager pager) throws IOException {
    try (PagedTarget target = new PagedTarget(() -> {}, screen, 10, pager)) {
      for (int i = 1; i <= lines; i++) {
        target.stream().write(("line " + i + "\n").getBytes(StandardCharsets.UTF_8));
      }
      target.complete();
    }
  }

  private Pager into(String file) {
    return Pager.of(Map.of("PAGER", "cat > " + folder.resolve(file)));
  }

  @Test
  void what_fits_the_screen_needs_no_pager() throws IOException {
    show(8, into("paged"));
    assertThat(screen.toString(StandardCharsets.UTF_8)).hasLineCount(8);
    assertThat(folder.resolve("paged")).doesNotExist();
  }

  @Test
  void what_does_not_fit_goes_through_the_pager_as_a_whole() throws IOException {
    show(5_000, into("paged"));
    assertThat(screen.size()).isZero();
    assertThat(Files.readAllLines(folder.resolve("paged")))
        .hasSize(5_000)
        .startsWith("line 1")
        .endsWith("line 5000");
  }

  @Test
  void without_a_pager_rows_are_shown_as_they_come() throws IOException {
    show(50, Pager.of(Map.of("PAGER", "")));
    show(50, Pager.of(Map.of("PAGER", "cat")));
    assertThat(screen.toString(StandardCharsets.UTF_8)).hasLineCount(100);
  }

  @Test
  void who_leaves_the_pager_ends_the_statement() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> show(1_000_000, Pager.of(Map.of("PAGER", "true"))))
        .isInstanceOf(ClosedOutputException.class);
  }
}

package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher at the root of the checkout says before there is a Java to run. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "quire").toAbsolutePath().normalize();

  @TempDir Path folder;
  private String output = "";

  private int run(Path launcher, Path javaHome) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "--version");
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }

  @Test
  void a_java_home_without_java_is_named() throws Exception {
    assertThat(run(LAUNCHER, folder)).isEqualTo(2);
    assertThat(output).startsWith("quire: JAVA_HOME is " + folder).contains("JDK 17 or newer");
  }

  /** A checkout that is built, with a Java that says what it was given. */
  private Path builtCheckout() throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        printf 'locale %s, ' "$LC_ALL"
        cat >/dev/null && printf 'input '
        (true 3>&2) && printf 'error '
        """);
    Path launcher = Files.copy(LAUNCHER, folder.resolve("quire"));
    Path target = folder.resolve("cli/target");
    Path known = Files.createDirectories(target.resolve("java" + java));
    Files.writeString(known.resolve("version"), "17\n");
    Files.createFile(target.resolve("quire.built"));
    for (Path script : List.of(java, launcher)) {
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return launcher;
  }

  private String said(String locale, String shellCommand) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", shellCommand, builtCheckout().toString());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("LC_ALL", locale);
    Process process = builder.directory(folder.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said;
  }

  @Test
  void a_locale_without_an_encoding_does_not_cost_the_letters_of_a_statement() throws Exception {
    assertThat(said("C", "\"$0\" query x </dev/null")).startsWith("locale C.UTF-8, ");
  }

  @Test
  void closed_input_and_error_are_opened_for_java() throws Exception {
    assertThat(said("C.UTF-8", "exec \"$0\" query x <&- 2>&-"))
        .isEqualTo("locale C.UTF-8, input error ");
  }

  @Test
  void an_old_java_is_refused_also_through_a_link() throws Exception {
    Path java = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path link = Files.createSymbolicLink(folder.resolve("q"), LAUNCHER);
    int code = run(link, folder.resolve("old"));
    Files.delete(link);
    assertThat(code).isEqualTo(2);
    assertThat(output).contains("is Java 11").contains("Quire needs a JDK 17 or newer");
  }
}

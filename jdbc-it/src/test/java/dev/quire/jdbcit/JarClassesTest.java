package dev.quire.jdbcit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the jar's classes need, as the tools of the JDK that runs the test see it. */
class JarClassesTest {
  private static final int JAVA_17 = 61;

  @Test
  void every_class_is_read_by_java_17_and_none_is_for_a_newer_one_alone() throws IOException {
    try (JarFile jar = new JarFile(DriverJar.path().toFile())) {
      for (JarEntry each : jar.stream().filter(JarClassesTest::isClass).toList()) {
        assertThat(each.getName()).doesNotStartWith("META-INF/versions/");
        try (DataInputStream in = new DataInputStream(jar.getInputStream(each))) {
          in.skipNBytes(6);
          assertThat(in.readUnsignedShort()).as(each.getName()).isLessThanOrEqualTo(JAVA_17);
        }
      }
    }
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class");
  }

  @Test
  void quire_reaches_no_class_that_the_jar_leaves_out_and_no_library_one_that_java_lacks() {
    List<String> missing = jdeps("--multi-release", "base", "--missing-deps");

    assertThat(missing).as("jdeps lists what Calcite would need for more").isNotEmpty();
    assertThat(missing)
        .filteredOn(line -> !line.contains("org.jspecify.annotations"))
        .noneMatch(line -> line.startsWith("dev.quire.") && !line.startsWith("dev.quire.shaded."))
        .noneMatch(line -> line.matches(".*-> javax?\\.(?!annotation).*"));
  }

  /** Guava's alternative to what it uses, where that is missing. */
  @Test
  void nothing_internal_to_a_jdk_is_needed() {
    assertThat(jdeps("--multi-release", "base", "--jdk-internals"))
        .filteredOn(line -> line.startsWith("dev.quire.") && line.contains("JDK internal API"))
        .allMatch(line -> line.contains("AbstractFutureState$UnsafeAtomicHelper"));
  }

  /** The folder is scanned from which the jar was made: in the jar the libraries take minutes. */
  @Test
  void quire_uses_nothing_that_this_java_marks_for_removal() throws Exception {
    Process scan =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jdeprscan").toString(),
                "--for-removal",
                DriverJar.path().resolveSibling("quire-classes").toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines = scan.inputReader(StandardCharsets.UTF_8).lines().toList();

    assertThat(lines).anyMatch(line -> line.startsWith("Directory "));
    assertThat(lines).noneMatch(line -> line.startsWith("class dev/quire/"));
  }

  private static List<String> jdeps(String... options) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    String[] arguments =
        Stream.concat(Stream.of(options), Stream.of(DriverJar.path().toString()))
            .toArray(String[]::new);
    ToolProvider.findFirst("jdeps").orElseThrow().run(printer, printer, arguments);
    return out.toString().lines().map(String::strip).toList();
  }
}

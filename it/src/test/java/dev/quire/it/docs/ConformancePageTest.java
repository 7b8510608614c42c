package dev.quire.it.docs;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/conformance.md names the tests that there are. */
class ConformancePageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test\\.\\w+)`");
  private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");
  private static final Pattern NAMED_AFTER_A_CASE = Pattern.compile("\\w+\\.[a-h]\\d+_.*");

  private static TreeSet<String> named() throws IOException {
    return NAMED
        .matcher(Files.readString(ROOT.resolve("docs/conformance.md")))
        .results()
        .map(match -> match.group(1))
        .collect(toCollection(TreeSet::new));
  }

  /** {@code ClassTest.method} of every test in the repository. */
  private static TreeSet<String> tests() throws IOException {
    TreeSet<String> tests = new TreeSet<>();
    for (Path file : testFiles()) {
      String name = file.getFileName().toString().replace(".java", ".");
      METHOD
          .matcher(Files.readString(file))
          .results()
          .forEach(match -> tests.add(name + match.group(1)));
    }
    return tests;
  }

  private static List<Path> testFiles() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().matches(".*[/\\\\]src[/\\\\].*Test\\.java"))
          .toList();
    }
  }

  @Test
  void every_test_that_it_names_exists() throws IOException {
    assertThat(named()).isNotEmpty().isSubsetOf(tests());
  }

  @Test
  void every_test_that_is_named_after_a_case_is_on_it() throws IOException {
    TreeSet<String> ofCases = tests();
    ofCases.removeIf(test -> !NAMED_AFTER_A_CASE.matcher(test).matches());
    assertThat(ofCases).isNotEmpty().isSubsetOf(named());
  }
}

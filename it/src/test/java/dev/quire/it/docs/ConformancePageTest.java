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

  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-H]\\d*) \\| .*");

  /** Without these nobody can call paging right. */
  private static final List<String> CORE =
      List.of(
          ("A1 A2 A3 A4 A5 A6 A7 A8 A10 A11 A23 B1 B2 B3 B4 B6 B11 B14 C1 C2 C3 C4 C7 C8 C9 C11"
                  + " C12 C13 C15 C16 C19 C24 D1 D2 D3 D4 D5 D7 D8 D10 D14 D18 D22 D25 D34 E1 E3"
                  + " E6 E8 E12 F1 F2 F3 F5 F7 F8 F10 F12 F15 F22 F25 F31 G1 G2 G3 G4 G5 G6 G8 G14"
                  + " H1 H2 H3 H4 H5 H8 H9 H10 H11 H12 H16 H17 H18 H19 H23 H24 H27 H28 H29 H30"
                  + " H31 H33 H37 H38 H40")
              .split(" "));

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

  @Test
  void every_case_of_the_core_has_tests_or_is_said_to_be_missing() throws IOException {
    TreeSet<String> tested = new TreeSet<>();
    TreeSet<String> missing = new TreeSet<>();
    ROW.matcher(Files.readString(ROOT.resolve("docs/conformance.md")))
        .results()
        .forEach(row -> (NAMED.matcher(row.group()).find() ? tested : missing).add(row.group(1)));
    for (String each : CORE) {
      boolean isMissing = missing.contains(each) || missing.contains(each.substring(0, 1));
      assertThat(tested.contains(each)).as(each).isNotEqualTo(isMissing);
    }
  }
}

package dev.quire.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {
  private static JavaClasses product;

  @BeforeAll
  static void read_the_product() {
    product =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.quire");
  }

  @Test
  void every_module_is_looked_at() {
    for (String module :
        new String[] {
          "spi", "chain", "http", "json", "duckdb", "engine", "export", "odata", "aws", "rest",
          "files", "sample", "cli", "jdbc", "testkit"
        }) {
      assertThat(product)
          .as(module)
          .anyMatch(each -> each.getPackageName().startsWith("dev.quire." + module));
    }
  }

  @ParameterizedTest
  @EnumSource(Rules.class)
  void the_product_keeps(Rules rule) {
    rule.rule().check(product);
  }
}

package dev.quire.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.quire.chain.planted.ChainThatKnowsTheEngine;
import dev.quire.duckdb.DuckDbThatKnowsTheEngine;
import dev.quire.engine.planted.EngineThatKnowsAConnector;
import dev.quire.export.planted.ExportThatKnowsTheCommandLine;
import dev.quire.files.planted.FilesThatKnowHttp;
import dev.quire.http.planted.HttpThatKnowsTheChain;
import dev.quire.json.planted.JsonThatKnowsALibrary;
import dev.quire.odata.planted.ConnectorThatKnowsTheEngine;
import dev.quire.sample.planted.ClassWithManyFaults;
import dev.quire.sample.planted.NothingHelper;
import dev.quire.sample.planted.cycle.There;
import dev.quire.spi.planted.SpiThatKnowsALibrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rule that cannot fail guards nothing: each is shown a class that breaks it. */
class PlantedViolationsTest {
  private static final JavaClasses PLANTED =
      new ClassFileImporter()
          .importClasses(
              SpiThatKnowsALibrary.class,
              ChainThatKnowsTheEngine.class,
              HttpThatKnowsTheChain.class,
              JsonThatKnowsALibrary.class,
              ConnectorThatKnowsTheEngine.class,
              DuckDbThatKnowsTheEngine.class,
              EngineThatKnowsAConnector.class,
              ExportThatKnowsTheCommandLine.class,
              FilesThatKnowHttp.class,
              ClassWithManyFaults.class,
              NothingHelper.class,
              There.class);

  @ParameterizedTest
  @EnumSource(Rules.class)
  void a_violation_is_found_by(Rules rule) {
    assertThat(rule.rule().evaluate(PLANTED).hasViolation()).isTrue();
  }
}

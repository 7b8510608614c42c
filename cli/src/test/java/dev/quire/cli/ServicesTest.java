package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.spill.SpillEngine;
import dev.quire.spi.Connector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says of its services itself, so that nobody opens the jars to ask. */
class ServicesTest {
  private static final Path NAMED = Path.of("src/main/resources/META-INF/services");

  @ParameterizedTest
  @ValueSource(classes = {Connector.class, SpillEngine.Provider.class})
  void the_first_jar_names_every_service_and_each_counts_once(Class<?> service) throws IOException {
    List<String> named =
        Files.readAllLines(NAMED.resolve(service.getName())).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();
    List<String> found =
        ServiceLoader.load(service).stream().map(each -> each.type().getName()).toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(found);
  }

  /** Where none is named, every jar is searched for one. */
  @Test
  void who_takes_the_logs_of_libraries_is_on_the_class_path() throws ClassNotFoundException {
    List<String> found =
        ServiceLoader.load(Class.forName("org.slf4j.spi.SLF4JServiceProvider")).stream()
            .map(each -> each.type().getName())
            .toList();
    assertThat(found).containsExactly(Main.LOGS);
  }
}

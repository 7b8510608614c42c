package dev.quire.odata.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.odata.profile.Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model of the shape and size of Microsoft Graph's. */
class GraphModelTest {
  private static final byte[] DOCUMENT = GraphModel.document().getBytes(StandardCharsets.UTF_8);

  private static Model model() throws IOException {
    return MetadataReader.read(new ByteArrayInputStream(DOCUMENT));
  }

  @Test
  void every_set_and_singleton_is_a_table() throws IOException {
    Model model = model();
    assertThat(model.types()).hasSize(GraphModel.ENTITY_TYPES + GraphModel.COMPLEX_TYPES);
    assertThat(model.enums()).hasSize(GraphModel.ENUM_TYPES);
    assertThat(model.sets()).hasSize(GraphModel.SETS + GraphModel.SINGLETONS);
    TableMapper mapper = new TableMapper(model, Profile.GRAPH, DisplayTexts.NONE);
    assertThat(model.sets())
        .allSatisfy(
            set -> {
              EntityTable table = mapper.table(set);
              assertThat(table.schema().columns()).hasSizeGreaterThan(9);
              assertThat(table.schema().key()).containsExactly("id");
            });
  }

  @Test
  void a_table_has_what_its_type_inherits() throws IOException {
    Model model = model();
    EntityTable first = new TableMapper(model).table(model.findSet("things0").orElseThrow());
    assertThat(first.isA("microsoft.graph.directoryObject")).isTrue();
    assertThat(first.schema().columns()).hasSizeGreaterThan(100);
    assertThat(first.requireField("deletedDateTime").kind()).isEqualTo(EdmKind.DATE_TIME_OFFSET);
    assertThat(first.requireField("thing0Property0").column().remarks()).isPresent();
    EntityTable deep = new TableMapper(model).table(model.findSet("things59").orElseThrow());
    assertThat(deep.isA("microsoft.graph.directoryObject")).isFalse();
    assertThat(deep.field("thing1180Property0")).isNotNull();
    assertThat(deep.field("thing236Property0")).isNotNull();
  }

  @Test
  void loading_takes_little_time_and_memory() throws IOException {
    long first = System.nanoTime();
    List<Model> kept = new ArrayList<>(List.of(model()));
    double cold = (System.nanoTime() - first) / 1e6;
    System.gc();
    long before = used();
    long start = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      kept.add(model());
    }
    double warm = (System.nanoTime() - start) / 4e6;
    System.gc();
    double megabytes = (used() - before) / 4e6;
    long mapping = System.nanoTime();
    TableMapper mapper = new TableMapper(kept.get(4));
    int columns = kept.get(4).sets().stream().mapToInt(set -> columns(mapper, set)).sum();
    System.out.printf(
        "Graph-sized model: %.1f MB of XML, %d types, %d tables: %.0f ms cold, %.0f ms warm,"
            + " %.1f MB kept; all %,d columns in %.0f ms%n",
        DOCUMENT.length / 1e6,
        kept.get(4).types().size() + kept.get(4).enums().size(),
        kept.get(4).sets().size(),
        cold,
        warm,
        megabytes,
        columns,
        (System.nanoTime() - mapping) / 1e6);
    assertThat(megabytes).isLessThan(20);
  }

  private static int columns(TableMapper mapper, Model.EntitySetDef set) {
    return mapper.table(set).schema().columns().size();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}

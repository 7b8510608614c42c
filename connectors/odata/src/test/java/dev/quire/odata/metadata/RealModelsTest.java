package dev.quire.odata.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema.Reference;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models of real services, where the folder that holds them is present. */
class RealModelsTest {

  private static Model model(String file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(find(file)))) {
      return MetadataReader.read(in);
    }
  }

  private static Path find(String file) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("shared/data/" + file))) {
      folder = folder.getParent();
    }
    assumeTrue(folder != null, "no folder shared/data with real models");
    return folder.resolve("shared/data/" + file);
  }

  private static EntityTable table(Model model, String set) {
    return new TableMapper(model).table(model.findSet(set).orElseThrow());
  }

  @Test
  void every_set_of_dataverse_is_a_table() throws IOException {
    Model model = model("dataverse-v9.1-metadata.xml");
    assertThat(model.sets()).hasSize(269);
    TableMapper mapper = new TableMapper(model);
    assertThat(model.sets())
        .allSatisfy(set -> assertThat(mapper.table(set).schema().columns()).isNotEmpty());
  }

  @Test
  void reads_dataverse_accounts() throws IOException {
    EntityTable accounts = table(model("dataverse-v9.1-metadata.xml"), "accounts");
    assertThat(accounts.schema().key()).containsExactly("accountid");
    assertThat(accounts.logicalName()).isEqualTo("account");
    assertThat(accounts.requireField("accountid").column())
        .isEqualTo(Column.of("accountid", DataType.UUID).notNull());
    assertThat(accounts.requireField("revenue").column().type()).isEqualTo(DataType.DECIMAL);
    assertThat(accounts.requireField("createdon").column().type()).isEqualTo(DataType.TIMESTAMP_TZ);
    assertThat(accounts.schema().references())
        .contains(
            new Reference(
                    List.of("_primarycontactid_value"),
                    TableName.of("contacts"),
                    List.of("contactid"))
                .withNavigation("primarycontactid"));
  }

  @Test
  void a_binding_to_a_set_that_is_not_declared_is_no_reference() throws IOException {
    Model model = model("dataverse-v9.1-metadata.xml");
    EntityTable accounts = table(model, "accounts");
    assertThat(accounts.schema().references())
        .noneMatch(reference -> reference.target().name().equals("owners"));
    assertThat(accounts.field("_ownerid_value")).isNotNull();
  }

  @Test
  void loading_dataverse_takes_little_time_and_memory() throws IOException {
    List<Model> kept = new ArrayList<>();
    kept.add(model("dataverse-v9.1-metadata.xml"));
    System.gc();
    long before = used();
    long start = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      kept.add(model("dataverse-v9.1-metadata.xml"));
    }
    double millis = (System.nanoTime() - start) / 4e6;
    System.gc();
    double megabytes = (used() - before) / 4e6;
    System.out.printf(
        "Dataverse model: %d sets, %.0f ms warm, %.1f MB kept%n",
        kept.get(4).sets().size(), millis, megabytes);
    assertThat(megabytes).isLessThan(8);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void reads_northwind() throws IOException {
    Model model = model("northwind-metadata.xml");
    assertThat(model.sets()).hasSize(26);
    EntityTable details = table(model, "Order_Details");
    assertThat(details.schema().key()).containsExactly("OrderID", "ProductID");
    assertThat(details.requireField("UnitPrice").column().type())
        .isEqualTo(DataType.decimal(19, 4));
    assertThat(details.schema().references()).hasSize(2);
  }

  @Test
  void reads_trippin() throws IOException {
    Model model = model("trippin-metadata.xml");
    assertThat(model.sets()).hasSize(5);
    EntityTable me = table(model, "Me");
    assertThat(me.singleton()).isTrue();
    assertThat(me.requireField("Emails").column().type()).isEqualTo(DataType.JSON);
    assertThat(me.requireField("Gender").kind()).isEqualTo(EdmKind.ENUM);
    assertThat(table(model, "Airports").requireField("Location").column().type())
        .isEqualTo(DataType.JSON);
  }
}

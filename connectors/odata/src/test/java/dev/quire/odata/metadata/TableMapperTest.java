package dev.quire.odata.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema.Reference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableMapperTest {

  private static Model shop() throws IOException {
    try (InputStream in = TableMapperTest.class.getResourceAsStream("/dev/quire/odata/shop.xml")) {
      return MetadataReader.read(in);
    }
  }

  private static EntityTable table(Model model, String set) {
    return new TableMapper(model).table(model.findSet(set).orElseThrow());
  }

  private static Model read(String declarations) throws IOException {
    String document =
        "<Edmx Version=\"4.01\"><DataServices><Schema Namespace=\"N\" Alias=\"a\">"
            + declarations
            + "</Schema></DataServices></Edmx>";
    return MetadataReader.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
  }

  private static DataType type(EntityTable table, String column) {
    return table.requireField(column).column().type();
  }

  @Test
  void lists_sets_and_singletons_in_the_documents_order() throws IOException {
    assertThat(shop().sets())
        .extracting(Model.EntitySetDef::name)
        .containsExactly("Customers", "Orders", "Nowhere", "Snakes", "Best");
  }

  @Test
  void primitive_types_become_sql_types() throws IOException {
    EntityTable customers = table(shop(), "Customers");
    assertThat(type(customers, "id")).isEqualTo(DataType.INTEGER);
    assertThat(type(customers, "name")).isEqualTo(DataType.varchar(100));
    assertThat(type(customers, "big")).isEqualTo(DataType.BIGINT);
    assertThat(type(customers, "small")).isEqualTo(DataType.SMALLINT);
    assertThat(type(customers, "revenue")).isEqualTo(DataType.DECIMAL);
    assertThat(type(customers, "price")).isEqualTo(DataType.decimal(18, 2));
    assertThat(type(customers, "score")).isEqualTo(DataType.DOUBLE);
    assertThat(type(customers, "ratio")).isEqualTo(DataType.REAL);
    assertThat(type(customers, "active")).isEqualTo(DataType.BOOLEAN);
    assertThat(type(customers, "guid")).isEqualTo(DataType.UUID);
    assertThat(type(customers, "day")).isEqualTo(DataType.DATE);
    assertThat(type(customers, "hour").kind()).isEqualTo(DataType.Kind.TIME);
    assertThat(type(customers, "created"))
        .isEqualTo(new DataType(DataType.Kind.TIMESTAMP_TZ, 7, 0));
    assertThat(type(customers, "span")).isEqualTo(DataType.VARCHAR);
    assertThat(type(customers, "raw").kind()).isEqualTo(DataType.Kind.VARBINARY);
    assertThat(type(customers, "colour")).isEqualTo(DataType.VARCHAR);
  }

  @Test
  void what_is_structured_repeated_or_unknown_becomes_json() throws IOException {
    EntityTable customers = table(shop(), "Customers");
    for (String column : List.of("tags", "loose", "tree", "shape", "unknown", "address.place")) {
      assertThat(type(customers, column)).as(column).isEqualTo(DataType.JSON);
    }
  }

  @Test
  void a_closed_structure_becomes_columns_with_dotted_names() throws IOException {
    EntityTable customers = table(shop(), "Customers");
    assertThat(customers.field("address")).isNull();
    assertThat(type(customers, "address.city")).isEqualTo(DataType.varchar(40));
    assertThat(customers.requireField("address.zip").column().nullable()).isTrue();
    assertThat(customers.requireField("home.zip").column().nullable()).isFalse();
    assertThat(customers.requireField("home.zip").urlPath()).isEqualTo("home/zip");
  }

  @Test
  void a_stream_is_not_a_column() throws IOException {
    assertThat(table(shop(), "Customers").field("photo")).isNull();
  }

  @Test
  void properties_and_key_are_inherited_but_not_from_below() throws IOException {
    EntityTable customers = table(shop(), "Customers");
    assertThat(customers.schema().columns().get(0).name()).isEqualTo("id");
    assertThat(customers.schema().key()).containsExactly("id");
    assertThat(customers.requireField("id").column().nullable()).isFalse();
    assertThat(customers.field("discount")).isNull();
  }

  @Test
  void names_that_differ_in_case_are_both_columns_and_a_repeated_one_is_one() throws IOException {
    EntityTable orders = table(shop(), "Orders");
    assertThat(orders.schema().columns())
        .extracting(Column::name)
        .containsExactly("id", "customer_id", "ghost_id", "ID");
    assertThat(type(orders, "customer_id")).isEqualTo(DataType.INTEGER);
  }

  @Test
  void references_come_from_constraints_and_bindings_that_are_declared() throws IOException {
    assertThat(table(shop(), "Orders").schema().references())
        .containsExactly(
            new Reference(List.of("customer_id"), TableName.of("Customers"), List.of("id"))
                .withNavigation("customer"));
  }

  @Test
  void descriptions_become_remarks() throws IOException {
    EntityTable customers = table(shop(), "Customers");
    assertThat(customers.schema().remarks()).contains("Who buys");
    assertThat(customers.requireField("id").column().remarks()).contains("The number of the row");
    assertThat(customers.requireField("name").column().remarks()).contains("What they are called");
    assertThat(table(shop(), "Orders").schema().remarks()).contains("What they bought");
  }

  @Test
  void a_type_that_derives_from_itself_is_read_once() throws IOException {
    assertThat(table(shop(), "Snakes").schema().columns()).hasSize(1);
  }

  @Test
  void a_set_of_an_undeclared_type_fails_alone() throws IOException {
    Model model = shop();
    assertThatThrownBy(() -> table(model, "Nowhere"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("'Nowhere'")
        .hasMessageContaining("Shop.NotDeclared");
    assertThat(table(model, "Best").singleton()).isTrue();
  }

  @Test
  void an_alias_may_be_used_before_and_after_its_schema() throws IOException {
    Model model =
        read(
            "<EntityType Name=\"E\" BaseType=\"a.B\"><Property Name=\"x\" Type=\"a.D\"/></EntityType>"
                + "<EntityType Name=\"B\"><Property Name=\"y\" Type=\"Edm.String\"/></EntityType>"
                + "<TypeDefinition Name=\"D\" UnderlyingType=\"Edm.Int64\"/>"
                + "<EntityContainer Name=\"C\"><EntitySet Name=\"es\" EntityType=\"a.E\"/>"
                + "</EntityContainer>");
    assertThat(table(model, "es").schema().columns())
        .containsExactly(Column.of("y", DataType.VARCHAR), Column.of("x", DataType.BIGINT));
  }

  @Test
  void nonsense_in_facets_is_ignored() throws IOException {
    Model model =
        read(
            "<EntityType Name=\"E\"><Key><PropertyRef Name=\"gone\"/></Key>"
                + "<Property Name=\"d\" Type=\"Edm.Decimal\" Precision=\"5\" Scale=\"9\"/>"
                + "<Property Name=\"s\" Type=\"Edm.String\" MaxLength=\"max\"/>"
                + "<Property Name=\"f\" Type=\"Edm.Decimal\" Precision=\"9\" Scale=\"floating\"/>"
                + "<Property Name=\"n\"/><Property Type=\"Edm.String\"/></EntityType>"
                + "<EntityContainer Name=\"C\"><EntitySet Name=\"es\" EntityType=\"N.E\"/>"
                + "</EntityContainer>");
    EntityTable table = table(model, "es");
    assertThat(table.schema().key()).isEmpty();
    assertThat(type(table, "d")).isEqualTo(DataType.decimal(5, DataType.UNKNOWN));
    assertThat(type(table, "s")).isEqualTo(DataType.VARCHAR);
    assertThat(type(table, "f")).isEqualTo(DataType.decimal(9, DataType.UNKNOWN));
    assertThat(type(table, "n")).isEqualTo(DataType.JSON);
    assertThat(table.schema().columns()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!ENTITY a \"aaaa\">",
        "<!ENTITY a SYSTEM \"file:///etc/hostname\">",
        "<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;&b;&b;&b;\"><!ENTITY a \"&c;&c;&c;&c;\">",
        "<!ENTITY % p SYSTEM \"file:///etc/hostname\"> %p;"
      })
  void a_document_type_definition_is_not_read(String declarations) {
    String bomb =
        "<!DOCTYPE x ["
            + declarations
            + "]><Edmx Version=\"4.0\"><DataServices><Schema Namespace=\"&a;\"/>"
            + "</DataServices></Edmx>";
    assertThatThrownBy(
            () ->
                MetadataReader.read(
                    new ByteArrayInputStream(bomb.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(SourceException.class);
  }

  @Test
  void types_that_lead_back_to_themselves_end() throws IOException {
    Model model =
        read(
            "<EntityType Name=\"E\" BaseType=\"N.F\"><Property Name=\"c\" Type=\"N.C\"/>"
                + "</EntityType><EntityType Name=\"F\" BaseType=\"N.E\"/>"
                + "<ComplexType Name=\"C\"><Property Name=\"d\" Type=\"N.D\"/></ComplexType>"
                + "<ComplexType Name=\"D\"><Property Name=\"c\" Type=\"N.C\"/></ComplexType>"
                + "<TypeDefinition Name=\"T\" UnderlyingType=\"N.T\"/>"
                + "<EntityContainer Name=\"C\"><EntitySet Name=\"es\" EntityType=\"N.E\"/>"
                + "</EntityContainer>");
    assertThat(type(table(model, "es"), "c.d")).isEqualTo(DataType.JSON);
  }

  @Test
  void names_that_no_language_has_are_carried_as_they_are() throws IOException {
    String name = "a'b\"c.d/e &#9;f";
    String escaped = name.replace("\"", "&quot;").replace("&#9;", "&#x9;");
    Model model =
        read(
            "<EntityType Name=\"E\"><Property Name=\""
                + escaped
                + "\" Type=\"Edm.Int32\"/></EntityType>"
                + "<EntityContainer Name=\"C\"><EntitySet Name=\""
                + escaped
                + "\" EntityType=\"N.E\"/></EntityContainer>");
    String real = name.replace("&#9;", "\t");
    assertThat(type(table(model, real), real)).isEqualTo(DataType.INTEGER);
  }

  @Test
  void xml_that_is_no_metadata_is_named() {
    assertThatThrownBy(
            () ->
                MetadataReader.read(
                    new ByteArrayInputStream("<feed/>".getBytes(StandardCharsets.UTF_8))))
        .hasMessageContaining("<feed>");
  }
}

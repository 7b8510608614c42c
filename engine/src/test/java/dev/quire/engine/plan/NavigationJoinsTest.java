package dev.quire.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.DataType;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import dev.quire.spi.TableSchema.Reference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NavigationJoinsTest {
  private final AdjustableTable contacts = Sample.contacts();
  private PlanOptions options = PlanOptions.at(Sample.NOW);

  private static AdjustableTable accounts() {
    TableSchema schema =
        new TableSchema(
            TableName.of("accounts"),
            List.of(
                Column.of("accountid", DataType.UUID).notNull(),
                Column.of("name", DataType.VARCHAR),
                Column.of("_primary_value", DataType.UUID)),
            List.of("accountid"),
            List.of(
                new Reference(
                        List.of("_primary_value"), TableName.of("contacts"), List.of("contactid"))
                    .withNavigation("primary")),
            Optional.empty());
    return new AdjustableTable(schema, List.of())
        .withRelated(
            Column.of("primary.contactid", DataType.UUID).withTraits(Trait.HIDDEN),
            Column.of("primary.fullname", DataType.VARCHAR).withTraits(Trait.HIDDEN));
  }

  private Plan plan(String sql) {
    FakeSources sources = new FakeSources(new FakeSource("crm", accounts(), contacts));
    return new Planner(sources).plan(sql, options, Sample.context());
  }

  private List<String> places(String sql) {
    return Plans.scans(plan(sql).root()).stream()
        .map(scan -> scan.target().place() + " " + scan.request().columns())
        .toList();
  }

  @Test
  void a_join_along_a_reference_is_one_scan() {
    String from = " FROM crm.accounts a JOIN crm.contacts c ON c.contactid = a._primary_value";
    assertThat(places("SELECT a.name, c.fullname" + from))
        .containsExactly(
            "crm.accounts [name, _primary_value, primary.contactid, primary.fullname]");
    assertThat(plan("SELECT a.name" + from).notes())
        .containsExactly(
            "crm.contacts comes with crm.accounts, along primary, without calls of its own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crm.accounts a LEFT JOIN crm.contacts c ON c.contactid = a._primary_value",
        "crm.contacts c RIGHT JOIN crm.accounts a ON c.contactid = a._primary_value",
      })
  void an_outer_join_keeps_every_row_that_refers(String from) {
    assertThat(places("SELECT a.name, c.fullname FROM " + from))
        .containsExactly("crm.accounts [name, primary.fullname]");
    assertThat(PlanText.operators(plan("SELECT a.name, c.fullname FROM " + from).root()))
        .noneMatch(line -> line.contains("Filter") || line.contains("Join"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.name FROM crm.accounts a JOIN crm.contacts c ON c.contactid = a._primary_value"
            + " WHERE c.fullname = 'Zoe'",
        "SELECT a.name, c.age FROM crm.accounts a JOIN crm.contacts c"
            + " ON c.contactid = a._primary_value",
        "SELECT a.name FROM crm.accounts a JOIN crm.contacts c ON c.contactid = a.accountid",
        "SELECT a.name FROM crm.accounts a JOIN crm.contacts c"
            + " ON c.contactid = a._primary_value AND c.fullname < a.name",
        "SELECT c.fullname FROM crm.accounts a RIGHT JOIN crm.contacts c"
            + " ON c.contactid = a._primary_value",
      })
  void other_joins_read_both_tables(String sql) {
    assertThat(plan(sql).notes()).isEmpty();
    assertThat(places(sql)).anyMatch(place -> place.startsWith("crm.contacts"));
  }

  @Test
  void nothing_is_replaced_without_pushdown() {
    options = options.withPushdown(false);
    assertThat(
            plan("SELECT a.name, c.fullname FROM crm.accounts a"
                    + " LEFT JOIN crm.contacts c ON c.contactid = a._primary_value")
                .notes())
        .isEmpty();
  }

  @Test
  void a_column_that_is_not_listed_is_found_when_it_is_named() {
    assertThat(places("SELECT name, \"PRIMARY.fullname\" FROM crm.accounts"))
        .containsExactly("crm.accounts [name, primary.fullname]");
    assertThat(places("SELECT a.primary.fullname FROM crm.accounts a"))
        .containsExactly("crm.accounts [primary.fullname]");
    assertThat(plan("SELECT * FROM crm.accounts").columns()).hasSize(3);
  }

  @Test
  void a_column_that_was_added_goes_with_any_order() {
    String sql = "SELECT a.name FROM crm.accounts a WHERE a.primary.fullname IS NOT NULL";
    assertThat(plan(sql + " ORDER BY a.accountid").columns()).hasSize(1);
    assertThat(plan(sql + " ORDER BY a.primary.contactid DESC").columns()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "primary.fulname",
        "a.primary.fulname",
        "\"primary.fulname\"",
        "a.primry.fullname"
      })
  void the_nearest_column_of_the_row_referred_to_is_offered(String name) {
    assertThatThrownBy(() -> plan("SELECT " + name + " FROM crm.accounts a"))
        .hasMessageContaining("no column 'prim")
        .hasMessageContaining(". Did you mean 'primary.fullname'?");
  }
}

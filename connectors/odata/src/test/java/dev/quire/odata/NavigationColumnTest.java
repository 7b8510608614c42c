package dev.quire.odata;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.Table;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What rows refer to, as columns of theirs. */
class NavigationColumnTest {
  private static final String NAME = "primarycontactid.fullname";
  private final Crm crm = new Crm();

  @AfterEach
  void close() {
    crm.api.verifyNoUnexpected();
    crm.close();
  }

  private Table wider() {
    return crm.accounts().withColumn(NAME).orElseThrow();
  }

  @Test
  void is_a_hidden_column_only_when_it_is_asked_for() {
    assertThat(crm.accounts().schema().findColumn(NAME)).isEmpty();
    Column column =
        crm.accounts()
            .withColumn("PrimaryContactId.FullName")
            .orElseThrow()
            .schema()
            .findColumn(NAME)
            .orElseThrow();
    assertThat(column.has(Trait.HIDDEN)).isTrue();
    assertThat(column.nullable()).isTrue();
    assertThat(column.type()).isEqualTo(DataType.VARCHAR);
    assertThat(crm.accounts().withColumn("primarycontactid.nothing")).isEmpty();
    assertThat(crm.accounts().withColumn("nothing.fullname")).isEmpty();
    assertThat(crm.accounts().withColumn("name")).isEmpty();
    assertThat(wider().withColumn(NAME)).isEmpty();
  }

  @Test
  void comes_with_the_row_by_expand() {
    crm.api.script(
        Crm.page(
            "{'name':'A','primarycontactid':{'fullname':'Zoe','contactid':'00000000-0000-0000-0000-000000000001'}},"
                + "{'name':'B','primarycontactid':null},{'name':'C'}"));
    assertThat(crm.read(wider(), ScanRequest.of(List.of("name", NAME))))
        .containsExactly(
            new Object[] {"A", "Zoe"}, new Object[] {"B", null}, new Object[] {"C", null});
    assertThat(crm.targets())
        .containsExactly("accounts?$select=name&$expand=primarycontactid($select=fullname)");
  }

  @Test
  void is_read_by_a_table_that_was_not_asked_for_it() {
    crm.api.script(Crm.page("{'primarycontactid':{'fullname':'Zoe'}}"));
    assertThat(crm.readAccounts(NAME)).containsExactly(new Object[] {"Zoe"});
    assertThat(crm.targets())
        .containsExactly("accounts?$select=accountid&$expand=primarycontactid($select=fullname)");
  }

  @Test
  void filters_name_its_path_and_orders_do_not() {
    Expression filter =
        call(
            Function.EQ,
            new ColumnRef(NAME, DataType.VARCHAR),
            new Constant("Zoe", DataType.VARCHAR));
    ScanRequest wanted = ScanRequest.of(List.of("name")).withFilters(List.of(filter));
    Pushdown answer = wider().pushDown(wanted);
    assertThat(answer.filters()).containsExactly(Fidelity.NARROWING);
    crm.api.script(Crm.page(""));
    crm.read(wider(), answer.accepted());
    assertThat(crm.targets())
        .containsExactly("accounts?$select=name&$filter=primarycontactid/fullname%20eq%20'Zoe'");
    ScanRequest sorted =
        ScanRequest.of(List.of("name"))
            .withOrder(List.of(new ScanRequest.SortKey("primarycontactid.birthdate", false, true)));
    assertThat(wider().pushDown(sorted).order()).isEqualTo(Fidelity.NONE);
  }

  @Test
  void groups_by_it_are_made_here() {
    ScanRequest wanted =
        ScanRequest.of(List.of())
            .withAggregation(Optional.of(new Aggregation(List.of(NAME), List.of())));
    assertThat(wider().pushDown(wanted).aggregation()).isEqualTo(Fidelity.NONE);
  }
}

package dev.quire.odata;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.ScanRequest.SortKey;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Dataverse sends beside the values: keys nobody asked for, and texts for people. */
class DisplayTextsTest {
  private static final String FORMATTED = "OData.Community.Display.V1.FormattedValue";
  private static final String LOGICAL_NAME = "Microsoft.Dynamics.CRM.lookuplogicalname";
  private static final String CONTACT = "00000000-0000-0000-0000-0000000000c1";

  private final Crm crm = new Crm();

  @AfterEach
  void close() {
    crm.api.verifyNoUnexpected();
    crm.close();
  }

  private static String texts(String column, String... parts) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < parts.length; i += 2) {
      json.append(i == 0 ? "'" : ",'").append(column).append(parts[i]).append("':");
      json.append(parts[i + 1]);
    }
    return json.append('}').toString();
  }

  @Test
  void a_key_and_a_currency_that_come_unasked_are_not_in_the_rows() {
    crm.api.script(
        Crm.page(
            "{'accountid':'"
                + CONTACT
                + "','revenue':12.50,'_transactioncurrencyid_value':'"
                + CONTACT
                + "'}"));
    List<Object[]> rows = crm.readAccounts("revenue");
    assertThat(crm.targets()).containsExactly("accounts?$select=revenue");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)).hasSize(1);
    assertThat(rows.get(0)[0]).hasToString("12.50");
  }

  @Test
  void numbers_dates_and_lookups_have_texts_that_a_star_leaves_out() {
    List<Column> columns = crm.accounts().schema().columns();
    assertThat(columns.stream().filter(column -> column.has(Trait.HIDDEN)).map(Column::name))
        .containsExactly(
            "revenue_formatted",
            "numberofemployees_formatted",
            "statecode_formatted",
            "createdon_formatted",
            "_primarycontactid_value_formatted",
            "_primarycontactid_value_logicalname",
            "_transactioncurrencyid_value_formatted",
            "_transactioncurrencyid_value_logicalname");
    assertThat(columns.subList(0, 10)).noneMatch(column -> column.has(Trait.HIDDEN));
  }

  @Test
  void a_property_of_the_same_name_wins() {
    Column column = crm.accounts().schema().findColumn("new_score_formatted").orElseThrow();
    assertThat(column.has(Trait.HIDDEN)).isFalse();
    crm.api.script(Crm.page("{'new_score_formatted':'mine'}"));
    assertThat(crm.readAccounts("new_score_formatted")).containsExactly(new Object[] {"mine"});
    assertThat(crm.targets()).containsExactly("accounts?$select=new_score_formatted");
  }

  @Test
  void texts_are_asked_for_with_the_page_size_in_one_header() {
    crm.api.script(
        Crm.page(texts("statecode", "", "0", "@" + FORMATTED, "'Active'") + ",{'statecode':null}"));
    assertThat(crm.readAccounts("statecode_formatted", "statecode"))
        .containsExactly(new Object[] {"Active", 0}, new Object[] {null, null});
    assertThat(crm.targets()).containsExactly("accounts?$select=statecode");
    assertThat(crm.calls().get(0).headers("Prefer"))
        .containsExactly("odata.maxpagesize=5000,odata.include-annotations=\"" + FORMATTED + "\"");
  }

  @Test
  void a_lookup_has_its_name_and_its_table() {
    crm.api.script(
        Crm.page(
            texts(
                "_primarycontactid_value",
                "@" + FORMATTED,
                "'Anna'",
                "@" + LOGICAL_NAME,
                "'contact'",
                "",
                "'" + CONTACT + "'")));
    assertThat(
            crm.readAccounts(
                "_primarycontactid_value_logicalname", "_primarycontactid_value_formatted"))
        .containsExactly(new Object[] {"contact", "Anna"});
    assertThat(crm.targets()).containsExactly("accounts?$select=_primarycontactid_value");
    assertThat(crm.calls().get(0).header("Prefer").orElseThrow())
        .endsWith("odata.include-annotations=\"" + LOGICAL_NAME + "," + FORMATTED + "\"");
  }

  @Test
  void d7_texts_are_asked_for_on_every_page() {
    String link = Crm.ROOT + "/accounts?$skiptoken=2";
    crm.api.script(
        Crm.page(
            texts("statecode", "@" + FORMATTED, "'Active'"),
            "'@odata.nextLink':'" + crm.api.url(link) + "'"),
        Crm.page(texts("statecode", "@" + FORMATTED, "'Inactive'")));
    assertThat(crm.readAccounts("statecode_formatted"))
        .containsExactly(new Object[] {"Active"}, new Object[] {"Inactive"});
    assertThat(crm.calls())
        .extracting(call -> call.header("Prefer"))
        .containsOnly(
            Optional.of("odata.maxpagesize=5000,odata.include-annotations=\"" + FORMATTED + "\""));
  }

  @Test
  void without_texts_no_annotation_is_asked_for() {
    crm.api.script(Crm.page("{'statecode':0}"));
    crm.readAccounts("statecode");
    assertThat(crm.calls().get(0).headers("Prefer")).containsExactly("odata.maxpagesize=5000");
  }

  @Test
  void texts_are_filtered_and_sorted_here() {
    ScanRequest wanted =
        ScanRequest.of(List.of("statecode_formatted"))
            .withFilters(
                List.of(
                    call(
                        Function.EQ,
                        new ColumnRef("statecode_formatted", DataType.VARCHAR),
                        new Constant("Active", DataType.VARCHAR)),
                    call(
                        Function.IS_NOT_NULL,
                        new ColumnRef("statecode_formatted", DataType.VARCHAR)),
                    call(
                        Function.STARTS_WITH,
                        new ColumnRef("statecode_formatted", DataType.VARCHAR),
                        new Constant("A", DataType.VARCHAR))))
            .withOrder(List.of(new SortKey("statecode_formatted", false, true)));
    Pushdown pushdown = crm.accounts().pushDown(wanted);
    assertThat(pushdown.filters()).containsOnly(Fidelity.NONE);
    assertThat(pushdown.order()).isEqualTo(Fidelity.NONE);
  }

  @Test
  void texts_are_grouped_here() {
    try (Crm exact = new Crm("strings", "exact")) {
      ScanRequest wanted =
          ScanRequest.of(List.of())
              .withAggregation(
                  Optional.of(new Aggregation(List.of("statecode_formatted"), List.of())));
      assertThat(exact.accounts().pushDown(wanted).aggregation()).isEqualTo(Fidelity.NONE);
    }
  }

  @Test
  void texts_can_be_part_of_a_star() {
    try (Crm shown = new Crm("formatted_values", "true")) {
      assertThat(shown.accounts().schema().findColumn("statecode_formatted").orElseThrow())
          .matches(column -> !column.has(Trait.HIDDEN));
    }
  }

  @Test
  void neither_true_nor_false_is_refused() {
    assertThatThrownBy(() -> new Crm("formatted_values", "yes"))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("formatted_values is 'yes'");
  }
}

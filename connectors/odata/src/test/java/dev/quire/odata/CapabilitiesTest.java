package dev.quire.odata;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.ScanRequest.Measure;
import dev.quire.spi.ScanRequest.MeasureFunction;
import dev.quire.spi.ScanRequest.SortKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that says in $metadata what it cannot do is not asked for it. */
class CapabilitiesTest {
  private static final String CAPABILITIES = "Org.OData.Capabilities.V1.";
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  /** Annotations of the set of customers, and of the container. */
  private void says(String ofSet, String ofContainer) {
    String apart =
        "<Annotations Target=\"Shop.Container/Customers\">"
            + ofSet
            + "</Annotations><Annotations Target=\"Shop.Container\">"
            + ofContainer
            + "</Annotations><Annotations Target=\"Shop.Container/Orders\">";
    String metadata =
        Shop.metadata().replace("<Annotations Target=\"Shop.Container/Orders\">", apart);
    shop.api.on("/s/$metadata", request -> Shop.xml(metadata));
  }

  private static String term(String name, String inside) {
    return "<Annotation Term=\"" + CAPABILITIES + name + "\">" + inside + "</Annotation>";
  }

  private static String flag(String name, boolean value) {
    return "<Annotation Term=\"" + CAPABILITIES + name + "\" Bool=\"" + value + "\"/>";
  }

  private static String record(String property, String value) {
    return "<Record><PropertyValue Property=\"" + property + "\"" + value + "</Record>";
  }

  private static String paths(String... paths) {
    StringBuilder list = new StringBuilder("><Collection>");
    for (String path : paths) {
      list.append("<PropertyPath>").append(path).append("</PropertyPath>");
    }
    return list.append("</Collection></PropertyValue>").toString();
  }

  private static Expression is(String column, Object value) {
    return call(
        Function.EQ, new ColumnRef(column, DataType.BIGINT), new Constant(value, DataType.BIGINT));
  }

  private Fidelity filter(Expression filter) {
    return shop.customers()
        .pushDown(ScanRequest.of(List.of("id")).withFilters(List.of(filter)))
        .filters()
        .get(0);
  }

  private Fidelity order(String column) {
    return shop.customers()
        .pushDown(
            ScanRequest.of(List.of("id")).withOrder(List.of(new SortKey(column, false, true))))
        .order();
  }

  @Test
  void properties_that_are_not_filtered_or_sorted_by_stay_here() {
    says(
        term("FilterRestrictions", record("NonFilterableProperties", paths("big", "home")))
            + term("SortRestrictions", record("NonSortableProperties", paths("small"))),
        "");
    assertThat(filter(is("big", 5L))).isEqualTo(Fidelity.NONE);
    assertThat(filter(is("home.zip", 5L))).isEqualTo(Fidelity.NONE);
    assertThat(filter(is("id", 5))).isEqualTo(Fidelity.EXACT);
    assertThat(order("small")).isEqualTo(Fidelity.NONE);
    assertThat(order("big")).isEqualTo(Fidelity.EXACT);
  }

  @Test
  void a_set_without_filters_and_orders_is_asked_for_neither() {
    says(
        term("FilterRestrictions", record("Filterable", " Bool=\"false\"/>"))
            + term("SortRestrictions", record("Sortable", "><Bool>false</Bool></PropertyValue>")),
        "");
    assertThat(filter(is("id", 5))).isEqualTo(Fidelity.NONE);
    assertThat(order("id")).isEqualTo(Fidelity.NONE);
  }

  @Test
  void limits_offsets_and_counts_are_done_here_where_the_service_has_none() {
    says(
        flag("SkipSupported", true)
            + term("CountRestrictions", record("Countable", " Bool=\"false\"/>")),
        flag("TopSupported", false) + flag("SkipSupported", false));
    ScanRequest wanted = ScanRequest.of(List.of("id"));
    Pushdown limited =
        shop.customers().pushDown(wanted.withLimit(OptionalLong.of(5)).withOffset(2));
    assertThat(limited.limit()).as("the container's word").isEqualTo(Fidelity.NONE);
    assertThat(limited.offset()).as("the set's own word").isEqualTo(Fidelity.EXACT);
    Pushdown counted =
        shop.customers().pushDown(wanted.withAggregation(Optional.of(Aggregation.countAll())));
    assertThat(counted.aggregation()).isEqualTo(Fidelity.NONE);
    assertThat(shop.customers().estimateRows(wanted, shop.context)).isEmpty();
    assertThat(shop.pages()).isEmpty();
  }

  @Test
  void functions_that_the_service_does_not_list_are_not_called() {
    says(
        "",
        term(
            "FilterFunctions",
            "<Collection><String>startswith</String><String>month</String></Collection>"));
    ColumnRef name = new ColumnRef("name", DataType.VARCHAR);
    Constant text = new Constant("abc", DataType.VARCHAR);
    assertThat(filter(call(Function.STARTS_WITH, name, text))).isEqualTo(Fidelity.NARROWING);
    assertThat(filter(call(Function.CONTAINS, name, text))).isEqualTo(Fidelity.NONE);
    assertThat(filter(call(Function.EQ, call(Function.LOWER, name), text)))
        .isEqualTo(Fidelity.NONE);
    ColumnRef day = new ColumnRef("day", DataType.DATE);
    Constant five = new Constant(5L, DataType.BIGINT);
    assertThat(filter(call(Function.EQ, call(Function.MONTH, day), five)))
        .isEqualTo(Fidelity.EXACT);
    assertThat(filter(call(Function.EQ, call(Function.DAY, day), five))).isEqualTo(Fidelity.NONE);
    assertThat(filter(call(Function.LE, call(Function.LENGTH, name), five)))
        .isEqualTo(Fidelity.NONE);
    assertThat(filter(call(Function.EQ, call(Function.TRIM, name), text))).isEqualTo(Fidelity.NONE);
    assertThat(filter(call(Function.EQ, call(Function.CONCAT, name, text), text)))
        .isEqualTo(Fidelity.NONE);
  }

  @Test
  void a_property_that_every_filter_must_have_is_required() {
    says(term("FilterRestrictions", record("RequiredProperties", paths("big"))), "");
    assertThat(shop.customers().schema().columns())
        .filteredOn(column -> column.has(Column.Trait.REQUIRED_FILTER))
        .extracting(Column::name)
        .containsExactly("big");
  }

  private Fidelity sums() {
    Measure sum =
        new Measure(MeasureFunction.SUM, Optional.of("price"), false, DataType.decimal(38, 2));
    return shop.customers()
        .pushDown(
            ScanRequest.of(List.of())
                .withAggregation(Optional.of(new Aggregation(List.of("day"), List.of(sum)))))
        .aggregation();
  }

  @Test
  void groups_are_asked_of_a_service_that_says_it_has_them() {
    says("<Annotation Term=\"Org.OData.Aggregation.V1.ApplySupported\"><Record/></Annotation>", "");
    assertThat(sums()).isEqualTo(Fidelity.EXACT);
  }

  @Test
  void groups_are_done_here_where_the_service_has_parts_of_them_alone() {
    says(
        "<Annotation Term=\"Org.OData.Aggregation.V1.ApplySupported\">"
            + "<Record><PropertyValue Property=\"Transformations\"><Collection>"
            + "<String>aggregate</String></Collection></PropertyValue></Record></Annotation>",
        "");
    assertThat(sums()).isEqualTo(Fidelity.NONE);
  }
}

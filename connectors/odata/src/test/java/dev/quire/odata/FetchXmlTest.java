package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Table;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queries in Dataverse's own language: what they are and the columns that they give. */
class FetchXmlTest {
  private static final String NAMES =
      "<fetch><entity name='account'><attribute name='name'/></entity></fetch>";
  private final Crm crm = new Crm();

  @AfterEach
  void close() {
    crm.api.verifyNoUnexpected();
    crm.close();
  }

  private List<Object[]> read(Table table, String... columns) {
    return crm.read(table, ScanRequest.of(List.of(columns)));
  }

  private static String rows(int count) {
    return String.join(",", Collections.nCopies(count, "{'name':'a'}"));
  }

  private static String types(Table table) {
    return table.schema().columns().stream()
        .filter(column -> !column.has(Trait.HIDDEN))
        .map(column -> column.name() + " " + column.type().sqlName())
        .collect(Collectors.joining(", "));
  }

  @Test
  void columns_follow_from_the_attributes_and_the_model() {
    Table table =
        crm.fetch(
            """
            <fetch><entity name="account">
              <attribute name="name"/> <attribute name="revenue"/>
              <attribute name="primarycontactid"/> <attribute name="createdon" alias="born"/>
              <link-entity name="contact" from="contactid" to="primarycontactid" alias="c">
                <attribute name="fullname"/> <attribute name="birthdate" alias="birthday"/>
                <attribute name="parentcustomerid"/>
              </link-entity>
            </entity></fetch>
            """);
    assertThat(types(table))
        .isEqualTo(
            "name VARCHAR, revenue DECIMAL, _primarycontactid_value UUID,"
                + " born TIMESTAMP WITH TIME ZONE, c.fullname VARCHAR, birthday DATE,"
                + " c.parentcustomerid UUID");
    assertThat(table.schema().columns()).allMatch(Column::nullable);
    assertThat(table.schema().columns())
        .extracting(Column::name)
        .contains("revenue_formatted", "c.parentcustomerid_logicalname");
    assertThat(crm.calls()).isEmpty();
  }

  @Test
  void without_attributes_all_are_columns() {
    String all = types(crm.accounts());
    assertThat(types(crm.fetch("<fetch><entity name='account'/></fetch>"))).isEqualTo(all);
    assertThat(
            types(
                crm.fetch(
                    "<fetch><entity name='account'><attribute name='name'/><link-entity"
                        + " name='contact' alias='c'><all-attributes/></link-entity></entity></fetch>")))
        .isEqualTo(
            "name VARCHAR, c.contactid UUID, c.fullname VARCHAR, c.birthdate DATE,"
                + " c.parentcustomerid UUID");
  }

  @Test
  void aggregates_are_named_by_their_alias() {
    Table table =
        crm.fetch(
            """
            <fetch aggregate="true"><entity name="account">
              <attribute name="accountid" aggregate="count" alias="number"/>
              <attribute name="revenue" aggregate="sum" alias="total"/>
              <attribute name="numberofemployees" aggregate="avg" alias="mean"/>
              <attribute name="createdon" aggregate="max" alias="latest"/>
              <attribute name="createdon" groupby="true" dategrouping="year" alias="year"/>
              <attribute name="primarycontactid" groupby="true" alias="contact"/>
            </entity></fetch>
            """);
    assertThat(types(table))
        .isEqualTo(
            "number BIGINT, total DECIMAL, mean DECIMAL, latest TIMESTAMP WITH TIME ZONE,"
                + " year INTEGER, contact UUID");
    crm.api.script(Crm.page("{'number':2,'total':3.50,'mean':7,'year':2026}"));
    assertThat(read(table, "year", "number", "total", "contact"))
        .singleElement()
        .satisfies(row -> assertThat(Arrays.toString(row)).isEqualTo("[2026, 2, 3.50, null]"));
  }

  @Test
  void rows_are_read_by_either_spelling_of_a_linked_column() {
    Table table =
        crm.fetch(
            "<fetch><entity name='account'><attribute name='name'/><link-entity name='contact'"
                + " alias='c'><attribute name='fullname'/><attribute name='contactid'/></link-entity>"
                + "</entity></fetch>");
    UUID id = UUID.fromString("00000000-0000-0000-0000-0000000000c1");
    crm.api.script(
        Crm.page(
            "{'accountid':'"
                + id
                + "','name':'a','c.fullname':'Anna','c.contactid':'"
                + id
                + "'},"
                + "{'c_x002e_fullname':'Bo','c_x002e_contactid':'"
                + id
                + "'},{'name':'none'}"));
    assertThat(read(table, "c.fullname", "name", "c.contactid"))
        .containsExactly(
            new Object[] {"Anna", "a", id},
            new Object[] {"Bo", null, id},
            new Object[] {null, "none", null});
  }

  @Test
  void texts_are_asked_for_with_the_paging_annotations() {
    Table table = crm.fetch(NAMES.replace("'name'/", "'statecode'/"));
    crm.api.script(
        Crm.page("{'statecode':0,'statecode@OData.Community.Display.V1.FormattedValue':'Active'}"));
    assertThat(read(table, "statecode_formatted")).containsExactly(new Object[] {"Active"});
    assertThat(crm.calls().get(0).headers("Prefer"))
        .containsExactly(
            "odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,"
                + "Microsoft.Dynamics.CRM.morerecords,OData.Community.Display.V1.FormattedValue\"");
  }

  @Test
  void xml_that_is_broken_is_an_error_with_its_place() {
    Crm.refused(
        () -> crm.fetch("<fetch>\n  <entity name='account'>\n  <attribute name='name'>\n</fetch>"),
        ErrorKind.INVALID_STATEMENT,
        "line 4, column ",
        "not well-formed");
    Crm.refused(() -> crm.fetch(""), ErrorKind.INVALID_STATEMENT, "not well-formed");
    Crm.refused(
        () -> crm.fetch("<fetch/><fetch/>"), ErrorKind.INVALID_STATEMENT, "not well-formed");
  }

  @Test
  void no_entity_of_the_text_is_followed() {
    Crm.refused(
        () ->
            crm.fetch(
                "<!DOCTYPE fetch [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                    + "<fetch><entity name='&x;'/></fetch>"),
        ErrorKind.INVALID_STATEMENT,
        "a DOCTYPE is not read");
    Crm.refused(
        () -> crm.fetch("<fetch><entity name='&x;'/></fetch>"),
        ErrorKind.INVALID_STATEMENT,
        "not well-formed");
  }

  @Test
  void names_that_are_not_in_the_model_are_errors_with_the_nearest() {
    Crm.refused(
        () -> crm.fetch("<fetch>\n<entity name='acount'/></fetch>"),
        ErrorKind.UNKNOWN_NAME,
        "line 2",
        "logical name 'acount'");
    Crm.refused(
        () -> crm.fetch(NAMES.replace("'name'/", "'nane'/")),
        ErrorKind.UNKNOWN_NAME,
        "'nane'",
        "name");
    Crm.refused(
        () -> crm.fetch("<query/>"), ErrorKind.INVALID_STATEMENT, "<query>, and must be <fetch>");
    Crm.refused(() -> crm.fetch("<fetch/>"), ErrorKind.INVALID_STATEMENT, "must have one");
    Crm.refused(
        () -> crm.fetch("<fetch count='0'><entity name='account'/></fetch>"),
        ErrorKind.INVALID_STATEMENT,
        "'count' is '0'");
  }

  @Test
  void a_link_with_columns_needs_an_alias() {
    Crm.refused(
        () ->
            crm.fetch(
                "<fetch><entity name='account'><link-entity name='contact'>"
                    + "<attribute name='fullname'/></link-entity></entity></fetch>"),
        ErrorKind.INVALID_STATEMENT,
        "needs an alias");
    assertThat(
            types(
                crm.fetch(
                    "<fetch><entity name='account'><attribute name='name'/>"
                        + "<link-entity name='contact'/></entity></fetch>")))
        .isEqualTo("name VARCHAR");
  }

  @Test
  void conditions_arrive_with_their_values() {
    String xml =
        "<fetch><entity name='account'><attribute name='name'/><filter><condition attribute='name'"
            + " operator='in'><value>A &amp; B</value><value>ü</value></condition></filter></entity>"
            + "</fetch>";
    crm.api.script(Crm.page(rows(1)));
    read(crm.fetch(xml), "name");
    assertThat(crm.queries().get(0))
        .isEqualTo(xml.replace("<fetch>", "<fetch count='5000' page='1'>"));
  }

  @Test
  void only_dataverse_has_the_function_and_it_takes_one_text() {
    assertThat(crm.source.tableFunction("fetch", List.of(NAMES), crm.context)).isEmpty();
    Crm.refused(
        () -> crm.source.tableFunction("fetchxml", List.of(), crm.context),
        ErrorKind.INVALID_STATEMENT,
        "takes one text");
    try (Crm plain = new Crm("profile", "none")) {
      assertThat(plain.source.tableFunction("fetchxml", List.of(NAMES), plain.context)).isEmpty();
    }
    assertThat(crm.calls()).isEmpty();
  }
}

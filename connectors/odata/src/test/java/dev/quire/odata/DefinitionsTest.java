package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableSchema;
import dev.quire.testkit.Reply;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Dataverse says of its tables in words. */
class DefinitionsTest {
  private static final String PATH = Crm.ROOT + "/EntityDefinitions(LogicalName='account')";

  private final Crm crm = new Crm();

  @AfterEach
  void close() {
    crm.api.verifyNoUnexpected();
    crm.close();
  }

  private static String label(String text) {
    return text.isEmpty()
        ? "{'LocalizedLabels':[],'UserLocalizedLabel':null}"
        : "{'LocalizedLabels':[{'Label':'other','LanguageCode':1041}],'UserLocalizedLabel':{'Label':'"
            + text
            + "','LanguageCode':1033,'IsManaged':true}}";
  }

  private static String named(String name, String label, String description) {
    return "'@odata.type':'#Microsoft.Dynamics.CRM.StringAttributeMetadata','LogicalName':'"
        + name
        + "','DisplayName':"
        + label(label)
        + ",'Description':"
        + label(description)
        + ",'MetadataId':'c18b56be-9fc7-4f57-8f31-94d7e7e5cbd5'";
  }

  private static Reply definition() {
    return Reply.json(
        ("{'@odata.context':'x',"
                + named("account", "Account", "Business that represents a customer.\\nOr more.")
                + ",'Attributes':[{"
                + named("name", "Account Name", "")
                + "},{"
                + named("primarycontactid", "Primary Contact", "Whom to ask.")
                + "},{"
                + named("statecode", "", "")
                + "},{"
                + named("address9_line1", "Ninth", "Not in the model.")
                + "}]}")
            .replace('\'', '"'));
  }

  private static Optional<String> remarks(TableSchema schema, String column) {
    return schema.findColumn(column).orElseThrow().remarks();
  }

  @Test
  void labels_and_descriptions_are_remarks() {
    crm.api.on(PATH, request -> definition());
    TableSchema schema = crm.accounts().described(crm.context);
    assertThat(schema.remarks()).contains("Account: Business that represents a customer. Or more.");
    assertThat(remarks(schema, "name")).contains("Account Name");
    assertThat(remarks(schema, "_primarycontactid_value"))
        .contains("Primary Contact: Whom to ask.");
    assertThat(remarks(schema, "statecode")).isEmpty();
    assertThat(schema.columns()).hasSameSizeAs(crm.accounts().schema().columns());
    assertThat(crm.targets())
        .containsExactly(
            "EntityDefinitions(LogicalName='account')?$select=LogicalName,DisplayName,Description"
                + "&$expand=Attributes($select=LogicalName,DisplayName,Description)");
  }

  @Test
  void they_are_asked_for_once_and_never_on_the_way_to_rows() {
    crm.api.on(PATH, request -> definition());
    Table accounts = crm.accounts();
    assertThat(accounts.schema().remarks()).isEmpty();
    crm.api.script(Crm.page("{'name':'a'}"));
    crm.readAccounts("name");
    assertThat(crm.api.requests(PATH)).isEmpty();
    accounts.described(crm.context);
    crm.accounts().described(crm.context);
    assertThat(crm.api.requests(PATH)).hasSize(1);
  }

  @Test
  void without_the_privilege_the_description_lacks_them() {
    crm.api.on(PATH, request -> Crm.error(403, "0x80040220", "User lacks prvReadEntity privilege"));
    assertThat(crm.accounts().described(crm.context)).isEqualTo(crm.accounts().schema());
    assertThat(crm.context.warnings())
        .singleElement()
        .asString()
        .startsWith("crm.accounts: without labels and descriptions, because GET ")
        .contains("prvReadEntity");
  }

  @Test
  void an_answer_that_cannot_be_read_is_a_warning_too_and_is_asked_for_again() {
    crm.api.script(Reply.json("{\"LogicalName\":\"account\",\"Attributes\":[{"), definition());
    assertThat(crm.accounts().described(crm.context).remarks()).isEmpty();
    assertThat(crm.context.warnings()).singleElement().asString().contains("cannot be read");
    assertThat(crm.accounts().described(crm.context).remarks()).isPresent();
  }

  @Test
  void a_statement_that_is_cancelled_is_no_warning() {
    Table accounts = crm.accounts();
    crm.context.cancel();
    assertThatThrownBy(() -> accounts.described(crm.context))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    assertThat(crm.context.warnings()).isEmpty();
  }

  @Test
  void other_services_are_not_asked() {
    try (Crm other = new Crm("profile", "none")) {
      assertThat(other.accounts().described(other.context)).isEqualTo(other.accounts().schema());
      assertThat(other.calls()).isEmpty();
    }
  }
}

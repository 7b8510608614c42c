package dev.quire.sample;

/** Writes {@code $metadata} in Dataverse's form. */
final class MetadataDocument {
  private static final String HEAD =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
        <edmx:Reference Uri="http://vocabularies.odata.org/OData.Community.Display.V1.xml">
          <edmx:Include Namespace="OData.Community.Display.V1" Alias="Display"/>
        </edmx:Reference>
        <edmx:DataServices>
          <Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
            <EntityType Name="crmbaseentity" Abstract="true"/>
      """;
  private static final String TAIL =
      """
          </Schema>
        </edmx:DataServices>
      </edmx:Edmx>
      """;

  private MetadataDocument() {}

  static String of(SampleData data) {
    StringBuilder xml = new StringBuilder(HEAD);
    data.tables().forEach(table -> entityType(xml, data, table));
    container(xml, data);
    return xml.append(TAIL).toString();
  }

  private static void entityType(StringBuilder xml, SampleData data, SampleTable table) {
    line(
        xml,
        3,
        "<EntityType Name=\"%s\" BaseType=\"mscrm.crmbaseentity\">".formatted(table.entityName()));
    line(xml, 4, "<Key>");
    line(xml, 5, "<PropertyRef Name=\"" + table.key().name() + "\"/>");
    line(xml, 4, "</Key>");
    table.columns().forEach(column -> property(xml, column));
    table.navigations().forEach(navigation -> navigation(xml, data, navigation));
    line(xml, 3, "</EntityType>");
  }

  private static void property(StringBuilder xml, SampleColumn column) {
    String facets =
        switch (column.type()) {
          case STRING -> " MaxLength=\"2000\"";
          case DECIMAL -> " Precision=\"19\" Scale=\"4\"";
          case DATE_TIME_OFFSET -> " Precision=\"0\"";
          default -> "";
        };
    String start =
        "<Property Name=\"%s\" Type=\"%s\"%s%s"
            .formatted(
                column.name(),
                column.type().edmName(),
                column.nullable() ? "" : " Nullable=\"false\"",
                facets);
    if (column.description().isEmpty()) {
      line(xml, 4, start + "/>");
      return;
    }
    line(xml, 4, start + ">");
    line(
        xml,
        5,
        "<Annotation Term=\"Org.OData.Core.V1.Description\" String=\"%s\"/>"
            .formatted(column.description()));
    if (column.name().equals("createdon")) {
      line(xml, 5, "<Annotation Term=\"Org.OData.Core.V1.Computed\" Bool=\"true\"/>");
    }
    line(xml, 4, "</Property>");
  }

  private static void navigation(StringBuilder xml, SampleData data, Navigation navigation) {
    SampleTable target = data.requireSet(navigation.target());
    String type = "mscrm." + target.entityName();
    String start =
        "<NavigationProperty Name=\"%s\" Type=\"%s\" Partner=\"%s\""
            .formatted(
                navigation.name(),
                navigation.collection() ? "Collection(" + type + ")" : type,
                navigation.partner());
    if (navigation.collection()) {
      line(xml, 4, start + "/>");
      return;
    }
    line(xml, 4, start + ">");
    line(
        xml,
        5,
        "<ReferentialConstraint Property=\"%s\" ReferencedProperty=\"%s\"/>"
            .formatted(navigation.lookup(), target.key().name()));
    line(xml, 4, "</NavigationProperty>");
  }

  private static void container(StringBuilder xml, SampleData data) {
    line(xml, 3, "<EntityContainer Name=\"System\">");
    for (SampleTable table : data.tables()) {
      line(
          xml,
          4,
          "<EntitySet Name=\"%s\" EntityType=\"Microsoft.Dynamics.CRM.%s\">"
              .formatted(table.setName(), table.entityName()));
      for (Navigation navigation : table.navigations()) {
        line(
            xml,
            5,
            "<NavigationPropertyBinding Path=\"%s\" Target=\"%s\"/>"
                .formatted(navigation.name(), navigation.target()));
      }
      line(xml, 4, "</EntitySet>");
    }
    line(xml, 3, "</EntityContainer>");
  }

  private static void line(StringBuilder xml, int depth, String text) {
    xml.append("  ".repeat(depth)).append(text).append('\n');
  }
}

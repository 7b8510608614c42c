package dev.quire.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.aws.access.Doors;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.OperationModel.Auth;
import dev.quire.aws.model.OperationModel.Http;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.ScalarKind;
import dev.quire.aws.model.Shape.Structure;
import dev.quire.aws.model.ShapeRef;
import dev.quire.aws.table.OperationTable;
import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.Ability;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeRemote;
import dev.quire.testkit.FakeRow;
import dev.quire.testkit.Next;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import dev.quire.testkit.SourceConformanceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** AWS holds what every source must hold. */
class AwsConformanceTest extends SourceConformanceTest {
  /** Tokens are no links; a list may be absent; services neither sort nor skip nor count. */
  private static final Set<Ability> WITHOUT =
      Set.of(
          Ability.NEXT_LINKS,
          Ability.ROWS_REQUIRED,
          Ability.PUSH_ORDER,
          Ability.PUSH_OFFSET,
          Ability.PUSH_COUNT);

  @Override
  protected boolean supports(Ability ability) {
    return !WITHOUT.contains(ability);
  }

  @Override
  protected FakeRemote remote(FakeApi api) {
    return new Remote();
  }

  @Override
  protected Source open(FakeApi api, ConnectorContext context, Supplier<String> secret) {
    Map<String, String> values =
        Map.of(
            "region",
            "eu-central-1",
            "endpoint",
            api.origin(),
            "credentials.access_key_id",
            "AKIDEXAMPLE",
            "credentials.secret_access_key",
            "wJalrXUtnFEMI",
            "credentials.session_token",
            "${secret}");
    SourceConfig config =
        new SourceConfig(
            "aws", values, text -> text.replace("${secret}", secret.get()), key -> "aws." + key);
    return new OneTable(AwsSettings.of(config), context);
  }

  /** A source with one made-up operation. */
  private static final class OneTable implements Source {
    private final AwsSettings settings;
    private final ConnectorContext context;
    private final Doors doors;

    OneTable(AwsSettings settings, ConnectorContext context) {
      this.settings = settings;
      this.context = context;
      this.doors = new Doors(settings.access(), context);
    }

    @Override
    public String name() {
      return "aws";
    }

    @Override
    public List<TableName> tables(String namespace, CallContext call) {
      return List.of(Remote.NAME);
    }

    @Override
    public Optional<Table> findTable(TableName name, CallContext call) {
      return OperationTable.find(Remote.SERVICE, name.name().toLowerCase(Locale.ROOT))
          .map(
              table ->
                  new AwsTable(
                      settings,
                      table,
                      new OperationPages.Supplies(settings.access(), doors, context.time()::now)));
    }

    @Override
    public void close() {
      doors.close();
    }
  }

  /** Answers in JSON, with tokens. */
  private static final class Remote implements FakeRemote {
    private static final TableName NAME = new TableName("things", "list_rows");

    private static final Structure ROW =
        Structure.of(
            Member.of("id", Scalar.INTEGER),
            Member.of("name", Scalar.STRING),
            Member.of("note", Scalar.STRING),
            Member.of("amount", Scalar.STRING),
            Member.of("big", Scalar.of(ScalarKind.LONG)),
            Member.of("created", Scalar.TIMESTAMP));

    private static final ServiceModel SERVICE =
        Models.service(
            Protocol.JSON,
            new OperationModel(
                "ListRows",
                "list_rows",
                new Http("POST", "/", Optional.empty(), Optional.empty()),
                ShapeRef.to(
                    Structure.of(
                        Member.of("id", Scalar.INTEGER),
                        Member.of("NextToken", Scalar.STRING),
                        Member.of("MaxResults", Scalar.INTEGER))),
                ShapeRef.to(
                    Structure.of(
                        Member.of("Rows", ListShape.of(ROW)),
                        Member.of("NextToken", Scalar.STRING))),
                Optional.empty(),
                Auth.SIGNED,
                Optional.empty(),
                Optional.empty(),
                false,
                Map.of(),
                Paginator.of("NextToken", "NextToken", "Rows")
                    .withLimit(
                        new Paginator.Limit(
                            "MaxResults", OptionalLong.of(1), OptionalLong.of(200))),
                Optional.empty(),
                Optional.empty()));

    @Override
    public TableName table() {
      return NAME;
    }

    @Override
    public Optional<String> continuation(ReceivedRequest request) {
      try (JsonParser json = new JsonFactory().createParser(request.body())) {
        String token = null;
        while (json.nextToken() != null) {
          if (json.currentToken() == JsonToken.VALUE_STRING
              && "NextToken".equals(json.currentName())) {
            token = json.getText();
          }
        }
        return Optional.ofNullable(token);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Reply page(List<FakeRow> rows, Next next) {
      StringBuilder json = new StringBuilder("{\"Rows\":[");
      for (FakeRow row : rows) {
        json.append(row == rows.get(0) ? "" : ",").append(object(row));
      }
      return Reply.json(json.append(']').append(token(next)).append('}').toString());
    }

    private static String object(FakeRow row) {
      StringBuilder json = new StringBuilder("{");
      for (FakeRow.Field field : FakeRow.Field.values()) {
        Object value = row.value(field);
        json.append(json.length() > 1 ? "," : "");
        json.append('"').append(field.name().toLowerCase(Locale.ROOT)).append("\":");
        json.append(text(field, value));
      }
      return json.append('}').toString();
    }

    private static String text(FakeRow.Field field, Object value) {
      if (value instanceof Instant moment) {
        return moment.getEpochSecond() + "." + String.format("%09d", moment.getNano());
      }
      boolean plain = value == null || (value instanceof Number && field != FakeRow.Field.AMOUNT);
      return plain ? String.valueOf(value) : "\"" + value + "\"";
    }

    private static String token(Next next) {
      return switch (next.kind()) {
        case TOKEN, URL ->
            ",\"NextToken\":\"" + next.text().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        case NULL -> ",\"NextToken\":null";
        case EMPTY -> ",\"NextToken\":\"\"";
        case ABSENT -> "";
      };
    }

    @Override
    public Reply pageWithoutRows() {
      return Reply.json("{}");
    }

    @Override
    public boolean isAuthorized(ReceivedRequest request, String secret) {
      return request.header("X-Amz-Security-Token").equals(Optional.of(secret))
          && request.header("Authorization").filter(a -> a.startsWith("AWS4-HMAC")).isPresent();
    }
  }
}

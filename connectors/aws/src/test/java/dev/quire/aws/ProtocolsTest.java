package dev.quire.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.wire.Slot;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same operation in every protocol: requests byte for byte, equal rows, nothing swallowed. */
class ProtocolsTest {
  private static final Slot[] ALL = {
    Chains.member("Name", DataType.VARCHAR),
    Chains.member("Count", DataType.BIGINT),
    Chains.member("Ratio", DataType.DOUBLE),
    Chains.member("On", DataType.BOOLEAN),
    Chains.member("Created", DataType.TIMESTAMP_TZ),
    Chains.member("Data", DataType.VARBINARY),
    Chains.member("Tags", DataType.JSON),
    Chains.member("Parts", DataType.JSON),
    new Slot("Owner", DataType.VARCHAR, Slot.Origin.ANSWER, "Owner")
  };

  private final Chains chains = new Chains();

  @AfterEach
  void close() {
    chains.close();
  }

  /** One thing with every kind of member, one with none; an unknown member; a token. */
  private static Reply page(Protocol protocol, String token) {
    return switch (protocol) {
      case JSON, REST_JSON ->
          Reply.json(
              "{\"Things\":[{\"Name\":\"é&<\",\"Count\":9007199254740993,\"Ratio\":\"NaN\","
                  + "\"On\":true,\"Created\":1.5,\"Data\":\"AP8=\",\"New\":{\"x\":[1]},"
                  + "\"Tags\":{\"k\":\"v\"},\"Parts\":[{\"Id\":1,\"Note\":\"n\"},{\"Id\":2}]},{}],"
                  + "\"New\":[{}],\"Owner\":\"me\",\"NextToken\":\""
                  + token
                  + "\"}");
      case REST_XML, QUERY, EC2 -> xml(protocol, token);
      case RPC_V2_CBOR -> cbor(token);
    };
  }

  private static Reply xml(Protocol protocol, String token) {
    String members =
        "<Things><member><Name>é&amp;&lt;</Name><Count>9007199254740993</Count><Ratio>NaN</Ratio>"
            + "<On>true</On><Created>1970-01-01T00:00:01.500Z</Created><Data>AP8=</Data>"
            + "<New><x>1</x></New><Tags><entry><key>k</key><value>v</value></entry></Tags>"
            + "<Parts><member><Id>1</Id><Note>n</Note></member><member><Id>2</Id></member></Parts>"
            + "</member><member/></Things><New/><Owner>me</Owner><NextToken>"
            + token
            + "</NextToken>";
    String inner =
        protocol == Protocol.QUERY
            ? "<ListThingsResult>" + members + "</ListThingsResult><ResponseMetadata/>"
            : members;
    return xml("<ListThingsResponse xmlns=\"http://x/\">" + inner + "</ListThingsResponse>");
  }

  private static Reply xml(String text) {
    return Reply.status(200)
        .withHeader("Content-Type", "text/xml")
        .withBody("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text);
  }

  private static Reply cbor(String token) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CBORGenerator out = new CBORFactory().createGenerator(bytes)) {
      out.writeStartObject();
      out.writeArrayFieldStart("Things");
      out.writeStartObject();
      out.writeStringField("Name", "é&<");
      out.writeNumberField("Count", 9007199254740993L);
      out.writeNumberField("Ratio", Double.NaN);
      out.writeBooleanField("On", true);
      out.writeFieldName("Created");
      out.writeTag(1);
      out.writeNumber(1.5);
      out.writeBinaryField("Data", new byte[] {0, -1});
      out.writeObjectFieldStart("New");
      out.writeEndObject();
      out.writeObjectFieldStart("Tags");
      out.writeStringField("k", "v");
      out.writeEndObject();
      out.writeArrayFieldStart("Parts");
      part(out, 1, "n");
      part(out, 2, "");
      out.writeEndArray();
      out.writeEndObject();
      out.writeStartObject();
      out.writeEndObject();
      out.writeEndArray();
      out.writeStringField("Owner", "me");
      out.writeStringField("NextToken", token);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Reply.status(200)
        .withHeader("Content-Type", "application/cbor")
        .withBody(bytes.toByteArray());
  }

  private static void part(JsonGenerator out, int id, String note) throws IOException {
    out.writeStartObject();
    out.writeNumberField("Id", id);
    if (!note.isEmpty()) {
      out.writeStringField("Note", note);
    }
    out.writeEndObject();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void every_protocol_gives_the_same_rows(Protocol protocol) {
    chains.api.script(page(protocol, "t"), page(protocol, ""));
    List<List<Object>> rows = chains.rows(Chains.call(Models.service(protocol), ALL));
    assertThat(rows).hasSize(4);
    List<Object> first = new ArrayList<>(rows.get(0));
    assertThat((byte[]) first.remove(5)).containsExactly(0, -1);
    assertThat(first)
        .containsExactly(
            "é&<",
            9007199254740993L,
            Double.NaN,
            true,
            Instant.ofEpochMilli(1500),
            "{\"k\":\"v\"}",
            "[{\"Id\":1,\"Note\":\"n\"},{\"Id\":2}]",
            "me");
    assertThat(rows.get(1))
        .isEqualTo(Arrays.asList(null, null, null, null, null, null, null, null, "me"));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void what_is_no_whole_answer_is_an_error_and_never_no_rows(Protocol protocol) {
    Reply whole = page(protocol, "");
    byte[] trailing = Arrays.copyOf(whole.body(), whole.body().length + 6);
    System.arraycopy(
        "<html>".getBytes(StandardCharsets.UTF_8), 0, trailing, whole.body().length, 6);
    List<Reply> wrong =
        List.of(
            Reply.status(200),
            Reply.html("<!DOCTYPE html><html><body>Sign in</body></html>"),
            Reply.html("<html><body>Sign in</body></html>"),
            whole.cutBody(),
            whole.cutBody(whole.body().length - 1),
            whole.withBody(trailing),
            Reply.json("{\"message\":\"Sign in\"}"),
            Reply.json("[]"),
            Reply.json("null"),
            Reply.json("\"x\""),
            xml("<Sign><in>x</in></Sign>"),
            xml("<ListThingsResponse><Sign/></ListThingsResponse>"));
    for (Reply reply : wrong) {
      chains.api.script(reply);
      SourceException fault =
          catchThrowableOfType(
              SourceException.class, () -> chains.rows(Chains.call(Models.service(protocol), ALL)));
      assertThat(fault).as("%s", new String(reply.body(), StandardCharsets.UTF_8)).isNotNull();
      assertThat(fault.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
    }
    assertThat(chains.api.requests()).hasSize(wrong.size());
  }

  private ReceivedRequest request(Protocol protocol) {
    chains.api.script(page(protocol, ""));
    Map<String, Object> members =
        Map.of("Names", "[\"x y\",\"z/é\"]", "Since", Instant.ofEpochMilli(1_500));
    chains.rows(Chains.with(Chains.call(Models.service(protocol)), members, OptionalInt.of(5)));
    return chains.api.lastRequest();
  }

  @Test
  void json_has_one_body() {
    ReceivedRequest request = request(Protocol.JSON);
    assertThat(request.text())
        .isEqualTo("{\"Kind\":\"a b\",\"Names\":[\"x y\",\"z/é\"],\"Since\":1.5,\"MaxResults\":5}");
  }

  @Test
  void rest_json_and_rest_xml_have_paths_and_parameters() {
    String target =
        "/things/a%20b?list&Names=x%20y&Names=z%2F%C3%A9&Since=1970-01-01T00%3A00%3A01.500Z"
            + "&MaxResults=5";
    for (Protocol protocol : List.of(Protocol.REST_JSON, Protocol.REST_XML)) {
      ReceivedRequest request = request(protocol);
      assertThat(request.method() + " " + request.target()).isEqualTo("GET " + target);
      assertThat(request.text()).isEmpty();
    }
  }

  @Test
  void a_post_without_a_body_says_that_it_has_none() {
    OperationModel get = Models.operation(Protocol.REST_JSON, Models.TOKEN, Optional.empty());
    OperationModel post =
        new OperationModel(
            get.name(),
            get.snakeName(),
            new OperationModel.Http("POST", get.http().uri(), Optional.empty(), Optional.empty()),
            get.inputRef(),
            get.outputRef(),
            get.resultWrapper(),
            get.auth(),
            get.hostPrefix(),
            get.endpoint(),
            get.needsDiscovery(),
            get.defaults(),
            get.paginator(),
            get.order(),
            get.remarks());
    chains.api.script(page(Protocol.REST_JSON, ""));
    chains.rows(Chains.call(Models.service(Protocol.REST_JSON, post)));
    assertThat(chains.api.lastRequest().header("Content-Length")).contains("0");
  }

  @Test
  void a_rest_path_needs_its_values() {
    Call call = Chains.call(Models.service(Protocol.REST_JSON));
    Call empty = Chains.with(call, Map.of("Kind", ""), OptionalInt.empty());
    SourceException fault = catchThrowableOfType(SourceException.class, () -> chains.rows(empty));
    assertThat(fault.kind()).isEqualTo(ErrorKind.INVALID_STATEMENT);
    assertThat(fault).hasMessageContaining("Kind");
    assertThat(chains.api.requests()).isEmpty();
  }

  @Test
  void query_and_ec2_have_forms() {
    String start = "Action=ListThings&Version=2020-01-01&Kind=a%20b";
    String end = "&Since=1970-01-01T00%3A00%3A01.500Z&MaxResults=5";
    assertThat(request(Protocol.QUERY).text())
        .isEqualTo(start + "&Names.member.1=x%20y&Names.member.2=z%2F%C3%A9" + end);
    assertThat(request(Protocol.EC2).text())
        .isEqualTo(start + "&Names.1=x%20y&Names.2=z%2F%C3%A9" + end);
  }

  @Test
  void cbor_has_a_path_and_a_tagged_moment() throws IOException {
    ReceivedRequest request = request(Protocol.RPC_V2_CBOR);
    assertThat(request.target()).isEqualTo("/service/AWSThings/operation/ListThings");
    assertThat(request.header("Smithy-Protocol")).contains("rpc-v2-cbor");
    try (CBORParser cbor = new CBORFactory().createParser(request.body())) {
      StringBuilder seen = new StringBuilder();
      while (cbor.nextToken() != null) {
        seen.append(cbor.getCurrentTag() == 1 ? "#1 " : "").append(cbor.getText()).append(' ');
      }
      assertThat(seen.toString())
          .isEqualTo("{ Kind a b Names [ x y z/é ] Since #1 1.5 MaxResults 5 } ");
    }
  }

  @Test
  void a_value_that_does_not_fit_names_row_column_and_type() {
    chains.api.script(
        Reply.json("{\"Things\":[{\"Count\":1},{\"Count\":12345678901234567890123}]}"));
    Call call = Chains.call(Models.service(Protocol.JSON), Chains.member("Count", DataType.BIGINT));
    SourceException fault = catchThrowableOfType(SourceException.class, () -> chains.rows(call));
    assertThat(fault.kind()).isEqualTo(ErrorKind.INVALID_VALUE);
    assertThat(fault)
        .hasMessageContaining("row 2")
        .hasMessageContaining("Count")
        .hasMessageContaining("BIGINT");
  }

  @Test
  void a_list_that_is_none_is_an_error() {
    chains.api.script(Reply.json("{\"Things\":{\"Name\":\"a\"}}"));
    SourceException fault =
        catchThrowableOfType(
            SourceException.class, () -> chains.rows(Chains.call(Models.service(Protocol.JSON))));
    assertThat(fault.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
  }

  @Test
  void a_document_type_is_no_answer() {
    chains.api.script(
        xml(
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                + "<ListThingsResponse><Owner>&e;</Owner></ListThingsResponse>"));
    SourceException fault =
        catchThrowableOfType(
            SourceException.class,
            () -> chains.rows(Chains.call(Models.service(Protocol.REST_XML), ALL)));
    assertThat(fault.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
    assertThat(fault).hasMessageNotContaining("root:");
  }

  @Test
  void an_error_in_an_answer_of_status_200_is_tried_again_where_that_helps() {
    chains.api.script(
        xml("<Error><Code>SlowDown</Code><Message>later</Message></Error>"),
        page(Protocol.REST_XML, ""));
    assertThat(chains.rows(Chains.call(Models.service(Protocol.REST_XML), ALL))).hasSize(2);
    chains.api.script(xml("<Error><Code>AccessDenied</Code><Message>no</Message></Error>"));
    SourceException fault =
        catchThrowableOfType(
            SourceException.class,
            () -> chains.rows(Chains.call(Models.service(Protocol.REST_XML), ALL)));
    assertThat(fault.kind()).isEqualTo(ErrorKind.PERMISSION);
  }
}

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** HttpLoop URL OUTPUT glue|all|three: java.net.http with Jackson's streaming parser, one page after the other. */
public final class HttpLoop {
  private static final JsonFactory JSON = new JsonFactory();

  public static void main(String[] arguments) throws Exception {
    boolean glue = arguments[2].equals("glue");
    List<String> columns = glue ? Sink.RUN : arguments[2].equals("three") ? Sink.THREE : Sink.ACCOUNT;
    Map<String, Integer> places = new HashMap<>();
    columns.forEach(column -> places.put(column, places.size()));
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    String first = arguments[0] + (glue ? "" : "/api/data/v9.2/accounts?$select=" + String.join(",", columns));
    try (Sink sink = new Sink(arguments[1], columns)) {
      String token = null;
      do {
        HttpRequest request = glue ? runs(first, token) : accounts(token == null ? first : token);
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
          throw new IOException("status " + answer.statusCode());
        }
        token = page(answer.body(), places, sink);
      } while (token != null);
    }
  }

  private static HttpRequest runs(String url, String token) {
    String next = token == null ? "" : ",\"NextToken\":\"" + token + "\"";
    return HttpRequest.newBuilder(URI.create(url))
        .header("X-Amz-Target", "AWSGlue.GetJobRuns")
        .header("Content-Type", "application/x-amz-json-1.1")
        .POST(HttpRequest.BodyPublishers.ofString("{\"JobName\":\"nightly-load\",\"MaxResults\":200" + next + "}"))
        .build();
  }

  private static HttpRequest accounts(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Prefer", "odata.maxpagesize=5000")
        .header("Accept", "application/json")
        .build();
  }

  private static String page(InputStream body, Map<String, Integer> places, Sink sink) throws IOException {
    String token = null;
    try (JsonParser json = JSON.createParser(body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("NextToken") || name.equals("@odata.nextLink")) {
          token = json.getText();
        } else if (name.equals("JobRuns") || name.equals("value")) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            sink.row(row(json, places));
          }
        } else {
          json.skipChildren();
        }
      }
      json.nextToken(); // to the end: else the connection is dropped
    }
    return token;
  }

  private static String[] row(JsonParser json, Map<String, Integer> places) throws IOException {
    String[] row = new String[places.size()];
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      Integer place = places.get(json.currentName());
      JsonToken token = json.nextToken();
      if (place == null) {
        json.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        row[place] = json.getText();
      }
    }
    return row;
  }
}

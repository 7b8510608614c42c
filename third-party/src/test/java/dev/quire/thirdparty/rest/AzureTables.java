package dev.quire.thirdparty.rest;

import dev.quire.thirdparty.servers.ServerProcess;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The table {@code people} in Azurite, behind a shared access signature of its known account. */
final class AzureTables implements AutoCloseable {
  private static final String ACCOUNT = "devstoreaccount1";
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private final ServerProcess server;
  private final HttpClient client = HttpClient.newHttpClient();

  private AzureTables(ServerProcess server) {
    this.server = server;
  }

  /** Starts one with so many people in three partitions. */
  static AzureTables start(int count) throws Exception {
    AzureTables tables = new AzureTables(RestServers.azurite());
    tables.insert("Tables", "{\"TableName\":\"people\"}");
    for (int i = 0; i < count; i++) {
      tables.insert(
          "people",
          "{\"PartitionKey\":\"p%d\",\"RowKey\":\"%04d\",\"name\":\"person %d\",\"size\":%d}"
              .formatted(i * 3 / count, i, i, i));
    }
    return tables;
  }

  String url() {
    return server.url() + "/" + ACCOUNT;
  }

  private void insert(String into, String entity) throws Exception {
    StringBuilder query = new StringBuilder();
    signature()
        .forEach(
            (name, value) ->
                query
                    .append(query.length() == 0 ? "?" : "&")
                    .append(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/" + into + query))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json;odata=nometadata")
            .POST(HttpRequest.BodyPublishers.ofString(entity))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  /** The parameters of a shared access signature of the account, for tables (Azure's docs). */
  static Map<String, String> signature() throws Exception {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("sv", "2019-02-02");
    parts.put("ss", "t");
    parts.put("srt", "sco");
    parts.put("sp", "rwdlau");
    parts.put("se", "2099-01-01T00:00:00Z");
    String signed =
        String.join(
            "\n",
            ACCOUNT,
            parts.get("sp"),
            parts.get("ss"),
            parts.get("srt"),
            "",
            parts.get("se"),
            "",
            "",
            parts.get("sv"),
            "");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
    byte[] hash = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    parts.put("sig", Base64.getEncoder().encodeToString(hash));
    return parts;
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}

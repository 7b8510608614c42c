import java.net.URI;
import java.util.List;
import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.api.communication.request.retrieve.ODataEntitySetRequest;
import org.apache.olingo.client.api.communication.response.ODataRetrieveResponse;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.api.domain.ClientProperty;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.format.ContentType;

/** OlingoClient URL OUTPUT all|three: Apache Olingo's client, following the next link. */
public final class OlingoClient {
  public static void main(String[] arguments) throws Exception {
    List<String> columns = arguments[2].equals("three") ? Sink.THREE : Sink.ACCOUNT;
    ODataClient client = ODataClientFactory.getClient();
    client.getConfiguration().setDefaultPubFormat(ContentType.JSON);
    URI next =
        client.newURIBuilder(arguments[0] + "/api/data/v9.2")
            .appendEntitySetSegment("accounts").select(columns.toArray(String[]::new)).build();
    try (Sink sink = new Sink(arguments[1], columns)) {
      while (next != null) {
        ODataEntitySetRequest<ClientEntitySet> request = client.getRetrieveRequestFactory().getEntitySetRequest(next);
        request.setPrefer("odata.maxpagesize=5000");
        ODataRetrieveResponse<ClientEntitySet> answer = request.execute();
        for (ClientEntity entity : answer.getBody().getEntities()) {
          sink.row(row(entity, columns));
        }
        next = answer.getBody().getNext();
        answer.close();
      }
    }
    System.exit(0); // its connection pool keeps threads
  }

  private static String[] row(ClientEntity entity, List<String> columns) {
    String[] row = new String[columns.size()];
    for (int i = 0; i < row.length; i++) {
      ClientProperty property = entity.getProperty(columns.get(i));
      boolean absent = property == null || property.hasNullValue() || property.getPrimitiveValue() == null;
      row[i] = absent ? null : property.getPrimitiveValue().toString();
    }
    return row;
  }
}

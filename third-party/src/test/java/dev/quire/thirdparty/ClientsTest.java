package dev.quire.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.thirdparty.aws.Moto;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * JDBC clients read Teiid and moto through the driver's jar, which has a class loader for itself.
 */
class ClientsTest {
  private static final Pattern RUN = Pattern.compile("\"Id\": ?\"([^\"]+)\"");

  private static DriverJar jar;
  private static TeiidServer teiid;
  private static Moto moto;
  private static List<List<String>> runs;

  @BeforeAll
  static void start() throws Exception {
    jar = DriverJar.load();
    jar.register();
    teiid = TeiidServer.start(Views.SCRIPT);
    moto = Moto.start();
    moto.seed("glue");
    String read = moto.read("glue", "get_job_runs", "{\"JobName\": \"etl\"}", "JobRuns");
    runs = RUN.matcher(read).results().map(run -> List.of(run.group(1), "etl")).toList();
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each : Arrays.asList(moto, teiid, jar)) {
      if (each != null) {
        each.close();
      }
    }
  }

  private static Client.Place place(String url, String schema) throws IOException {
    return new Client.Place(jar.dataSource(url), url, schema);
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void rows_of_several_pages_come_from_teiid(Client client) throws Exception {
    List<List<String>> expected =
        IntStream.range(0, 1_000)
            .mapToObj(
                id ->
                    List.of(
                        Integer.toString(id),
                        Long.toString(Views.serial(id)),
                        String.valueOf(Views.label(id)),
                        String.valueOf(Views.quantity(id))))
            .toList();
    Client.Place place =
        place("jdbc:quire:odata:source=data;page_size=300;url=" + teiid.url(), "data");

    assertThat(client.read(place, "SELECT id, serial, label, quantity FROM data.sales ORDER BY id"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void all_runs_of_a_job_come_from_moto(Client client) throws Exception {
    Client.Place place =
        place(
            "jdbc:quire:aws:region=us-east-1;types=plain;credentials.access_key_id=id;"
                + "credentials.secret_access_key=secret;endpoint="
                + moto.url(),
            "aws.glue");

    assertThat(runs).hasSize(1_234);
    assertThat(
            client.read(
                place, "SELECT Id, JobName FROM aws.glue.get_job_runs WHERE JobName = 'etl'"))
        .isEqualTo(runs);
  }
}

package dev.quire.jdbcit;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The driver's jar, and a sample service to read from through it. */
final class DriverJar implements AutoCloseable {
  private final SampleServer server =
      SampleServer.start(SampleOptions.DEFAULT.withAccounts(12_001).withContacts(500));

  /** The jar; a build that made none skips the test. */
  static Path path() {
    Path jar = Path.of(System.getProperty("quire.jdbc.jar", "no.jar"));
    Assumptions.assumeTrue(
        Files.exists(jar) && isOnTheClassPath(), "the phase package makes the driver's jar");
    return jar;
  }

  private static boolean isOnTheClassPath() {
    return DriverJar.class.getResource("/dev/quire/jdbc/QuireDriver.class") != null;
  }

  static DriverJar withSample() {
    path();
    return new DriverJar();
  }

  SampleServer server() {
    return server;
  }

  String url() {
    return "jdbc:quire:odata:source=crm;profile=dataverse;url=" + server.baseUrl();
  }

  @Override
  public void close() {
    server.close();
  }
}

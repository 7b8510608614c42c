package dev.quire.thirdparty.spark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Teiid and moto in another process: their libraries are not Spark's. Ends with its input. */
record OtherServers(Process process, String teiid, String moto) implements AutoCloseable {
  private static final int NOT_INSTALLED = 3;

  static OtherServers start() throws IOException, InterruptedException {
    Path built = Path.of(System.getProperty("quire.servers"));
    String libraries = Files.readString(built.resolve("servers.classpath")).strip();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--add-opens=java.sql/java.sql=ALL-UNNAMED",
                    "-cp",
                    built.resolve("test-classes") + File.pathSeparator + libraries,
                    "dev.quire.thirdparty.Servers"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String teiid = out.readLine();
    String moto = out.readLine();
    if (teiid == null || moto == null) {
      Assumptions.assumeFalse(process.waitFor() == NOT_INSTALLED, "moto is not installed");
      throw new IOException("the servers do not start");
    }
    return new OtherServers(process, teiid, moto);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}

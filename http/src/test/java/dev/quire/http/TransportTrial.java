package dev.quire.http;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures what could stand behind the door; the figures of docs/decisions/0002-http-transport.md.
 * Not a test: run its main method with the test class path of this module.
 */
final class TransportTrial {
  private static final int PAGES = 200;
  private static final int ROUNDS = 7;
  private static final String[] KINDS = {"client", "url", "door"};

  private TransportTrial() {}

  /** Without arguments: everything, in fresh JVMs. Else: kind, URL and number of pages. */
  public static void main(String[] args) throws Exception {
    if (args.length == 3) {
      fetch(args[0], args[1], Integer.parseInt(args[2]));
      return;
    }
    byte[] page = new byte[1 << 20];
    Arrays.fill(page, (byte) 'x');
    StubServer.Reply small = StubServer.ok("{\"value\":[]}");
    StubServer.Reply large = StubServer.reply(200, "", page);
    try (StubServer server =
        StubServer.answering(
            (request, out) ->
                (request.target().equals("/large") ? large : small).to(request, out))) {
      for (String kind : KINDS) {
        System.out.println(kind + ", cold to the first small page, ms: " + cold(kind, server));
        System.out.println(
            kind + ", same with C1 only, ms: " + cold(kind, server, "-XX:TieredStopAtLevel=1"));
      }
      for (String kind : KINDS) {
        run(kind, server.url() + "/large", PAGES, List.of());
      }
    }
  }

  private static List<Long> cold(String kind, StubServer server, String... options)
      throws Exception {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long began = System.nanoTime();
      run(kind, server.url() + "/small", 1, List.of(options));
      millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }
    return millis;
  }

  private static void run(String kind, String url, int pages, List<String> options)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TransportTrial.class.getName(), kind, url, "" + pages));
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException(kind + " ended with " + exit);
    }
  }

  private interface Fetcher {
    long fetch(String url) throws Exception;
  }

  private static void fetch(String kind, String url, int pages) throws Exception {
    Fetcher fetcher = fetcher(kind, url);
    long bytes = 0;
    for (int i = 0; i < pages; i++) {
      bytes += fetcher.fetch(url);
    }
    if (pages > 1) {
      var system =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long cpu = TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime());
      System.out.println(kind + ", " + bytes + " bytes in " + pages + " pages, CPU ms: " + cpu);
    }
    Runtime.getRuntime().halt(0);
  }

  private static Fetcher fetcher(String kind, String base) {
    switch (kind) {
      case "client":
        HttpClient client = HttpClient.newHttpClient();
        return url ->
            drain(
                client
                    .send(
                        java.net.http.HttpRequest.newBuilder(URI.create(url)).build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                    .body());
      case "url":
        return url -> drain(((HttpURLConnection) new URL(url).openConnection()).getInputStream());
      default:
        HttpDoor door =
            HttpDoor.open(Doors.config(base), new ConnectorContext(TimeSource.system(), () -> 0.5));
        return url ->
            door.exchange(
                Doors.get(url), new FakeCall(), FaultReader.standard(), r -> drain(r.body()));
    }
  }

  private static long drain(InputStream in) throws IOException {
    try (in) {
      byte[] buffer = new byte[64 * 1024];
      long bytes = 0;
      for (int count; (count = in.read(buffer)) >= 0; ) {
        bytes += count;
      }
      return bytes;
    }
  }
}

package dev.quire.lambda;

import dev.quire.export.Destination;
import dev.quire.export.file.Compression;
import dev.quire.export.output.ExportFormat;
import dev.quire.export.output.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Where events send rows: a folder or file that the function has mounted, or a prefix in S3. */
final class Targets {
  private static final String S3 = "s3://";
  private static final long USUAL_ROWS_PER_PART = 200_000;

  private final Supplier<S3Client> client;
  private final Path scratch;

  /** S3 with the function's role, in its region. */
  Targets() {
    this(
        () -> S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build(),
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * @param scratch where a part is written before it goes to S3
   */
  Targets(Supplier<S3Client> client, Path scratch) {
    this.client = client;
    this.scratch = scratch;
  }

  Destination open(ExportEvent event, UnaryOperator<String> references) throws IOException {
    String to = event.require(ExportEvent.TO);
    Optional<ExportFormat> format = event.text(ExportEvent.FORMAT).map(Targets::format);
    Optional<Compression> compression = event.text(ExportEvent.COMPRESSION).map(Targets::packing);
    Optional<Long> rows = event.number(ExportEvent.ROWS_PER_PART);
    if (!to.startsWith(S3)) {
      OptionalLong rowsPerPart = rows.map(OptionalLong::of).orElse(OptionalLong.empty());
      Target.Database database = new Target.Database(event.text(ExportEvent.TABLE), List.of());
      return new Target(to, format, compression, rowsPerPart, database)
          .open(Path.of(""), OutputStream.nullOutputStream(), references);
    }
    int slash = to.indexOf('/', S3.length());
    if (slash < 0 || slash == S3.length() || !to.endsWith("/") || slash == to.length() - 1) {
      throw ExportEvent.wrong(
          "'" + to + "' must be a prefix in a bucket, with a slash at its end: s3://bucket/runs/");
    }
    S3Folder folder =
        new S3Folder(client.get(), to.substring(S3.length(), slash), to.substring(slash + 1));
    ExportFormat chosen = format.orElse(ExportFormat.PARQUET);
    Compression packing =
        chosen == ExportFormat.PARQUET ? Compression.NONE : compression.orElse(Compression.GZIP);
    return new S3Parts(folder, chosen.files(packing), rows.orElse(USUAL_ROWS_PER_PART), scratch);
  }

  private static ExportFormat format(String name) {
    return choice(ExportFormat.values(), "format", name);
  }

  private static Compression packing(String name) {
    return choice(Compression.values(), "compression", name);
  }

  private static <T extends Enum<T>> T choice(T[] values, String field, String name) {
    return Arrays.stream(values)
        .filter(value -> value.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                ExportEvent.wrong(
                    "the event's "
                        + field
                        + " '"
                        + name
                        + "' must be one of "
                        + String.join(
                            ", ",
                            Arrays.stream(values)
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .toList())));
  }
}

package dev.quire.cli;

import dev.quire.cli.format.DisplayText;
import dev.quire.spi.Durations;
import dev.quire.spi.RequestReport;
import dev.quire.spi.TimeSource;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

/** A line for each request, when it was answered. Thread-safe. */
final class RequestLines implements Consumer<RequestReport> {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final PrintStream err;
  private final TimeSource time;

  RequestLines(PrintStream err, TimeSource time) {
    this.err = err;
    this.time = time;
  }

  @Override
  public void accept(RequestReport report) {
    err.println(CLOCK.format(time.now()) + "  " + DisplayText.harmless(line(report)));
  }

  /** Purpose, method, masked URL, then what came of it. */
  static String line(RequestReport report) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(Locale.ROOT, "%-8s  ", report.purpose().name().toLowerCase(Locale.ROOT)));
    line.append(report.method()).append(' ').append(report.url());
    line.append(ReadableRequest.place(report)).append("  ");
    line.append(report.status().isPresent() ? report.status().getAsInt() + ", " : "");
    line.append(Amounts.bytes(report.bytes())).append(", ");
    line.append(Durations.format(report.took()));
    if (report.attempt() > 1) {
      line.append(", attempt ").append(report.attempt());
    }
    if (report.waited().toMillis() > 0) {
      line.append(", waited ").append(Durations.format(report.waited()));
    }
    report.quotas().forEach(quota -> line.append(", ").append(quota.text()));
    report.fault().ifPresent(fault -> line.append(", ").append(fault));
    return line.toString();
  }
}

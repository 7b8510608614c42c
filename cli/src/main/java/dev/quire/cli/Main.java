package dev.quire.cli;

import dev.quire.spi.ConnectorContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/** Where the process starts and ends. */
public final class Main {
  /** How long an interrupted statement may take to write out what it has. */
  private static final long SECONDS_TO_END = 5;

  /** Takes what libraries have to log, and writes none of it. */
  static final String LOGS = "org.slf4j.nop.NOPServiceProvider";

  private Main() {}

  public static void main(String... args) {
    nameProviders();
    HeadStart start = HeadStart.of(args);
    Interrupts interrupts = new Interrupts();
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(interrupts, done)));
    int code = run(surroundings(interrupts, start), args);
    done.countDown();
    if (!interrupts.raised()) {
      System.exit(code);
    }
  }

  /** Names what would be looked for in every jar: what makes sockets, and who takes logs. */
  static void nameProviders() {
    if (System.getProperty("os.name", "").equals("Linux")) {
      name("java.nio.channels.spi.SelectorProvider", "sun.nio.ch.EPollSelectorProvider");
    }
    name("slf4j.provider", LOGS);
    // Else it says that it was named.
    name("slf4j.internal.verbosity", "WARN");
  }

  private static void name(String service, String provider) {
    if (System.getProperty(service) == null) {
      System.setProperty(service, provider);
    }
  }

  static int run(Surroundings surroundings, String... args) {
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    if (!encoding.equals("UTF-8") && String.join(" ", args).indexOf('\uFFFD') >= 0) {
      surroundings
          .err()
          .println(
              "quire: the arguments hold letters that the locale's encoding, "
                  + encoding
                  + ", does not have\n  Choose a locale with UTF-8, as with LC_ALL=C.UTF-8, or give"
                  + " the statement with -f FILE.");
      return ExitCodes.USAGE;
    }
    return new CommandRunner(surroundings).run(args);
  }

  /**
   * Runs when the process is told to end, and then before the exit code of the signal is set.
   * Whoever presses Ctrl-C again does not want to wait for what is written out.
   */
  private static void interrupt(Interrupts interrupts, CountDownLatch done) {
    if (done.getCount() == 0) {
      return;
    }
    Signals.register("INT", () -> Runtime.getRuntime().halt(ExitCodes.INTERRUPTED));
    interrupts.raise();
    try {
      done.await(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Surroundings surroundings(Interrupts interrupts, HeadStart start) {
    FileOutputStream error = new FileOutputStream(FileDescriptor.err);
    PrintStream err = new PrintStream(error, true, StandardCharsets.UTF_8);
    return new Surroundings(
        System.in,
        new StandardOutput(new FileOutputStream(FileDescriptor.out)),
        err,
        System.getenv(),
        Path.of(""),
        Terminals.ofProcess(),
        ConnectorContext.system(),
        start::open,
        interrupts,
        new Notices(err, Browser.of(System.getenv(), System.getProperty("os.name", ""))));
  }
}

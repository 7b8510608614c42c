package dev.quire.cli;

import dev.quire.engine.Progress;
import dev.quire.spi.CallContext.Registration;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the progress line of a statement up to date until the statement ends, or until its rows
 * reach the same terminal. Thread-safe.
 */
final class ProgressDisplay implements AutoCloseable {
  private static final long MILLIS_BETWEEN_LOOKS = 125;
  private static final int USUAL_WIDTH = 80;

  private final Surroundings surroundings;
  private final boolean shown;
  private @Nullable ProgressLine line;
  private @Nullable Timer timer;
  private @Nullable Registration notices;

  private ProgressDisplay(Surroundings surroundings, boolean shown) {
    this.surroundings = surroundings;
    this.shown = shown;
  }

  /** Shows nothing. */
  static ProgressDisplay none(Surroundings surroundings) {
    return new ProgressDisplay(surroundings, false);
  }

  static ProgressDisplay of(ProgressMode mode, Surroundings surroundings) {
    boolean able =
        surroundings.terminals().errorWidth().isPresent()
            && !"dumb".equals(surroundings.environment().get("TERM"));
    return new ProgressDisplay(
        surroundings, mode == ProgressMode.ON || (mode == ProgressMode.AUTO && able));
  }

  /** Begins to show how far a statement is. */
  synchronized void watch(Supplier<Progress> progress) {
    if (!shown) {
      return;
    }
    int width = surroundings.terminals().errorWidth().orElse(USUAL_WIDTH);
    ProgressLine drawn =
        new ProgressLine(surroundings.err(), width, surroundings.context().time(), progress);
    TimerTask look =
        new TimerTask() {
          @Override
          public void run() {
            drawn.draw();
          }
        };
    line = drawn;
    notices = surroundings.notices().through(drawn::above);
    timer = new Timer("progress", true);
    timer.schedule(look, MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS);
  }

  /** Standard output, before whose first byte the line is gone if both are terminals. */
  OutputStream before(OutputStream out) {
    if (!shown || surroundings.terminals().outputWidth().isEmpty()) {
      return out;
    }
    return new FilterOutputStream(out) {
      @Override
      public void write(int b) throws IOException {
        ProgressDisplay.this.close();
        out.write(b);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        ProgressDisplay.this.close();
        out.write(bytes, from, length);
      }
    };
  }

  /** Wipes the line out. May be repeated. */
  @Override
  public synchronized void close() {
    if (timer != null && line != null) {
      timer.cancel();
      line.end();
      if (notices != null) {
        notices.close();
      }
      timer = null;
    }
  }
}

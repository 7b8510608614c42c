package dev.quire.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows on a terminal: through a pager as soon as there are more lines than the screen has. One
 * thread at a time.
 */
final class PagedTarget extends OutputTarget {
  private final Runnable beforeShowing;
  private final OutputStream screen;
  private final int height;
  private final Pager pager;
  private final ByteArrayOutputStream firstLines = new ByteArrayOutputStream();
  private final Lines lines = new Lines();
  private int count;
  private boolean shown;
  private @Nullable OutputStream chosen;

  /**
   * @param beforeShowing clears the place where the rows will stand
   * @param height of the screen in lines
   */
  PagedTarget(Runnable beforeShowing, OutputStream screen, int height, Pager pager) {
    this.beforeShowing = beforeShowing;
    this.screen = screen;
    this.height = height;
    this.pager = pager;
  }

  @Override
  OutputStream stream() {
    return lines;
  }

  @Override
  void complete() throws IOException {
    show();
  }

  @Override
  Optional<String> partial() throws IOException {
    show();
    return Optional.empty();
  }

  /** Shows what is held back, and waits until the user has left the pager. */
  private void show() throws IOException {
    if (!shown) {
      shown = true;
      beforeShowing.run();
      OutputStream out = chosen == null ? choose(screen) : chosen;
      out.flush();
      pager.close();
    }
  }

  private OutputStream choose(OutputStream out) throws IOException {
    chosen = out;
    firstLines.writeTo(out);
    firstLines.reset();
    return out;
  }

  @Override
  public void close() {
    try {
      show();
    } catch (IOException e) {
      pager.close(); // nobody reads it any more
    }
  }

  /** Holds back what fits on the screen. */
  private final class Lines extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (chosen != null) {
        chosen.write(bytes, from, length);
        return;
      }
      firstLines.write(bytes, from, length);
      for (int i = from; i < from + length; i++) {
        count += bytes[i] == '\n' ? 1 : 0;
      }
      // The footer and the prompt want a line each.
      if (count > height - 2) {
        beforeShowing.run();
        choose(pager.open(screen));
      }
    }

    /** What is shown after a failure; the rows so far come first. */
    @Override
    public void flush() throws IOException {
      show();
    }
  }
}

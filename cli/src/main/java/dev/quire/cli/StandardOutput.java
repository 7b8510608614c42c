package dev.quire.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, buffered, and written out a few times a second, so that rows are seen while the
 * next page is waited for. Unlike a {@link java.io.PrintStream} it does not swallow faults.
 * Thread-safe.
 */
final class StandardOutput extends OutputStream {
  private static final int BUFFER = 64 * 1024;
  private static final long MILLIS_BETWEEN_FLUSHES = 200;

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private @Nullable Timer timer;
  private @Nullable IOException fault;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    check();
    if (length > BUFFER - filled) {
      flush();
    }
    if (length > BUFFER) {
      send(bytes, from, length);
      return;
    }
    System.arraycopy(bytes, from, buffer, filled, length);
    filled += length;
    if (timer == null) {
      timer = started();
    }
  }

  private Timer started() {
    Timer daemon = new Timer("standard output", true);
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            flushQuietly();
          }
        };
    daemon.schedule(task, MILLIS_BETWEEN_FLUSHES, MILLIS_BETWEEN_FLUSHES);
    return daemon;
  }

  /** A fault is kept for the next write. */
  private synchronized void flushQuietly() {
    try {
      flush();
    } catch (IOException e) {
      fault = e;
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    check();
    int length = filled;
    filled = 0;
    if (length > 0) {
      send(buffer, 0, length);
    }
  }

  private void send(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
      out.flush();
    } catch (IOException e) {
      fault = isClosed(e) ? new ClosedOutputException(e) : e;
      throw fault;
    }
  }

  private void check() throws IOException {
    if (fault != null) {
      throw fault;
    }
  }

  /** A full disk is told apart from a reader that went away by the system's words for it. */
  private static boolean isClosed(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT);
    return message.contains("pipe") || message.contains("stream closed");
  }
}

package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.Durations;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Notice;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token that a person gets by signing in with the issuer. The statement waits meanwhile, and ends
 * the wait when it is cancelled. Asked by one thread at a time, closed by any.
 */
final class SignIn implements AutoCloseable {
  /** Nobody signs in faster; names are completed within less. */
  private static final Duration LEAST_TIME = Duration.ofSeconds(20);

  private final Outlet.Surroundings surroundings;
  private final boolean kept;
  private final Way way;
  private @Nullable Cancellation underWay;
  private boolean closed;

  /** How a person signs in. */
  interface Way extends AutoCloseable {
    TokenSource.Token signIn(Visit visit);

    /** What the token is asked for, so that a kept one for something else is passed over. */
    Optional<String> scope();

    @Override
    void close();
  }

  /**
   * One sign-in.
   *
   * @param deadline the statement's
   * @param began the monotonic time of its begin
   */
  record Visit(
      CallContext context,
      Cancellation cancellation,
      Deadline deadline,
      long began,
      SignIn signIn) {

    /** Says what to do, after words that name the source. */
    void tell(String what, Optional<String> page) {
      String last =
          signIn.kept
              ? ""
              : "\nIt lasts as long as this process; auth.token_cache keeps it longer.";
      String text = "To sign in to source '" + signIn.surroundings.source() + "', " + what + last;
      signIn.surroundings.host().notices().accept(new Notice(text, page));
    }

    /**
     * Passes if there is time left.
     *
     * @param patience for the person, from the begin
     * @throws SourceException DEADLINE_EXCEEDED for the statement's time, else AUTHENTICATION
     */
    void check(Duration patience) {
      if (deadline.isOver()) {
        throw deadline.fault("nobody has signed in yet");
      }
      if (time().nanoTime() - began >= patience.toNanos()) {
        throw late(patience);
      }
    }

    TimeSource time() {
      return signIn.surroundings.host().time();
    }

    SourceException late(Duration patience) {
      return new SourceException(
              ErrorKind.AUTHENTICATION, "nobody signed in within " + Durations.format(patience))
          .withHint("Try again, and sign in soon after you are asked to.");
    }

    /** A refusal by the person or the issuer. */
    SourceException refused(String said) {
      return new SourceException(ErrorKind.AUTHENTICATION, "the sign-in was refused: " + said)
          .withHint("Try again, and allow it; or ask the issuer's administrator.");
    }
  }

  /**
   * @param kept whether the next start finds what this one was given
   */
  SignIn(Way way, boolean kept, Outlet.Surroundings surroundings) {
    this.way = way;
    this.kept = kept;
    this.surroundings = surroundings;
  }

  /** What a kept refresh token goes back to. */
  String root() {
    return "sign-in " + way.scope().orElse("");
  }

  /** Waits for a person; the refresh token is in the answer, if the issuer gave one. */
  TokenSource.Token fetch(CallContext context) {
    Deadline deadline = new Deadline(surroundings.host().time(), context.deadline());
    if (deadline.left().compareTo(LEAST_TIME) < 0) {
      throw deadline.fault("somebody must sign in first");
    }
    Cancellation cancellation = new Cancellation();
    begin(cancellation);
    try (CallContext.Registration registration =
        context.onCancel(() -> cancellation.cancel("the statement was cancelled"))) {
      return way.signIn(
          new Visit(context, cancellation, deadline, surroundings.host().time().nanoTime(), this));
    } finally {
      context.waiting(Duration.ZERO, "");
      begin(null);
    }
  }

  private synchronized void begin(@Nullable Cancellation cancellation) {
    underWay = cancellation;
    if (closed && cancellation != null) {
      cancellation.cancel("source '" + surroundings.source() + "' was closed");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    begin(underWay);
    way.close();
  }
}

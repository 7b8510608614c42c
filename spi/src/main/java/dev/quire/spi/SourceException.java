package dev.quire.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of sources and of the engine. Its message says where (source, table, page),
 * what was wrong, and what to do next; never a token or a secret.
 */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final String problem;
  private final @Nullable String place;
  private final @Nullable String hint;

  public SourceException(ErrorKind kind, String problem) {
    this(kind, problem, null, null, null);
  }

  public SourceException(ErrorKind kind, String problem, @Nullable Throwable cause) {
    this(kind, problem, null, null, cause);
  }

  private SourceException(
      ErrorKind kind,
      String problem,
      @Nullable String place,
      @Nullable String hint,
      @Nullable Throwable cause) {
    super(text(problem, place, hint), cause);
    this.kind = kind;
    this.problem = problem;
    this.place = place;
    this.hint = hint;
  }

  private static String text(String problem, @Nullable String place, @Nullable String hint) {
    return (place == null ? "" : place + ": ") + problem + (hint == null ? "" : "\n  " + hint);
  }

  public ErrorKind kind() {
    return kind;
  }

  /** What was wrong, without place and hint. */
  public String problem() {
    return problem;
  }

  /** Where: source, table, page. */
  public Optional<String> place() {
    return Optional.ofNullable(place);
  }

  /** What to do next. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** The same fault with its place, unless it has one. */
  public SourceException withPlace(String where) {
    return place != null ? this : changed(where, hint);
  }

  /** The same fault with what to do next, unless it says so already. */
  public SourceException withHint(String advice) {
    return hint != null ? this : changed(place, advice);
  }

  private SourceException changed(@Nullable String where, @Nullable String advice) {
    SourceException copy = new SourceException(kind, problem, where, advice, getCause());
    copy.setStackTrace(getStackTrace());
    for (Throwable suppressed : getSuppressed()) {
      copy.addSuppressed(suppressed);
    }
    return copy;
  }
}

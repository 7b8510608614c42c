package dev.quire.odata;

import dev.quire.http.FaultReader;
import dev.quire.http.Refusal;
import dev.quire.odata.json.ServiceError;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads OData's error answers: the vendor's codes say more than the status. Immutable.
 *
 * @param refusable what of the request the engine can do itself
 */
record ODataFaults(Profile profile, Refusable refusable) implements FaultReader {
  private static final Pattern NOT_DONE =
      Pattern.compile("not (yet |currently )?(supported|implemented|allowed)|unsupported");

  private static final Pattern REQUEST_ID = Pattern.compile(" \\([a-z-]+: [^()]*\\)$");

  /** Statuses with which services turn down {@code /$count}. */
  private static final Set<Integer> NO_COUNT = Set.of(400, 404, 405, 406, 415, 501);

  private static final String EXPIRED_HINT =
      "The service forgot its own next link while pages were read: run the statement again; a"
          + " larger page_size needs fewer pages.";

  /** What of a request may be refused without harm. */
  enum Refusable {
    NOTHING,
    /** as nothing, and the place of a page that is not the first can be gone */
    NEXT_PAGE,
    /** filter, order, offset: refused with 501, or with 400 and words to that effect */
    OPTIONS,
    /** as options, and with any 400: a function or an expansion that the service does not know */
    FUNCTIONS,
    /** the count itself, or groups */
    COUNT
  }

  @Override
  public SourceException read(Refusal refusal) {
    int status = refusal.status();
    SourceException standard = refusal.standard();
    Optional<ServiceError> error = ServiceError.of(refusal.body());
    String said = error.map(ServiceError::clause).orElse("");
    ErrorKind kind = kind(status, error, standard.kind());
    if (isExpired(status, error)) {
      return new SourceException(ErrorKind.REJECTED, problem(standard, error), standard)
          .withHint(EXPIRED_HINT);
    }
    if (status == 501 && kind != ErrorKind.PUSHDOWN_REFUSED) {
      return new SourceException(ErrorKind.REJECTED, problem(standard, error), standard)
          .withHint(
              "The service does not do this; in a query, name the columns that you need, without *.");
    }
    if (said.isEmpty() && kind == standard.kind()) {
      return standard;
    }
    SourceException fault =
        new SourceException(kind, problem(standard, error), standard.getCause());
    return standard.hint().map(fault::withHint).orElse(fault);
  }

  /** Whether the service no longer knows the page that its own next link led to. */
  private boolean isExpired(int status, Optional<ServiceError> error) {
    boolean said = error.filter(each -> profile.expired().contains(lowerCode(each))).isPresent();
    return refusable == Refusable.NEXT_PAGE && (status == 410 || said);
  }

  /** The service's words in place of the JSON around them, before the request id. */
  private static String problem(SourceException standard, Optional<ServiceError> error) {
    String problem = standard.problem();
    String said = error.map(ServiceError::clause).orElse("");
    if (said.isEmpty()) {
      return problem;
    }
    int body = problem.indexOf(": {");
    String head = body < 0 ? problem : problem.substring(0, body);
    Matcher id = REQUEST_ID.matcher(problem);
    String inside = error.map(ServiceError::requestId).orElse("");
    String shown =
        body >= 0 && id.find()
            ? id.group()
            : inside.isEmpty() ? "" : " (request-id: " + inside + ")";
    return head + ": " + said + shown;
  }

  private ErrorKind kind(int status, Optional<ServiceError> error, ErrorKind standard) {
    ErrorKind coded =
        error
            .map(each -> profile.codes().get(lowerCode(each)))
            .filter(kind -> kind != ErrorKind.PUSHDOWN_REFUSED || isAnythingRefusable())
            .orElse(null);
    if (coded != null) {
      return coded;
    }
    return isRefusal(status, error.map(ServiceError::message).orElse(""))
        ? ErrorKind.PUSHDOWN_REFUSED
        : standard;
  }

  private boolean isAnythingRefusable() {
    return refusable != Refusable.NOTHING && refusable != Refusable.NEXT_PAGE;
  }

  private static String lowerCode(ServiceError error) {
    return error.code().toLowerCase(Locale.ROOT);
  }

  private boolean isRefusal(int status, String message) {
    return switch (refusable) {
      case NOTHING, NEXT_PAGE -> false;
      case OPTIONS ->
          status == 501
              || (status == 400 && NOT_DONE.matcher(message.toLowerCase(Locale.ROOT)).find());
      case FUNCTIONS -> status == 501 || status == 400;
      case COUNT -> NO_COUNT.contains(status);
    };
  }
}

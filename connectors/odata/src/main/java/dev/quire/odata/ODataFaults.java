package dev.quire.odata;

import dev.quire.http.FaultReader;
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

  /** What of a request may be refused without harm. */
  enum Refusable {
    NOTHING,
    /** filter, order, offset: refused with 501, or with 400 and words to that effect */
    OPTIONS,
    /** the count itself */
    COUNT
  }

  @Override
  public SourceException read(int status, String body, SourceException standard) {
    Optional<ServiceError> error = ServiceError.of(body);
    String said = error.map(ServiceError::clause).orElse("");
    ErrorKind kind = kind(status, error, standard.kind());
    if (said.isEmpty() && kind == standard.kind()) {
      return standard;
    }
    String problem = said.isEmpty() ? standard.problem() : saying(standard.problem(), said);
    SourceException fault = new SourceException(kind, problem, standard.getCause());
    return standard.hint().map(fault::withHint).orElse(fault);
  }

  /** The service's words in place of the JSON around them, before the request id. */
  private static String saying(String problem, String said) {
    int body = problem.indexOf(": {");
    String head = body < 0 ? problem : problem.substring(0, body);
    Matcher id = REQUEST_ID.matcher(problem);
    return head + ": " + said + (body >= 0 && id.find() ? id.group() : "");
  }

  private ErrorKind kind(int status, Optional<ServiceError> error, ErrorKind standard) {
    ErrorKind coded =
        error
            .map(ServiceError::code)
            .map(code -> profile.codes().get(code.toLowerCase(Locale.ROOT)))
            .orElse(null);
    if (coded != null) {
      return coded;
    }
    return isRefusal(status, error.map(ServiceError::message).orElse(""))
        ? ErrorKind.PUSHDOWN_REFUSED
        : standard;
  }

  private boolean isRefusal(int status, String message) {
    return switch (refusable) {
      case NOTHING -> false;
      case OPTIONS ->
          status == 501
              || (status == 400 && NOT_DONE.matcher(message.toLowerCase(Locale.ROOT)).find());
      case COUNT -> NO_COUNT.contains(status);
    };
  }
}

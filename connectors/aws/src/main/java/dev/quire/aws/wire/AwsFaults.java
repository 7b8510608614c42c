package dev.quire.aws.wire;

import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.ServiceModel;
import dev.quire.http.Excerpt;
import dev.quire.http.FaultReader;
import dev.quire.http.Refusal;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads AWS's error answers: the code says what it is, whatever the status. Immutable.
 *
 * @param source its name, for advice
 * @param region where the request went
 * @param clock the time of this machine, to be compared with the service's
 */
public record AwsFaults(
    String source,
    ServiceModel service,
    OperationModel operation,
    String region,
    Supplier<Instant> clock)
    implements FaultReader {

  /** As the SDKs' standard retry mode has them. */
  private static final Set<String> THROTTLING =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "RequestThrottledException",
          "TooManyRequestsException",
          "ProvisionedThroughputExceededException",
          "TransactionInProgressException",
          "RequestLimitExceeded",
          "BandwidthLimitExceeded",
          "LimitExceededException",
          "RequestThrottled",
          "SlowDown",
          "PriorRequestNotComplete",
          "EC2ThrottledException");

  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");

  private static final Set<String> SKEWED =
      Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");

  private static final Set<String> UNKNOWN_CALLER =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidSignatureException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "AuthFailure",
          "InvalidToken");

  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "UnauthorizedOperation",
          "AuthorizationError",
          "AuthorizationErrorException",
          "OptInRequired",
          "SubscriptionRequiredException");

  private static final Set<String> ELSEWHERE =
      Set.of(
          "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "TemporaryRedirect");

  private static final Map<String, ErrorKind> OTHERS =
      Map.of(
          "RequestTimeout", ErrorKind.TIMEOUT,
          "RequestTimeoutException", ErrorKind.TIMEOUT,
          "InternalError", ErrorKind.REMOTE_FAILURE,
          "InternalFailure", ErrorKind.REMOTE_FAILURE,
          "InternalServerError", ErrorKind.REMOTE_FAILURE,
          "ServiceUnavailable", ErrorKind.REMOTE_FAILURE,
          "ServiceUnavailableException", ErrorKind.REMOTE_FAILURE);

  @Override
  public SourceException read(Refusal refusal) {
    ServiceError error = ServiceError.of(refusal);
    if (ELSEWHERE.contains(error.code()) || refusal.status() == 301) {
      return elsewhere(error);
    }
    ErrorKind kind = kind(error, refusal.standard().kind());
    SourceException fault =
        new SourceException(kind, problem(error, refusal), refusal.standard().getCause());
    return hint(kind, error, refusal).map(fault::withHint).orElse(fault);
  }

  /** An error that stands in an answer of status 200. */
  static SourceException inAnswer(ServiceError error) {
    return new SourceException(
        kind(error, ErrorKind.REMOTE_FAILURE),
        "the service answered 200 with an error: "
            + error.clause().map(text -> Excerpt.of(text, 400)).orElse("without a code"));
  }

  private static ErrorKind kind(ServiceError error, ErrorKind standard) {
    String code = error.code();
    if (THROTTLING.contains(code)) {
      return ErrorKind.THROTTLED;
    }
    if (EXPIRED.contains(code) || SKEWED.contains(code) || UNKNOWN_CALLER.contains(code)) {
      return ErrorKind.AUTHENTICATION;
    }
    if (DENIED.contains(code)) {
      return ErrorKind.PERMISSION;
    }
    if (code.startsWith("NoSuch")
        || code.endsWith("NotFound")
        || code.endsWith("NotFoundException")) {
      return ErrorKind.NOT_FOUND;
    }
    return OTHERS.getOrDefault(code, standard);
  }

  private String problem(ServiceError error, Refusal refusal) {
    String said =
        error.clause().map(text -> " " + Excerpt.of(text, 400)).orElseGet(() -> excerpt(refusal));
    String id =
        refusal
            .header("x-amzn-requestid")
            .or(() -> refusal.header("x-amz-request-id"))
            .map(text -> " (request id " + Excerpt.of(text, 100) + ")")
            .orElse("");
    return service.name()
        + " "
        + operation.name()
        + " in "
        + region
        + " answered "
        + refusal.status()
        + said
        + id;
  }

  private static String excerpt(Refusal refusal) {
    String text = Excerpt.of(refusal.body(), 200);
    return text.isEmpty() ? " without a word" : ": " + text;
  }

  private Optional<String> hint(ErrorKind kind, ServiceError error, Refusal refusal) {
    String key = "sources." + source;
    return switch (kind) {
      case AUTHENTICATION -> Optional.of(authentication(error, refusal, key));
      case PERMISSION ->
          Optional.of(
              "The credentials are known, but not allowed to do this: they need the permission "
                  + service.endpoint().signingName()
                  + ":"
                  + operation.name()
                  + ", or one of a name close to it.");
      case NOT_FOUND ->
          Optional.of("Check the names in the statement, and that they are in " + region + ".");
      case THROTTLED ->
          Optional.of(
              "Try later, or lower "
                  + key
                  + ".http.concurrency, or raise http.attempts and http.max_wait.");
      default -> other(error, refusal);
    };
  }

  private static Optional<String> other(ServiceError error, Refusal refusal) {
    boolean token = error.code().contains("NextToken") || error.code().contains("PaginationToken");
    return token
        ? Optional.of(
            "The service no longer knows the token that it gave for the next page: run the"
                + " statement again, without pauses between its rows.")
        : refusal.standard().hint().filter(text -> !text.contains(".url"));
  }

  private String authentication(ServiceError error, Refusal refusal, String key) {
    boolean late = error.message().contains("Signature expired");
    boolean early = error.message().contains("Signature not yet current");
    if (SKEWED.contains(error.code()) || late || early) {
      return "This machine's clock says "
          + clock.get()
          + refusal.header("Date").map(date -> ", the service's " + Excerpt.of(date, 40)).orElse("")
          + ": set the clock.";
    }
    if (EXPIRED.contains(error.code())) {
      return "The session is over: log in again (aws sso login), or renew "
          + key
          + ".credentials.session_token.";
    }
    return "Check the credentials of "
        + key
        + ": credentials, profile and role, or what the environment gives.";
  }

  private SourceException elsewhere(ServiceError error) {
    String where = error.region().isEmpty() ? "another region" : "the region " + error.region();
    SourceException fault =
        new SourceException(
            ErrorKind.CONFIGURATION,
            service.name()
                + " "
                + operation.name()
                + ": what is asked for is in "
                + where
                + ", and "
                + region
                + " was asked");
    String region = error.region().isEmpty() ? "the right one" : error.region();
    return fault.withHint(
        "Set sources." + source + ".region to " + region + ", or list it under regions.");
  }
}

package dev.quire.sample;

/** A request that is refused, with the status and the error body that Dataverse would send. */
final class ODataFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  ODataFault(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static ODataFault badRequest(String code, String message) {
    return new ODataFault(400, code, message);
  }

  /** A query option whose text cannot be read. */
  static ODataFault malformed(String message) {
    return badRequest("0x0", message);
  }

  static ODataFault noSegment(String segment) {
    return new ODataFault(
        404, "0x8006088a", "Resource not found for the segment '" + segment + "'.");
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}

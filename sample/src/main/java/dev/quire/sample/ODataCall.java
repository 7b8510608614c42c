package dev.quire.sample;

/**
 * One OData request, read as far as its table. Immutable.
 *
 * @param numbersAsText whether the client asked for {@code IEEE754Compatible=true}
 */
record ODataCall(
    QueryOptions options, Preferences preferences, boolean numbersAsText, String baseUrl) {

  static ODataCall of(HttpCall call, String baseUrl) {
    return new ODataCall(
        QueryOptions.parse(call.query()),
        Preferences.parse(call.header("prefer")),
        call.header("accept").replace(" ", "").contains("IEEE754Compatible=true"),
        baseUrl);
  }

  /** A JSON answer with the headers that belong to this request. */
  HttpAnswer json(HttpAnswer.Body body) {
    String parameters =
        numbersAsText ? "odata.metadata=minimal; IEEE754Compatible=true" : "odata.metadata=minimal";
    HttpAnswer answer = HttpAnswer.of(200, "application/json; " + parameters, body);
    String applied = preferences.applied();
    return applied.isEmpty() ? answer : answer.withHeader("Preference-Applied", applied);
  }
}

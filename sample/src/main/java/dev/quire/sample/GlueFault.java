package dev.quire.sample;

import java.util.Map;

/** A refusal in the form of AWS's JSON protocol: always with status 400, told apart by its code. */
final class GlueFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;
  private final String text;

  GlueFault(String code, String message) {
    super(message, null, false, false);
    this.code = code;
    this.text = message;
  }

  static GlueFault invalid(String message) {
    return new GlueFault("InvalidInputException", message);
  }

  HttpAnswer answer() {
    return new HttpAnswer(
        400,
        Map.of("Content-Type", GlueService.CONTENT_TYPE),
        true,
        out -> {
          try (JsonWriter json = new JsonWriter(out, false)) {
            json.raw("{\"__type\":").text(code);
            json.raw(",\"Message\":").text(text).raw("}");
          }
        });
  }
}

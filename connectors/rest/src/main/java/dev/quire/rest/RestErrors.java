package dev.quire.rest;

import dev.quire.http.Excerpt;
import dev.quire.http.FaultReader;
import dev.quire.http.Refusal;
import dev.quire.rest.json.Answer;
import dev.quire.rest.json.AnswerParser;
import dev.quire.rest.json.Found;
import dev.quire.rest.json.Wanted;
import dev.quire.rest.spec.ErrorSpec;
import dev.quire.rest.spec.ErrorSpec.Envelope;
import dev.quire.rest.spec.Format;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Rows;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an API's own errors, in refusals and inside answers that look like a success. Immutable.
 */
record RestErrors(ErrorSpec spec) implements FaultReader {

  /** What to look for in a body. */
  Set<Pointer> pointers() {
    Set<Pointer> pointers = new HashSet<>();
    spec.envelopes().forEach(envelope -> pointers.add(envelope.when()));
    spec.message().ifPresent(pointers::add);
    spec.code().ifPresent(pointers::add);
    return pointers;
  }

  @Override
  public SourceException read(Refusal refusal) {
    SourceException standard = refusal.standard();
    Optional<Answer> answer = parsed(refusal);
    if (answer.isEmpty() || said(answer.get()).isEmpty()) {
      return standard;
    }
    ErrorKind kind = isRetried(answer.get()) ? ErrorKind.THROTTLED : standard.kind();
    String problem = standard.problem();
    int body = Math.max(problem.indexOf(": {"), problem.indexOf(": [{"));
    SourceException fault =
        new SourceException(
            kind,
            (body < 0 ? problem : problem.substring(0, body)) + ": " + said(answer.get()),
            standard.getCause());
    return standard.hint().map(fault::withHint).orElse(fault);
  }

  private Optional<Answer> parsed(Refusal refusal) {
    if (pointers().isEmpty() || !refusal.body().strip().matches("(?s)[{\\[].*")) {
      return Optional.empty();
    }
    Rows none = new Rows(Pointer.to("@none"), Rows.Shape.LIST, true);
    AnswerParser parser =
        new AnswerParser(Format.JSON, none, List.of(), new Wanted(pointers(), Set.of(), false));
    try (ByteArrayInputStream body = new ByteArrayInputStream(refusal.bytes())) {
      return Optional.of(parser.parse(body, "", answer -> {}));
    } catch (IOException | SourceException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws SourceException if an answer is an error that came with the status of a success
   */
  void check(Answer answer) {
    for (Envelope envelope : spec.envelopes()) {
      if (marks(envelope, answer.find(envelope.when()))) {
        String said = said(answer);
        throw new SourceException(
            isRetried(answer) ? ErrorKind.THROTTLED : ErrorKind.REJECTED,
            "the service answers with an error"
                + (said.isEmpty() ? " at " + envelope.when() : ": " + said));
      }
    }
  }

  private static boolean marks(Envelope envelope, Optional<Found> found) {
    if (found.isEmpty()) {
      return false;
    }
    Found there = found.get();
    return envelope
        .value()
        .map(value -> there.text().equals(value) != envelope.other())
        .orElse(!there.isBlank() && !there.text().equals("false"));
  }

  private boolean isRetried(Answer answer) {
    return spec.code()
        .or(spec::message)
        .flatMap(answer::find)
        .filter(code -> spec.retryCodes().contains(code.text()))
        .isPresent();
  }

  /** Code and message. */
  private String said(Answer answer) {
    String code = spec.code().flatMap(answer::find).map(Found::text).orElse("");
    String message = spec.message().flatMap(answer::find).map(Found::text).orElse("");
    String both =
        code.isEmpty() || code.equals(message)
            ? message
            : message.isEmpty() ? code : code + ": " + message;
    return Excerpt.of(both, 300);
  }
}

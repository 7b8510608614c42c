package dev.quire.cli;

import dev.quire.cli.format.DisplayText;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What went wrong, for the user and as an exit code. */
final class FaultReport {
  private final Surroundings surroundings;

  FaultReport(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Says what went wrong on standard error, with the stack trace only if wanted. */
  int report(Throwable fault, boolean debug) {
    if (fault instanceof ClosedOutputException) {
      return ExitCodes.OUTPUT_CLOSED;
    }
    if (surroundings.interrupts().raised()) {
      surroundings.err().println("interrupted before the first row");
      return ExitCodes.INTERRUPTED;
    }
    surroundings.err().println("quire: " + DisplayText.harmlessLines(message(fault)));
    if (debug || "1".equals(surroundings.environment().get("QUIRE_DEBUG"))) {
      fault.printStackTrace(surroundings.err());
    }
    return code(fault);
  }

  /** The exit code of a statement that ended with this. */
  int code(Throwable fault) {
    if (fault instanceof ClosedOutputException) {
      return ExitCodes.OUTPUT_CLOSED;
    }
    if (surroundings.interrupts().raised()) {
      return ExitCodes.INTERRUPTED;
    }
    return fault instanceof SourceException known && known.kind() == ErrorKind.CONFIGURATION
        ? ExitCodes.USAGE
        : ExitCodes.FAILED;
  }

  private static String message(Throwable fault) {
    if (fault instanceof SourceException known) {
      return String.valueOf(known.getMessage());
    }
    if (fault instanceof OutOfMemoryError) {
      return "the statement needs more memory than there is\n"
          + "  Ask for fewer rows or columns, or give more: QUIRE_JAVA_OPTS=-Xmx2g";
    }
    if (fault instanceof AccessDeniedException denied) {
      return "writing " + denied.getFile() + " is not permitted";
    }
    if (fault instanceof FileSystemException file) {
      String reason = file.getReason() == null ? "the system refuses it" : file.getReason();
      return "cannot write " + file.getFile() + ": " + reason;
    }
    if (fault instanceof IOException) {
      return "writing failed: " + fault.getMessage();
    }
    return "a fault of Quire's own: " + fault + "\n  QUIRE_DEBUG=1 shows where; please report it.";
  }
}

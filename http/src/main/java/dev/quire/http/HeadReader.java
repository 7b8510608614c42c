package dev.quire.http;

import dev.quire.spi.Sizes;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.regex.Pattern;

/**
 * Reads the head of an answer (RFC 9112): status line and fields, interim answers and folded lines
 * skipped.
 */
final class HeadReader {
  static final int MOST_LINE = 64 * 1024;
  private static final int MOST_FIELDS = 500;
  private static final int MOST_HEAD = 512 * 1024;
  private static final int MOST_INTERIM = 20;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] \\d{3}( .*)?");

  private HeadReader() {}

  /**
   * @param first the status line
   */
  static Transport.Head read(String first, WireInput in) throws IOException {
    String status = first;
    for (int interim = 0; interim <= MOST_INTERIM; interim++) {
      if (!STATUS.matcher(status).matches()) {
        throw new ProtocolException("the answer is not HTTP/1.1");
      }
      int code = Integer.parseInt(status.substring(9, 12));
      Headers headers = fields(in);
      if (code >= 200) {
        return new Transport.Head(code, status.substring(12).strip(), headers);
      }
      if (code == 101) {
        throw new ProtocolException("the other side switched to another protocol");
      }
      status = in.readLine(MOST_LINE);
    }
    throw new ProtocolException("more than " + MOST_INTERIM + " interim answers");
  }

  private static Headers fields(WireInput in) throws IOException {
    Headers headers = new Headers();
    int size = 0;
    for (int i = 0; i < MOST_FIELDS; i++) {
      String line = in.readLine(MOST_LINE);
      if (line.isEmpty()) {
        return headers;
      }
      size += line.length();
      if (size > MOST_HEAD) {
        throw new ProtocolException("the answer's head is larger than " + Sizes.format(MOST_HEAD));
      }
      int colon = line.indexOf(':');
      boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
      if (colon > 0 && !folded) {
        headers.add(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    throw new ProtocolException("the answer has more than " + MOST_FIELDS + " header fields");
  }
}

package dev.quire.http;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (RFC 7468). Immutable.
 *
 * @param label what it is, as {@code CERTIFICATE}
 * @param headers whether it has headers, as keys encrypted in the old way have
 * @param der its bytes; none when it has headers
 */
record Pem(String label, boolean headers, byte[] der) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /** Whether a text has a PEM block in it. */
  static boolean isPem(String text) {
    return text.contains("-----BEGIN ");
  }

  /**
   * The blocks of a text; what stands between them is passed over.
   *
   * @throws IllegalArgumentException when a block has no end or is not base64
   */
  static List<Pem> parse(String text) {
    List<Pem> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    int at = 0;
    while (matcher.find(at)) {
      String body = matcher.group(2);
      boolean headers = body.contains(":");
      byte[] der = headers ? new byte[0] : Base64.getDecoder().decode(body.replaceAll("\\s", ""));
      blocks.add(new Pem(matcher.group(1), headers, der));
      at = matcher.end();
    }
    if (text.indexOf("-----BEGIN ", at) >= 0) {
      throw new IllegalArgumentException("a block is not closed");
    }
    return blocks;
  }
}

package dev.quire.cli;

import java.util.List;
import java.util.regex.Pattern;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Says when what was typed is whole: a command is one line, a statement goes on to its semicolon.
 * Immutable.
 */
final class ShellParser implements Parser {
  private static final Pattern QUIT = Pattern.compile("(?i)(\\\\q|quit|exit)\\s*;?");

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    boolean completing = context == ParseContext.COMPLETE;
    if (!completing && !isCommand(line) && !SqlText.parse(line).rest().isBlank()) {
      throw new EOFError(-1, -1, "the statement goes on", ";");
    }
    return Word.at(line, cursor);
  }

  static boolean isCommand(String line) {
    return line.stripLeading().startsWith("\\") || isQuit(line);
  }

  /** Also in the words that other shells know. */
  static boolean isQuit(String line) {
    return QUIT.matcher(line.strip()).matches();
  }

  @Override
  public boolean isEscapeChar(char c) {
    return false;
  }

  /**
   * The line and the name at the cursor, which may be qualified.
   *
   * @param word from its begin to the cursor
   */
  record Word(String line, int cursor, String word) implements CompletingParsedLine {
    static Word at(String line, int cursor) {
      int start = cursor;
      while (start > 0 && isPart(line.charAt(start - 1))) {
        start--;
      }
      return new Word(line, cursor, line.substring(start, cursor));
    }

    private static boolean isPart(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '"' || c == '\\';
    }

    /** What stands before the word. */
    String before() {
      return line.substring(0, cursor - word.length());
    }

    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return word.length();
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }
  }
}

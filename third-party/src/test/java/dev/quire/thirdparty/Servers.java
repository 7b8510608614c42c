package dev.quire.thirdparty;

import dev.quire.thirdparty.aws.Moto;
import java.io.OutputStream;
import org.opentest4j.TestAbortedException;

/**
 * Teiid and moto in a process of their own, for tests whose class path does not go with Teiid's.
 * Prints where they listen, a line for each, and ends with its standard input.
 */
public final class Servers {
  /** Something is not installed. */
  static final int NOT_INSTALLED = 3;

  private Servers() {}

  public static void main(String[] arguments) throws Exception {
    try (TeiidServer teiid = TeiidServer.start(Views.SCRIPT);
        Moto moto = Moto.start()) {
      moto.seed("glue");
      System.out.println(teiid.url());
      System.out.println(moto.url());
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (TestAbortedException e) {
      System.err.println(e.getMessage());
      System.exit(NOT_INSTALLED);
    }
    System.exit(0);
  }
}

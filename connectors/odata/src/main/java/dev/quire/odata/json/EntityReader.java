package dev.quire.odata.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one object of an answer's list. */
interface EntityReader {
  /**
   * Reads the current object to its end.
   *
   * @param number of the object in its list, from 1, for messages
   */
  @Nullable Object[] read(JsonParser json, long number) throws IOException;
}

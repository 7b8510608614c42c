/**
 * Values straight from the bytes of a page, for connectors that make many rows of it.
 *
 * <p>{@link dev.quire.json.JsonReader} goes once over a page that is whole in memory. It pulls the
 * wanted members of objects ({@link dev.quire.json.Names}) and passes over all others without an
 * object for them. It is strict: what it passes over is checked as well, by RFC 8259's grammar and
 * for valid UTF-8. It is not complete: at a byte order mark, a lone surrogate, an escape in a name,
 * a number of a hundred digits, deep nesting, another encoding, and at every error it throws {@link
 * dev.quire.json.UncertainException}. Then the caller drops what it has and gives the same bytes to
 * Jackson, which tells errors and reads rare things. So there is one meaning of a page, and one
 * source of messages.
 *
 * <pre>{@code
 * reader.open(body.array(), body.length());
 * reader.beginObject();                       // the page
 * for (String name; (name = reader.nextName()) != null; ) {
 *   if (!name.equals("value")) {
 *     reader.skip();
 *     continue;
 *   }
 *   reader.beginArray();
 *   while (reader.hasNext()) {
 *     reader.beginObject();                   // a row
 *     for (int i; (i = reader.next(names)) != JsonReader.END; ) {
 *       row[i] = reader.tryNull() ? null : reader.text();
 *     }
 *   }
 * }
 * reader.end();                               // nothing follows
 * }</pre>
 *
 * <p>Each value is taken in one of three ways. {@code text()}, {@code skip()}, {@code
 * beginObject()} and {@code beginArray()} demand what they name. The {@code try…} methods take a
 * value if it is in the form that nearly all services send, and otherwise leave it where it is;
 * then {@code skip()} passes over it, and {@code from()} and {@code to()} are where it stands, so
 * that the caller may give that value alone to its usual code.
 */
@NullMarked
package dev.quire.json;

import org.jspecify.annotations.NullMarked;

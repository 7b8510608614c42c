package dev.quire.engine.sys;

import java.util.Optional;

/**
 * One configured source as {@code sys.sources} shows it. Immutable.
 *
 * @param url without credentials, query and fragment
 * @param opened whether a statement has named it so far
 */
public record SourceEntry(String name, String type, Optional<String> url, boolean opened) {}

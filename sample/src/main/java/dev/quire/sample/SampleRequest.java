package dev.quire.sample;

/**
 * One request as the server saw it. Immutable.
 *
 * @param target path and query exactly as they arrived
 * @param prefer the header {@code Prefer}, or an empty text
 * @param status what was answered
 */
public record SampleRequest(String method, String target, String prefer, int status) {}

package dev.quire.spi;

import java.util.Optional;

/**
 * What the person who uses the program must do before a connector can go on: sign in, as a rule.
 * Holds no secret. Immutable.
 *
 * @param text what to do, complete without the page; a line or a few
 * @param page an http or https URL to be opened in a browser on this machine, if that is the way
 */
public record Notice(String text, Optional<String> page) {}

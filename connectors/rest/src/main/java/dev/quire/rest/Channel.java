package dev.quire.rest;

import dev.quire.http.HttpDoor;
import dev.quire.spi.CallContext;
import dev.quire.spi.TimeSource;

/**
 * The way to one API for one statement.
 *
 * @param root the API's base URL
 */
record Channel(HttpDoor door, CallContext context, String root, TimeSource time) {}

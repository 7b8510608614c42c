package dev.quire.rest;

import dev.quire.http.HttpDoor;
import dev.quire.spi.CallContext;
import dev.quire.spi.TimeSource;

/** One API, and the way to it. Thread-safe. */
record Service(HttpDoor door, RestSettings settings, TimeSource time) {

  Channel channel(CallContext context) {
    return new Channel(door, context, settings.root(), time);
  }

  String place(String table) {
    return settings.source() + "." + table;
  }
}

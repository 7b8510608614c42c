/** Any REST API as tables, described by a page of YAML. */
@NullMarked
package dev.quire.rest;

import org.jspecify.annotations.NullMarked;

package dev.quire.engine.rel;

import dev.quire.spi.Table;

/**
 * The table that a scan reads.
 *
 * @param place as the user names it: {@code crm.accounts}
 */
public record ScanTarget(String place, Table table) {}

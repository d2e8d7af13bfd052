/**
 * Records as JSON files, one a record, each with a checksum and replaced as a whole. Read {@link
 * io.carafe.storage.records.FileRecordStore} first; {@code RecordFormat} says what a file looks like, {@code RecordMapper} how
 * values become JSON.
 */
@NullMarked
package io.carafe.storage.records;

import org.jspecify.annotations.NullMarked;

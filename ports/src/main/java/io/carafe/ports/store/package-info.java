/** Records that survive a crash. Read {@link io.carafe.ports.store.RecordStore}. */
@NullMarked
package io.carafe.ports.store;

import org.jspecify.annotations.NullMarked;

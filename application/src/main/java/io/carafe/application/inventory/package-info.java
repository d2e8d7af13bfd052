/**
 * What is on this node: immutable snapshots of sandboxes and containers that List and Status read without a lock, each change
 * written to disk before it is seen. Read {@link io.carafe.application.inventory.Inventory}.
 */
@NullMarked
package io.carafe.application.inventory;

import org.jspecify.annotations.NullMarked;
